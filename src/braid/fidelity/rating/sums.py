"""The sum of scores: a total with its band, or with gaps between which totals it lies."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from braid.fidelity.choices import RatingStatus
from braid.fidelity.frozen import rules_in_force
from braid.fidelity.rating.words import NOTHING, pack_of
from braid.fidelity.wording import any_of
from braid.method.scales import NO_FIT, banded, total
from braid.packs import scale_texts, scales

if TYPE_CHECKING:
    from braid.fidelity.models import Rating, Review
    from braid.method.scales import Total


@dataclass(frozen=True, slots=True)
class Sum:
    """What scores add up to, and what must be said beside it.

    `claim` is the stated band, `claim_agrees` whether the scores give the same one; None
    where they leave it open.
    """

    value: str
    means: str
    sections: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    claim: str = ""
    claim_agrees: bool | None = None


@dataclass(frozen=True, slots=True)
class Footing:
    """What scores rest on: scale, edition of the manual, rule log, house rules."""

    scale: str
    edition: str
    variant: str
    log: tuple[tuple[object, str], ...]
    unverified: str


def summed(review: Review, rows: Mapping[int, Rating | None]) -> Sum:
    """Return the sum of the rating of each item, None for one that has none yet."""
    scale = scales.get(review.scale, review.scale_version)
    found = total(scale, [_given(rows.get(item.no)) for item in scale.items])
    words = pack_of(review)
    bands = [words.bands[name] for name in found.bands_possible]
    claim = banded(
        scale,
        found.total,
        rules=rules_in_force(review),
        claim=review.stated_band or None,
        stated_band=found.band,
    )
    return Sum(
        value=_value(found),
        means=any_of(bands) or _("bands of this scale are not known"),
        sections=tuple(
            (words.sections[each.id], NOTHING if points is None else str(points))
            for each, points in zip(scale.sections, found.sections, strict=True)
        ),
        notes=tuple(_notes(found, rows)),
        claim=words.bands.get(review.stated_band, ""),
        claim_agrees=claim.claim_agrees,
    )


def _given(row: Rating | None) -> object:
    if row is None or row.status == RatingStatus.INSUFFICIENT:
        return None
    return NO_FIT if row.status == RatingStatus.NO_FIT else row.score


def _value(found: Total) -> str:
    if found.total is not None:
        return str(found.total)
    low, high = found.interval
    return _("%(low)s to %(high)s") % {"low": low, "high": high}


def _notes(found: Total, rows: Mapping[int, Rating | None]) -> list[str]:
    gaps = [no for no in found.missing if rows.get(no) is not None]
    waiting = [no for no in found.missing if rows.get(no) is None]
    sentences = (
        (_("Without enough evidence: %(items)s."), gaps),
        (_("Without a score yet: %(items)s."), waiting),
        (_("Does not fit, counted as 1: %(items)s."), list(found.no_fit)),
    )
    said = [
        text % {"items": ", ".join(map(str, items))}
        for text, items in sentences
        if items
    ]
    if found.missing:
        said.append(
            _("Every total in between is possible; gaps are never filled by the mean.")
        )
    return said


def variant_text(review: Review) -> str:
    """Return the house rule that was set otherwise for a review, in words."""
    if not review.variant:
        return ""
    return scale_texts.variant(review.scale, review.variant, get_language() or "en")


def footing(review: Review) -> Footing:
    """Return the edition, the rule log and the house rules that scores rest on."""
    pack = scales.pack(review.scale, review.scale_version)
    words = pack_of(review)
    return Footing(
        scale=f"{words.title}, {pack.version}",
        edition=review.edition or pack.edition_of_manual,
        variant=variant_text(review),
        log=tuple((each.on, each.says) for each in pack.rule_log),
        unverified="" if pack.verified else words.unverified,
    )
