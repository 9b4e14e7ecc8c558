"""The weeks, months, quarters and half-years of each period, in Ibis."""

import ibis

from braid.method.measures.populations import windows
from braid.method.measures.reference.divisions import MONTHS, Division
from braid.method.measures.teams import later


def divisions(asked: ibis.Table, every: Division) -> ibis.Table:
    """Return the stretches of each period as `begins` and `ends`, both inside.

    Weeks are counted back from the last day; all else lies wholly in the period.
    """
    periods = windows(asked)
    if every == "week":
        whole = (periods.closes.delta(periods.opens, unit="day") + 1) // 7
        rows = periods.mutate(number=ibis.range(0, whole).unnest())
        rows = rows.mutate(ends=later(rows.closes, rows.number * -7))
        return rows.select("period", "ends", begins=later(rows.ends, ibis.literal(-6)))
    size = MONTHS[every]
    first, last = _number(periods.opens, size), _number(periods.closes, size)
    rows = periods.mutate(number=ibis.range(first, last + 1).unnest())
    rows = rows.mutate(
        begins=_first(rows.number * size),
        ends=later(_first((rows.number + 1) * size), ibis.literal(-1)),
    )
    rows = rows.filter(rows.begins >= rows.opens, rows.ends <= rows.closes)
    return rows.select("period", "begins", "ends")


def month_ends(asked: ibis.Table) -> ibis.Table:
    """Return the last days of months that lie in each period, as `day`."""
    periods = windows(asked)
    first, last = _number(periods.opens, 1), _number(periods.closes, 1)
    rows = periods.mutate(number=ibis.range(first, last + 1).unnest())
    rows = rows.mutate(day=later(_first(rows.number + 1), ibis.literal(-1)))
    return rows.filter(rows.day <= rows.closes).select("period", "as_of", "day")


def _number(day: ibis.Value, size: int) -> ibis.Value:
    # In 64 bits: a range whose ends differ in size is none to some engines.
    months = day.year().cast("int64") * 12 + day.month().cast("int64") - 1
    return (months // size).cast("int64")


def _first(months: ibis.Value) -> ibis.Value:
    return ibis.date(
        (months // 12).cast("int32"),
        (months % 12 + 1).cast("int32"),
        ibis.literal(1, "int32"),
    )
