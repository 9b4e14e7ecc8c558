"""The periods of the outcomes pages: quarters, and the last four that are over."""

from collections.abc import Sequence
from datetime import date, timedelta

from braid.kernel.dates import add_months, iso_week_start, quarter_id, quarter_period
from braid.method.measures import Asked

QUARTERS = 8  # of a trend
YEAR = "year"
WEEK = "week"


def offered(day: date) -> tuple[Asked, ...]:
    """Return the last four quarters that are over as one, then each to now, oldest first.

    The year is made of whole quarters, so that what is hidden in one follows from no
    other period.
    """
    present = quarter_period(quarter_id(day)).first_day
    year = Asked(YEAR, add_months(present, -12), present - timedelta(1), day)
    return (year, *(_quarter(add_months(present, -3 * n), day) for n in _back()))


def _back() -> list[int]:
    return list(reversed(range(QUARTERS)))


def _quarter(first_day: date, day: date) -> Asked:
    last_day = min(add_months(first_day, 3) - timedelta(1), day)
    return Asked(quarter_id(first_day), first_day, last_day, day)


def quarters(periods: Sequence[Asked]) -> tuple[Asked, ...]:
    """Return the quarters among the periods."""
    return tuple(one for one in periods if one.period != YEAR)


def chosen(periods: Sequence[Asked], name: str) -> Asked:
    """Return a period by its id, the year where it is none of them."""
    return next((one for one in periods if one.period == name), periods[0])


def week(day: date) -> Asked:
    """Return the week until `day`."""
    return Asked(WEEK, iso_week_start(day), day, day)
