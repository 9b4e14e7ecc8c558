"""Single records of the room, each for those who keep it or whom it is about."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, Information, may
from braid.benefits.models import (
    Benefit,
    Counselling,
    EarningsMonth,
    PayerQuestion,
    ReportingDuty,
)


def keeping(actor: Actor) -> Action:
    """Return the act by which somebody works with these records: staff or the person."""
    records = may(actor, Action.RECORD, Information.BENEFITS)
    return Action.RECORD if records else Action.CO_WRITE


def sees_all(actor: Actor, applicant_id: UUID) -> bool:
    """Say whether somebody reads all of it: a counsellor, and the person.

    Others of the unit see how far counselling is, the questions to payers, and what the
    person chose to show them.
    """
    return may(actor, Action.CONFIRM, Information.BENEFITS) or (
        actor.own == applicant_id
    )


def kept(actor: Actor, model: Any, applicant_id: UUID | None = None) -> QuerySet[Any]:
    """Return the rows of `model` that `actor` works with, of one person or of all."""
    rows: QuerySet[Any] = model.objects.visible_to(
        actor, keeping(actor)
    ).select_related("episode__unit__organisation", "episode__applicant")
    return (
        rows if applicant_id is None else rows.filter(episode__applicant=applicant_id)
    )


def round_of(actor: Actor, key: UUID) -> Counselling:
    """Return one round of counselling, else answer 404."""
    return _one(actor, Counselling, key)


def question(actor: Actor, key: UUID) -> PayerQuestion:
    """Return one question to a payer, else answer 404."""
    return _one(actor, PayerQuestion, key)


def benefit(actor: Actor, key: UUID) -> Benefit:
    """Return one benefit for those who see all of it, else answer 404."""
    return _whole(actor, Benefit, key)


def duty(actor: Actor, key: UUID) -> ReportingDuty:
    """Return one duty for those who see all of it, else answer 404."""
    return _whole(actor, ReportingDuty, key)


def earnings(actor: Actor, applicant_id: UUID) -> list[EarningsMonth]:
    """Return the earnings by month, the earliest first, for those who see all."""
    if not sees_all(actor, applicant_id):
        raise Http404
    return list(kept(actor, EarningsMonth, applicant_id).order_by("month"))


def _one(actor: Actor, model: Any, key: UUID) -> Any:
    found = kept(actor, model).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def _whole(actor: Actor, model: Any, key: UUID) -> Any:
    found = _one(actor, model, key)
    if not sees_all(actor, found.about):
        raise Http404
    return found


def duties_of(actor: Actor, applicant_id: UUID) -> list[ReportingDuty]:
    """Return what is to be reported for a person whose page the actor reads."""
    return list(kept(actor, ReportingDuty, applicant_id))


def open_questions(actor: Actor, applicant_id: UUID) -> list[PayerQuestion]:
    """Return the questions that no payer has answered yet."""
    rows = kept(actor, PayerQuestion, applicant_id)
    return list(rows.filter(answered_on__isnull=True))


def asked_of_payers(
    actor: Actor, applicant_ids: Collection[UUID]
) -> dict[UUID, list[PayerQuestion]]:
    """Return the questions to payers without an answer that `actor` may read."""
    rows = (
        PayerQuestion.objects.visible_to(actor)
        .filter(
            episode__applicant_id__in=applicant_ids,
            answered_on__isnull=True,
        )
        .select_related("episode")
        .order_by("asked_on", "created_at")
    )
    found: dict[UUID, list[PayerQuestion]] = {}
    for one in rows:
        found.setdefault(one.episode.applicant_id, []).append(one)
    return found
