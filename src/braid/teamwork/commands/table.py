"""A treatment-team meeting: prepared, held by several at once, closed.

Every change is first counted in its meeting (`touched`), which also makes changes of one
meeting wait for each other; so a line, a seat or a person is never made twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import changes_since, edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import Change, InputFault, Refused, Stale
from braid.people import beginning
from braid.teamwork.choices import MeetingKind
from braid.teamwork.commands.meetings import must_fit, must_write, touched
from braid.teamwork.models import Attendance, Discussion, Meeting, MeetingNote, Task

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.people.queries import EpisodeRef

REASON = "rows of a meeting that the command decided upon"
WORDS = ("words", "asked")
LONGEST = 20_000
GUEST = 150


@transaction.atomic
def prepare(
    *,
    actor: Actor,
    unit: Team,
    team: Team,
    day: date,
    begins_at: time | None = None,
) -> Meeting:
    """Make the next meeting of a unit with a treatment team; one that is there serves.

    Raises Refused, InputFault.
    """
    meeting = Meeting(
        unit=unit,
        kind=MeetingKind.TREATMENT_TEAM,
        team=team,
        day=day,
        begins_at=begins_at,
        created_by_id=actor.id,
    )
    require(actor, meeting.takes, meeting.subject())
    beginning.must_not_precede(day, beginning.of_unit(unit.pk))
    same = Meeting.objects.system(REASON).filter(
        unit=unit, team=team, kind=MeetingKind.TREATMENT_TEAM, day=day
    )
    there: Meeting | None = same.order_by("created_at").first()
    if there is not None:
        return there
    meeting.save(force_insert=True)
    audit.record(actor, "meeting_prepared", meeting)
    return meeting


@transaction.atomic
def change(*, actor: Actor, meeting: Meeting, row_version: int, **values: Any) -> bool:
    """Change day, time, minutes, how, where, who leads. Raises Refused, InputFault, Stale."""
    _may(actor, meeting)
    leads = values.get("led_by_id")
    if leads is not None and leads == meeting.specialist_id:
        raise InputFault(_("Choose who leads the talk."), field="led_by")
    day = values.get("day", meeting.day)
    if day != meeting.day:
        beginning.must_not_precede(day, beginning.of_unit(meeting.unit_id))
    touched(meeting)
    return edit(
        actor,
        meeting,
        action="meeting_changed",
        expected_version=row_version,
        **values,
    )


@transaction.atomic
def close(
    *, actor: Actor, meeting: Meeting, staff_ids: Iterable[UUID], day: date
) -> bool:
    """Close a meeting; of `staff_ids` those who were not ticked were not there.

    Raises Refused, and InputFault for a day that is still to come.
    """
    _may(actor, meeting)
    if meeting.day > day:
        raise InputFault(
            _("This meeting is still to come. Change its day if it was held already.")
        )
    touched(meeting)
    if not edit(actor, meeting, action="meeting_closed", closed_on=day):
        return False
    rows = Attendance.objects.system(REASON).filter(meeting=meeting)
    known = set(rows.filter(staff__isnull=False).values_list("staff_id", flat=True))
    missing = [key for key in dict.fromkeys(staff_ids) if key not in known]
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, staff_id=key, present=False, created_by_id=actor.id)
        for key in missing
    )
    return True


@transaction.atomic
def reopen(*, actor: Actor, meeting: Meeting) -> bool:
    """Open a meeting again that was closed."""
    _may(actor, meeting)
    touched(meeting)
    return edit(actor, meeting, action="meeting_reopened", closed_on=None)


@transaction.atomic
def seat(*, actor: Actor, meeting: Meeting, staff_id: UUID, present: bool) -> None:
    """Tick that a member of staff is there, or take it back."""
    must_write(actor, meeting)
    touched(meeting)
    rows = Attendance.objects.system(REASON)
    row = rows.filter(meeting=meeting, staff_id=staff_id).first()
    action = "meeting_attended" if present else "meeting_not_attended"
    if row is not None:
        edit(actor, row, action=action, present=present)
        return
    row = rows.create(
        meeting=meeting, staff_id=staff_id, present=present, created_by_id=actor.id
    )
    audit.record(actor, action, row)


@transaction.atomic
def seat_guest(*, actor: Actor, meeting: Meeting, name: str) -> Attendance:
    """Note a guest by name. Raises InputFault."""
    must_write(actor, meeting)
    name = " ".join(name.split())
    if not name:
        raise InputFault(_("Write the guest's name."), field="guest")
    must_fit(name, GUEST, "guest")
    touched(meeting)
    row = Attendance.objects.create(
        meeting=meeting, guest=name, present=True, created_by_id=actor.id
    )
    audit.record(actor, "meeting_guest_noted", row)
    return row


@transaction.atomic
def unseat_guest(*, actor: Actor, meeting: Meeting, key: UUID) -> None:
    """Take a guest off the list."""
    must_write(actor, meeting)
    touched(meeting)
    rows = Attendance.objects.system(REASON).filter(meeting=meeting, staff=None)
    row = rows.filter(pk=key).first()
    if row is not None:
        audit.record(actor, "meeting_guest_removed", row)
        row.delete()


@transaction.atomic
def write_line(
    *,
    actor: Actor,
    meeting: Meeting,
    episode: EpisodeRef,
    row_version: int,
    words: str,
    asked: str,
) -> Discussion:
    """Write what was said about somebody and what is asked of whom.

    `row_version` is the one that the form showed, 0 for a line nobody had written yet.
    Raises Refused, InputFault, and Stale where somebody changed the words meanwhile:
    a tick in between is no reason to refuse them.
    """
    must_write(actor, meeting)
    if len(words) > LONGEST:
        raise InputFault(_("This is too long. Keep it within 20,000 signs."))
    touched(meeting)
    line = _line(actor, meeting, episode)
    if row_version != (0 if line._state.adding else line.row_version):
        changes = _worded(line, row_version)
        differs = (line.words, line.asked) != (words, asked)
        if changes and differs:
            raise Stale(changes)
    if line._state.adding:
        line.words, line.asked = words, asked
        line.save(force_insert=True)
        _record(actor, "meeting_line_written", line)
        return line
    edit(actor, line, action="meeting_line_changed", words=words, asked=asked)
    return line


def _worded(line: Discussion, version: int) -> list[Change]:
    """Return who changed the words of a line after a version, its making included."""
    found = [one for one in changes_since(line, version) if one.field in WORDS]
    if version or found:
        return found
    by = line.created_by.name if line.created_by else ""
    return [
        Change(field=name, old="", new=getattr(line, name), by=by, at=line.created_at)
        for name in WORDS
        if getattr(line, name)
    ]


@transaction.atomic
def tick_line(
    *, actor: Actor, meeting: Meeting, episode: EpisodeRef, discussed: bool
) -> Discussion:
    """Tick that somebody was talked about, or take it back."""
    must_write(actor, meeting)
    touched(meeting)
    line = _line(actor, meeting, episode)
    if line._state.adding:
        line.discussed = discussed
        line.save(force_insert=True)
        _record(actor, "meeting_line_discussed", line)
    else:
        edit(actor, line, action="meeting_line_discussed", discussed=discussed)
    return line


@transaction.atomic
def tick_recorded(
    *, actor: Actor, meeting: Meeting, episode: EpisodeRef, day: date | None
) -> Discussion:
    """Tick that what was said stands in the health record since a day; None takes back."""
    _may(actor, meeting)
    touched(meeting)
    line = _line(actor, meeting, episode)
    if line._state.adding:
        line.to_health_record_on = day
        line.save(force_insert=True)
        _record(actor, "meeting_line_recorded", line)
    else:
        edit(actor, line, action="meeting_line_recorded", to_health_record_on=day)
    return line


@transaction.atomic
def decide(
    *,
    actor: Actor,
    meeting: Meeting,
    text: str,
    sector: str,
    staff_id: UUID | None = None,
    due_on: date | None = None,
    episode: EpisodeRef | None = None,
    for_unit: bool = False,
    item: str = "",
) -> Task:
    """Write down what was decided, who does it and by when.

    It stands in the list of who does it; with `for_unit` everybody of the unit is told.
    `item` is the fidelity item that it is to raise. Raises Refused, InputFault.
    """
    must_write(actor, meeting)
    if not text.strip():
        raise InputFault(_("Write what was decided."), field="text")
    _of_table(meeting, episode)
    touched(meeting)
    task = Task(
        unit=meeting.unit,
        meeting=meeting,
        episode_id=episode.id if episode is not None else None,
        staff_id=staff_id,
        sector=sector,
        text=text.strip(),
        due_on=due_on,
        for_unit=for_unit,
        item=item,
        created_by_id=actor.id,
    )
    require(actor, Action.TAKE_PART, task.subject(day=actor.day))
    task.save(force_insert=True)
    audit.record(actor, "decision_written", task, applicant=task.about)
    return task


@transaction.atomic
def carry_out(
    *,
    actor: Actor,
    task: Task,
    done_on: date | None,
    shown_in: Meeting | None = None,
) -> bool:
    """Tick a decision as done, from either side; None opens it again.

    `shown_in` is the later meeting on whose page it was ticked. Raises Refused.
    """
    require(actor, Action.TAKE_PART, task.subject(day=actor.day))
    if task.meeting is not None:
        touched(task.meeting)
    if shown_in is not None and shown_in.pk != task.meeting_id:
        touched(shown_in)
    action = "decision_done" if done_on else "decision_reopened"
    return edit(actor, task, action=action, applicant=task.about, done_on=done_on)


@transaction.atomic
def note(
    *, actor: Actor, meeting: Meeting, text: str, only: UUID | None = None
) -> MeetingNote:
    """Write a note about nobody in particular, for both sides or one's own alone."""
    must_write(actor, meeting)
    if not text.strip():
        raise InputFault(_("Write the note."), field="text")
    if len(text) > LONGEST:
        raise InputFault(_("This is too long. Keep it within 20,000 signs."))
    if only is not None and only not in actor.teams:
        raise Refused("no_ground")
    touched(meeting)
    written = MeetingNote.objects.create(
        meeting=meeting, only_id=only, text=text.strip(), created_by_id=actor.id
    )
    audit.record(actor, "meeting_note_written", written)
    return written


