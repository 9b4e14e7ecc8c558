"""Pictures as Altair charts. Imported when the first chart is drawn, for Altair is heavy."""

import json
from collections.abc import Sequence
from functools import singledispatch
from typing import Any

import altair as alt

from braid.web.charts.pictures import (
    Bars,
    Column,
    Columns,
    Curve,
    Curves,
    Level,
    Points,
    Step,
)
from braid.web.charts.theme import (
    ACCENT,
    BANDS,
    CURVES,
    EDGE,
    INK,
    INK_2,
    LINE,
    SURFACE,
    TEXT,
    Size,
    config,
)

Chart = alt.LayerChart | alt.FacetChart
PER_CENT = "format(datum.value * 100, '.0f') + ' %'"
LINE_HEIGHT = 0.09  # of the height of a chart of curves
STEPS = 150  # of a curve that are drawn
ROW = 46  # pixels of a bar with its name
SHAPES = (("circle", True), ("diamond", False), ("square", False))
"""Shape of each kind of point, and whether it is filled."""
NARROWEST_WORDS = 300  # pixels from which points have words beside them


def spec(
    picture: Any, size: Size, title: str = "", lines: tuple[str, ...] = ()
) -> dict[str, Any]:
    """Return a picture of this size as Vega-Lite; a file has its words above it."""
    drawn = layers(picture, size)
    if title:
        drawn = drawn.properties(title=alt.TitleParams(title, subtitle=list(lines)))
    written: dict[str, Any] = drawn.to_dict()
    return {**written, "config": config()}


@singledispatch
def layers(picture: Any, size: Size) -> Chart:
    """Return the layers of a picture."""
    raise TypeError(f"{type(picture).__name__} is no picture.")


# ---- Columns -----------------------------------------------------------------------------


@layers.register
def _columns(picture: Columns, size: Size) -> Chart:
    top = _top(picture)
    height = alt.Scale(domain=[0, top], nice=False)
    labelled = _labelled(picture.columns, size)
    whole = alt.Axis(format="d", tickMinStep=1)
    axis = alt.Axis(labelExpr=PER_CENT) if picture.is_share else whole
    known = [
        {"label": c.label, "value": c.value, "text": c.text if c in labelled else ""}
        for c in picture.columns
    ]
    base = alt.Chart(alt.Data(values=known), width=size.width, height=size.height)
    across = alt.X(
        "label:N",
        sort=None,
        title=None,
        scale=alt.Scale(
            domain=[c.label for c in picture.columns],  # a gap keeps its place
            paddingInner=0.28,
            paddingOuter=0.14,
        ),
        axis=alt.Axis(values=[c.label for c in labelled]),
    )
    up = alt.Y("value:Q", title=None, scale=height, axis=axis)
    bars = base.mark_bar(color=ACCENT, clip=False).encode(x=across, y=up)
    figures = base.mark_text(dy=-9, fontWeight=600, stroke=SURFACE, strokeWidth=4)
    figures = figures.encode(x=across, y=up, text="text:N")
    gaps = _gaps(labelled, across, size)
    return alt.layer(*_levels(picture.levels, size, height), bars, figures, *gaps)


def _gaps(columns: Sequence[Column], across: Any, size: Size) -> list[Any]:
    """Return the marks of columns that are not known or not shown, on the ground line."""
    found = [{"label": c.label, "text": c.text} for c in columns if c.value is None]
    if not found:
        return []
    marks = alt.Chart(alt.Data(values=found), width=size.width, height=size.height)
    text = marks.mark_text(color=INK_2).encode(
        x=across, y=alt.value(size.height - 9), text="text:N"
    )
    return [text]


def _levels(levels: Sequence[Level], size: Size, height: Any) -> list[Any]:
    """Return the lines to read values against, named at their right end."""
    if not levels:
        return []
    is_wide = size.labels > len(levels) + 3
    values = [
        {"value": level.value, "text": level.text if is_wide else level.short}
        for level in levels
    ]
    base = alt.Chart(alt.Data(values=values), width=size.width, height=size.height)
    up = alt.Y("value:Q", scale=height, title=None)
    rules = base.mark_rule(color=EDGE, strokeDash=[4, 4], strokeWidth=1.5).encode(y=up)
    names = base.mark_text(align="left", dx=6, color=INK_2, fontSize=TEXT - 1).encode(
        y=up, x=alt.value(size.width), text="text:N"
    )
    return [rules, names]


def _top(picture: Columns) -> float:
    """Return the height of the scale: a little more than what stands highest."""
    known = [c.value for c in picture.columns if c.value is not None]
    known += [level.value for level in picture.levels]
    highest = max(known, default=0.0) or 1.0
    return min(1.08, highest * 1.12) if picture.is_share else highest * 1.12


