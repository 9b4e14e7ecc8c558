"""A review that was held and told before the record began here, at once.

Its figures were frozen nowhere, so nothing is computed beside its scores, and what was
personal in it is gone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.fidelity import queries, rules
from braid.fidelity.choices import RatingStage, RatingStatus, ReviewStatus
from braid.fidelity.commands.rating import Said
from braid.fidelity.models import Answer, Passage, Rating, Review, Seat, Step
from braid.packs import scales

if TYPE_CHECKING:
    from braid.access.models import Team

STATISTICAL = (Information.STATISTICAL,)


@dataclass(frozen=True, slots=True)
class Held:
    """A review that is over: who sat in it, what each rated, what was agreed and final.

    `steps` are the days on which it came so far, by status; `alone` the scores of each
    rater, `agreed` and `final` what all said together, `answers` the service by item.
    """

    scale: str
    mode: str
    facts_on: date
    first_day: date
    last_day: date
    seats: Mapping[UUID, str]
    steps: Mapping[str, date]
    alone: Mapping[UUID, Sequence[Said]]
    agreed: Sequence[Said]
    final: Sequence[Said]
    edition: str = ""
    answers: Mapping[int, str] = field(default_factory=dict)
    passages: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
def record_review(*, actor: Actor, unit: Team, held: Held) -> Review:
    """Record a review that was held before, with every version of its scores.

    Raises Refused.
    """
    require(actor, Action.OVERSEE, unit.subject(Information.STATISTICAL))
    told_on = held.steps[ReviewStatus.MODERATED]
    gone_on = rules.delete_by(told_on, queries.kept_days(unit))
    review = Review.objects.create(
        unit=unit,
        scale=held.scale,
        scale_version=str(scales.get(held.scale).version),
        edition=held.edition,
        mode=held.mode,
        facts_on=held.facts_on,
        first_day=held.first_day,
        last_day=held.last_day,
        seed=0,
        status=ReviewStatus.FINAL,
        opened_on=held.steps[ReviewStatus.CONSENSUS],
        told_on=told_on,
        delete_by=gone_on,
        deleted_on=gone_on,
        created_by_id=actor.id,
    )
    Seat.objects.bulk_create(
        Seat(review=review, user_id=user, part=part)
        for user, part in held.seats.items()
    )
    Step.objects.bulk_create(
        Step(review=review, status=status, day=day)
        for status, day in held.steps.items()
    )
    rows = [
        *(
            _rating(review, said, RatingStage.RATER, user)
            for user, given in held.alone.items()
            for said in given
        ),
        *(_rating(review, said, RatingStage.CONSENSUS) for said in held.agreed),
        *(_rating(review, said, RatingStage.FINAL) for said in held.final),
    ]
    Rating.objects.bulk_create(rows)
    _words(review, held)
    audit.record(
        actor, "review_recorded", review, information=STATISTICAL, count=len(rows)
    )
    return review


def _rating(review: Review, said: Said, stage: str, user: UUID | None = None) -> Rating:
    return Rating(
        review=review,
        item=said.item,
        stage=stage,
        rater_id=user,
        status=RatingStatus(said.status),
        score=said.score,
        seen=said.seen,
        recommendation=said.recommendation,
        reason=said.reason,
        created_by_id=user,
    )


def _words(review: Review, held: Held) -> None:
    Answer.objects.bulk_create(
        Answer(review=review, item=item, text=text)
        for item, text in held.answers.items()
    )
    Passage.objects.bulk_create(
        Passage(review=review, part=part, text=text)
        for part, text in held.passages.items()
    )
