"""Tasks: given, done, opened again; and reminders put off until a day, with a reason."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access import queries as access
from braid.access.changes import edit
from braid.access.choices import Sector
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.kernel.errors import InputFault, Refused
from braid.teamwork.commands.meetings import touched
from braid.teamwork.models import Snooze, Task

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.people.queries import EpisodeRef


@transaction.atomic
def add_task(
    *,
    actor: Actor,
    unit: Team,
    text: str,
    staff_id: UUID | None = None,
    episode: EpisodeRef | None = None,
    due_on: date | None = None,
    sector: str = Sector.IPS_PROVIDER,
) -> Task:
    """Add something to do, for somebody of the unit or nobody in particular.

    Raises Refused, InputFault.
    """
    task = Task(
        unit=unit,
        episode_id=episode.id if episode is not None else None,
        staff_id=staff_id,
        sector=sector,
        text=text.strip(),
        due_on=due_on,
        created_by_id=actor.id,
    )
    require(actor, Action.RECORD, task.subject())
    if episode is not None and episode.unit_id != unit.pk:
        raise InputFault(
            _("This person belongs to another unit. Choose the person again."),
            field="person",
        )
    _must_work_here(actor, staff_id)
    task.save(force_insert=True)
    audit.record(actor, "task_added", task, applicant=task.about)
    return task


def give_task(
    *, actor: Actor, task: Task, staff_id: UUID | None, row_version: int | None = None
) -> bool:
    """Give a task to somebody of the unit, or to nobody. Raises Refused, Stale."""
    require(actor, Action.RECORD, task.subject())
    _must_work_here(actor, staff_id)
    return edit(
        actor,
        task,
        action="task_given",
        expected_version=row_version,
        staff_id=staff_id,
    )


@transaction.atomic
def set_done(*, actor: Actor, task: Task, done_on: date | None) -> bool:
    """Tick a task off, or open it again with None. Raises Refused."""
    require(actor, Action.RECORD, task.subject())
    if task.meeting is not None:
        touched(task.meeting)
    action = "task_done" if done_on else "task_reopened"
    return edit(actor, task, action=action, done_on=done_on)


@transaction.atomic
def put_off(
    *,
    actor: Actor,
    unit: Team,
    episode: EpisodeRef | None,
    kind: str,
    record_id: UUID | None,
    until_on: date,
    reason: str,
    today: date,
    latest: date,
) -> Snooze:
    """Put a reminder off until a day, for the one who does it. Raises Refused, InputFault.

    `latest` is the last day allowed (`rules.latest_day`).
    """
    if not today < until_on <= latest:
        raise InputFault(
            _("Choose a day after today, and not after %(day)s.")
            % {"day": latest.isoformat()},
            field="until_on",
        )
    if not reason.strip():
        raise InputFault(_("Say in a few words why."), field="reason")
    if actor.id is None:  # a task of the system is never in anybody's way
        raise Refused("not_granted")
    snooze = Snooze(
        unit=unit,
        episode_id=episode.id if episode is not None else None,
        staff_id=actor.id,
        kind=kind,
        record_id=record_id,
        until_on=until_on,
        reason=reason.strip(),
        created_by_id=actor.id,
    )
    require(actor, Action.RECORD, snooze.subject())
    snooze.save(force_insert=True)
    audit.record(actor, "reminder_put_off", snooze, applicant=snooze.about)
    return snooze


def take_up_again(*, actor: Actor, snooze: Snooze, today: date) -> bool:
    """Let a reminder that was put off come back today. Raises Refused."""
    require(actor, Action.RECORD, snooze.subject())
    return edit(actor, snooze, action="reminder_taken_up", until_on=today)


def _must_work_here(actor: Actor, staff_id: UUID | None) -> None:
    if staff_id is None or staff_id == actor.id:
        return
    known = {str(key) for key, _name in access.staff_names(actor.teams, actor.day)}
    if str(staff_id) not in known:
        raise InputFault(
            _("Nobody of that name works in the unit now. Choose again."),
            field="staff",
        )
