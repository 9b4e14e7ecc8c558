"""The parts of one meeting, for somebody who can open it.

Its lines about people and its notes are in `queries.meetings`, for every kind alike.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor
from braid.teamwork.models import (
    Attendance,
    Cover,
    Meeting,
    Observation,
    Task,
)
from braid.teamwork.queries.gatherings.sittings import Series, seen

BEFORE = 20  # of what came before a meeting


@dataclass(frozen=True, slots=True)
class CoverView:
    """Who stands in for whom, and what matters in these days."""

    id: UUID
    staff_id: UUID
    staff: str
    covered_by_id: UUID
    covered_by: str
    first_day: date
    last_day: date
    words: str


def attendance(actor: Actor, meeting: Meeting) -> list[Any]:
    """Return who was there or was missed: staff, members by name, guests."""
    rows: QuerySet[Any] = Attendance.objects.visible_to(actor, meeting.takes)
    return list(rows.filter(meeting=meeting).select_related("staff", "member"))


def decisions(actor: Actor, meeting: Meeting) -> list[Any]:
    """Return what the meeting decided, the nearest day first."""
    rows: QuerySet[Any] = Task.objects.visible_to(actor, Action.TAKE_PART)
    found = rows.filter(meeting=meeting).select_related("staff")
    return list(found.order_by(F("due_on").asc(nulls_last=True), "created_at"))


def decisions_before(actor: Actor, meeting: Meeting) -> list[Any]:
    """Return what earlier meetings of the same people decided and nobody has done."""
    earlier = seen(actor).filter(Series.of(meeting).condition, day__lte=meeting.day)
    rows: QuerySet[Any] = Task.objects.visible_to(actor, Action.TAKE_PART)
    found = (
        rows.filter(meeting__in=earlier.values("pk"), done_on__isnull=True)
        .exclude(meeting=meeting)
        .select_related("staff", "meeting")
    )
    return list(found.order_by(F("due_on").asc(nulls_last=True), "created_at"))


def decisions_to_raise(actor: Actor, unit_id: UUID) -> list[Any]:
    """Return what meetings of a unit decided in order to raise a fidelity item, undone."""
    rows: QuerySet[Any] = Task.objects.visible_to(actor, Action.TAKE_PART)
    found = rows.filter(
        unit_id=unit_id, meeting__in=seen(actor).values("pk"), done_on__isnull=True
    ).exclude(item="")
    found = found.select_related("staff", "meeting")
    return list(found.order_by(F("due_on").asc(nulls_last=True), "created_at"))


def observation(actor: Actor, meeting: Meeting) -> Observation | None:
    """Return what was seen in field mentoring, where it was written."""
    rows: QuerySet[Observation] = Observation.objects.visible_to(actor, meeting.takes)
    return rows.filter(meeting=meeting).first()


def observations_before(actor: Actor, meeting: Meeting) -> list[Any]:
    """Return what field mentoring with the same specialist looked at before."""
    rows: QuerySet[Any] = Observation.objects.visible_to(actor, meeting.takes)
    found = rows.filter(
        meeting__specialist=meeting.specialist_id,
        meeting__unit=meeting.unit_id,
        meeting__day__lt=meeting.day,
    ).select_related("meeting")
    return list(found.order_by("-meeting__day")[:BEFORE])


def covers(actor: Actor, unit_id: UUID, day: date) -> list[CoverView]:
    """Return who stands in for whom in a unit on a day and later."""
    return _covers(actor, Q(unit_id=unit_id, last_day__gte=day))


def covers_for(actor: Actor, day: date) -> list[CoverView]:
    """Return for whom `actor` stands in on a day."""
    mine = Q(covered_by_id=actor.id, first_day__lte=day, last_day__gte=day)
    return _covers(actor, mine)


def _covers(actor: Actor, wanted: Q) -> list[CoverView]:
    rows = Cover.objects.visible_to(actor, Action.TAKE_PART).filter(wanted)
    found = rows.order_by("first_day", "staff__name").values_list(
        "pk",
        "staff_id",
        "staff__name",
        "covered_by_id",
        "covered_by__name",
        "first_day",
        "last_day",
        "words",
    )
    return [CoverView(*row) for row in found]


def cover(actor: Actor, key: UUID) -> Cover:
    """Return a cover of `actor`'s unit, else answer 404."""
    found: Cover | None = (
        Cover.objects.visible_to(actor, Action.TAKE_PART)
        .select_related("unit__organisation", "meeting")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found
