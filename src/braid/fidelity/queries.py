"""Reading reviews, ratings and action plans, as far as somebody may."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from braid.access import policy
from braid.access.policy import Action, Actor, Information
from braid.fidelity import rules
from braid.fidelity.actions.standing import open_plan as open_plan
from braid.fidelity.actions.standing import own_actions as own_actions
from braid.fidelity.actions.standing import reviews_to_plan as reviews_to_plan
from braid.fidelity.choices import (
    RATERS,
    READERS,
    RatingStage,
    RatingStatus,
    ReviewStatus,
)
from braid.fidelity.choices import Seat as Part
from braid.fidelity.models import (
    Answer,
    Chart,
    Correction,
    Evidence,
    Meeting,
    Piece,
    PlannedAction,
    Rating,
    Review,
    Seat,
    Step,
)
from braid.fidelity.next_reviews import next_review as next_review
from braid.fidelity.next_reviews import next_reviews as next_reviews
from braid.kernel.errors import InputFault, Refused
from braid.packs import jurisdictions, scales

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.models import Snapshot
    from braid.method.scales import Scale

EARLIER = {
    RatingStage.CONSENSUS: RatingStage.RATER,
    RatingStage.MODERATED: RatingStage.CONSENSUS,
    RatingStage.FINAL: RatingStage.MODERATED,
}
"""Which version stood before a version."""


# ---- Reviews ----------------------------------------------------------------------------


def reviews(actor: Actor, unit: Team | None = None) -> QuerySet[Review]:
    """Return the reviews that `actor` may know of, the latest first.

    Those of a service whose figures they read or oversee, and those they have a seat in.
    """
    found = readable(Review, actor).select_related("unit__organisation", "snapshot")
    if unit is not None:
        found = found.filter(unit=unit)
    rows: QuerySet[Review] = found
    return rows


def readable(model: Any, actor: Actor) -> QuerySet[Any]:
    """Return rows of a review that `actor` reads, by place, by office or by seat."""
    read, seated, overseen = (
        model.objects.visible_to(actor, action)
        for action in (Action.READ, Action.RATE, Action.OVERSEE)
    )
    found: QuerySet[Any] = read | seated | overseen
    return found


def review(actor: Actor, key: UUID) -> Review | None:
    """Return one of them."""
    return reviews(actor).filter(pk=key).first()


def locked(one: Review) -> Review:
    """Return a review anew, held until the transaction ends."""
    kept = Review.objects.system("a review that was opened").select_for_update()
    found: Review = kept.select_related("unit__organisation").get(pk=one.pk)
    return found


def may_plan(actor: Actor, one: Review) -> bool:
    """Say whether `actor` plans it: who oversees the unit, and the lead reviewer."""
    oversees = policy.decide(
        actor, Action.OVERSEE, one.unit.subject(Information.STATISTICAL)
    )
    return oversees.allowed or _sits(actor, one, (RATERS[0],))


def may_rate(actor: Actor, one: Review) -> bool:
    """Say whether `actor` reads ratings and evidence before the service is told."""
    return _sits(actor, one, READERS)


def must_rate(actor: Actor, one: Review) -> None:
    if not may_rate(actor, one):
        raise Refused("no_ground")


def may_forget(actor: Actor, one: Review) -> bool:
    """Say whether `actor` may let the timer delete: who plans, or the daily task."""
    return bool(actor.system) or may_plan(actor, one)


def _sits(actor: Actor, one: Review, parts: Iterable[str]) -> bool:
    granted = policy.decide(actor, Action.RATE, one.subject()).allowed
    return granted and actor.id in set(one.people(tuple(parts)))  # type: ignore[arg-type]


def standing(one: Review, snapshot: Snapshot | None = None) -> rules.Standing:
    """Return how far a review is, for the rules."""
    seats = Seat.objects.system("a review that was opened").filter(
        review=one, part__in=RATERS, ended_on__isnull=True
    )
    raters = list(seats.values_list("locked_at", flat=True))
    stage = {
        ReviewStatus.CONSENSUS: RatingStage.CONSENSUS,
        ReviewStatus.ANSWERED: RatingStage.FINAL,
    }.get(ReviewStatus(one.status))
    rows = Rating.objects.system("a review that was opened").filter(
        review=one, stage=stage or ""
    )
    agreed = frozenset(rows.values_list("item", flat=True))
    if one.status == ReviewStatus.ANSWERED:  # what nobody changed stands as moderated
        agreed = item_numbers(one)
    return rules.Standing(
        status=one.status,
        mode=one.mode,
        items=item_numbers(one),
        raters=len(raters),
        locked=sum(at is not None for at in raters),
        agreed=agreed,
        told_on=one.told_on,
        has_snapshot=one.snapshot_id is not None or snapshot is not None,
    )


# ---- Scores -----------------------------------------------------------------------------


def scale_of(one: Review) -> Scale:
    """Return the scale of a review."""
    return scales.get(one.scale, one.scale_version)


def item_numbers(one: Review) -> frozenset[int]:
    return frozenset(item.no for item in scale_of(one).items)


def must_have(one: Review, item: int) -> None:
    """Raise InputFault where the scale of a review has no such item."""
    if item not in item_numbers(one):
        raise InputFault(
            _("The scale has no item %(item)s. Choose one of its items.")
            % {"item": item},
            field="item",
            reason="item_unknown",
        )


def must_be_score(one: Review, score: int | None, status: str) -> None:
    """Raise InputFault for a score that the scale does not have."""
    if status == RatingStatus.NO_FIT and scale_of(one).no_fit is None:
        raise InputFault(
            _("This scale has no box for an item that does not fit. Give a score."),
            field="status",
            reason="no_fit_not_in_scale",
        )
    fits = {
        RatingStatus.SCORED: score in (1, 2, 3, 4, 5),
        RatingStatus.NO_FIT: score == 1,
        RatingStatus.INSUFFICIENT: score is None,
    }
    if not fits[RatingStatus(status)]:
        raise InputFault(
            _("A score is a whole number from 1 to 5. Leave it only without evidence."),
            field="score",
            reason="score_out_of_range",
        )


def ratings(actor: Actor, one: Review) -> list[Rating]:
    """Return every version of every score that `actor` may read, in order."""
    rows = readable(Rating, actor).filter(review=one).select_related("rater", "review")
    return list(rows.order_by("item", "created_at", "pk"))


def own_ratings(actor: Actor, one: Review) -> dict[int, Rating]:
    """Return what `actor` rated alone, the last of each item."""
    rows = Rating.objects.visible_to(actor, Action.RATE).filter(
        review=one, stage=RatingStage.RATER, rater_id=actor.id
    )
    return {row.item: row for row in rows.order_by("created_at", "pk")}


def before(one: Review, item: int, stage: str) -> list[Rating]:
    """Return the ratings of an item that a version of its score is held against.

    The version itself where it was written before, else the nearest earlier one.
    """
    kept = Rating.objects.system("a review that was opened").filter(
        review=one, item=item
    )
    last = rules.in_force(kept.order_by("created_at", "pk")).values()
    wanted: RatingStage | None = RatingStage(stage)
    while wanted is not None:
        if found := [row for row in last if row.stage == wanted]:
            return found
        wanted = EARLIER.get(wanted)
    return []


def stage_of(actor: Actor, one: Review) -> RatingStage | None:
    """Return which version of a score somebody writes now; None where nobody does."""
    if one.status == ReviewStatus.CONSENSUS:
        moderates = _sits(actor, one, (Part.MODERATOR,))
        return RatingStage.MODERATED if moderates else RatingStage.CONSENSUS
    return RatingStage.FINAL if one.status == ReviewStatus.ANSWERED else None


def may_tell(actor: Actor, one: Review) -> bool:
    """Say whether `actor` tells the service: the moderator where there is one."""
    if any(one.people((Part.MODERATOR,))):
        return _sits(actor, one, (Part.MODERATOR,))
    return may_rate(actor, one)


def may_answer(actor: Actor, one: Review) -> bool:
    """Say whether `actor` speaks for the service: who oversees it, and its contact."""
    oversees = policy.decide(
        actor, Action.OVERSEE, one.unit.subject(Information.STATISTICAL)
    )
    return oversees.allowed or _sits(actor, one, (Part.CONTACT,))


def may_open(actor: Actor, one: Review) -> bool:
    """Say whether `actor` opens the files of a review: who arranges, serves or rates."""
    return may_answer(actor, one) or may_rate(actor, one)


def earlier_reviews(one: Review) -> list[Review]:
    """Return the reviews of the service by the same scale that ended before."""
    kept = Review.objects.system("earlier reviews of a service under review")
    found = kept.filter(unit=one.unit_id, scale=one.scale, facts_on__lt=one.facts_on)
    return list(found.filter(status=ReviewStatus.FINAL))


def corrections(actor: Actor, one: Review) -> list[Correction]:
    """Return which earlier scores a review found wrong, as far as `actor` may read."""
    return list(_corrections(actor).filter(review=one))


def found_wrong(actor: Actor, those: Iterable[Review]) -> list[Correction]:
    """Return which scores of these reviews a later one found wrong."""
    return list(_corrections(actor).filter(earlier__in=list(those)))


def _corrections(actor: Actor) -> QuerySet[Correction]:
    rows = readable(Correction, actor)
    found: QuerySet[Correction] = rows.select_related("review", "earlier")
    return found


# ---- What is gathered and planned -------------------------------------------------------


def evidence(actor: Actor, one: Review) -> QuerySet[Evidence]:
    """Return what was gathered, as far as `actor` may read it."""
    found: QuerySet[Evidence] = Evidence.objects.visible_to(actor, Action.RATE).filter(
        review=one
    )
    return found


def agenda(actor: Actor, one: Review) -> QuerySet[Meeting]:
    """Return who is met and what is watched, to who has a seat and to who plans."""
    found: QuerySet[Meeting] = _of_plan(actor, one, Meeting)
    return found


def pieces(actor: Actor, one: Review) -> QuerySet[Piece]:
    """Return what the service is asked to bring, to the same."""
    found: QuerySet[Piece] = _of_plan(actor, one, Piece)
    return found


def seats(actor: Actor, one: Review) -> QuerySet[Seat]:
    """Return who takes part in a review that was opened; once told, all see it."""
    held = _of_plan(actor, one, Seat) if may_plan(actor, one) else _seats(actor)
    found: QuerySet[Seat] = held.filter(review=one).select_related("user")
    return found


def _seats(actor: Actor) -> QuerySet[Seat]:
    told = Seat.objects.visible_to(actor)
    found: QuerySet[Seat] = told | Seat.objects.visible_to(actor, Action.RATE)
    return found


def steps(actor: Actor, one: Review) -> QuerySet[Step]:
    """Return the steps that were taken, to the same."""
    if may_plan(actor, one):
        rows = Step.objects.system("whoever plans a review reads its history")
    else:
        told = Step.objects.visible_to(actor)
        rows = told | Step.objects.visible_to(actor, Action.RATE)
    found: QuerySet[Step] = rows.filter(review=one).select_related("created_by")
    return found


def _of_plan(actor: Actor, one: Review, model: Any) -> QuerySet[Any]:
    """Return what is arranged for a review: by who plans it, with who has a seat."""
    rows: QuerySet[Any] = (
        model.objects.system("whoever plans a review arranges it")
        if may_plan(actor, one)
        else model.objects.visible_to(actor, Action.RATE)
    )
    return rows.filter(review=one)


def whose(actor: Actor, one: Review) -> dict[int, UUID]:
    """Return whose each number of the sample is, for the service to prepare them.

    Never for a reviewer from outside: those read a number and a group.
    """
    if not may_answer(actor, one):
        return {}
    drawn = Chart.objects.system("the service prepares the records that were drawn")
    rows = drawn.filter(review=one, episode_id__isnull=False)
    return dict(rows.values_list("number", "episode_id"))


def charts(actor: Actor, one: Review) -> QuerySet[Chart]:
    """Return the sample: numbers and groups, never whose."""
    served = may_answer(actor, one)
    rows: QuerySet[Chart] = (
        Chart.objects.system("the service prepares the records that were drawn")
        if served
        else Chart.objects.visible_to(actor, Action.RATE)
    )
    return rows.filter(review=one).defer("episode_id")


def answers(actor: Actor, one: Review) -> QuerySet[Answer]:
    """Return what the service said."""
    found: QuerySet[Answer] = readable(Answer, actor).filter(review=one)
    return found


def actions(actor: Actor, unit: Team) -> QuerySet[PlannedAction]:
    """Return the action plan of a unit, what is due first at the top."""
    found: QuerySet[PlannedAction] = (
        PlannedAction.objects.visible_to(actor)
        .filter(unit=unit)
        .select_related("owner", "review")
    )
    return found


def kept_days(unit: Team) -> int:
    """Return for how many days its country lets what is personal in a review stay."""
    return jurisdictions.of_country(unit.organisation.country).fidelity_evidence.days


def to_forget(organisation: UUID, day: date) -> list[UUID]:
    """Return the reviews of an organisation whose timer has run by a day."""
    rows = Review.objects.system("timers of reviews").filter(
        unit__organisation_id=organisation, delete_by__lte=day, deleted_on__isnull=True
    )
    return list(rows.values_list("pk", flat=True))


def by_key(keys: list[UUID]) -> QuerySet[Review]:
    """Return reviews for a task of the system."""
    rows = Review.objects.system("timers of reviews").filter(pk__in=keys)
    found: QuerySet[Review] = rows.select_related("unit__organisation")
    return found
