"""The charts across units, each with the sentence that says what is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.fidelity.across import tables
from braid.fidelity.across.reading import Moved, OfItem, Reviews
from braid.fidelity.choices import ReviewMode
from braid.method.statistics.correlation import Correlation
from braid.method.statistics.rounding import half_up
from braid.web.charts.drawing import Drawing, draw
from braid.web.charts.pictures import Bar, Bars, Level, Point, Points
from braid.web.days import month_text

if TYPE_CHECKING:
    from braid.fidelity.across.scatter import Scatter
    from braid.fidelity.told import Told
    from braid.method.scales import Scale

KINDS = {mode: kind for kind, mode in enumerate(ReviewMode)}
"""The shape of a mode: a filled circle, a diamond, a square."""
NAMED = 8  # units whose names fit into a chart
ROOM = 5  # points of the scale, around the totals


@dataclass(frozen=True, slots=True)
class Chart:
    """What was found, in a sentence, and its drawing; None where nothing can be drawn."""

    finding: str
    drawing: Drawing | None = None
    keys: tuple[str, ...] = ()


def trend(found: Reviews, steps: Moved) -> Chart:
    """Return the totals of all units over time, each review in the shape of its mode."""
    finding = moved_text(steps)
    drawn = [
        (unit, one, one is rows[-1])
        for unit, rows in found.by_unit.items()
        for one in rows
        if one.total is not None
    ]
    if not drawn:
        return Chart(finding)
    is_named = len(found.by_unit) <= NAMED
    points = tuple(
        _point(str(unit.pk), one, unit.name if is_last and is_named else "")
        for unit, one, is_last in drawn
    )
    days = [one.review.facts_on for _unit, one, _last in drawn]
    low, high = _ends(found.scale, points)
    picture = Points(
        points,
        across=(min(days).toordinal() - 30, max(days).toordinal() + 90),
        up=(low, high),
        up_label=_("total"),
        ticks=tuple((float(day.toordinal()), text) for day, text in _ticks(days)),
        levels=_levels(found.scale, low, high),
    )
    modes = {one.review.mode for _unit, one, _last in drawn}
    return Chart(finding, draw(picture, finding), keys(modes))


def _point(line: str, one: Told, text: str) -> Point:
    total = one.total
    across, kind = float(one.review.facts_on.toordinal()), _kind(one)
    if total is None or total.total is None:
        low, high = total.interval if total else (0, 0)
        return Point(across, None, kind, text, low=float(low), high=float(high))
    return Point(across, float(total.total), kind, text, line)


def _kind(one: Told) -> int:
    return KINDS[ReviewMode(one.review.mode)]


def keys(modes: Iterable[str]) -> tuple[str, ...]:
    """Return what each shape means, of the modes that are there."""
    shapes = (_("filled circle"), _("diamond"), _("square"))
    return tuple(
        _("%(shape)s: %(mode)s") % {"shape": shapes[kind], "mode": mode.label}
        for mode, kind in KINDS.items()
        if mode in set(modes)
    )


def _ends(scale: Scale, points: Sequence[Point]) -> tuple[float, float]:
    known = [v for p in points for v in (p.up, p.low, p.high) if v is not None]
    return (
        max(float(scale.least), min(known) - ROOM),
        min(float(scale.most), max(known) + ROOM),
    )


def _levels(scale: Scale, low: float, high: float) -> tuple[Level, ...]:
    """Return where bands begin, within what is drawn."""
    named = [(band.low, tables.band_name(scale, band.id)) for band in scale.bands[1:]]
    return tuple(
        Level(
            float(at), _("%(band)s, %(total)s") % {"band": name, "total": at}, str(at)
        )
        for at, name in named
        if low < at < high
    )


def _ticks(days: Sequence[date]) -> list[tuple[date, str]]:
    """Return the first days of half-years, as far as reviews go."""
    first, last = min(days), max(days)
    halves = [
        (date(year, month, 1), f"{month_text(date(year, month, 1))} {year}")
        for year in range(first.year, last.year + 2)
        for month in (1, 7)
    ]
    inside = [
        one
        for one in halves
        if first.toordinal() - 30 <= one[0].toordinal() <= last.toordinal() + 90
    ]
    return inside or [(first, f"{month_text(first)} {first.year}")]


def moved_text(steps: Moved) -> str:
    """Say how units moved since the review before in the same mode."""
    compared = steps.up + steps.down + steps.same
    if not compared:
        return _(
            "No unit has two reviews with a total in the same mode yet, so nothing is "
            "said about change."
        )
    said = ngettext(
        "Of %(n)s unit with two reviews in the same mode, %(up)s rose, %(down)s fell and "
        "%(same)s stayed.",
        "Of %(n)s units with two reviews in the same mode, %(up)s rose, %(down)s fell "
        "and %(same)s stayed.",
        compared,
    )
    return said % {
        "n": compared,
        "up": steps.up,
        "down": steps.down,
        "same": steps.same,
    }


def spreads(scale: Scale, found: Sequence[OfItem]) -> Chart:
    """Return the middle of each item over the units, between its lowest and highest."""
    known = [one for one in found if one.spread.median is not None]
    if not known:
        return Chart(_("No unit has scores yet."))
    widest = max(known, key=_width)
    finding = _(
        "Units differ most in item %(item)s: from %(low)s to %(high)s, median %(median)s."
    ) % {
        "item": tables.item_name(scale, widest.item.no),
        "low": widest.spread.smallest,
        "high": widest.spread.largest,
        "median": tables.number(widest.spread.median),
    }
    if widest.spread.n == 1:
        finding = _("One unit has scores: there is nothing to hold beside it yet.")
    elif not _width(widest):
        finding = _("All units have the same score in every item.")
    bars = tuple(
        Bar(
            tables.item_name(scale, one.item.no),
            float(one.spread.median or 0),
            f"{tables.number(one.spread.median)} ({tables.ends(one.spread)})",
            float(one.spread.smallest or 0),
            float(one.spread.largest or 0),
        )
        for one in known
    )
    return Chart(finding, draw(Bars(bars), finding))


def _width(one: OfItem) -> int:
    return int((one.spread.largest or 0) - (one.spread.smallest or 0))


def against_outcomes(found: Scatter) -> Chart:
    """Return the units between total and share working, and how these go together."""
    finding = correlation_text(found.correlation, len(found.places))
    if found.is_too_few:
        return Chart(finding)
    is_named = len(found.places) <= NAMED
    points = tuple(
        Point(
            float(place.total or 0),
            float(place.rate or 0),
            _kind(place.told),
            place.unit.name if is_named else "",
        )
        for place in found.places
    )
    across = [point.across for point in points]
    highest = max(point.up or 0.0 for point in points)
    picture = Points(
        points,
        across=(min(across) - ROOM, max(across) + ROOM),
        up=(0.0, min(1.0, highest + 0.1)),
        across_label=_("total of the last review"),
        up_label=_("share working"),
        is_share=True,
    )
    modes = {place.told.review.mode for place in found.places}
    return Chart(finding, draw(picture, finding), keys(modes))


def correlation_text(found: Correlation | None, units: int) -> str:
    """Say how far two values go together over units, or why nobody can say."""
    if found is None:
        return ngettext(
            "%(n)s unit has both a total and a share that may be shown. That is too few, "
            "or all are alike: no correlation is worked out.",
            "%(n)s units have both a total and a share that may be shown. That is too "
            "few, or all are alike: no correlation is worked out.",
            units,
        ) % {"n": units}
    values = {"r": signed(found.r), "n": found.n, "p": p_text(found.p)}
    if found.interval is None:
        return _("Over %(n)s units r = %(r)s, %(p)s.") % values
    values |= {"low": signed(found.interval.low), "high": signed(found.interval.high)}
    return (
        _(
            "Over %(n)s units r = %(r)s (95 per cent interval %(low)s to %(high)s), %(p)s."
        )
        % values
    )


def signed(value: float) -> str:
    return str(half_up(value, 2)).replace("-", "\u2212")


def p_text(p: float) -> str:
    if p < 0.001:
        return _("p below 0.001")
    return _("p = %(p)s") % {"p": half_up(p, 3)}
