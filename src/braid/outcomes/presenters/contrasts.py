"""Two sides in words: what each is called, and what may be said of their difference."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.facts import presenters as figures
from braid.method.statistics.rounding import half_up
from braid.outcomes.presenters.grids import Cell, Grid
from braid.outcomes.presenters.tables import DAYS, curve_drawn, interval_of
from braid.outcomes.presenters.words import (
    NOTHING,
    heading,
    height,
    limits,
    limits_text,
    made_of,
    said,
    value_text,
)
from braid.web.charts.drawing import Drawing, draw
from braid.web.charts.pictures import Bar, Bars, Curves, Picture

if TYPE_CHECKING:
    from braid.method.statistics.two_groups import Comparison, Estimate, NeededToTreat
    from braid.outcomes.charts import Chart
    from braid.outcomes.comparing import Contrast, SideBySide, Waits
Url = Callable[["Chart", int], str]
"""The address of the rows behind a chart's figure of a side, the first or the second."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that is said of a difference; `means` explains its name."""

    what: str
    value: str
    means: str = ""


@dataclass(frozen=True, slots=True)
class ContrastCard:
    """A figure of both sides: what was found, their picture, table and statistics."""

    title: str
    finding: str
    picture: Picture | None
    grid: Grid
    statistics: tuple[Said, ...]
    definition: str
    name: str

    @property
    def drawing(self) -> Drawing | None:
        """Return the picture as a page shows it."""
        return draw(self.picture, self.finding) if self.picture else None


def cards(found: SideBySide, names: tuple[str, str], url: Url) -> list[ContrastCard]:
    """Return a card for each share and each curve of the two sides."""
    return [
        *(_contrast(each, names, url) for each in found.contrasts),
        *(_waits(each, names) for each in found.waits),
    ]


def _contrast(found: Contrast, names: tuple[str, str], url: Url) -> ContrastCard:
    measure = found.chart.defined
    lines = []
    for side, (name, shown) in enumerate(zip(names, found.shown, strict=True)):
        interval = limits(found.chart, shown)
        value = height(found.chart, shown)
        text = value_text(found.chart, shown)
        low, high = interval or (None, None)
        bar = Bar(name, value, text, low, high)
        cells = (
            Cell(name),
            Cell(text, url(found.chart, side) if shown else ""),
            Cell(made_of(found.chart, shown)),
            Cell(limits_text(interval)),
        )
        lines.append((bar, cells))
    bars = tuple(bar for bar, _cells in lines)
    columns = (
        _("Side"),
        heading(found.chart),
        _("Made of"),
        _("95 % interval"),
    )
    return ContrastCard(
        str(found.chart.title),
        _difference_text(found.comparison, names),
        Bars(bars) if any(bar.value is not None for bar in bars) else None,
        Grid(columns, tuple(cells for _bar, cells in lines)),
        tuple(_statistics(found.comparison)) if found.comparison else (),
        said(measure.about),
        found.chart.name,
    )


def _difference_text(found: Comparison | None, names: tuple[str, str]) -> str:
    difference = found.risk_difference if found else None
    if difference is None or difference.value is None:
        return _("The two cannot be compared: one has nobody, or is kept back.")
    value, low, high = difference.value, difference.low or 0.0, difference.high or 0.0
    points = half_up(100 * abs(Fraction(value)), 0)
    named = {
        "one": names[0],
        "other": names[1],
        "points": ngettext(
            "%(n)s percentage point", "%(n)s percentage points", int(points)
        )
        % {"n": figures.number_text(points, 0)},
    }
    if not points:
        return _("%(one)s and %(other)s: alike.") % named
    higher = value > 0
    told = (
        _("%(one)s: %(points)s higher than %(other)s.")
        if higher
        else _("%(one)s: %(points)s lower than %(other)s.")
    ) % named
    return f"{told} {chance_text(is_likely=low < 0 < high)}"


def chance_text(*, is_likely: bool) -> str:
    """Say whether chance alone brings about such a difference."""
    if is_likely:
        return _("So large a difference may come about by chance.")
    return _("By chance alone so large a difference would be rare.")


def _statistics(found: Comparison) -> Iterator[Said]:
    yield Said(
        _("Difference (Wald 95 % interval), percentage points"),
        _estimate(found.risk_difference, 100, 1),
        _("The share of the first side less the share of the second."),
    )
    yield Said(
        _("Risk ratio (95 % interval)"),
        _estimate(found.risk_ratio, 1, 2),
        _("The share of the first side divided by the share of the second."),
    )
    yield Said(
        _("Odds ratio (95 % interval)"),
        _estimate(found.odds_ratio, 1, 2),
        _(
            "Odds are those with it for each one without it; the ratio divides the odds "
            "of the first side by those of the second. It lies further from 1 than the "
            "ratio of shares."
        ),
    )
    if found.chi2 is not None:
        yield Said(
            _("Chi-square without continuity correction, 1 degree of freedom"),
            f"{_number(found.chi2, 2)}, {p_text(found.p)}",
            _(
                "A test of whether both sides could be alike. p is how often chance "
                "alone would make a difference as large as this or larger."
            ),
        )
    yield from _needed(found.needed_to_treat)


