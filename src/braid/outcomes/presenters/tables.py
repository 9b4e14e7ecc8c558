"""Charts as pictures and tables of the same values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.facts import presenters as figures
from braid.outcomes.presenters.grids import (
    Cell,
    Grid,
    Told,
    Url,
    all_of,
    all_rows,
    all_told,
)
from braid.outcomes.presenters.words import (
    KEYS,
    NOTHING,
    form,
    heading,
    height,
    limits,
    limits_text,
    made_of,
    means,
    place_of,
    upper,
    value_name,
    value_text,
    written,
)
from braid.outcomes.selections import NOT_KNOWN
from braid.web.charts.pictures import (
    Bar,
    Bars,
    Column,
    Columns,
    Curve,
    Curves,
    Level,
    Step,
)

if TYPE_CHECKING:
    from braid.facts.leaving import Shown
    from braid.method.measures import Asked
    from braid.method.survival import Curve as KaplanMeier
    from braid.outcomes.charts import Chart

DAYS = (91, 182, 365, 548, 730)  # of a curve that are told
MOST = 10  # bars of a chart; the rest stand in its table


def quarters(
    chart: Chart, found: Sequence[tuple[Asked, Shown | None]], url: Url
) -> Told:
    """Tell a value by quarter; a benchmark is a line to read it against."""
    is_share = form(chart) == "share"
    columns = tuple(
        Column(period.period, height(chart, shown), value_text(chart, shown))
        for period, shown in found
    )
    rows = tuple(
        (
            Cell(figures.quarter_text(period)),
            Cell(value_text(chart, shown), url(period.period, "")),
            *(
                Cell(text)
                for text in (
                    made_of(chart, shown),
                    limits_text(limits(chart, shown)),
                )
                if is_share
            ),
        )
        for period, shown in reversed(found)
    )
    beside = (_("Made of"), _("95 % interval")) if is_share else ()
    newest, before = _newest(found)
    last = found[-1]
    return Told(
        Columns(columns, _levels(chart), is_share)
        if any(one.value or (is_share and one.value is not None) for one in columns)
        else None,
        Grid((_("Quarter"), heading(chart), *beside), rows),
        last[0].as_of,
        next((one.figure.snapshot or "" for _p, one in found if one), ""),
        figures.period_text(_span(found)),
        more=all_told(chart, last[1], url) if last[1] else None,
        left_out=_left_out(last[1]),
        words={
            "quarter": newest[0].period,
            "value": value_text(chart, newest[1]),
            "made_of": made_of(chart, newest[1]),
            "means": means(chart),
            "before": value_text(chart, before[1]) if before else "",
            "hidden": "yes" if height(chart, newest[1]) is None else "",
        },
    )


def _left_out(shown: Shown | None) -> tuple[str, ...]:
    """Say what was left out; outside the unit only what may be shown."""
    if shown is None:
        return ()
    return tuple(figures.left_out_texts(shown.figure.left_out))


def _levels(chart: Chart) -> tuple[Level, ...]:
    levels = []
    for each in () if chart.amount else chart.defined.benchmarks:
        share = written(each.at, "share")
        name = LEVELS.get(each.at)
        levels.append(Level(each.at, f"{share} {name()}" if name else share, share))
    return tuple(levels)


LEVELS: Mapping[float, Callable[[], str]] = {
    0.31: lambda: _("minimum"),
    0.41: lambda: _("average"),
    0.5: lambda: _("excellent"),
}
"""What the benchmarks are called in few words; in full they stand beside the chart."""
Found = tuple["Asked", "Shown | None"]


def _newest(found: Sequence[Found]) -> tuple[Found, Found | None]:
    """Return the newest quarter that is over, and the same one a year before."""
    over = [one for one in found if figures.quarter_text(one[0]) == one[0].period]
    newest = over[-1] if over else found[-1]
    place = list(found).index(newest) - 4
    return newest, found[place] if place >= 0 else None


def _span(found: Sequence[Found]) -> Asked:
    first, last = found[0][0], found[-1][0]
    return type(last)(last.period, first.first_day, last.last_day, last.as_of)


def curve(
    chart: Chart, found: KaplanMeier | None, shown: Shown | None, url: Url
) -> Told:
    """Tell a Kaplan-Meier curve: as the share with the event, or still without it."""
    label = _("days from acceptance") if chart.rises else _("days from the first day")
    more = all_told(chart, shown, url) if shown else None
    as_of = shown.figure.as_of if shown else date.min
    if found is None or not found.steps:
        return Told(None, Grid((_("Day"), _("Share")), ()), as_of, more=more)
    drawn = curve_drawn(chart, found, str(chart.title))
    days = [day for day in DAYS if day <= drawn.last_time]
    steps = [(day, drawn.at(day)) for day in days]
    share = _("Have started") if chart.rises else _("Still in the job")
    link = url(shown.figure.period.period, "") if shown else ""
    rows = tuple(
        (
            Cell(_("day %(day)s") % {"day": day}),
            Cell(figures.value_text(step.value, "share"), link),
            Cell(limits_text(_pair(step))),
        )
        for day, step in steps
        if step is not None
    )
    by_year = drawn.at(365) if drawn.last_time >= 365 else None
    return Told(
        Curves((drawn,), (0, *DAYS), label),
        Grid((_("By day"), share, _("95 % interval")), rows),
        as_of,
        shown.figure.snapshot or "" if shown else "",
        more=more,
        left_out=_left_out(shown),
        words={
            "median": "" if found.median is None else str(found.median),
            "share": figures.value_text(by_year.value, "share") if by_year else "",
            "n": figures.number_text(found.observed, 0),
        },
    )


def _pair(step: Step) -> tuple[float, float] | None:
    return None if step.low is None or step.high is None else (step.low, step.high)


def interval_of(drawn: Curve, day: int) -> str:
    """Return the share and its interval on a day; a dash after the last one."""
    step = drawn.at(day) if day <= drawn.last_time else None
    if step is None:
        return NOTHING
    interval = limits_text(_pair(step))
    share = figures.value_text(step.value, "share")
    return f"{share} ({interval})" if interval else share


def curve_drawn(chart: Chart, found: KaplanMeier, name: str) -> Curve:
    """Return the curve as it is drawn, from day 0 to its last time or the horizon."""
    last = min(found.last_time, chart.horizon)
    start = 0.0 if chart.rises else 1.0
    steps = [Step(0, start, start, start)]
    for step in found.steps:
        if step.time > last:
            break
        if chart.rises:
            ends = (step.high, step.low)
            low, high = (None if end is None else 1 - end for end in ends)
            steps.append(Step(step.time, 1 - step.survival, low, high))
        else:
            steps.append(Step(step.time, step.survival, step.low, step.high))
    return Curve(name, tuple(steps), last, DAYS)


def parts(
    chart: Chart, found: Mapping[str, Shown], whole: Shown | None, url: Url
) -> Told:
    """Tell a figure by the values of a key, the largest first; groups in their order."""
    key = chart.group or chart.key
    values = sorted(found, key=lambda value: place_of(key, value))
    lines = [_part(chart, key, value, found[value], whole, url) for value in values]
    if not chart.group:
        lines = [line for line in lines if line.bar.value != 0]
        lines.sort(key=lambda line: (line.bar.value is None, -(line.bar.value or 0)))
        lines = _folded(lines)
    bars = tuple(line.bar for line in lines[:MOST])
    has_limits = form(chart) == "share"
    beside = (_("95 % interval"),) if has_limits else ()
    third = _("Made of") if chart.group else _("Share")
    return Told(
        Bars(bars) if any(bar.value for bar in bars) else None,
        Grid(
            (
                KEYS[key]() if key in KEYS else _("Kind"),
                heading(chart),
                third,
                *beside,
            ),
            tuple(line.cells[: 3 + len(beside)] for line in lines),
        ),
        whole.figure.as_of if whole else date.min,
        (whole.figure.snapshot or "") if whole else "",
        figures.period_text(whole.figure.period) if whole else "",
        more=all_told(chart, whole, url) if whole else None,
        left_out=_left_out(whole),
        words={
            "first": lines[0].bar.name if lines else "",
            "value": lines[0].bar.text if lines else "",
            "means": means(chart),
            "lines": "; ".join(_said(chart, line) for line in lines[:4]),
        },
    )


@dataclass(frozen=True, slots=True)
class _Line:
    bar: Bar
    cells: tuple[Cell, ...]


def _folded(lines: list[_Line]) -> list[_Line]:
    """Return the lines with those that are kept back told as one, where they are many."""
    told = [line for line in lines if line.bar.value is not None]
    hidden = lines[len(told) :]
    if len(hidden) < 2:
        return lines
    name = ngettext(
        "%(n)s more kind, kept back", "%(n)s more kinds, kept back", len(hidden)
    ) % {"n": figures.number_text(len(hidden), 0)}
    first = hidden[0]
    blank = (Cell("") for _cell in first.cells[2:])
    cells = (Cell(name), Cell(first.cells[1].text), *blank)
    return [*told, _Line(Bar(name, None, first.bar.text), cells)]


def _said(chart: Chart, line: _Line) -> str:
    """Return a line in a sentence; what a group is called may end in a number."""
    bar = line.bar
    if bar.value is None and not chart.group:
        return bar.name
    return f"{bar.name} ({bar.text})" if chart.group else f"{bar.name} {bar.text}"


def _part(
    chart: Chart, key: str, value: str, shown: Shown, whole: Shown | None, url: Url
) -> _Line:
    name = upper(value_name(key, value))
    text, interval = value_text(chart, shown), limits(chart, shown)
    share = made_of(chart, shown) if chart.group else _share(chart, shown, whole)
    ends = (interval.low, interval.high) if interval else (None, None)
    bar_text = f"{text} ({share})" if share and not chart.group else text
    link = url(shown.figure.period.period, value or NOT_KNOWN)
    cells = (Cell(name), Cell(text, link), Cell(share), Cell(limits_text(interval)))
    return _Line(Bar(name, height(chart, shown), bar_text, *ends), cells)


def _share(chart: Chart, shown: Shown, whole: Shown | None) -> str:
    """Return what part of all a number is, as far as both may be shown."""
    one, all_of = height(chart, shown), height(chart, whole)
    return written(one / all_of, "share") if one and all_of else ""


def plain(
    chart: Chart, found: Mapping[str, Shown], whole: Shown | None, url: Url
) -> Told:
    """Tell what a measure says, in a table; by the values of its key where it has one."""
    rows: list[tuple[Cell, ...]] = []
    for value, shown in found.items() if chart.key else ():
        if value:
            rows += all_rows(chart, shown, url, value)
    if whole is not None and not chart.key:
        rows = all_rows(chart, whole, url)
    return Told(
        None,
        all_of(rows),
        whole.figure.as_of if whole else date.min,
        (whole.figure.snapshot or "") if whole else "",
        figures.period_text(whole.figure.period) if whole else "",
        left_out=_left_out(whole),
        words={"value": rows[0][1].text, "means": rows[0][0].text} if rows else {},
    )


def spread(
    chart: Chart, found: Mapping[str, Shown], whole: Shown | None, url: Url
) -> Told:
    """Tell the same as `plain`; drawn is the median between its quartiles, by the key."""
    told = plain(chart, found, whole, url)
    bars = [_middle(chart, value, found[value]) for value in found if value]
    lines = [
        _("%(name)s: half lie from %(low)s to %(high)s, the middle is %(text)s.")
        % {
            "name": bar.name,
            "text": bar.text,
            "low": written(bar.low, "number"),
            "high": written(bar.high, "number"),
        }
        for bar in bars
        if bar.low is not None
    ]
    picture = Bars(tuple(bars)) if lines else None
    return replace(told, picture=picture, words={"lines": " ".join(lines)})


def _middle(chart: Chart, value: str, shown: Shown) -> Bar:
    """Return the median of a value as a dot between its quartiles."""
    middle, *ends = (
        shown.statistics[f"{name}_{chart.only}"]
        for name in ("median", "lower_quartile", "upper_quartile")
    )
    text = middle.mark or written(middle.value, "number")
    numbers = [
        None if one.is_hidden or one.value is None else float(one.value)
        for one in (middle, *ends)
    ]
    if None in numbers:
        return Bar(value, None, text)
    return Bar(value, numbers[0], text, *numbers[1:])
