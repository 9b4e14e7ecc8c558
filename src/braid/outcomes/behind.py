"""From a figure to its rows: those that are counted, and those they are counted among."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import Http404

from braid.facts import leaving
from braid.facts import queries as facts
from braid.facts import rows as facts_rows
from braid.method.measures import Asked
from braid.outcomes import periods as times
from braid.outcomes.charts import STAFF
from braid.outcomes.queries import all_units, looked
from braid.outcomes.scopes import oversees
from braid.outcomes.selections import NOT_KNOWN, Selection
from braid.people import queries as people

if TYPE_CHECKING:
    from collections.abc import Sequence

    from braid.access.models import Team
    from braid.access.policy import Actor
    from braid.facts.leaving import Shown
    from braid.facts.reading import Facts
    from braid.outcomes.charts import Chart
    from braid.outcomes.scopes import Scope

PARTS = ("numerator", "denominator")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows: of a period, of a value of the chart's key, of a part of the ratio.

    Of all units together `unit` is one of them, or the country of some.
    """

    period: str = ""
    value: str = ""
    part: str = ""
    page: str | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure and a page of the rows behind it."""

    period: Asked
    shown: Shown | None
    rows: facts_rows.Rows


@dataclass(frozen=True, slots=True)
class Together:
    """A figure of several units and that of each: counts, for they tell of nobody."""

    period: Asked
    shown: Shown | None
    units: tuple[tuple[Team, Shown | None], ...]


def behind(
    actor: Actor, of: Scope, chart: Chart, day: date, chosen: Selection, wanted: Wanted
) -> Behind:
    """Return the rows behind a figure of a unit, of whom `actor` reads. Raises Refused.

    What a unit counts is asked for by `counted`.
    """
    measure = chart.defined
    with looked(actor, of, day, (chart,), chosen) as (drawn, look):
        period = times.chosen(look.periods, wanted.period)
        if measure.window.is_one_day:
            period = Asked.on(day, look.periods[0].period)
        key = chart.key if wanted.value else ""
        value = "" if wanted.value == NOT_KNOWN else wanted.value
        group = {key: value or None} if key else {}
        found = _rows(actor, of, chart, drawn, period, group, wanted)
    shown = (
        look.reading.parts(chart, period.period).get(value)
        if key
        else look.reading.one(chart, period.period)
    )
    return Behind(period, shown, found)


def counted(actor: Actor, of: Scope, chart: Chart, day: date, wanted: Wanted) -> Behind:
    """Return the rows behind what a unit counts, in the measure's own days.

    Its supervisor asks for the unit, or with a `value` for one specialist; a specialist
    for the own. Else answers 404. Raises Refused.
    """
    from braid.facts import measuring

    unit, measure = of.unit, chart.defined
    is_own = wanted.value == str(actor.id)
    if unit is None or not of.is_inside or not (is_own or oversees(actor, unit)):
        raise Http404
    with facts.unit_facts(actor, unit, day) as drawn:
        periods = [*measuring.periods_of(measure, drawn), times.week(day)]
        period = next((p for p in periods if p.period == wanted.period), periods[-2])
        group = _of_staff(chart, drawn, wanted.value)
        asked = measuring.measured(measure, drawn, periods=[period])
        (figure,) = asked.figures((), group)
        found = _rows(actor, of, chart, drawn, period, group, wanted)
    return Behind(period, leaving.exact(figure), found)


def _of_staff(chart: Chart, drawn: Facts, value: str) -> dict[str, str | None]:
    """Return the group of one specialist of a unit's facts, else answer 404."""
    if not value:
        return {}
    known = drawn.table("staff").column(STAFF).to_pylist()
    if STAFF not in chart.defined.by or value not in known:
        raise Http404
    return {STAFF: value}


def _rows(
    actor: Actor,
    of: Scope,
    chart: Chart,
    drawn: Facts,
    period: Asked,
    group: dict[str, str | None],
    wanted: Wanted,
) -> facts_rows.Rows:
    return facts_rows.rows(
        chart.defined,
        drawn,
        period,
        lambda about: people.names_of(actor, about, chart.tells),
        group=group,
        parts=parts_of(chart, wanted.part),
        is_told_of_people=not of.is_inside,
        page=wanted.page,
    )


def together(
    actor: Actor, of: Scope, chart: Chart, day: date, wanted: Wanted
) -> Together:
    """Return a figure of all units, or of some, and that of each: no row of anybody."""
    reading = all_units(actor, of, day)
    if chart not in reading.charts:
        raise Http404
    period = times.chosen(reading.periods, wanted.period)
    if chart.defined.window.is_one_day or chart.group:
        period = reading.periods[0]
    value = "" if wanted.value == NOT_KNOWN else wanted.value

    def shown(unit: str) -> Shown | None:
        if wanted.value and chart.key:
            return reading.parts(chart, period.period, unit).get(value)
        return reading.one(chart, period.period, unit)

    is_year = period == reading.periods[0] and not wanted.value
    units = _units(of, wanted.unit) if is_year and not chart.group else ()
    each = tuple((unit, shown(str(unit.pk))) for unit in units)
    return Together(period, shown("" if chart.group else wanted.unit), each)


def _units(of: Scope, asked: str) -> Sequence[Team]:
    """Return the units that a choice among all units is about."""
    held = of.countries.get(asked)
    return [
        unit
        for unit in of.units
        if not asked or str(unit.pk) == asked or (held and str(unit.pk) in held)
    ]


def parts_of(chart: Chart, part: str) -> tuple[str, ...]:
    """Return the amounts of one side of the chart's ratio; all rows where it has none."""
    for ratio in chart.defined.ratios.values():
        sides = dict(zip(PARTS, (ratio.of, ratio.to), strict=True))
        return tuple(sides.get(part, ()))
    return ()
