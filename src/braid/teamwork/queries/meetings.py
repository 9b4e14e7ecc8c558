"""Meetings of a unit with a treatment team: when, who was there, what was said."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, Information
from braid.access.prepared import prepared
from braid.teamwork.choices import MeetingKind
from braid.teamwork.models import (
    Attendance,
    Discussion,
    Meeting,
    MeetingNote,
    NotYetReferred,
    Task,
)
from braid.teamwork.models.meetings import BETWEEN_TWO

KIND = MeetingKind.TREATMENT_TEAM
LATEST = 12


@dataclass(frozen=True, slots=True)
class MeetingRow:
    """A meeting in a list."""

    id: UUID
    unit_id: UUID
    team_id: UUID
    day: date
    begins_at: time | None
    closed_on: date | None


@dataclass(frozen=True, slots=True)
class LineView:
    """What a meeting has of one person, as far as the reader may talk about them."""

    id: UUID
    episode_id: UUID
    discussed: bool
    words: str
    asked: str
    to_health_record_on: date | None
    row_version: int


@dataclass(frozen=True, slots=True)
class DecisionView:
    """What was decided: who does it, by when, whether it is done."""

    id: UUID
    meeting_id: UUID
    episode_id: UUID | None
    text: str
    staff_id: UUID | None
    staff: str
    sector: str
    due_on: date | None
    done_on: date | None
    row_version: int


@dataclass(frozen=True, slots=True)
class SeatView:
    """Who was ticked as being there, or a guest by name."""

    id: UUID
    staff_id: UUID | None
    name: str
    present: bool


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note about nobody in particular; `only` is the side that alone reads it."""

    id: UUID
    text: str
    only: str
    by: str
    is_own: bool


@dataclass(frozen=True, slots=True)
class NotYetView:
    """Somebody of the team's list, and whether the meeting talked about them."""

    id: UUID
    label: str
    added_on: date
    ask_on: date | None
    discussed: bool


def _meetings(actor: Actor) -> QuerySet[Any, Any]:
    seen = Meeting.objects.visible_to(actor, Action.TAKE_PART)
    found: QuerySet[Any, Any] = seen.exclude(kind__in=BETWEEN_TWO)
    return found


def team_meeting(actor: Actor, key: UUID) -> Meeting:
    """Return a treatment-team meeting at whose table `actor` sits, else answer 404."""
    found: Meeting | None = (
        _meetings(actor)
        .select_related("unit__organisation", "team__organisation")
        .filter(pk=key, kind=KIND, team__isnull=False)
        .first()
    )
    if found is None:
        raise Http404
    return found


_ROW = ("pk", "unit_id", "team_id", "day", "begins_at", "closed_on")


def next_or_last(actor: Actor, team_id: UUID) -> MeetingRow | None:
    """Return the next treatment-team meeting of a team, else the last one."""
    rows = _meetings(actor).filter(kind=KIND, team_id=team_id)
    ahead = rows.filter(day__gte=actor.day, closed_on__isnull=True)
    for found in (ahead.order_by("day"), rows.order_by("-day")):
        row = found.values_list(*_ROW).first()
        if row is not None:
            return MeetingRow(*row)
    return None


def ahead(actor: Actor, team_ids: Collection[UUID]) -> list[MeetingRow]:
    """Return the treatment-team meetings from today on that are open, nearest first."""
    rows = _meetings(actor).filter(
        kind=KIND, team_id__in=team_ids, day__gte=actor.day, closed_on__isnull=True
    )
    return [MeetingRow(*row) for row in rows.order_by("day").values_list(*_ROW)]


def past(actor: Actor, team_id: UUID) -> list[MeetingRow]:
    """Return the latest meetings of a team that were held or not closed, latest first."""
    rows = _meetings(actor).filter(kind=KIND, team_id=team_id)
    before = rows.filter(Q(day__lt=actor.day) | Q(closed_on__isnull=False))
    listed = before.order_by("-day", "-created_at").values_list(*_ROW)
    return [MeetingRow(*row) for row in listed[:LATEST]]


def day_before(actor: Actor, meeting: Meeting) -> date | None:
    """Return the day of the meeting of the same table before this one."""
    rows = _meetings(actor).filter(
        kind=KIND,
        unit_id=meeting.unit_id,
        team_id=meeting.team_id,
        day__lt=meeting.day,
    )
    found: date | None = rows.aggregate(day=Max("day"))["day"]
    return found


def _discussions(actor: Actor) -> Any:
    return Discussion.objects.visible_to(actor, Action.TAKE_PART)


def lines(actor: Actor, meeting_id: UUID) -> dict[UUID, LineView]:
    """Return what a meeting has of people, by episode."""
    return {row[1]: LineView(*row) for row in _lines(actor, meeting_id)}


@prepared
def _lines(actor: Actor, meeting_id: UUID) -> QuerySet[Any, Any]:
    rows = _discussions(actor).filter(meeting_id=meeting_id, episode__isnull=False)
    found: QuerySet[Any, Any] = rows.order_by().values_list("pk", *_LINE)
    return found


_LINE = (
    "episode_id",
    "discussed",
    "words",
    "asked",
    "to_health_record_on",
    "row_version",
)


def spoken_on(actor: Actor, episode_ids: Collection[UUID]) -> dict[UUID, date]:
    """Return the last day on which unit and treatment team talked about each.

    Supervision is between two: that it talked about somebody is told to nobody else.
    """
    rows = _discussions(actor).filter(
        episode_id__in=episode_ids, discussed=True, meeting__kind=KIND
    )
    by = rows.order_by().values("episode_id").annotate(day=Max("meeting__day"))
    return dict(by.values_list("episode_id", "day"))


