"""Figures as tables of words, for a page and for a file alike."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.facts import presenters as figures
from braid.fidelity.across.reading import OfItem, Reviews, change
from braid.method.statistics.spread import Spread
from braid.packs import measures, scale_texts
from braid.web.days import day_text

if TYPE_CHECKING:
    from braid.fidelity.across.community import Community
    from braid.fidelity.across.scatter import Place, Scatter
    from braid.fidelity.told import Told
    from braid.method.scales import Scale, Total

NONE = "–"
OPEN = "·"


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: its name, its columns, its rows; the first cell names the row.

    A day stays one: a page marks it, a file writes it as 2026-09-30.
    """

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | date, ...], ...]


def language() -> str:
    return get_language() or "en"


def item_name(scale: Scale, no: int) -> str:
    return f"{no} · {scale_texts.texts(scale.id, language()).items[no].title}"


def band_name(scale: Scale, band: str | None) -> str:
    """Return what a band is called; a stated one of another scale as it was stated."""
    if band is None:
        return NONE
    return scale_texts.texts(scale.id, language()).bands.get(band, band)


def total_text(total: Total | None) -> str:
    """Return a total, or between which it lies where evidence was missing."""
    if total is None:
        return NONE
    if total.total is not None:
        return str(total.total)
    low, high = total.interval
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def change_text(step: int | None) -> str:
    return NONE if step is None else f"{step:+d}".replace("-", "\u2212")


def last_reviews(found: Reviews) -> Grid:
    """Return the last review of each unit, beside the one before in the same mode."""
    return Grid(
        _("The last review of each unit"),
        (_("Unit"), _("Day"), _("Mode"), _("Total"), _("Band"), _("Change")),
        tuple(
            (unit.name, *_review(found.scale, rows[-1]), change_text(change(rows)))
            for unit, rows in found.by_unit.items()
        ),
    )


def all_reviews(found: Reviews) -> Grid:
    """Return every review, unit by unit, the latest first."""
    return Grid(
        _("All reviews"),
        (_("Unit"), _("Day"), _("Mode"), _("Total"), _("Band")),
        tuple(
            (unit.name, *_review(found.scale, one))
            for unit, rows in found.by_unit.items()
            for one in reversed(rows)
        ),
    )


def _review(scale: Scale, one: Told) -> tuple[str | date, ...]:
    mode = one.review.get_mode_display()
    if one.review.remote:
        mode = _("%(mode)s, at a distance") % {"mode": mode}
    day, total = one.review.facts_on, total_text(one.total)
    if one.wrong:
        total = _("%(total)s, item %(items)s later found wrong") % {
            "total": total,
            "items": ", ".join(map(str, one.wrong)),
        }
    return day, mode, total, band_name(scale, one.band)


def items(scale: Scale, found: Iterable[OfItem]) -> Grid:
    """Return how many units have which score, by item, with the middle and the ends."""
    scores = [str(n) for n in range(scale.lowest, scale.highest + 1)]
    columns = (_("Item"), *scores, _("No score"), _("Median"), _("From–to"))
    return Grid(
        _("Units by score, item by item"),
        columns,
        tuple(_item(scale, one) for one in found),
    )


def _item(scale: Scale, one: OfItem) -> tuple[str, ...]:
    return (
        item_name(scale, one.item.no),
        *(str(count) for count in one.counts.values()),
        str(one.without),
        number(one.spread.median),
        ends(one.spread),
    )


def ends(known: Spread) -> str:
    """Return from where to where values run."""
    return f"{known.smallest}–{known.largest}" if known.n else NONE


def number(value: Fraction | None, places: int = 1) -> str:
    return NONE if value is None else figures.number_text(value, places)


def share(value: Fraction | None) -> str:
    return NONE if value is None else figures.value_text(value, "share")


def of_scatter(found: Scatter) -> Grid:
    """Return the units with the total of their review and the share working then."""
    return Grid(
        _("Total and share working, by unit"),
        (
            _("Unit"),
            _("Review"),
            _("Mode"),
            _("Total"),
            _("Quarter"),
            _("Working"),
            _("of"),
            _("Share"),
        ),
        tuple(_place(one) for one in (*found.places, *found.left_out)),
    )


def _place(one: Place) -> tuple[str, ...]:
    review = one.told.review
    head = (one.unit.name, day_text(review.facts_on), review.get_mode_display())
    total = total_text(one.told.total)
    if one.shown is None:
        return *head, total, NONE, NONE, NONE, NONE
    working, served = (
        figures.number_or_mark(one.shown.amounts[name])
        for name in ("working", "served")
    )
    said = one.shown.mark if one.shown.is_hidden else share(one.rate)
    return *head, total, one.shown.figure.period.period, working, served, said


def of_community(found: Community) -> Grid:
    """Return the community item by item; own scores of one unit stand beside it."""
    scale = found.scale
    scores = tuple(range(scale.lowest, scale.highest + 1))
    own = next(iter(found.own.values())) if len(found.own) == 1 else None
    # Single scores have columns only where some of them may be told.
    shown = scores if any(one.counts for one in found.items) else ()
    columns: Sequence[str] = (
        _("Item"),
        *(str(score) for score in shown),
        _("4 or 5"),
        _("Units"),
        _("Median"),
        *((_("Your unit"),) if own else ()),
    )
    hidden = found.profile.mark(False, language())
    return Grid(
        _("Units by score, item by item"),
        tuple(columns),
        tuple(
            (
                item_name(scale, one.no),
                *(str(one.counts[n]) if one.counts else hidden for n in shown),
                hidden if one.high is None else str(one.high),
                str(one.units),
                number(one.median),
                *((_own(own, one.no),) if own else ()),
            )
            for one in found.items
        ),
    )


def _own(own: Told, item: int) -> str:
    score = own.scores.get(item)
    return NONE if score is None else str(score)


def rate_definition() -> tuple[str, str]:
    """Return what the measure of work is called, and how it is defined."""
    from braid.fidelity.across.snapshots import RATE

    measure = measures.get(RATE)
    about = measure.about.get(language(), measure.about["en"])
    return measure.name(language()), " ".join(about.split())
