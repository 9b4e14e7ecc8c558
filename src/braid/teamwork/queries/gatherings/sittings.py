"""Meetings of every kind but a treatment team's: one, and those that follow each other."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from braid.access import queries as access
from braid.access.policy import Action, Actor
from braid.method.gatherings import Sitting
from braid.teamwork.choices import GroupPart, MeetingKind
from braid.teamwork.models import Attendance, GroupMember, Meeting
from braid.teamwork.models.meetings import BETWEEN_TWO
from braid.work.choices import Mode

HERE = tuple(kind for kind in MeetingKind if kind != MeetingKind.TREATMENT_TEAM)
EXECUTIVE = (GroupPart.ADMINISTRATION, GroupPart.CLINICAL_DIRECTOR)
REASON = "who was at meetings that were found within a scope"


@dataclass(frozen=True, slots=True)
class Series:
    """Meetings that follow each other: of one kind, of the same people."""

    kind: str
    unit_id: UUID
    team_id: UUID | None = None
    group_id: UUID | None = None
    specialist_id: UUID | None = None

    @classmethod
    def of(cls, meeting: Meeting) -> "Series":
        return cls(
            meeting.kind,
            meeting.unit_id,
            meeting.team_id,
            meeting.group_id,
            meeting.specialist_id,
        )

    @property
    def condition(self) -> Q:
        return Q(
            kind=self.kind,
            unit_id=self.unit_id,
            team_id=self.team_id,
            group_id=self.group_id,
            specialist_id=self.specialist_id,
        )


@dataclass(frozen=True, slots=True)
class Held:
    """A meeting of a list. Held: it was closed, or somebody was there, up to today."""

    id: UUID
    day: date
    is_held: bool
    is_closed: bool
    next_on: date | None


def seen(actor: Actor, kinds: Collection[str] = HERE) -> QuerySet[Any]:
    """Return the meetings that `actor` can open: at their table, or between two."""
    at_table = Meeting.objects.visible_to(actor, Action.TAKE_PART)
    between = Meeting.objects.visible_to(actor, Action.SUPERVISE)
    found: QuerySet[Any] = at_table.exclude(kind__in=BETWEEN_TWO) | between.filter(
        kind__in=BETWEEN_TWO
    )
    return found.filter(kind__in=kinds)


def meeting(actor: Actor, key: UUID) -> Any:
    """Return a meeting that `actor` can open, else answer 404."""
    found = (
        seen(actor)
        .select_related(
            "unit__organisation",
            "team__organisation",
            "group__unit",
            "specialist",
            "led_by",
        )
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def held(
    actor: Actor, since: date, today: date, series: Series | None = None
) -> dict[Series, list[Held]]:
    """Return the meetings since a day and those planned, the latest first, by series.

    Of one series alone, or of every kind that there is.
    """
    rows = (
        seen(actor, tuple(MeetingKind) if series is None else HERE)
        .filter(series.condition if series is not None else Q(), day__gte=since)
        .annotate(attended=Exists(_present()))
        .order_by("-day", "-created_at")
        .values_list(
            "pk",
            "day",
            "closed_on",
            "attended",
            "observation__next_on",
            "kind",
            "unit_id",
            "team_id",
            "group_id",
            "specialist_id",
        )
    )
    found: dict[Series, list[Held]] = {}
    for key, day, closed_on, attended, next_on, *whose in rows:
        is_held = day <= today and (closed_on is not None or attended)
        one = Held(key, day, is_held, closed_on is not None, next_on)
        found.setdefault(Series(*whose), []).append(one)
    return found


def _present() -> QuerySet[Any]:
    rows: QuerySet[Any] = Attendance.objects.system(REASON)
    return rows.filter(meeting=OuterRef("pk"), present=True)


def sittings_of(
    actor: Actor, series: Series, since: date, today: date
) -> list[Sitting]:
    """Return the meetings of a series that were held, as far as evidence asks of them.

    Who was a specialist or supervisor of the unit at any time counts as one.
    """
    meetings = (
        seen(actor)
        .filter(series.condition, day__gte=since, day__lte=today)
        .annotate(attended=Exists(_present()))
        .filter(Q(closed_on__isnull=False) | Q(attended=True))
        .values_list("pk", "day", "mode")
    )
    found = {key: (day, mode) for key, day, mode in meetings}
    there: dict[UUID, set[UUID]] = {key: set() for key in found}
    rows = Attendance.objects.system(REASON).filter(meeting__in=found, present=True)
    for key, staff, member in rows.values_list("meeting_id", "staff_id", "member_id"):
        there[key] |= {staff, member} - {None}
    specialists, leaders = access.ever_in_post(series.unit_id)
    executives = _executives(series.group_id)
    return [
        Sitting(
            day,
            specialists=len(there[key] & specialists),
            leader=bool(there[key] & leaders),
            executive=bool(there[key] & executives),
            in_person=mode == Mode.IN_PERSON,
        )
        for key, (day, mode) in found.items()
    ]


def _executives(group_id: UUID | None) -> frozenset[UUID]:
    """Return those of the management in a group, by account and by seat."""
    if group_id is None:
        return frozenset()
    rows = GroupMember.objects.system(REASON).filter(
        group_id=group_id, part__in=EXECUTIVE
    )
    keys = rows.values_list("pk", "user_id")
    return frozenset(key for pair in keys for key in pair if key is not None)