_DECISION = (
    *("meeting_id", "episode_id", "text", "staff_id", "staff__name"),
    *("sector", "due_on", "done_on", "row_version"),
)


def _listed(rows: Any) -> QuerySet[Any, Any]:
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "created_at")
    found: QuerySet[Any, Any] = ordered.values_list("pk", *_DECISION)
    return found


def _views(rows: Iterable[Any]) -> list[DecisionView]:
    return [
        DecisionView(key, meeting, episode, text, staff, name or "", *rest)
        for key, meeting, episode, text, staff, name, *rest in rows
    ]


def decisions(actor: Actor, meeting: Meeting) -> list[DecisionView]:
    """Return what the meeting decided, and what this table decided and is still open."""
    of = (meeting.pk, meeting.unit_id, meeting.team_id, meeting.day)
    return _views(_decisions(actor, *of))


@prepared
def _decisions(
    actor: Actor, meeting_id: UUID, unit_id: UUID, team_id: UUID | None, day: date
) -> QuerySet[Any, Any]:
    before = Q(
        done_on__isnull=True,
        meeting__unit_id=unit_id,
        meeting__team_id=team_id,
        meeting__kind=KIND,
        meeting__day__lt=day,
    )
    rows = Task.objects.visible_to(actor, Action.TAKE_PART)
    return _listed(rows.filter(Q(meeting_id=meeting_id) | before))


def open_decisions(
    actor: Actor, team_ids: Collection[UUID], sector: str = ""
) -> list[DecisionView]:
    """Return what meetings with these teams decided and nobody has done yet."""
    rows = Task.objects.visible_to(actor, Action.TAKE_PART).filter(
        done_on__isnull=True, meeting__kind=KIND, meeting__team_id__in=team_ids
    )
    return _views(_listed(rows.filter(sector=sector) if sector else rows))


def people_of(
    actor: Actor, found: Iterable[DecisionView]
) -> Mapping[UUID, tuple[UUID, str]]:
    """Return applicant and name by episode of decisions, where the name may be read."""
    keys = {one.episode_id for one in found if one.episode_id is not None}
    if not keys:
        return {}
    rows = Task.objects.visible_to(actor, Action.TAKE_PART, Information.IDENTITY)
    named = rows.filter(episode_id__in=keys).order_by().distinct()
    return {
        episode: (applicant, f"{given} {family}".strip())
        for episode, applicant, given, family in named.values_list(
            "episode_id",
            "episode__applicant_id",
            "episode__applicant__given_name",
            "episode__applicant__family_name",
        )
    }


def decision(actor: Actor, key: UUID) -> Task:
    """Return a decision of a treatment-team meeting, else answer 404."""
    found: Task | None = (
        Task.objects.visible_to(actor, Action.TAKE_PART)
        .select_related("unit", "episode", "meeting__unit", "meeting__team")
        .filter(pk=key, meeting__kind=KIND, meeting__in=_meetings(actor).values("pk"))
        .first()
    )
    if found is None:
        raise Http404
    return found


def attendance(actor: Actor, meeting_id: UUID) -> list[SeatView]:
    """Return who was ticked, and the guests."""
    return [
        SeatView(key, staff, name or guest, present)
        for key, staff, name, guest, present in _attendance(actor, meeting_id)
    ]


@prepared
def _attendance(actor: Actor, meeting_id: UUID) -> QuerySet[Any, Any]:
    rows = Attendance.objects.visible_to(actor, Action.TAKE_PART)
    listed = rows.filter(meeting_id=meeting_id).order_by("created_at", "pk")
    return listed.values_list("pk", "staff_id", "staff__name", "guest", "present")


def notes(actor: Actor, meeting_id: UUID) -> list[NoteView]:
    """Return the notes for both sides and those for the actor's own."""
    return [
        NoteView(key, text, only or "", by or "", by_id == actor.id)
        for key, text, only, by, by_id in _notes(actor, meeting_id)
    ]


@prepared
def _notes(actor: Actor, meeting_id: UUID) -> QuerySet[Any, Any]:
    rows = MeetingNote.objects.visible_to(actor, Action.TAKE_PART).filter(
        Q(only__isnull=True) | Q(only_id__in=actor.teams), meeting_id=meeting_id
    )
    return rows.values_list(
        "pk", "text", "only__name", "created_by__name", "created_by_id"
    )


def not_yet(actor: Actor, team_id: UUID, meeting_id: UUID) -> list[NotYetView]:
    """Return the team's list of those who may want to work; the team's own eyes only."""
    rows = NotYetReferred.objects.visible_to(actor, Action.TAKE_PART).filter(
        team_id=team_id, outcome=""
    )
    listed = list(rows.values_list("pk", "label", "added_on", "ask_on"))
    if not listed:
        return []
    talked = _discussions(actor).filter(meeting_id=meeting_id, unreferred=True)
    about = set(talked.values_list("not_yet_id", flat=True))
    return [
        NotYetView(key, label, added_on, ask_on, key in about)
        for key, label, added_on, ask_on in listed
    ]


def not_yet_person(actor: Actor, key: UUID) -> NotYetReferred:
    """Return somebody of the team's list, else answer 404."""
    found: NotYetReferred | None = (
        NotYetReferred.objects.visible_to(actor, Action.TAKE_PART)
        .select_related("team")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def number_not_yet(team_id: UUID) -> int:
    """Return how many stand on a team's list: a number, which both sides may know."""
    return len(_number_not_yet(team_id))


@prepared
def _number_not_yet(team_id: UUID) -> QuerySet[Any, Any]:
    rows = NotYetReferred.objects.system("a number of a list that is the team's own")
    return rows.filter(team_id=team_id, outcome="").order_by().values_list("pk")
