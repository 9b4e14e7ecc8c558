"""What a planned review needs before anybody rates: changed days, frozen figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.facts import commands as facts
from braid.facts import queries as known
from braid.fidelity import queries
from braid.fidelity.choices import RatingStage, RatingStatus, ReviewStatus
from braid.fidelity.commands.reviews import take_step
from braid.fidelity.frozen import computed, frozen_facts
from braid.fidelity.models import Rating, Review
from braid.kernel.errors import InputFault, Refused

if TYPE_CHECKING:
    from braid.facts.models import Snapshot
    from braid.fidelity.live import LiveItem

STATISTICAL = (Information.STATISTICAL,)


@dataclass(frozen=True, slots=True)
class Days:
    """What may be settled otherwise while a review is planned."""

    facts_on: date
    first_day: date
    last_day: date
    edition: str = ""
    variant: str = ""
    remote: bool = False


@transaction.atomic
def replan(*, actor: Actor, review: Review, days: Days, row_version: int) -> None:
    """Change the days of a review that is planned. Raises Refused, InputFault, Stale."""
    if not queries.may_plan(actor, review):
        raise Refused("no_ground")
    if review.status != ReviewStatus.PLANNED:
        raise InputFault(
            _("This review has begun. Its days stay as they are."), reason="begun"
        )
    if days.first_day > days.last_day:
        raise InputFault(
            _("The visit ends before it begins. Correct one of the two days."),
            field="last_day",
            reason="days_reversed",
        )
    edit(
        actor,
        review,
        action="review_replanned",
        expected_version=row_version,
        facts_on=days.facts_on,
        first_day=days.first_day,
        last_day=days.last_day,
        edition=days.edition,
        variant=days.variant,
        remote=days.remote,
    )


def must_freeze(actor: Actor, review: Review, today: date) -> None:
    """Raise Refused, or InputFault, where figures cannot be frozen for a review now."""
    require(actor, Action.OVERSEE, review.unit.subject(Information.STATISTICAL))
    if review.status != ReviewStatus.PLANNED:
        raise InputFault(
            _("This review has begun. Its figures stay as they were frozen."),
            reason="begun",
        )
    if today < review.facts_on:
        raise InputFault(
            _("The day of the figures is still to come. Freeze them on it or later."),
            reason="too_early",
        )


def freeze(*, actor: Actor, review: Review, today: date) -> None:
    """Freeze the facts of the unit and give them to the review.

    It takes a while with many people, so a worker does it. Raises Refused, InputFault.
    """
    must_freeze(actor, review, today)
    made = facts.build(actor=actor, unit=review.unit, today=today)
    found = known.snapshot(actor, made.manifest.snapshot)
    if found is not None:
        attach(actor=actor, review=review, snapshot=found, today=today)


def attach(*, actor: Actor, review: Review, snapshot: Snapshot, today: date) -> None:
    """Give frozen facts that hold the unit to a review. Raises Refused, InputFault."""
    must_freeze(actor, review, today)
    edit(actor, review, action="review_frozen", snapshot=snapshot)


@transaction.atomic
def open_rating(*, actor: Actor, review: Review, today: date) -> None:
    """Open the ratings: from now on what the record computes is kept beside them.

    Nobody reads those scores before all reviewers have locked. Raises Refused,
    InputFault that says what is in the way, and FactsFaults.
    """
    take_step(actor=actor, review=review, to=ReviewStatus.RATING, today=today)
    review = queries.locked(review)
    with frozen_facts(review) as frozen:
        found = computed(review, frozen)
    made = [_rating(actor, review, one) for one in found.items]
    Rating.objects.bulk_create(made)
    audit.record(
        actor, "review_computed", review, information=STATISTICAL, count=len(made)
    )


def _rating(actor: Actor, review: Review, one: LiveItem) -> Rating:
    scored = one.scored
    status = RatingStatus.INSUFFICIENT if scored.score is None else RatingStatus.SCORED
    return Rating(
        review=review,
        item=one.item.no,
        stage=RatingStage.COMPUTED,
        status=status,
        score=scored.score,
        figures={
            "floor": scored.floor,
            "ceiling": scored.ceiling,
            "value": None if scored.value is None else str(scored.value),
            "rules": list(scored.rule),
            "notes": list(scored.notes),
        },
        created_by_id=actor.id,
    )
