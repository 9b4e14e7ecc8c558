"""A round of counselling: why it is due, the offer, the answer, and what came of it."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, decide
from braid.benefits import rules
from braid.benefits.choices import Answer, Trigger
from braid.benefits.commands.permission import (
    BENEFITS,
    require_counsellor,
    require_process,
)
from braid.benefits.models import Counselling
from braid.benefits.queries.rounds import rounds_of
from braid.kernel.errors import InputFault
from braid.people.queries.refs import ref_of


@transaction.atomic
def make_due(
    actor: Actor,
    episode_id: UUID,
    trigger: str,
    job_id: UUID | None = None,
    due_on: date | None = None,
) -> Counselling:
    """Let counselling be due; while a round for the same reason is open, return that.

    The start of a job takes over the open round of its offer. Raises Refused, and 404
    where the actor knows no such episode.
    """
    own = actor.own is not None
    action = Action.CO_WRITE if own else Action.RECORD
    episode = ref_of(actor, episode_id, action, BENEFITS)
    require_process(actor, episode.subject(BENEFITS))
    waiting = rules.same_round(rounds_of(episode_id), trigger, job_id)
    due_on = due_on or rules.due_on(trigger, actor.day)
    if waiting is not None:
        if waiting.trigger != trigger:
            edit(
                actor,
                waiting,
                action="counselling_taken_over",
                trigger=trigger,
                job_id=job_id,
                due_on=due_on,
            )
        return waiting
    made = Counselling.objects.create(
        episode_id=episode_id,
        trigger=trigger,
        job_id=job_id,
        due_on=due_on,
        created_by_id=actor.id,
    )
    audit.record(actor, "counselling_due", made, applicant=episode.applicant_id)
    return made


@transaction.atomic
def not_due(actor: Actor, episode_id: UUID, job_id: UUID) -> None:
    """Let go of the rounds of a job that never was; one that went on stays, without it.

    A round of the offer that the start took over is that of the offer again.
    """
    episode = ref_of(actor, episode_id, Action.RECORD, BENEFITS)
    require_process(actor, episode.subject(BENEFITS))
    for row in rounds_of(episode_id):
        if row.job_id != job_id:
            continue
        if row.row_version == 1:
            about = episode.applicant_id
            audit.record(actor, "counselling_not_due", row, applicant=about)
            row.delete()
        else:
            edit(
                actor,
                row,
                action="counselling_not_due",
                trigger=Trigger.OFFER,
                job_id=None,
            )


def offer(*, actor: Actor, counselling: Counselling, day: date) -> None:
    """Note that counselling was offered; the person answers when they want to."""
    require_process(actor, counselling.subject())
    _refuse_closed(counselling)
    edit(
        actor,
        counselling,
        action="counselling_offered",
        offered_on=day,
        offered_by_id=actor.id,
        answer="",
        answered_on=None,
    )


@transaction.atomic
def offer_in_one_tap(
    *,
    actor: Actor,
    episode_id: UUID,
    day: date,
    trigger: str = Trigger.WORRY,
    job_id: UUID | None = None,
) -> Counselling:
    """Offer counselling at once: make it due where it is not, and note the offer."""
    found = make_due(actor, episode_id, trigger, job_id, None)
    offer(actor=actor, counselling=found, day=day)
    return found


def answer(
    *, actor: Actor, counselling: Counselling, answer: str, day: date, row_version: int
) -> None:
    """Keep what the person answered to an offer. Later and no are answers too."""
    require_process(actor, counselling.subject())
    if counselling.offered_on is None:
        raise InputFault(
            _("Nothing has been offered yet. Offer counselling first."), field="answer"
        )
    if day < counselling.offered_on:
        raise InputFault(
            _("The answer would come before the offer. Correct the day."), field="day"
        )
    if counselling.done_on is not None:
        raise InputFault(
            _("This counselling has taken place. Offer a new one instead."),
            field="answer",
        )
    edit(
        actor,
        counselling,
        action="counselling_answered",
        expected_version=row_version,
        answer=answer,
        answered_on=day,
    )


def book(
    *,
    actor: Actor,
    counselling: Counselling,
    booked_on: date,
    row_version: int,
    today: date,
) -> None:
    """Agree on a day for counselling. Whoever wants a day says yes to the offer.

    Raises Refused, Stale, InputFault.
    """
    require_process(actor, counselling.subject())
    _refuse_closed(counselling)
    if booked_on < today:
        raise InputFault(
            _(
                "This day has passed. Choose a day from today on; counselling that took "
                "place is noted as done."
            ),
            field="booked_on",
        )
    values: dict[str, Any] = {"booked_on": booked_on}
    if counselling.offered_on is None:
        values |= {"offered_on": today, "offered_by_id": actor.id}
    if counselling.answer != Answer.ACCEPTED:
        values |= {"answer": Answer.ACCEPTED, "answered_on": today}
    if decide(actor, Action.CONFIRM, counselling.subject()).allowed:
        values["counsellor_id"] = actor.id
    edit(
        actor,
        counselling,
        action="counselling_booked",
        expected_version=row_version,
        **values,
    )


def done(
    *,
    actor: Actor,
    counselling: Counselling,
    done_on: date,
    row_version: int,
    before_shift: bool = False,
    person_decision: str = "",
    next_review_on: date | None = None,
) -> None:
    """Note that a counsellor counselled, what the person decided, when to look again."""
    require_counsellor(actor, counselling.subject())
    if done_on > actor.day:
        raise InputFault(
            _("This day is still to come. Choose today or an earlier day."),
            field="done_on",
        )
    referred_on = counselling.episode.referred_on
    if referred_on is not None and done_on < referred_on:
        raise InputFault(
            _("The person was referred on %(day)s. Choose that day or a later one.")
            % {"day": referred_on},
            field="done_on",
        )
    if next_review_on is not None and next_review_on <= done_on:
        raise InputFault(
            _("The next look would come before this one. Choose a later day."),
            field="next_review_on",
        )
    offered = counselling.offered_on
    edit(
        actor,
        counselling,
        action="counselling_done",
        expected_version=row_version,
        done_on=done_on,
        before_shift=before_shift,
        person_decision=person_decision,
        next_review_on=next_review_on,
        counsellor_id=actor.id,
        offered_on=offered if offered and offered <= done_on else done_on,
        answer=Answer.ACCEPTED,
        answered_on=counselling.answered_on or done_on,
    )


def _refuse_closed(counselling: Counselling) -> None:
    if counselling.done_on is not None:
        raise InputFault(
            _("This counselling has taken place. Offer a new one instead."),
            reason="done_already",
        )
