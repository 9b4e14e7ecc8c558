"""From a figure to its rows: those that are counted, and those they are counted among."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from braid.facts import rows as facts_rows
from braid.method.measures import Asked
from braid.outcomes import periods as times
from braid.outcomes.queries import Look, looked
from braid.outcomes.selections import NOT_KNOWN, Selection
from braid.people import queries as people

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.leaving import Shown
    from braid.outcomes.charts import Chart
    from braid.outcomes.scopes import Scope

PARTS = ("numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a period, of a value of the chart's key, of a part of the ratio."""

    period: str = ""
    value: str = ""
    part: str = ""
    page: str | None = None


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure and a page of the rows behind it."""

    look: Look
    period: Asked
    shown: Shown | None
    rows: facts_rows.Rows


def behind(
    actor: Actor, of: Scope, chart: Chart, day: date, chosen: Selection, wanted: Wanted
) -> Behind:
    """Return the rows behind a figure of a unit, of whom `actor` reads. Raises Refused."""
    measure = chart.defined
    with looked(actor, of, day, (chart,), chosen) as (drawn, look):
        period = times.chosen(look.periods, wanted.period)
        if measure.window.is_one_day:
            period = Asked.on(day, look.periods[0].period)
        key = chart.key if wanted.value else ""
        value = "" if wanted.value == NOT_KNOWN else wanted.value
        found = facts_rows.rows(
            measure,
            drawn,
            period,
            lambda about: people.names_of(actor, about, chart.tells),
            group={key: value or None} if key else {},
            parts=parts_of(chart, wanted.part),
            is_told_of_people=not of.is_inside,
            page=wanted.page,
        )
    shown = (
        look.reading.parts(chart, period.period).get(value)
        if key
        else look.reading.one(chart, period.period)
    )
    return Behind(look, period, shown, found)


def parts_of(chart: Chart, part: str) -> tuple[str, ...]:
    """Return the amounts of one side of the chart's ratio; all rows where it has none."""
    for ratio in chart.defined.ratios.values():
        sides = dict(zip(PARTS, (ratio.of, ratio.to), strict=True))
        return tuple(sides.get(part, ()))
    return ()
