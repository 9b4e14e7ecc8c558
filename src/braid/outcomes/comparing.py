"""Two groups, periods or units side by side: their figures, and what may be said of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from braid.method import survival
from braid.method.statistics.two_groups import Comparison, compare
from braid.outcomes import periods as times
from braid.outcomes import selections
from braid.outcomes.charts import Chart, compared_charts
from braid.outcomes.queries import Look, all_units, read, shown_charts
from braid.outcomes.scopes import Scope, opened
from braid.outcomes.selections import Choices, Selection

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.leaving import Shown
    from braid.facts.reading import Facts
    from braid.method.measures import Asked
    from braid.method.survival import Curve, LifeTable, LogRank
    from braid.outcomes.reading import Reading

PERIOD, COHORT, TEAM, UNIT = "period", "cohort", "team", "unit"


@dataclass(frozen=True, slots=True)
class Wish:
    """What is compared: by what, the two sides, and the period that both are of."""

    by: str
    one: str
    other: str
    period: str = ""

    @property
    def sides(self) -> tuple[str, str]:
        """Return what the two sides are, as addresses say it."""
        return self.one, self.other


@dataclass(frozen=True, slots=True)
class Side:
    """One side: what was read of it, in which period, and inside whom it followed."""

    asked: str
    reading: Reading
    period: str
    unit: str = ""
    tables: Mapping[str, LifeTable] | None = None

    def shown(self, chart: Chart) -> Shown | None:
        """Return the side's figure of a chart; of a measure of one day, of that day."""
        is_day = chart.defined.window.is_one_day
        period = self.reading.periods[0].period if is_day else self.period
        return self.reading.one(chart, period, self.unit)

    def curve(self, chart: Chart) -> Curve | None:
        """Return the side's curve."""
        return self.reading.curves.get((chart.name, self.unit))


@dataclass(frozen=True, slots=True)
class Contrast:
    """A share of both sides, compared; None where a side is hidden or no share."""

    chart: Chart
    shown: tuple[Shown | None, Shown | None]
    comparison: Comparison | None


@dataclass(frozen=True, slots=True)
class Waits:
    """The curves of both sides, and inside the unit the test of them."""

    chart: Chart
    curves: tuple[Curve | None, Curve | None]
    test: LogRank | None = None
    horizon: int | None = None
    restricted: tuple[float | None, float | None] = (None, None)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """All that is compared; `is_exact` inside a unit, elsewhere of printed numbers."""

    look: Look
    contrasts: tuple[Contrast, ...]
    waits: tuple[Waits, ...]
    is_exact: bool


def side_by_side(actor: Actor, of: Scope, day: date, wish: Wish) -> SideBySide:
    """Return two sides compared. Raises Refused.

    Outside a unit they are periods, or units of all; their numbers are those printed.
    """
    if of.unit is None:
        reading = all_units(actor, of, day)
        look = Look(reading, reading.periods)
        return _compared(look, _of_reading(reading, wish), is_exact=False)
    periods = times.offered(day)
    with opened(actor, of, day) as drawn:
        if not of.is_inside:
            reading = read(drawn, of, shown_charts(), periods)
            look = Look(reading, periods)
            return _compared(look, _of_reading(reading, wish), is_exact=False)
        found = [_inside(drawn, of, periods, wish, asked) for asked in wish.sides]
        look = Look(found[0].reading, periods, selections.choices(drawn))
        return _compared(look, found, is_exact=True)


def offered(
    actor: Actor, of: Scope, day: date
) -> tuple[tuple[Asked, ...], Choices | None]:
    """Return the periods and, inside a unit, the groups that can be compared."""
    if of.unit is None:
        return all_units(actor, of, day).periods, None
    periods = times.offered(day)
    if not of.is_inside:
        return periods, None
    with opened(actor, of, day) as drawn:
        return periods, selections.choices(drawn)


def _of_reading(reading: Reading, wish: Wish) -> list[Side]:
    if wish.by == UNIT:
        return [Side(asked, reading, wish.period, asked) for asked in wish.sides]
    return [Side(asked, reading, asked) for asked in wish.sides]


