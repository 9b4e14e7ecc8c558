"""Reviews that services were told: the scores in force, and what they add up to.

Four statements answer all units together. What is not told yet is in none of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from braid.access.policy import Action, Actor
from braid.fidelity.choices import RatingStage, ReviewStatus
from braid.fidelity.held import TOLD
from braid.fidelity.models import Correction, Rating, Review
from braid.method.scales import Total, total
from braid.packs import scales

if TYPE_CHECKING:
    from braid.method.scales import Scale

AGREED = (RatingStage.CONSENSUS, RatingStage.MODERATED, RatingStage.FINAL)
"""Versions of a score that are no rater's own; a later one replaces an earlier one."""


@dataclass(frozen=True, slots=True)
class Told:
    """A review with its scores in force, by item, and the item's recommendation.

    An item without enough evidence has None. `total` is None where only a band was
    stated. `wrong` are the items of which a later review said that the score was wrong.
    """

    review: Review
    scale: Scale
    scores: Mapping[int, int | None]
    advice: Mapping[int, str]
    total: Total | None
    wrong: tuple[int, ...] = ()

    @property
    def band(self) -> str | None:
        """Return the band that was reached, or as it was stated; None where open."""
        computed = self.total.band if self.total else None
        return computed or self.review.stated_band or None

    @property
    def is_final(self) -> bool:
        """Say whether the answer of the service was heard."""
        status: str = self.review.status
        return status == ReviewStatus.FINAL


def told(actor: Actor, units: Collection[UUID] | None = None) -> list[Told]:
    """Return the reviews that services were told, as `actor` may read, oldest first."""
    rows = visible(actor).filter(status__in=TOLD)
    if units is not None:
        rows = rows.filter(unit_id__in=units)
    return _all_of(rows, _readable(Rating, actor), _readable(Correction, actor))


def _readable(model: Any, actor: Actor) -> QuerySet[Any]:
    reads, oversees = (
        model.objects.visible_to(actor, action)
        for action in (Action.READ, Action.OVERSEE)
    )
    return reads | oversees


def of_organisations(organisations: Collection[UUID]) -> list[Told]:
    """Return the told reviews of all units of some providers, oldest first.

    Only for sums that small numbers are taken out of: nobody is asked who reads them.
    """
    reason = "sums over units, small numbers hidden"
    rows = Review.objects.system(reason).select_related("unit__organisation")
    return _all_of(
        rows.filter(unit__organisation_id__in=organisations, status__in=TOLD),
        Rating.objects.system(reason),
        Correction.objects.system(reason),
    )


def _all_of(
    rows: QuerySet[Review],
    ratings: QuerySet[Rating],
    corrections: QuerySet[Correction],
) -> list[Told]:
    found = list(rows.order_by("facts_on", "created_at"))
    keys = [one.pk for one in found]
    scores, advice = _in_force(ratings, keys)
    wrong: dict[UUID, set[int]] = defaultdict(set)
    of_them = corrections.filter(earlier_id__in=keys)
    for review, item in of_them.values_list("earlier_id", "item"):
        wrong[review].add(item)
    return [
        replace(
            _told(one, scores[one.pk], advice[one.pk]),
            wrong=tuple(sorted(wrong[one.pk])),
        )
        for one in found
    ]


def visible(actor: Actor) -> QuerySet[Review]:
    """Return the reviews that `actor` may know of, by reading or by overseeing."""
    reads = Review.objects.visible_to(actor)
    oversees = Review.objects.visible_to(actor, Action.OVERSEE)
    found: QuerySet[Review] = (reads | oversees).select_related("unit__organisation")
    return found


def last(actor: Actor, unit: UUID, scale: str, day: date) -> Told | None:
    """Return the last review of a unit by a scale whose visit was over on a day."""
    found = [
        one
        for one in told(actor, [unit])
        if one.review.scale == scale and one.review.last_day <= day
    ]
    return found[-1] if found else None


def last_of_each(reviews: Iterable[Told]) -> dict[UUID, Told]:
    """Return the last review of each unit, of reviews in order of their days."""
    return {one.review.unit_id: one for one in reviews}


def _in_force(
    ratings: QuerySet[Rating], reviews: list[UUID]
) -> tuple[dict[UUID, dict[int, int | None]], dict[UUID, dict[int, str]]]:
    """Return the score and the recommendation in force of each item, by review."""
    rows = (
        ratings.filter(review_id__in=reviews, stage__in=AGREED)
        .order_by("created_at", "pk")
        .values_list("review_id", "item", "stage", "score", "recommendation")
    )
    ordered = sorted(rows, key=lambda row: AGREED.index(RatingStage(row[2])))
    scores: dict[UUID, dict[int, int | None]] = defaultdict(dict)
    advice: dict[UUID, dict[int, str]] = defaultdict(dict)
    for review, item, _stage, score, recommendation in ordered:
        scores[review][item] = score
        advice[review][item] = recommendation or advice[review].get(item, "")
    return scores, advice


def _told(
    review: Review, scores: dict[int, int | None], advice: dict[int, str]
) -> Told:
    scale = scales.get(review.scale, review.scale_version)
    given = [scores.get(item.no) for item in scale.items]
    summed = total(scale, given) if scores else None
    said = {item: text for item, text in advice.items() if text}
    return Told(review, scale, scores, said, summed)


def planned(actor: Actor, units: Collection[UUID]) -> dict[UUID, Review]:
    """Return the next review of each unit that is planned and not told yet."""
    over = (*TOLD, ReviewStatus.WITHDRAWN)
    rows = visible(actor).filter(unit_id__in=units).exclude(status__in=over)
    return {one.unit_id: one for one in rows.order_by("-first_day", "-created_at")}
