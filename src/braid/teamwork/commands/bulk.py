"""Two years of working together at once, for what was kept elsewhere before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from datetime import date, time
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.access.rows import insert
from braid.kernel.ids import new_id
from braid.teamwork.choices import QuestionState
from braid.teamwork.models import (
    Attendance,
    Cover,
    Discussion,
    Matter,
    Meeting,
    MeetingNote,
    Observation,
    Proposal,
    Question,
    Task,
    Told,
)

if TYPE_CHECKING:
    from braid.access.models import Team


@dataclass(frozen=True, slots=True)
class NewSitting:
    """A meeting of any kind; held where it was closed."""

    kind: str
    day: date
    team_id: UUID | None = None
    group_id: UUID | None = None
    specialist_id: UUID | None = None
    led_by_id: UUID | None = None
    begins_at: time | None = None
    minutes: int | None = None
    mode: str = ""
    place_words: str = ""
    closed_on: date | None = None
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewSeat:
    """Whether somebody with an account, or a member of the group by name, was there."""

    meeting_id: UUID
    present: bool
    staff_id: UUID | None = None
    member_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewLine:
    """One line of a meeting; without an episode about somebody not referred yet."""

    meeting_id: UUID
    episode_id: UUID | None = None
    discussed: bool = True
    words: str = ""
    asked: str = ""
    to_health_record_on: date | None = None
    unreferred: bool = False
    not_yet_id: UUID | None = None
    created_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewMeetingNote:
    meeting_id: UUID
    text: str
    only_id: UUID | None = None
    created_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewObservation:
    """What was seen in field mentoring."""

    meeting_id: UUID
    skill: str
    employer_kind: str = ""
    seen: str = ""
    feedback: str = ""
    next_skill: str = ""
    next_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewDecision:
    """What a meeting decided; `told` are those who have seen it, with the day."""

    meeting_id: UUID
    text: str
    sector: str
    episode_id: UUID | None = None
    staff_id: UUID | None = None
    due_on: date | None = None
    done_on: date | None = None
    for_unit: bool = False
    item: str = ""
    told: tuple[tuple[UUID, date], ...] = ()
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewQuestion:
    """A question from one side to the other; `kind` is "" where it is about nobody.

    It is never about treatment: such words are sealed one by one, by `questions.ask`.
    """

    by_sector: str
    by_team_id: UUID
    of_sector: str
    of_team_id: UUID
    text: str
    asked_on: date
    episode_id: UUID | None = None
    kind: str = ""
    of_staff_id: UUID | None = None
    due_on: date | None = None
    answer: str = ""
    answered_on: date | None = None
    answered_by_id: UUID | None = None
    escalated_on: date | None = None
    created_by_id: UUID | None = None

    @property
    def state(self) -> str:
        answered = self.answered_on is not None
        return QuestionState.ANSWERED if answered else QuestionState.OPEN


@dataclass(frozen=True, slots=True)
class NewProposal:
    """What somebody proposed instead of a job."""

    episode_id: UUID
    day: date
    kind: str
    by_role: str
    by_team_id: UUID | None = None
    wanted: bool | None = None
    words: str = ""
    created_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewMatter:
    """Something for the agenda of a kind of meeting; it names nobody."""

    kind: str
    text: str
    team_id: UUID | None = None
    group_id: UUID | None = None
    meeting_id: UUID | None = None
    answer: str = ""
    settled_on: date | None = None
    created_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewCover:
    """Who does a colleague's work for some days."""

    staff_id: UUID
    covered_by_id: UUID
    first_day: date
    last_day: date
    words: str = ""
    meeting_id: UUID | None = None


@dataclass(slots=True)
class Together:
    """What a unit and those around it had between them."""

    sittings: list[NewSitting] = field(default_factory=list)
    seats: list[NewSeat] = field(default_factory=list)
    lines: list[NewLine] = field(default_factory=list)
    notes: list[NewMeetingNote] = field(default_factory=list)
    observations: list[NewObservation] = field(default_factory=list)
    decisions: list[NewDecision] = field(default_factory=list)
    questions: list[NewQuestion] = field(default_factory=list)
    proposals: list[NewProposal] = field(default_factory=list)
    matters: list[NewMatter] = field(default_factory=list)
    covers: list[NewCover] = field(default_factory=list)


@transaction.atomic
def record_together(*, actor: Actor, unit: Team, rows: Together) -> None:
    """Record meetings with all that was in them, questions, proposals and matters."""
    require(actor, Action.IMPORT, unit.subject())
    by: dict[str, Any] = {"created_by_id": actor.id}
    of_unit: dict[str, Any] = {"unit_id": unit.pk}
    _insert(Meeting, rows.sittings, **of_unit, **by)
    _insert(Attendance, rows.seats, **by)
    _insert(Discussion, rows.lines)
    _insert(MeetingNote, rows.notes)
    _insert(Observation, rows.observations, **by)
    _insert(Task, rows.decisions, **of_unit, **by)
    insert(
        Told,
        ("task_id", "staff_id", "seen_on", "created_by_id"),
        (
            (task.id, staff, day, staff)
            for task in rows.decisions
            for staff, day in task.told
        ),
    )
    _insert(Question, rows.questions, **of_unit)
    _insert(Proposal, rows.proposals)
    _insert(Matter, rows.matters, **of_unit)
    _insert(Cover, rows.covers, **of_unit, **by)
    audit.record(actor, "meetings_recorded", unit, count=len(rows.sittings))


def _insert(model: type[Any], rows: Iterable[Any], **same: Any) -> None:
    """Insert rows whose fields are columns of the model, with the state they have."""
    known = list(rows)
    if not known:
        return
    columns = [one.name for one in fields(known[0]) if one.name != "told"]
    columns += ["state"] if isinstance(known[0], NewQuestion) else []
    insert(model, columns, map(attrgetter(*columns), known), **same)
