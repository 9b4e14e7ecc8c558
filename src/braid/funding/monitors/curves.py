"""Kaplan-Meier curves of a monitor as a page shows them: drawn, with their table beneath."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from braid.facts import presenters as figures
from braid.funding.monitors import words
from braid.web.charts.drawing import Drawing, draw
from braid.web.charts.pictures import KINDS, Curve, Curves, Step

if TYPE_CHECKING:
    from braid.method.survival import Curve as KaplanMeier

DAYS = (91, 182, 365, 548, 730)
"""Days after the beginning on which a curve is told."""
NOTHING = "–"


@dataclass(frozen=True, slots=True)
class CurveRow:
    """A curve in the table: its name, how many it follows, and its height by day."""

    name: str
    people: str
    shares: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CurvePart:
    """Curves beside one another. `kept_back` says which are in the table alone."""

    title: str
    picture: Curves
    finding: str
    days: tuple[str, ...]
    rows: tuple[CurveRow, ...]
    kept_back: str

    @property
    def drawing(self) -> Drawing:
        """Return the curves as the page shows them."""
        return draw(self.picture, self.finding)


def parts(found: Mapping[tuple[str, str], KaplanMeier]) -> list[CurvePart]:
    """Return the curve of all, then those of the values of each key, where there are any."""
    keys = list(dict.fromkeys(key for key, _value in found))
    made = [
        _part(key, {v: c for (k, v), c in found.items() if k == key}) for key in keys
    ]
    return [one for one in made if one is not None]


def _part(key: str, found: Mapping[str, KaplanMeier]) -> CurvePart | None:
    known = {value: curve for value, curve in found.items() if curve.steps}
    if not known:
        return None
    by_size = sorted(known, key=lambda value: -known[value].observed)
    drawn = sorted(by_size[:KINDS], key=lambda value: words.place_of(key, value))
    curves = tuple(_drawn(_name(key, value), known[value]) for value in drawn)
    rows = tuple(
        _row(_name(key, value), known[value])
        for value in sorted(known, key=lambda value: words.place_of(key, value))
    )
    left = len(known) - len(drawn)
    return CurvePart(
        title=words.key_name(key) if key else _("Everybody"),
        picture=Curves(
            curves, (0, *DAYS), _("days from acceptance"), is_named=bool(key)
        ),
        finding=_finding(curves),
        days=tuple(_("day %(day)s") % {"day": day} for day in DAYS),
        rows=rows,
        kept_back=_("Drawn are the %(count)s largest groups; the table has all.")
        % {"count": KINDS}
        if left
        else "",
    )


def _name(key: str, value: str) -> str:
    return words.value_name(key, value).capitalize() if key else _("Everybody")


def _drawn(name: str, found: KaplanMeier) -> Curve:
    """Return a curve as the share that has started, from day 0 to its last time."""
    last = min(found.last_time, DAYS[-1])
    steps = [Step(0, 0.0)]
    steps += [
        Step(step.time, 1 - step.survival) for step in found.steps if step.time <= last
    ]
    return Curve(name, tuple(steps), last, DAYS)


def _row(name: str, found: KaplanMeier) -> CurveRow:
    curve = _drawn(name, found)
    shares = tuple(_share(curve, day) for day in DAYS)
    return CurveRow(name, figures.number_text(found.observed, 0), shares)


def _share(curve: Curve, day: int) -> str:
    step = curve.at(day) if day <= curve.last_time else None
    return NOTHING if step is None else figures.value_text(step.value, "share")


def _finding(curves: Sequence[Curve]) -> str:
    """Return what a drawing shows, for who does not see it."""
    told = [
        _("%(name)s: %(share)s have started by day 365.")
        % {"name": curve.name, "share": share}
        for curve in curves
        if (share := _share(curve, 365)) != NOTHING
    ]
    return " ".join(told) or _("Nobody was followed for a year.")
