"""Days and periods. Both ends of a period lie inside it; weeks are ISO weeks."""

import calendar
import re
from dataclasses import dataclass
from datetime import date, timedelta

from braid.kernel.errors import InputFault


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first_day` to `last_day`, both inside; no last day means open.

    Raises: InputFault (`period_reversed`) when the last day lies before the first.
    """

    first_day: date
    last_day: date | None = None

    def __post_init__(self) -> None:
        if self.last_day is not None and self.last_day < self.first_day:
            raise InputFault(
                "The last day lies before the first day. A period runs from its first "
                "to its last day, both inside. Correct one of the two days.",
                field="last_day",
                reason="period_reversed",
            )

    def contains(self, day: date) -> bool:
        """Say whether `day` lies in the period."""
        return self.first_day <= day and not self.ended_before(day)

    def ended_before(self, day: date) -> bool:
        """Say whether the last day lies before `day`; an open period never ended."""
        return self.last_day is not None and self.last_day < day

    def overlaps(self, other: "Period") -> bool:
        """Say whether the two periods have a day in common."""
        return not (
            self.ended_before(other.first_day) or other.ended_before(self.first_day)
        )

    def days(self, as_of: date) -> int:
        """Return the calendar days up to and with `as_of`; 0 before the first."""
        end = as_of if self.last_day is None else min(self.last_day, as_of)
        return max(0, days_between(self.first_day, end) + 1)


def days_between(earlier: date, later: date) -> int:
    """Return how many days `later` comes after `earlier`: 0 on the same day."""
    return (later - earlier).days


def add_days(day: date, days: int) -> date:
    """Return the day that comes `days` after `day`."""
    return day + timedelta(days)


def add_months(day: date, months: int) -> date:
    """Return the same day `months` later, or that month's last day if it is shorter.

    31 January plus one month is the last day of February.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def iso_week_start(day: date) -> date:
    """Return the Monday of the ISO week that holds `day`."""
    return day - timedelta(day.weekday())


def quarter_id(day: date) -> str:
    """Return the calendar quarter that holds `day`, as `2026Q1`."""
    return f"{day.year:04}Q{(day.month + 2) // 3}"


def quarter_period(quarter: str) -> Period:
    """Return the period of a calendar quarter given as `2026Q1`.

    Raises: InputFault (`quarter_unknown`) for any other text.
    """
    match = re.fullmatch(r"([0-9]{4})Q([1-4])", quarter)
    if match is None or match[1] == "0000":
        raise InputFault(
            "This is not a quarter. A quarter is written like 2026Q1.",
            field="quarter",
            reason="quarter_unknown",
        )
    first = date(int(match[1]), int(match[2]) * 3 - 2, 1)
    return Period(first, first.replace(month=first.month + 2, day=_last(first)))


def _last(first_of_quarter: date) -> int:
    return calendar.monthrange(first_of_quarter.year, first_of_quarter.month + 2)[1]


def easter_sunday(year: int) -> date:
    """Return Easter Sunday by the Gregorian rule (Meeus, Jones, Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
