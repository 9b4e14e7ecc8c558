"""Reading tasks and reminders that were put off, always in the scope of the policy."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.http import Http404

from braid.access.choices import Sector
from braid.access.policy import Action, Actor
from braid.teamwork.models import Meeting, Snooze, Task
from braid.teamwork.models.meetings import BETWEEN_TWO

# A task that was done stays on the list for a while, to be opened again.
SHOWN_DONE = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class TaskView:
    """Something to do, as a list shows it."""

    id: UUID
    text: str
    due_on: date | None
    done_on: date | None
    episode_id: UUID | None
    applicant_id: UUID | None
    person: str
    staff_id: UUID | None
    staff: str
    sector: str


@dataclass(frozen=True, slots=True)
class PutOff:
    """Until when a reminder was put off, why, and by whom."""

    id: UUID
    until_on: date
    reason: str
    staff_id: UUID


Key = tuple[str, UUID | None, UUID | None]
"""Which reminder it is: its kind, the episode, and the record it is about."""

_COLUMNS = (
    "pk",
    "text",
    "due_on",
    "done_on",
    "episode_id",
    "episode__applicant_id",
    "episode__applicant__given_name",
    "episode__applicant__family_name",
    "staff_id",
    "staff__name",
    "sector",
)


def tasks(
    actor: Actor,
    *,
    staff_id: UUID | None = None,
    episode_ids: Collection[UUID] | None = None,
    today: date,
) -> list[TaskView]:
    """Return open tasks and those done just now, the nearest day first.

    Of one member of staff, with those of the unit that nobody has; of some episodes; or
    all.
    """
    rows = _to_do(actor).filter(
        Q(done_on__isnull=True) | Q(done_on__gte=today - SHOWN_DONE)
    )
    if staff_id is not None:
        nobody_s = Q(staff__isnull=True, sector=Sector.IPS_PROVIDER)
        rows = rows.filter(Q(staff_id=staff_id) | nobody_s)
    if episode_ids is not None:
        rows = rows.filter(episode_id__in=episode_ids)
    ordered = rows.order_by(F("due_on").asc(nulls_last=True), "created_at")
    return [_view(row) for row in ordered.values_list(*_COLUMNS)]


def _to_do(actor: Actor) -> QuerySet[Any]:
    """Return what the unit has to do, but for goals set between two others."""
    rows: QuerySet[Any] = Task.objects.visible_to(actor, Action.RECORD)
    own = Meeting.objects.visible_to(actor, Action.SUPERVISE).filter(
        kind__in=BETWEEN_TWO
    )
    return rows.filter(
        Q(meeting__isnull=True)
        | ~Q(meeting__kind__in=BETWEEN_TWO)
        | Q(meeting__in=own.values("pk"))
    )


def _view(row: tuple[Any, ...]) -> TaskView:
    (
        pk,
        text,
        due_on,
        done_on,
        episode,
        applicant,
        given,
        family,
        staff,
        name,
        sector,
    ) = row
    person = f"{given or ''} {family or ''}".strip()
    return TaskView(
        pk, text, due_on, done_on, episode, applicant, person, staff, name or "", sector
    )


def task(actor: Actor, key: UUID) -> Task:
    """Return a task of `actor`'s units, else answer 404."""
    found: Task | None = (
        _to_do(actor).select_related("unit", "episode").filter(pk=key).first()
    )
    if found is None:
        raise Http404
    return found


def put_off(actor: Actor, today: date) -> dict[Key, PutOff]:
    """Return the reminders that are put off beyond today, by which reminder it is."""
    rows: QuerySet[Any] = Snooze.objects.visible_to(actor, Action.RECORD).filter(
        until_on__gt=today
    )
    found: dict[Key, PutOff] = {}
    for kind, episode, record, *rest in rows.order_by("until_on").values_list(
        "kind", "episode_id", "record_id", "pk", "until_on", "reason", "staff_id"
    ):
        found[kind, episode, record] = PutOff(*rest)
    return found


def snooze(actor: Actor, key: UUID) -> Snooze:
    """Return a reminder that was put off in `actor`'s units, else answer 404."""
    found: Snooze | None = (
        Snooze.objects.visible_to(actor, Action.RECORD)
        .select_related("unit", "episode")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found