def _needed(found: NeededToTreat) -> Iterator[Said]:
    """Yield how many people make one more, with the interval through infinity in two."""
    if found.value is None:
        return
    is_more = found.value > 0
    what = (
        _("Number needed for one more (95 % interval)")
        if is_more
        else _("Number needed for one fewer (95 % interval)")
    )
    value = _number(abs(found.value), 1)
    if len(found.ranges) > 1:
        (_far, fewer), (more, _end) = found.ranges
        value = _(
            "%(value)s (from %(more)s up for one more, or from %(fewer)s up for one fewer)"
        ) % {
            "value": value,
            "more": _number(abs(more or 0), 1),
            "fewer": _number(abs(fewer or 0), 1),
        }
    elif found.ranges:
        ends = [abs(one) for one in found.ranges[0] if one is not None]
        if len(ends) > 1:
            low, high = sorted(ends)
            limits = {"low": _number(low, 1), "high": _number(high, 1)}
            told = _("%(low)s to %(high)s") % limits
            value = f"{value} ({told})"
    means = _(
        "Of how many people of the first side one more, or one fewer, has it than of as "
        "many of the second: 1 divided by the difference of shares."
    )
    yield Said(what, value, means)


def _estimate(found: Estimate, times: int, places: int) -> str:
    if found.value is None:
        return REASONS.get(found.reason, lambda: NOTHING)()
    value = _number(times * found.value, places)
    if found.low is None or found.high is None:
        return value
    low, high = (_number(times * end, places) for end in (found.low, found.high))
    return _("%(value)s (%(low)s to %(high)s)") % {
        "value": value,
        "low": low,
        "high": high,
    }


REASONS = {
    "empty_denominator": lambda: _("not defined: one side has nobody"),
    "zero_cell": lambda: _("not defined: on one side nobody or everybody"),
}


def _number(value: object, places: int) -> str:
    return figures.number_text(value, places)  # type: ignore[arg-type]


def p_text(value: float | None) -> str:
    """Return how rare a difference would be by chance."""
    if value is None:
        return NOTHING
    if value < 0.001:
        return _("p below 0.001")
    return _("p %(value)s") % {"value": _number(value, 3)}


# ---- Curves ------------------------------------------------------------------------------


def _waits(found: Waits, names: tuple[str, str]) -> ContrastCard:
    drawn = [
        curve_drawn(found.chart, curve, name)
        for name, curve in zip(names, found.curves, strict=True)
        if curve is not None and curve.last_time  # without an event it is level
    ]
    last = max((curve.last_time for curve in drawn), default=0)
    rows = tuple(
        (
            Cell(_("day %(day)s") % {"day": day}),
            *(Cell(text) for curve in drawn for text in (interval_of(curve, day),)),
        )
        for day in DAYS
        if day <= last
    )
    label = (
        _("days from acceptance") if found.chart.rises else _("days from the first day")
    )
    return ContrastCard(
        str(found.chart.title),
        _waits_text(found, names),
        Curves(tuple(drawn), (0, *DAYS), label, is_named=True) if drawn else None,
        Grid((_("By day"), *(curve.name for curve in drawn)), rows),
        tuple(_test(found, names)),
        said(found.chart.defined.about),
        found.chart.name,
    )


def _waits_text(found: Waits, names: Sequence[str]) -> str:
    told = []
    for name, curve in zip(names, found.curves, strict=True):
        if curve is None or not curve.observed:
            told.append(_("%(name)s: nobody was followed.") % {"name": name})
        elif curve.median is None:
            told.append(_("%(name)s: half was not reached.") % {"name": name})
        else:
            told.append(
                _("%(name)s: half by day %(day)s.")
                % {"name": name, "day": curve.median}
            )
    return " ".join(told)


def _test(found: Waits, names: Sequence[str]) -> Iterator[Said]:
    for name, value in zip(names, found.restricted, strict=True):
        if value is not None:
            what = _("%(name)s: mean days, none counted beyond day %(horizon)s")
            yield Said(
                what % {"name": name, "horizon": found.horizon}, _number(value, 0)
            )
    if found.test is None:
        return
    if found.test.chi2 is None:
        yield Said(
            _("Log-rank chi-square"),
            _("not defined: while both sides were followed, nobody had the event"),
        )
    else:
        yield Said(
            _("Log-rank chi-square, %(df)s degree of freedom") % {"df": found.test.df},
            f"{_number(found.test.chi2, 2)}, {p_text(found.test.p)}",
            _(
                "A test of whether both curves could be one, on all days together. p is "
                "how often chance alone would part them as far as this or further."
            ),
        )
