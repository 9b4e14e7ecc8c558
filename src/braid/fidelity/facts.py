"""What reviews give to the facts: that they were held, and the scores they ended with."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from braid.fidelity.choices import RatingStage, ReviewStatus
from braid.fidelity.held import TOLD
from braid.fidelity.models import Rating, Review

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"


def _of(units: Units, model: Any, unit: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.system(REASON).order_by()
    return rows if units is None else rows.filter(**{f"{unit}_id__in": units})


def reviews(units: Units) -> QuerySet[Any]:
    """Reviews that were not withdrawn."""
    kept = _of(units, Review, "unit").exclude(status=ReviewStatus.WITHDRAWN)
    return kept.values_list(
        "pk",
        "unit_id",
        "scale",
        "scale_version",
        "edition",
        "facts_on",
        "mode",
        "remote",
        "status",
        "stated_band",
    )


def ratings(units: Units) -> QuerySet[Any]:
    """The last score of each item, stage and rater, once the service was told.

    What was moderated is a step on the way; its end is the final score.
    """
    later = Rating.objects.system(REASON).filter(
        review=OuterRef("review"),
        item=OuterRef("item"),
        stage=OuterRef("stage"),
        created_at__gt=OuterRef("created_at"),
    )
    same = Q(rater=OuterRef("rater")) | Q(rater__isnull=True)
    kept = (
        _of(units, Rating, "review__unit")
        .filter(~Exists(later.filter(same)), review__status__in=TOLD)
        .exclude(stage=RatingStage.MODERATED)
    )
    return kept.values_list(
        "review_id",
        "review__unit_id",
        "item",
        "stage",
        "rater_id",
        "score",
        "status",
    )


EXTRACTORS: Mapping[str, Callable[[Units], QuerySet[Any]]] = {
    "reviews": reviews,
    "ratings": ratings,
}
