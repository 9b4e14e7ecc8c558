"""Writing about meetings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.access.rows import insert
from braid.kernel.errors import InputFault
from braid.kernel.ids import new_id
from braid.teamwork.choices import MeetingKind
from braid.teamwork.models import Attendance, Meeting

if TYPE_CHECKING:
    from braid.access.models import Team

BATCH = 2000


def must_fit(words: str, longest: int, field: str) -> None:
    """Refuse words that are longer than their column keeps. Raises InputFault."""
    if len(words) > longest:
        raise InputFault(
            _("This is longer than %(longest)d signs. Write it shorter.")
            % {"longest": longest},
            field=field,
        )


def must_write(actor: Actor, meeting: Meeting) -> None:
    """Raise Refused or InputFault unless the meeting is open to be written in."""
    require(actor, meeting.takes, meeting.subject())
    if meeting.closed_on is not None:
        raise InputFault(
            _("This meeting is closed. Open it again to write in it."), reason="closed"
        )


def touched(meeting: Meeting) -> None:
    """Count a change of anything in a meeting: pages that show it will ask for it.

    First in the transaction of every change, so that changes of one meeting come one
    after another.
    """
    rows = Meeting.objects.system("a change that the command decided upon")
    rows.filter(pk=meeting.pk).update(changes=F("changes") + 1)


@dataclass(frozen=True, slots=True)
class NewAttendance:
    """Whether a member of staff was at a treatment team's meeting on a day."""

    day: date
    team_id: UUID | None
    staff_id: UUID | None
    present: bool


@dataclass(frozen=True, slots=True)
class NewMeeting:
    """A meeting to record; `attendance` says of each of the staff who was there."""

    kind: str
    day: date
    team_id: UUID | None = None
    attendance: tuple[tuple[UUID, bool], ...] = ()
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@transaction.atomic
def record_meetings(
    *, actor: Actor, unit: Team, rows: Sequence[NewMeeting]
) -> list[UUID]:
    """Record meetings with who was there; return the ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    insert(
        Meeting,
        ("id", "kind", "day", "team_id"),
        ((row.id, row.kind, row.day, row.team_id) for row in rows),
        unit_id=unit.pk,
        created_by_id=actor.id,
    )
    insert(
        Attendance,
        ("meeting_id", "staff_id", "present"),
        ((row.id, *each) for row in rows for each in row.attendance),
        created_by_id=actor.id,
    )
    audit.record(actor, "meetings_recorded", unit, count=len(rows))
    return [row.id for row in rows]


@transaction.atomic
def record_attendance(
    *, actor: Actor, unit: Team, rows: Sequence[NewAttendance]
) -> list[UUID]:
    """Record who was at which meeting, one meeting a team and day; return the ids."""
    require(actor, Action.IMPORT, unit.subject())
    known = Meeting.objects.filter(unit=unit, kind=MeetingKind.TREATMENT_TEAM)
    meetings = {(m.team_id, m.day): m for m in known.system("meetings of the unit")}
    new = []
    for row in rows:
        if (row.team_id, row.day) not in meetings:
            meeting = Meeting(
                unit=unit,
                kind=MeetingKind.TREATMENT_TEAM,
                team_id=row.team_id,
                day=row.day,
                created_by_id=actor.id,
            )
            meetings[row.team_id, row.day] = meeting
            new.append(meeting)
    Meeting.objects.bulk_create(new, batch_size=BATCH)
    made = [
        Attendance(
            meeting=meetings[row.team_id, row.day],
            staff_id=row.staff_id,
            present=row.present,
            created_by_id=actor.id,
        )
        for row in rows
    ]
    Attendance.objects.bulk_create(made, batch_size=BATCH)
    audit.record(actor, "attendance_recorded", unit, count=len(made))
    return [row.pk for row in made]
