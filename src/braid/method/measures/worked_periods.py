"""The word about work in enough weeks or months, as an Ibis expression."""

from typing import Any

import ibis

from braid.method.measures.hours import (
    amounts_by_number,
    begins,
    by_number,
    number_of,
)
from braid.method.measures.populations import Relations
from braid.method.measures.reference.hours import HoursRule
from braid.method.measures.reference.stays import Starting, part
from braid.method.measures.reference.worked_periods import SUSTAINED_PERIODS
from braid.method.measures.since_starts import held_since
from braid.method.measures.stays import (
    beside_start,
    counting_jobs,
    outcomes,
    start_key,
    starts_in,
    stays_of,
)
from braid.method.sustained import PeriodsRule
from braid.method.sustained.spreading import counted


def sustained_periods(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is SUSTAINED_PERIODS."""
    of, rule = part(Starting, given), part(PeriodsRule, given)
    jobs = counting_jobs(tables, asked, of)
    starts = starts_in(jobs, tables, asked, of)
    key, stays = start_key(), stays_of(jobs, tables, of)
    held, unsure = held_since(starts, stays, tables, part(HoursRule, given))
    amounts = amounts_by_number(_by_number(held, rule), rule.unit, "begun", key)
    enough = amounts.filter(is_met(amounts.amount, rule)).select(*key, "number")
    possible = _by_number(unsure, rule).select(*key, "number")
    rows = _reached(starts, enough, "reached", rule)
    rows = _reached(rows, enough.union(possible, distinct=True), "possible", rule)
    first = rows.reached.fill_null(rows.possible)
    last = begins(rule.unit, rows.begun, first + 1) - ibis.interval(days=1)
    rows = rows.mutate(
        reached_on=last.cast("date"),
        closes_on=begins(rule.unit, rows.begun, ibis.literal(rule.of)),
        is_known=rows.reached.notnull() | rows.possible.isnull(),
        may_go_on=ibis.literal(False),
    )
    return outcomes(rows, tables, of, SUSTAINED_PERIODS)


def _by_number(rows: ibis.Table, rule: PeriodsRule) -> ibis.Table:
    """Return spreads once for each period since each start."""
    by_start = rule.anchor == "start"
    most = (
        ibis.literal(rule.of)
        if by_start
        else number_of(rule.unit, rows.begun, rows.as_of) + 1
    )
    return by_number(rows, rule.unit, "begun", most)


def is_met(amount: ibis.Value, rule: PeriodsRule) -> ibis.Value:
    """Say whether an amount, in ten-thousandths, is enough for one period."""
    edge = counted(rule.threshold)
    return amount > edge if rule.comparator == "above" else amount >= edge


def _reached(
    starts: ibis.Table, numbers: ibis.Table, name: str, rule: PeriodsRule
) -> ibis.Table:
    """Return starts with the number of the period in which the last of n falls."""
    key = start_key()
    order = ibis.window(group_by=key, order_by="number")
    first = numbers.number.lag(rule.n - 1).over(order) if rule.n > 1 else numbers.number
    numbers = numbers.mutate(first=first)
    span = rule.of if rule.cumulative else rule.n
    numbers = numbers.filter(numbers.number - numbers["first"] < span)
    found = numbers.group_by(*key).agg(**{name: numbers.number.min()})
    return beside_start(starts, found)
