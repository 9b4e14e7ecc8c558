"""Small parts of which items are composed, as Ibis expressions.

Each takes a table and gives one, a row for each `same`; see the functions of the same
names in `braid.method.measures.reference.composing`.
"""

from collections.abc import Sequence
from functools import reduce
from operator import add

import ibis
from ibis.expr.types import BooleanValue, Value

from braid.method.measures.populations import FOREVER, one
from braid.method.measures.reference.composing import Calendar, Method
from braid.method.measures.teams import later


def share_where(
    rows: ibis.Table, same: Sequence[str], amount: str, holds: BooleanValue
) -> ibis.Table:
    """Return each `same` with `part`, the amount where it holds, and `whole`."""
    rows = rows.mutate(amount_where=holds.fill_null(False).ifelse(rows[amount], 0))
    return rows.group_by(*same).agg(
        part=rows.amount_where.sum(), whole=rows[amount].sum()
    )


def components(rows: ibis.Table, flags: Sequence[str]) -> ibis.Value:
    """Return how many of the flags of a row are true; one not known is not."""
    return reduce(add, (one(rows[flag]) for flag in flags))


def periods_with(
    events: ibis.Table,
    same: Sequence[str],
    first_day: Value,
    last_day: Value,
    unit: Calendar,
) -> ibis.Table:
    """Return each `same` with `periods`: whole weeks or months with an event on `day`."""
    begins = _begins(events.day, unit)
    if unit == "week":
        ends = later(begins, ibis.literal(6))
    else:
        ends = (begins + ibis.interval(months=1) - ibis.interval(days=1)).cast("date")
    events = events.filter(begins >= first_day, ends <= last_day)
    return events.group_by(*same).agg(periods=_begins(events.day, unit).nunique())


def _begins(day: Value, unit: Calendar) -> Value:
    return day.truncate("W" if unit == "week" else "M").cast("date")


def per_start(
    starts: ibis.Table,
    events: ibis.Table,
    same: Sequence[str],
    before: int,
    after: int,
) -> ibis.Table:
    """Return each start with `near`: the events of the same keys around its `day`."""
    own = starts.select(
        "job_id",
        *same,
        near_first=later(starts.day, ibis.literal(-before)),
        near_last=later(starts.day, ibis.literal(after)),
    )
    events = events.select(
        happened="day", **{f"{name}_of": events[name] for name in same}
    )
    found = own.left_join(
        events,
        [
            *(own[name] == events[f"{name}_of"] for name in same),
            own.near_first <= events.happened,
            events.happened <= own.near_last,
        ],
    )
    return found.group_by("job_id").agg(near=found.happened.count())


def concentration(
    rows: ibis.Table, same: Sequence[str], by: str, method: Method, largest: int = 1
) -> ibis.Table:
    """Return each `same` with `part` and `whole`, whose ratio is the concentration."""
    rows = rows.filter(rows[by].notnull())
    tally = rows.group_by(*same, by).agg(number=rows.count())
    order = ibis.window(group_by=same, order_by=[tally.number.desc(), tally[by]])
    tally = tally.mutate(place=ibis.row_number().over(order))
    part, whole = {
        "largest": (
            (tally.place < largest).ifelse(tally.number, 0).sum(),
            tally.number.sum(),
        ),
        "distinct": (tally.count(), tally.number.sum()),
        "herfindahl": (
            (tally.number * tally.number).sum(),
            tally.number.sum() * tally.number.sum(),
        ),
    }[method]
    return tally.group_by(*same).agg(part=part, whole=whole)


def spells_joined(rows: ibis.Table, same: Sequence[str], max_gap: int) -> ibis.Table:
    """Return the spells of each `same`, joined over gaps of up to so many days.

    `last_day` is null where the joined spell is open.
    """
    rows = rows.mutate(ends=rows.last_day.fill_null(FOREVER))
    order = {"group_by": list(same), "order_by": ["first_day", "ends"]}
    earlier = ibis.window(**order, preceding=(None, 1), following=None)
    rows = rows.mutate(before=rows.ends.max().over(earlier))
    gap = rows.first_day.delta(rows.before, unit="day") - 1
    rows = rows.mutate(breaks=one(gap > max_gap))
    number = rows.breaks.sum().over(ibis.cumulative_window(**order))
    rows = rows.mutate(number=number)
    joined = rows.group_by(*same, "number").agg(
        first_day=rows.first_day.min(), ends=rows.ends.max()
    )
    return joined.select(
        *same,
        "first_day",
        last_day=(joined.ends == FOREVER).ifelse(None, joined.ends),
    )
