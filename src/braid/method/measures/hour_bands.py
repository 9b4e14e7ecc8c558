"""The word about the hours a week in which work lasted, as an Ibis expression."""

from typing import Any

import ibis
from ibis.expr.types import BooleanValue, Value

from braid.method.measures.hours import amounts_by_number, by_number
from braid.method.measures.populations import Relations, one
from braid.method.measures.reference.hour_bands import BANDS, SUSTAINED_HOURS
from braid.method.measures.reference.hours import HoursRule
from braid.method.measures.reference.stays import Starting, part
from braid.method.measures.since_starts import held_since
from braid.method.measures.stays import (
    beside_start,
    counting_jobs,
    outcomes,
    start_key,
    starts_in,
    stays_of,
)
from braid.method.measures.sustained import judged_by_days
from braid.method.sustained import BandRule, DaysRule
from braid.method.sustained.spreading import counted


def sustained_hours(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is SUSTAINED_HOURS."""
    of = part(Starting, given)
    starts = judged_by_days(tables, asked, **given)
    weeks = part(DaysRule, given).n // 7
    jobs = counting_jobs(tables, asked, of)
    begun = starts_in(jobs, tables, asked, of)
    stays = stays_of(jobs, tables, of)
    held, unsure = held_since(begun, stays, tables, part(HoursRule, given))
    rows = _with_band(starts, _weeks(held, weeks), weeks, part(BandRule, given))
    unsure = _weeks(unsure, weeks)
    unsure = unsure.group_by(*start_key()).agg(unsure=unsure.count())
    rows = beside_start(rows, unsure)
    unknown = rows.unsure.notnull() & (rows.band != "upper_band")
    rows = rows.mutate(band=unknown.ifelse("hours_unknown", rows.band))
    return outcomes(rows, tables, of, SUSTAINED_HOURS, BANDS)


def _weeks(rows: ibis.Table, weeks: int) -> ibis.Table:
    """Return spreads once for each of the first weeks."""
    return by_number(rows, "job_week", "begun", ibis.literal(weeks))


def _with_band(
    starts: ibis.Table, rows: ibis.Table, weeks: int, rule: BandRule
) -> ibis.Table:
    """Return starts with the `band` of their hours; a week without any has 0."""
    amounts = amounts_by_number(rows, "job_week", "begun", start_key())
    upper, lower = _sides(amounts.amount, rule, 1)
    found = amounts.group_by(*start_key()).agg(
        total=amounts.amount.sum(),
        weeks=amounts.count(),
        uppers=one(upper).sum(),
        lowers=one(lower).sum(),
    )
    rows = beside_start(starts, found)
    empty = weeks - rows.weeks.fill_null(0)
    uppers, lowers = rows.uppers.fill_null(0), rows.lowers.fill_null(0) + empty
    above, below = {
        "mean": _sides(rows.total.fill_null(0), rule, weeks),
        "min": (uppers == weeks, lowers > 0),
        "each": (uppers == weeks, lowers == weeks),
    }[rule.statistic]
    band = ibis.cases((above, "upper_band"), (below, "lower_band"), else_="no_band")
    return rows.select(*starts.columns, band=band)


def _sides(
    amount: Value, rule: BandRule, weeks: int
) -> tuple[BooleanValue, BooleanValue]:
    """Say whether so many weeks lie above the edge, and below it."""
    edge = counted(rule.edge) * weeks
    above = amount >= edge if rule.edge_is == "at_least" else amount > edge
    return above, amount < edge
