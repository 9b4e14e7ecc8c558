"""A meeting of any kind but a treatment team's: planned, held, called off."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access import queries as access
from braid.access.changes import edit
from braid.access.policy import Actor
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people import beginning
from braid.teamwork.choices import MeetingKind
from braid.teamwork.commands import table
from braid.teamwork.commands.meetings import must_write, touched
from braid.teamwork.models import (
    Attendance,
    Discussion,
    Group,
    GroupMember,
    Matter,
    Meeting,
    MeetingNote,
    Observation,
    Task,
)
from braid.teamwork.models.meetings import BETWEEN_TWO

if TYPE_CHECKING:
    from braid.access.models import Team

REASON = "rows of a meeting that the command decided upon"
OF_A_GROUP = (MeetingKind.STEERING, MeetingKind.PRACTITIONERS)


@transaction.atomic
def start(
    *,
    actor: Actor,
    unit: Team,
    kind: str,
    day: date,
    begins_at: time | None = None,
    minutes: int | None = None,
    team: Team | None = None,
    group: Group | None = None,
    specialist_id: UUID | None = None,
    led_by_id: UUID | None = None,
    mode: str = "",
    place_words: str = "",
) -> Meeting:
    """Plan a meeting, or write down one that was held; one that is there serves.

    One kind has one meeting a day with the same people. Raises Refused, InputFault.
    """
    meeting = Meeting(
        unit=unit,
        kind=kind,
        day=day,
        begins_at=begins_at,
        minutes=minutes,
        team=team,
        group=group,
        specialist_id=specialist_id,
        led_by_id=led_by_id,
        mode=mode,
        place_words=place_words.strip(),
        created_by_id=actor.id,
    )
    require(actor, meeting.takes, meeting.subject())
    _must_fit(meeting, actor)
    beginning.must_not_precede(day, beginning.of_unit(unit.pk))
    same: Meeting | None = (
        Meeting.objects.system(REASON)
        .filter(
            unit=unit,
            kind=kind,
            team=team,
            group=group,
            specialist_id=specialist_id,
            day=day,
        )
        .order_by("created_at")
        .first()
    )
    if same is not None:
        return same
    meeting.save(force_insert=True)
    audit.record(actor, "meeting_planned", meeting)
    return meeting


def _must_fit(meeting: Meeting, actor: Actor) -> None:
    """Refuse a meeting that lacks whom its kind is with. Raises InputFault."""
    unit = meeting.unit
    if meeting.kind in BETWEEN_TWO:
        staff = access.staff_names(frozenset({unit.pk}), actor.day)
        if meeting.specialist_id not in {key for key, _name in staff}:
            raise InputFault(
                _("Choose a specialist who works in the unit now."), field="specialist"
            )
        if meeting.led_by_id == meeting.specialist_id:
            raise InputFault(_("Choose who leads the talk."), field="led_by")
    if meeting.kind in OF_A_GROUP:
        group = meeting.group
        if group is None or (group.unit_id, group.kind) != (unit.pk, meeting.kind):
            raise InputFault(_("Choose a group of this kind."), field="with")
    if meeting.kind == MeetingKind.JOB_CENTRE and meeting.team is None:
        raise InputFault(_("Choose the job centre."), field="with")


@transaction.atomic
def seat_member(
    *, actor: Actor, meeting: Meeting, member: GroupMember, present: bool
) -> None:
    """Tick that a member of the group is there, or take it back."""
    if member.user_id is not None:
        table.seat(
            actor=actor, meeting=meeting, staff_id=member.user_id, present=present
        )
        return
    must_write(actor, meeting)
    touched(meeting)
    rows = Attendance.objects.system(REASON)
    row = rows.filter(meeting=meeting, member=member).first()
    action = "meeting_attended" if present else "meeting_not_attended"
    if row is not None:
        edit(actor, row, action=action, present=present)
        return
    row = rows.create(
        meeting=meeting, member=member, present=present, created_by_id=actor.id
    )
    audit.record(actor, action, row)


@transaction.atomic
def close(
    *, actor: Actor, meeting: Meeting, staff_ids: Iterable[UUID], day: date
) -> bool:
    """Say that a meeting was held; between two both were there. Raises InputFault."""
    if meeting.kind in BETWEEN_TWO:
        for key in (meeting.specialist_id, meeting.led_by_id):
            if key is not None and meeting.closed_on is None:
                table.seat(actor=actor, meeting=meeting, staff_id=key, present=True)
    return table.close(actor=actor, meeting=meeting, staff_ids=staff_ids, day=day)


@transaction.atomic
def freeze_figures(*, actor: Actor, meeting: Meeting, figures: dict[str, Any]) -> bool:
    """Keep the figures that were seen, as they stood. Raises Refused, InputFault."""
    must_write(actor, meeting)
    touched(meeting)
    return edit(actor, meeting, action="meeting_figures_kept", figures=figures)


@transaction.atomic
def call_off(*, actor: Actor, meeting: Meeting) -> None:
    """Take a meeting away in which nothing was written. Raises Refused, InputFault."""
    require(actor, meeting.takes, meeting.subject())
    written = (Discussion, MeetingNote, Observation, Task)
    said = any(
        model.objects.system(REASON).filter(meeting=meeting).exists()
        for model in written
    )
    there = Attendance.objects.system(REASON).filter(meeting=meeting, present=True)
    if said or there.exists() or meeting.closed_on is not None:
        raise InputFault(
            _("Something was written in this meeting. Close it instead of calling off.")
        )
    for matter in Matter.objects.system(REASON).filter(meeting=meeting):
        edit(actor, matter, action="matter_put_back", meeting=None, settled_on=None)
    audit.record(actor, "meeting_called_off", meeting)
    meeting.delete()
