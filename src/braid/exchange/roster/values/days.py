"""Read days as people type them. A day that does not exist is never rolled over."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Literal, NamedTuple

from braid.exchange.roster.reading.sheets import Value
from braid.exchange.roster.values.texts import clean
from braid.packs.layouts import folded

Order = Literal["dmy", "mdy", "ymd"]

_figures = re.compile(
    r"(\d{4}|\d{1,2})\s*([./\-\s\u2013])\s*(\d{1,2})\s*([./\-\s\u2013])\s*"
    r"(\d{4}|\d{1,2})\.?"
)
_compact = re.compile(r"(19|20)(\d\d)(\d\d)(\d\d)")
_day_month_name = re.compile(
    r"(\d{1,2})(?:st|nd|rd|th|e|\.)?[\s./-]*(?:of\s+|de\s+)?([^\W\d_]+)\.?,?[\s./-]*"
    r"(\d{4}|\d{2})"
)
_month_name_day = re.compile(
    r"([^\W\d_]+)\.?\s+(\d{1,2})(?:st|nd|rd|th|\.)?,?\s+(\d{4}|\d{2})"
)
_first_word = re.compile(r"([^\W\d_]+)[.,]*\s+(?=\S)")
_time = re.compile(r"[T\s]+\d{1,2}[:.]\d{2}([:.]\d{2}(\.\d+)?)?\s*([ap]m|z)?$", re.I)
_serial = re.compile(r"\d{5}(?:[.,]0+)?")
EPOCH = date(1899, 12, 30)
FIRST_SERIAL, LAST_SERIAL = 10_000, 80_000
YOUNGEST, OLDEST = 14, 105
YEARS_BACK, YEARS_AHEAD = 15, 2
"""A year of two figures is likely if it lies so near: it may be a day instead."""

PROOFS = 3
"""So many different texts outweigh what was stated of all files; fewer may be slips."""

TOLD = {"dmy": "day_before_month", "mdy": "month_before_day", "ymd": "month_before_day"}


class DayWords(NamedTuple):
    """Names of months (folded -> 1 to 12), and words that may stand before a day."""

    months: Mapping[str, int]
    before: frozenset[str]


class Day(NamedTuple):
    """A day read from a cell, or what is wrong with it.

    `problem`: unreadable_date, impossible_date, ambiguous_date (no day), and
    serial_number_date, day_before_month, month_before_day (with the day).
    """

    day: date | None
    problem: str = ""


class DayReader:
    """Reads the days of one column.

    `order` is how they are typed, None where nobody knows; a `doubted` one was stated
    and the column speaks against it. `as_of` decides the century of two figures: a day
    at most twenty years ahead, a birth date such that the person is of an age to work.
    """

    def __init__(
        self,
        order: Order | None,
        as_of: date,
        words: DayWords,
        *,
        birth: bool = False,
        doubted: bool = False,
    ) -> None:
        self.order = order
        self.doubted = doubted
        self.as_of = as_of
        self.words = words
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
            return self._text(value)
        return Day(None, "unreadable_date")

    def orders(self, values: Iterable[Value]) -> list[frozenset[Order]]:
        """Return, of each different text in figures, the orders it may be typed in."""
        found: list[frozenset[Order]] = []
        for value in {value for value in values if isinstance(value, str)}:
            match = _figures.fullmatch(_bare(value, self.words))
            if match is not None and len(match[1]) < 4:
                found.append(frozenset(self._likely(self._readings(match))))
        return [orders for orders in found if orders]

    def _serial(self, number: float) -> Day:
        if FIRST_SERIAL <= number <= LAST_SERIAL:
            return Day(EPOCH + timedelta(int(number)), "serial_number_date")
        if number.is_integer() and _compact.fullmatch(str(int(number))):
            return self._text(str(int(number)))
        return Day(None, "unreadable_date")

    def _text(self, typed: str) -> Day:
        text = _bare(typed, self.words)
        if _serial.fullmatch(text):
            return self._serial(float(text.replace(",", ".")))
        if match := _compact.fullmatch(text):
            return _day(int(match[1] + match[2]), int(match[3]), int(match[4]))
        if match := _figures.fullmatch(text):
            return self._in_figures(match)
        if match := _day_month_name.fullmatch(text):
            return self._named(match[3], match[2], match[1])
        if match := _month_name_day.fullmatch(text):
            return self._named(match[3], match[1], match[2])
        return Day(None, "unreadable_date")

    def _named(self, year: str, month: str, day: str) -> Day:
        number = self.words.months.get(folded(month))
        if number is None:
            return Day(None, "unreadable_date")
        return self._with_century(year, number, int(day))

    def _in_figures(self, match: re.Match[str]) -> Day:
        readings = self._readings(match)
        if not readings:
            return Day(None, "unreadable_date")
        if len(readings) == 1:
            return next(iter(readings.values()))
        order = self.order or ("dmy" if match[2] == match[4] == "." else None)
        if order in readings and readings[order].day is not None and not self.doubted:
            return readings[order]
        likely = self._likely(readings, near=not self.doubted)
        days = {readings[one] for one in likely}
        if len(days) > 1:
            return Day(None, "ambiguous_date")
        if not days:
            return Day(None, "impossible_date")
        told = order is not None and order not in likely
        return Day(days.pop().day, TOLD[likely[0]] if told else "")

    def _readings(self, match: re.Match[str]) -> dict[Order, Day]:
        """Return the orders in which three figures could have been meant."""
        first, mark, second, other, third = match.groups()
        if other.isspace() and not mark.isspace() and len(third) < 4:
            return {}  # "3/4 15" may be the third of April at 15 o'clock
        one, two = int(first), int(second)
        if len(first) == 4:
            return {"ymd": _day(one, two, int(third))} if len(third) < 3 else {}
        if len(third) == 1:
            return {}
        readings: dict[Order, Day] = {
            "dmy": self._with_century(third, two, one),
            "mdy": self._with_century(third, one, two),
        }
        if (mark, other, len(first), len(third)) == ("-", "-", 2, 2):
            readings["ymd"] = self._with_century(first, two, int(third))
        return readings

    def _likely(
        self, readings: Mapping[Order, Day], *, near: bool = True
    ) -> list[Order]:
        """Return the orders that make a day: a `near` one, where the year may be any."""
        found: list[Order] = [o for o, one in readings.items() if one.day is not None]
        if not near or "ymd" not in readings or self.birth:
            return found
        return [o for o in found if self._is_near(readings[o].day)] or found

    def _is_near(self, day: date | None) -> bool:
        if day is None:
            return False
        return -YEARS_BACK <= day.year - self.as_of.year <= YEARS_AHEAD

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


def _bare(typed: str, words: DayWords) -> str:
    """Return a text without the time behind a day and the weekday before it."""
    text = clean(typed)
    while (match := _first_word.match(text)) and folded(match[1]) in words.before:
        text = text[match.end() :]
    return text if _figures.fullmatch(text) else _time.sub("", text)


def proven_order(orders: Sequence[frozenset[Order]]) -> Order | None:
    """Return the one order in which every text of a column may be typed, or None.

    One text with a first figure above twelve proves day first, one with a second above
    twelve month first; texts that prove both prove nothing.
    """
    common = frozenset.intersection(*orders) if orders else frozenset()
    return next(iter(common)) if len(common) == 1 else None


def order_of_column(
    stated: Order | None, orders: Sequence[frozenset[Order]]
) -> tuple[Order | None, bool]:
    """Return the order of a column's days, and whether what was stated is in doubt.

    A column that proves another order than the one stated goes by its own proof; with
    only a text or two to prove it, nothing is taken for granted.
    """
    proven = proven_order(orders)
    if stated is None or proven in (None, stated):
        return stated or proven, False
    contrary = sum(stated not in one for one in orders)
    return (proven, False) if contrary >= PROOFS else (stated, True)


def looks_like_day(value: Value, words: DayWords) -> bool:
    """Say whether a cell holds a day in any form, even one that does not exist."""
    if isinstance(value, date):
        return True
    if not isinstance(value, str):
        return False
    text = _bare(value, words)
    if match := _figures.fullmatch(text):
        return max(len(match[1]), len(match[5])) in (2, 4)
    if match := _day_month_name.fullmatch(text):
        return folded(match[2]) in words.months
    match = _month_name_day.fullmatch(text)
    return match is not None and folded(match[1]) in words.months
