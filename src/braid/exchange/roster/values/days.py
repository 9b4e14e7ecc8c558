"""Read days as people type them. A day that does not exist is never rolled over."""

import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from braid.exchange.roster.reading.sheets import Value
from braid.exchange.roster.values.texts import clean
from braid.packs.layouts import folded

Order = Literal["dmy", "mdy", "ymd"]

_numbers = re.compile(
    r"(\d{1,4})\s*([./\-\s\u2013])\s*(\d{1,2})\s*[./\-\s\u2013]\s*(\d{1,4})\.?"
)
_compact = re.compile(r"(19|20)(\d\d)(\d\d)(\d\d)")
_day_month_name = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|e|\.)?[\s./-]*(?:of\s+|de\s+)?([^\W\d_]+)\.?,?[\s./-]*"
    r"(\d{4}|\d{2})"
)
_month_name_day = re.compile(
    r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th|\.)?,?\s+(\d{4}|\d{2})"
)
_weekday = re.compile(r"^[^\W\d_]{2,9}\.?,?\s+(?=\d{1,2}\D)")
_time = re.compile(r"[T\s]+\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?\s*([ap]m|z)?$", re.I)
_serial = re.compile(r"\d{5}(?:[.,]0+)?")
EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000
YOUNGEST, OLDEST = 14, 105


class Day(NamedTuple):
    """A day read from a cell, or what is wrong with it.

    `problem`: unreadable_date, impossible_date, ambiguous_date (no day), and
    serial_number_date, day_before_month, month_before_day (with the day).
    """

    day: date | None
    problem: str = ""


class DayReader:
    """Reads the days of one column.

    `order` is how the unit types days, None where nobody said; `as_of` decides the
    century of two figures: a day at most twenty years ahead, a birth date such that
    the person is of an age to work.
    """

    def __init__(
        self,
        order: Order | None,
        as_of: date,
        months: Mapping[str, int],
        *,
        birth: bool = False,
    ) -> None:
        self.order = order
        self.as_of = as_of
        self.months = months
        self.birth = birth

    def read(self, value: Value) -> Day:
        """Return the day of a cell that is not blank."""
        if isinstance(value, datetime):
            return Day(value.date())
        if isinstance(value, date):
            return Day(value)
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self._serial(float(value))
        if isinstance(value, str):
            return self._text(clean(value))
        return Day(None, "unreadable_date")

    def _serial(self, number: float) -> Day:
        if FIRST_SERIAL <= number <= LAST_SERIAL:
            return Day(EPOCH + timedelta(int(number)), "serial_number_date")
        if number.is_integer() and _compact.fullmatch(str(int(number))):
            return self._text(str(int(number)))
        return Day(None, "unreadable_date")

    def _text(self, text: str) -> Day:
        text = _time.sub("", text)
        if _serial.fullmatch(text):
            return self._serial(float(text.replace(",", ".")))
        if match := _compact.fullmatch(text):
            return _day(int(match[1] + match[2]), int(match[3]), int(match[4]))
        if match := _numbers.fullmatch(text):
            return self._figures(match)
        text = (
            _weekday.sub("", text)
            if folded(text.split(" ")[0]) not in (self.months)
            else text
        )
        if match := _day_month_name.fullmatch(text):
            return self._named(match[3], match[2], match[1])
        if match := _month_name_day.fullmatch(text):
            return self._named(match[3], match[1], match[2])
        return Day(None, "unreadable_date")

    def _named(self, year: str, month: str, day: str) -> Day:
        number = self.months.get(folded(month))
        if number is None:
            return Day(None, "unreadable_date")
        return self._with_century(year, number, int(day))

    def _figures(self, match: re.Match[str]) -> Day:
        first, mark, second, third = match.groups()
        if len(first) >= 3:
            return _day(int(first), int(second), int(third))
        if len(third) not in (2, 4):
            return Day(None, "unreadable_date")
        one, two = int(first), int(second)
        order = self.order or ("dmy" if mark == "." else None)
        if order == "ymd":
            return self._with_century(first, two, int(third))
        by_day = self._with_century(third, two, one)
        by_month = self._with_century(third, one, two)
        if order is None:
            return _only_reading(by_day, by_month)
        asked, other = (by_day, by_month) if order == "dmy" else (by_month, by_day)
        if asked.day is None and other.day is not None:
            told = "month_before_day" if order == "dmy" else "day_before_month"
            return Day(other.day, told)
        return asked

    def _with_century(self, year: str, month: int, day: int) -> Day:
        number = int(year)
        if len(year) == 2:
            number += 2000
            if self.birth:
                number -= 100 * (number > self.as_of.year - YOUNGEST)
            else:
                number -= 100 * (number > self.as_of.year + 20)
        return _day(number, month, day)


def _day(year: int, month: int, day: int) -> Day:
    try:
        return Day(date(year, month, day))
    except ValueError:
        return Day(None, "impossible_date")


def _only_reading(by_day: Day, by_month: Day) -> Day:
    if by_day.day is None or by_day.day == by_month.day:
        return by_month if by_month.day is not None else by_day
    return by_day if by_month.day is None else Day(None, "ambiguous_date")


def proven_order(values: Iterable[Value]) -> Order | None:
    """Return the order of day and month that a column of texts proves, or None.

    One text with a first figure above twelve proves day first, one with a second
    above twelve month first; texts that prove both prove nothing.
    """
    proofs: set[Order] = set()
    for value in values:
        match = (
            _numbers.fullmatch(_time.sub("", clean(value)))
            if (isinstance(value, str))
            else None
        )
        if match is None or len(match[1]) >= 3:
            continue
        first, second = int(match[1]), int(match[3])
        if first > 12 >= second:
            proofs.add("dmy")
        elif second > 12 >= first:
            proofs.add("mdy")
    return proofs.pop() if len(proofs) == 1 else None


def looks_like_day(value: Value, months: Mapping[str, int]) -> bool:
    """Say whether a cell holds a day in any form, even one that does not exist."""
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    text = _time.sub("", clean(value))
    if match := _numbers.fullmatch(text):
        return max(len(match[1]), len(match[4])) in (2, 4)
    named = _day_month_name.fullmatch(_weekday.sub("", text))
    if named is not None:
        return folded(named[2]) in months
    named = _month_name_day.fullmatch(text)
    return named is not None and folded(named[1]) in months