@transaction.atomic
def take_back_note(*, actor: Actor, meeting: Meeting, key: UUID) -> None:
    """Take back a note that the actor wrote."""
    must_write(actor, meeting)
    touched(meeting)
    rows = MeetingNote.objects.system(REASON).filter(meeting=meeting)
    written = rows.filter(pk=key, created_by_id=actor.id).first()
    if written is None:
        raise InputFault(_("Only your own note can be taken back."))
    audit.record(actor, "meeting_note_taken_back", written)
    written.delete()


def _may(actor: Actor, meeting: Meeting) -> None:
    require(actor, meeting.takes, meeting.subject())


def _of_table(meeting: Meeting, episode: EpisodeRef | None) -> None:
    if episode is not None and episode.unit_id != meeting.unit_id:
        raise Refused("no_ground")


def _line(actor: Actor, meeting: Meeting, episode: EpisodeRef) -> Discussion:
    """Return the line about somebody, or one that is not saved yet. Raises Refused."""
    _of_table(meeting, episode)
    rows = Discussion.objects.system(REASON).select_related(
        "episode", "meeting__unit", "created_by"
    )
    found = rows.filter(meeting=meeting, episode_id=episode.id).first()
    line: Discussion = found or Discussion(
        meeting=meeting, episode_id=episode.id, created_by_id=actor.id
    )
    subject = line.subject(Information.ATTENDANCE, actor.day)
    require(actor, Action.TAKE_PART, subject)
    return line


def _record(actor: Actor, action: str, line: Discussion) -> None:
    audit.record(
        actor,
        action,
        line,
        applicant=line.about,
        information=(Information.ATTENDANCE,),
    )