def _inside(
    drawn: Facts, of: Scope, periods: Sequence[Asked], wish: Wish, asked: str
) -> Side:
    """Return one side of a unit, from the people whom it is about."""
    if wish.by == PERIOD:
        # Who is followed from acceptance is told by the quarter of acceptance.
        chosen, period = Selection(), asked
        followed = Selection(cohort=asked) if asked != times.YEAR else chosen
    else:
        chosen = followed = selected(wish.by, asked)
        period = wish.period
    charts = compared_charts()
    some = drawn if chosen.is_all else selections.narrowed(drawn, chosen)
    reading = read(some, of, charts, periods)
    if followed != chosen:
        of_cohort = read(selections.narrowed(drawn, followed), of, charts, periods)
        reading = replace(
            reading, curves=of_cohort.curves, shown=_with_curves_of(reading, of_cohort)
        )
    tables = {
        chart.name: table
        for chart in charts
        if chart.kind == "curve" and (table := _table(reading, chart)) is not None
    }
    return Side(asked, reading, period, tables=tables)


def _with_curves_of(reading: Reading, other: Reading) -> dict[Any, Shown]:
    days = {c.name for c in reading.charts if c.defined.window.is_one_day}
    told = {place: s for place, s in other.shown.items() if place.chart in days}
    return {**reading.shown, **told}


def selected(by: str, side: str) -> Selection:
    """Return who stands on a side: of a cohort, a treatment team or a group."""
    if by in (COHORT, TEAM):
        return Selection(**{by: side})
    return Selection(group=f"{by}:{side}")


def _table(reading: Reading, chart: Chart) -> LifeTable | None:
    shown = reading.one(chart, reading.periods[0].period)
    if shown is None or chart.statistic not in shown.figure.statistics:
        return None
    pairs = shown.figure.statistics[chart.statistic].pairs
    return survival.LifeTable.of(
        survival.Observation(int(days), bool(event), count)
        for (days, event), count in pairs.items()
    )


def _compared(look: Look, sides: Sequence[Side], *, is_exact: bool) -> SideBySide:
    read_of = {chart.name for chart in look.reading.charts}
    charts = [chart for chart in compared_charts() if chart.name in read_of]
    # Outside, a curve follows everybody: that of two periods is one and the same.
    one, other = (side.unit for side in sides)
    waits = _waits(charts, sides) if is_exact or one != other else ()
    return SideBySide(look, tuple(_contrasts(charts, sides)), tuple(waits), is_exact)


def _contrasts(charts: Sequence[Chart], sides: Sequence[Side]) -> Iterator[Contrast]:
    for chart in charts:
        ratios = list(chart.defined.ratios.values())
        if (
            chart.amount
            or not ratios
            or ratios[0].form != "share"
            or ratios[0].per != 1
        ):
            continue
        one, other = (side.shown(chart) for side in sides)
        yield Contrast(chart, (one, other), _comparison(one, other))


def _comparison(one: Shown | None, other: Shown | None) -> Comparison | None:
    numbers = [
        number
        for shown in (one, other)
        for number in ((shown.numerator, shown.denominator) if shown else ())
    ]
    known = [int(number) for number in numbers if number is not None]
    if len(known) < 4:
        return None
    a, n, c, m = known
    return compare(min(a, n), n, min(c, m), m) if n and m else None


def _waits(charts: Sequence[Chart], sides: Sequence[Side]) -> Iterator[Waits]:
    for chart in charts:
        if chart.kind != "curve":
            continue
        one, other = (side.curve(chart) for side in sides)
        tables = [side.tables.get(chart.name) for side in sides if side.tables]
        known = [table for table in tables if table is not None]
        if len(known) < 2:
            yield Waits(chart, (one, other))
            continue
        horizon = survival.common_horizon(known)
        names = ("one", "other")
        means = tuple(
            survival.curve_of(table).restricted_mean(horizon or 0) for table in known
        )
        yield Waits(
            chart,
            (one, other),
            survival.log_rank(dict(zip(names, known, strict=True))),
            horizon,
            (means[0], means[1]),
        )