def _labelled(columns: tuple[Column, ...], size: Size) -> list[Column]:
    """Return every so many columns, counted from the last one."""
    step = -(-len(columns) // size.labels) or 1
    return [c for n, c in enumerate(columns) if (len(columns) - 1 - n) % step == 0]


# ---- Curves ------------------------------------------------------------------------------


@layers.register
def _curves(picture: Curves, size: Size) -> Chart:
    last = max((c.last_time for c in picture.curves), default=1.0) or 1.0
    time = alt.X(
        "time:Q",
        title=picture.time_label,
        scale=alt.Scale(domain=[0, last], nice=False),
        axis=alt.Axis(values=[t for t in picture.times if t <= last], format="d"),
    )
    up = alt.Y(
        "value:Q",
        title=None,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(labelExpr=PER_CENT, values=[0, 0.25, 0.5, 0.75, 1]),
    )
    drawn = [
        _band(curve, BANDS[kind], time, size)
        for kind, curve in enumerate(picture.curves)
    ]
    for kind, curve in enumerate(picture.curves):
        drawn += _line(curve, kind, time, up, size)
    if picture.is_named or len(picture.curves) > 1:
        drawn += _names(picture.curves, up, size)
    return alt.layer(*drawn)


def _names(curves: Sequence[Curve], up: Any, size: Size) -> list[Any]:
    """Return the names of curves at their right ends, none over another."""
    ends = sorted(
        (curve.steps[-1].value, kind, curve.name) for kind, curve in enumerate(curves)
    )
    drawn, above = [], -1.0
    for value, kind, name in ends:
        above = max(value, above + LINE_HEIGHT)
        text = alt.Chart(alt.Data(values=[{"value": above, "name": name}]))
        drawn.append(
            text.mark_text(
                align="left", dx=8, color=CURVES[kind][0], fontWeight=600
            ).encode(x=alt.value(size.width), y=up, text="name:N")
        )
    return drawn


def _band(curve: Curve, colour: str, time: Any, size: Size) -> Any:
    values = [
        {"time": round(step.time, 1), "low": step.low, "high": step.high}
        for step in _thinned(curve, size)
        if step.low is not None and step.high is not None
    ]
    return (
        alt.Chart(alt.Data(values=values), width=size.width, height=size.height)
        .mark_area(interpolate="step-after", color=colour, opacity=0.9)
        .encode(x=time, y=alt.Y("low:Q", title=None), y2="high:Q")
    )


def _line(curve: Curve, kind: int, time: Any, up: Any, size: Size) -> list[Any]:
    colour, dashes = CURVES[kind]
    steps = _thinned(curve, size)
    line = alt.Chart(alt.Data(values=_heights(steps)))
    drawn = [
        line.mark_line(
            interpolate="step-after", color=colour, strokeWidth=3, strokeDash=dashes
        ).encode(x=time, y=up)
    ]
    told = [
        {"time": time, "value": step.value}
        for time in curve.told
        if time <= curve.last_time and (step := curve.at(time)) is not None
    ]
    dots = alt.Chart(alt.Data(values=told))
    filled = colour if kind == 0 else SURFACE
    drawn.append(
        dots.mark_point(
            size=60, filled=False, fill=filled, stroke=colour, strokeWidth=2, opacity=1
        ).encode(x=time, y=up)
    )
    return drawn


def _heights(steps: list[Step]) -> list[dict[str, float]]:
    return [{"time": round(s.time, 1), "value": round(s.value, 4)} for s in steps]


def _thinned(curve: Curve, size: Size) -> list[Step]:
    """Return the steps that can be told apart: the last one of every few pixels."""
    room = (curve.last_time or 1.0) / min(STEPS, size.width / 2)
    kept: dict[int, Step] = {int(step.time / room): step for step in curve.steps}
    steps = list(kept.values())
    if steps and steps[-1].time < curve.last_time:
        end = steps[-1]
        steps.append(Step(curve.last_time, end.value, end.low, end.high))
    return steps


# ---- Bars --------------------------------------------------------------------------------


@layers.register
def _bars(picture: Bars, size: Size) -> Chart:
    tops = [b.high if b.high is not None else b.value or 0.0 for b in picture.bars]
    reach = max(tops, default=0.0) or 1.0
    values = [
        {
            "place": n,
            "name": bar.name,
            "value": bar.value,
            "text": bar.text,
            "low": bar.low,
            "high": bar.high,
            "end": max(bar.value or 0, bar.high or 0),
        }
        for n, bar in enumerate(picture.bars)
    ]
    height = ROW * max(len(values), 1)
    base = alt.Chart(alt.Data(values=values), width=size.width, height=height)
    row = alt.Y("place:O", axis=None, sort=None)
    # Words stand behind the longest bar: room is left for them.
    along = alt.X(
        "value:Q",
        axis=None,
        scale=alt.Scale(domain=[0, reach * (1.22 if size.width > 400 else 1.5)]),
    )
    has_limits = any(bar.low is not None for bar in picture.bars)
    marks = _dots(base, row, along) if has_limits else [_blocks(base, row, along)]
    names = base.mark_text(align="left", dy=-11, color=INK, fontSize=TEXT).encode(
        x=alt.value(0), y=row, text="name:N"
    )
    figures = base.mark_text(
        align="left", dx=8, dy=9, fontWeight=600, stroke=SURFACE, strokeWidth=4
    )
    figures = figures.transform_filter("datum.value != null")
    figures = figures.encode(x=alt.X("end:Q", axis=None), y=row, text="text:N")
    hidden = base.transform_filter("datum.value == null")
    words = hidden.mark_text(align="left", dy=9, color=INK_2).encode(
        x=alt.value(0), y=row, text="text:N"
    )
    return alt.layer(*marks, names, figures, words)


def _blocks(base: Any, row: Any, along: Any) -> Any:
    return base.mark_bar(color=ACCENT, height=14, yOffset=9).encode(x=along, y=row)


def _dots(base: Any, row: Any, along: Any) -> list[Any]:
    """Return dots between their limits, on a line from 0."""
    rails = base.mark_rule(color=LINE, strokeWidth=2, yOffset=9).encode(y=row)
    known = base.transform_filter("datum.low != null")
    limits = known.mark_rule(color=ACCENT, strokeWidth=3, yOffset=9).encode(
        x=alt.X("low:Q", axis=None), x2="high:Q", y=row
    )
    dots = known.mark_point(
        size=110, filled=True, fill=ACCENT, yOffset=9, opacity=1
    ).encode(x=along, y=row)
    return [rails, limits, dots]


# ---- Points ------------------------------------------------------------------------------


@layers.register
def _points(picture: Points, size: Size) -> Chart:
    values = [
        {
            "across": round(point.across, 3),
            "up": point.up,
            "kind": point.kind,
            "text": point.text if size.width > NARROWEST_WORDS else "",
            "line": point.line,
            "low": point.low,
            "high": point.high,
        }
        for point in picture.points
    ]
    base = alt.Chart(alt.Data(values=values), width=size.width, height=size.height)
    height = alt.Scale(domain=list(picture.up), nice=False)
    across = alt.X(
        "across:Q",
        title=picture.across_label or None,
        scale=alt.Scale(domain=list(picture.across), nice=False),
        axis=_axis(picture, size),
    )
    share = alt.Axis(labelExpr=PER_CENT) if picture.is_share else alt.Axis(format="d")
    up = alt.Y("up:Q", title=None, scale=height, axis=share)
    lines = base.transform_filter("datum.line != '' && datum.up != null").mark_line(
        color=EDGE, strokeWidth=1.5
    )
    drawn = [lines.encode(x=across, y=up, detail="line:N")]
    limits = base.transform_filter("datum.low != null").mark_rule(
        color=ACCENT, strokeWidth=3
    )
    drawn.append(limits.encode(x=across, y=alt.Y("low:Q", title=None), y2="high:Q"))
    drawn += [_marks(base, kind, across, up) for kind in range(len(SHAPES))]
    names = base.mark_text(
        align="left", dx=8, dy=-8, color=INK_2, stroke=SURFACE, strokeWidth=3
    )
    drawn.append(names.encode(x=across, y=up, text="text:N"))
    label = alt.Chart(alt.Data(values=[{"text": picture.up_label}]))
    drawn.append(
        label.mark_text(align="left", dx=-24, dy=-14, color=INK_2).encode(
            x=alt.value(0), y=alt.value(0), text="text:N"
        )
    )
    return alt.layer(*_levels(picture.levels, size, height), *drawn)


def _marks(base: Any, kind: int, across: Any, up: Any) -> Any:
    """Return the points of one kind: told apart by shape and filling, never by colour."""
    shape, is_filled = SHAPES[kind]
    some = base.transform_filter(f"datum.kind == {kind} && datum.up != null")
    return some.mark_point(
        size=80,
        shape=shape,
        filled=False,
        fill=ACCENT if is_filled else SURFACE,
        stroke=ACCENT,
        strokeWidth=2,
        opacity=1,
    ).encode(x=across, y=up)


def _axis(picture: Points, size: Size) -> Any:
    if not picture.ticks:
        return alt.Axis(format="d", tickCount=size.labels)
    step = -(-len(picture.ticks) // size.labels)
    kept = picture.ticks[::-1][::step]
    said = " : ".join(
        f"datum.value == {place!r} ? {json.dumps(text)}" for place, text in kept
    )
    return alt.Axis(values=[place for place, _text in kept], labelExpr=f"{said} : ''")
