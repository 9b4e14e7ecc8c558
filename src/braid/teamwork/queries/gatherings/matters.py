"""What waits for a meeting, what came of it, and decisions that everybody is told."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor
from braid.teamwork.models import Matter, Meeting, Task, Told
from braid.teamwork.queries.gatherings.sittings import seen

# For how long what was settled stays beside what is open, and a decision is told.
SETTLED_SHOWN = timedelta(days=91)
TOLD_FOR = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class Untold:
    """A decision for the whole unit that somebody has not seen yet."""

    id: UUID
    text: str
    day: date
    kind: str
    meeting_id: UUID
    who: str
    due_on: date | None


def matters_for(actor: Actor, meeting: Meeting) -> list[Any]:
    """Return what waits for a meeting, and what it took up; the oldest first."""
    rows: QuerySet[Any] = Matter.objects.visible_to(actor, Action.TAKE_PART)
    waits = Q(settled_on__isnull=True, unit=meeting.unit_id, kind=meeting.kind) & Q(
        group=meeting.group_id, team=meeting.team_id
    )
    found = rows.filter(waits | Q(meeting=meeting))
    return list(found.select_related("created_by").order_by("created_at"))


def matters_raised(actor: Actor, today: date) -> list[Any]:
    """Return what waits for meetings, and what came of it lately; the latest first."""
    rows: QuerySet[Any] = Matter.objects.visible_to(actor, Action.TAKE_PART)
    shown = Q(settled_on__isnull=True) | Q(settled_on__gte=today - SETTLED_SHOWN)
    found = rows.filter(shown).select_related("created_by", "group", "meeting", "team")
    return list(found.order_by("-created_at")[:50])


def matter(actor: Actor, key: UUID) -> Matter:
    """Return a matter of a table at which `actor` sits, else answer 404."""
    found: Matter | None = (
        Matter.objects.visible_to(actor, Action.TAKE_PART)
        .select_related("unit__organisation", "group", "team")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def decision(actor: Actor, key: UUID) -> Any:
    """Return what a meeting decided, of one that `actor` can open, else answer 404."""
    found = (
        Task.objects.visible_to(actor, Action.TAKE_PART)
        .select_related(
            "unit__organisation", "episode", "meeting__unit", "meeting__group__unit"
        )
        .filter(pk=key, meeting__in=seen(actor).values("pk"))
        .first()
    )
    if found is None:
        raise Http404
    return found


def untold(actor: Actor, today: date) -> list[Untold]:
    """Return decisions for the whole unit that `actor` has not seen, the latest first."""
    told = Told.objects.system("what one has seen oneself").filter(
        task=OuterRef("pk"), staff_id=actor.id
    )
    rows = (
        Task.objects.visible_to(actor, Action.RECORD)
        .filter(
            ~Exists(told),
            for_unit=True,
            meeting__day__gt=today - TOLD_FOR,
            meeting__day__lte=today,
        )
        .exclude(created_by_id=actor.id)
        .order_by("-meeting__day", "created_at")
        .values_list(
            "pk",
            "text",
            "meeting__day",
            "meeting__kind",
            "meeting_id",
            "staff__name",
            "due_on",
        )
    )
    return [
        Untold(pk, text, day, kind, meeting, who or "", due_on)
        for pk, text, day, kind, meeting, who, due_on in rows
    ]
