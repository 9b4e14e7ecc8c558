"""The periods for which a measure is asked."""

from collections.abc import Iterator
from datetime import date, timedelta

from braid.kernel.dates import Period, add_months, quarter_id, quarter_period
from braid.method.measures import Asked
from braid.packs.measures.schema import Window


def asked(window: Window, as_of: date, since: date | None = None) -> list[Asked]:
    """Return the periods of a window that ends on `as_of`, which is its last day.

    Quarters run from that of `since` to that of `as_of`; without it, only the latter.
    """
    if window.quarters:
        return list(_quarters(since or as_of, as_of))
    if window.trailing_days is None:
        return [Asked("on", as_of, as_of, as_of)]
    first_day = as_of - timedelta(window.trailing_days - 1)
    return [Asked(f"{window.trailing_days} days", first_day, as_of, as_of)]


def between(first_day: date, last_day: date, as_of: date) -> Asked:
    """Return one period of the asker's own; raises InputFault when it is reversed."""
    Period(first_day, last_day)
    return Asked(f"{first_day}/{last_day}", first_day, last_day, as_of)


def _quarters(since: date, as_of: date) -> Iterator[Asked]:
    first_day = quarter_period(quarter_id(since)).first_day
    while first_day <= as_of:
        after = add_months(first_day, 3)
        last_day = min(after - timedelta(1), as_of)
        yield Asked(quarter_id(first_day), first_day, last_day, as_of)
        first_day = after
