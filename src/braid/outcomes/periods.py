"""The periods of the outcomes pages: quarters, and the last four that are over."""

from collections.abc import Sequence
from datetime import date, timedelta

from braid.kernel.dates import add_months, quarter_id, quarter_period
from braid.method.measures import Asked

QUARTERS = 8  # of a trend
YEAR = "year"


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


def whole(periods: Sequence[Asked]) -> Asked:
    """Return the newest quarter that is over."""
    return [p for p in quarters(periods) if p.last_day < p.as_of or _ends(p)][-1]


def _ends(period: Asked) -> bool:
    return period.last_day == quarter_period(period.period).last_day
