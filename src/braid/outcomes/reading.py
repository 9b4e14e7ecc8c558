"""Reading charts: every figure that a page could show, protected together.

Outside a unit whatever could be chosen on a page is asked for and protected at once:
all units beside their whole, all quarters beside the year. The mask is then the same
whatever somebody chooses, and nothing follows from the difference of two choices.

Of one unit among all only the year is told, and no values of a key: quarters and kinds of
a single unit are small numbers, and hide three times as many of all units as they tell.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from braid.facts import leaving, measuring
from braid.facts.leaving import Adds, Shown
from braid.method.measures import Asked
from braid.outcomes.charts import Chart
from braid.packs import suppression
from braid.packs.measures.schema import UNIT

if TYPE_CHECKING:
    from braid.facts.measuring import Measured
    from braid.facts.reading import Facts
    from braid.method.survival import Curve
    from braid.outcomes.scopes import Scope
    from braid.packs.measures.figures import Figure
    from braid.packs.suppression import Profile


class Place(NamedTuple):
    """Which figure: of a chart, of a unit (empty: all), of a value of its key, when.

    `value` is None for all values together; a value that is not known is empty.
    """

    chart: str
    unit: str
    value: str | None
    period: str


@dataclass(frozen=True, slots=True)
class Reading:
    """The figures of some charts as they may be shown, and the curves among them."""

    charts: tuple[Chart, ...]
    periods: tuple[Asked, ...]
    shown: Mapping[Place, Shown]
    curves: Mapping[tuple[str, str], Curve] = field(default_factory=dict)

    def one(self, chart: Chart, period: str, unit: str = "") -> Shown | None:
        """Return a chart's figure of all values, None of a unit without any row."""
        return self.shown.get(Place(chart.name, unit, None, period))

    def tells_quarters(self, unit: str) -> bool:
        """Say whether quarters are told of it: not of one unit among all."""
        year = self.periods[0].period
        return any(at.unit == unit and at.period != year for at in self.shown)

    def parts(self, chart: Chart, period: str, unit: str = "") -> dict[str, Shown]:
        """Return a chart's figures by the value of its key, as they were met."""
        return {
            place.value: shown
            for place, shown in self.shown.items()
            if place.value is not None
            and (place.chart, place.unit, place.period) == (chart.name, unit, period)
        }


def read(
    drawn: Facts, of: Scope, charts: Sequence[Chart], periods: Sequence[Asked]
) -> Reading:
    """Return the charts of a scope. Inside a unit everything is exact.

    Outside, groups of people are told of all units together and of the year alone.
    """
    figures: dict[Place, Figure] = {}
    countries = of.countries if of.unit is None else {}
    for chart in charts:
        if chart.group and not of.is_inside:
            figures.update(_figures(chart, drawn, periods[:1]))
        else:
            by_unit = of.unit is None
            figures.update(_figures(chart, drawn, periods, countries, by_unit=by_unit))
    profile = None if of.is_inside else suppression.get(suppression.USUAL)
    return Reading(
        tuple(charts),
        tuple(periods),
        leaving.protect(figures, profile, sums=list(_sums(figures, countries))),
        dict(_curves(charts, figures, profile)),
    )


def _sums(
    figures: Mapping[Place, Figure], countries: Mapping[str, frozenset[str]]
) -> Iterator[Adds[Place]]:
    """Yield what adds up to what: units to their country, and all units to the whole."""
    together = {"": frozenset[str]().union(*countries.values()), **countries}
    for place in figures:
        units = together.get(place.unit, frozenset())
        parts = [place._replace(unit=unit) for unit in sorted(units)]
        if known := tuple(part for part in parts if part in figures):
            yield Adds(place, known)


def _figures(
    chart: Chart,
    drawn: Facts,
    periods: Sequence[Asked],
    countries: Mapping[str, frozenset[str]] = MappingProxyType({}),
    *,
    by_unit: bool = False,
) -> Iterator[tuple[Place, Figure]]:
    """Yield every figure of a chart: whole and by country, by its key's values; by unit."""
    asked = measuring.measured(chart.defined, drawn, periods=_periods(chart, periods))
    yield from _told(chart, asked, "")
    for country, units in countries.items() if len(countries) > 1 else ():
        yield from _told(chart, _of_units(asked, units), country)
    for unit in sorted(frozenset().union(*countries.values())) if by_unit else ():
        for figure in asked.figures((UNIT,), {UNIT: unit}):
            if figure.period.period == periods[0].period:
                yield Place(chart.name, unit, None, figure.period.period), figure


def _told(chart: Chart, asked: Measured, of: str) -> Iterator[tuple[Place, Figure]]:
    for key in ((), (chart.key,)) if chart.key else ((),):
        for figure in asked.figures(key):
            value = (figure.group[chart.key] or "") if key else None
            yield Place(chart.name, of, value, figure.period.period), figure


def _of_units(asked: Measured, units: frozenset[str]) -> Measured:
    """Return what was asked, of some units alone."""
    place = asked.measure.by.index(UNIT)
    parts = [
        {key: tally for key, tally in part.items() if key[1][place] in units}
        for part in asked.parts
    ]
    return replace(asked, parts=parts)


def _periods(chart: Chart, periods: Sequence[Asked]) -> Sequence[Asked]:
    """Return the periods a measure is asked for: of a day, the day that all end on."""
    if not chart.defined.window.is_one_day:
        return periods
    return [Asked.on(periods[0].as_of, periods[0].period)]


def _curves(
    charts: Sequence[Chart],
    figures: Mapping[Place, Figure],
    profile: Profile | None,
) -> Iterator[tuple[tuple[str, str], Curve]]:
    named = {chart.name: chart for chart in charts if chart.kind == "curve"}
    for place, figure in figures.items():
        chart = named.get(place.chart)
        if chart is not None and place.value is None:
            found = leaving.curve(figure.statistics[chart.statistic].curve, profile)
            yield (place.chart, place.unit), found
