"""Decisions after the meeting: changed, and seen by those whom they concern."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.kernel.errors import InputFault, Refused
from braid.teamwork.commands.meetings import touched
from braid.teamwork.models import Task, Told


@transaction.atomic
def change_decision(
    *,
    actor: Actor,
    decision: Task,
    text: str,
    staff_id: UUID | None,
    due_on: date | None,
    row_version: int,
) -> bool:
    """Say a decision in other words, or who does it, or by when.

    Raises Refused, InputFault, Stale.
    """
    meeting = decision.meeting
    if meeting is None:
        raise InputFault(_("This task was not decided at a meeting."))
    require(actor, meeting.takes, meeting.subject())
    require(actor, Action.TAKE_PART, decision.subject(day=actor.day))
    touched(meeting)
    return edit(
        actor,
        decision,
        action="decision_changed",
        expected_version=row_version,
        text=text.strip(),
        staff_id=staff_id,
        due_on=due_on,
    )


@transaction.atomic
def say_seen(*, actor: Actor, decision: Task, today: date) -> None:
    """Say that one has seen what the whole unit is told; once is enough. Raises Refused."""
    require(actor, Action.RECORD, decision.subject())
    if actor.id is None:  # a task of the system is told nothing
        raise Refused("not_granted")
    told, is_new = Told.objects.system("once for each").get_or_create(
        task=decision,
        staff_id=actor.id,
        defaults={"seen_on": today, "created_by_id": actor.id},
    )
    if is_new:
        audit.record(actor, "decision_seen", told)
