"""Many rows of the search and the working day at once, for imports and the demo."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import date, time
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models, transaction

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.access.rows import insert
from braid.kernel.ids import new_id
from braid.work.choices import ApplicationResult, LeadState
from braid.work.models import Application, Appointment, Education, Lead, TimeEntry

if TYPE_CHECKING:
    from braid.access.models import Team


@dataclass(frozen=True, slots=True)
class NewLead:
    """A lead to share; fields as in `models.Lead`."""

    employer_id: UUID
    title: str
    heard_on: date
    shared_by_id: UUID | None = None
    occupation: str = ""
    hours_from: Decimal | None = None
    hours_to: Decimal | None = None
    times: str = ""
    must_haves: str = ""
    words: str = ""
    open_until: date | None = None
    state: str = LeadState.OPEN
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewApplication:
    """An application to record; fields as in `models.Application`."""

    episode_id: UUID
    day: date
    employer_id: UUID | None = None
    title: str = ""
    channel: str = ""
    help_given: str = ""
    interview_on: date | None = None
    with_at_interview: bool | None = None
    result: str = ApplicationResult.SENT
    result_on: date | None = None
    feedback: str = ""
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewAppointment:
    """An appointment to plan; fields as in `models.Appointment`."""

    staff_id: UUID
    with_whom: str
    day: date
    episode_id: UUID | None = None
    employer_id: UUID | None = None
    begins_at: time | None = None
    minutes: int | None = None
    mode: str = ""
    place: str = ""
    place_words: str = ""
    topic: str = ""
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewEducation:
    """An education to record; fields as in `models.Education`."""

    episode_id: UUID
    title: str
    first_day: date
    school: str = ""
    level: str = ""
    mainstream: bool = True
    last_day: date | None = None
    weekly_hours: Decimal | None = None
    help_given: str = ""
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewTimeEntry:
    """Working time to record; fields as in `models.TimeEntry`."""

    staff_id: UUID
    day: date
    activity: str
    minutes: int
    place: str = ""
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


def _record(
    actor: Actor,
    unit: Team,
    model: type[models.Model],
    rows: Sequence[Any],
    **same: Any,
) -> list[UUID]:
    require(actor, Action.IMPORT, unit.subject())
    if rows:
        columns = [each.name for each in fields(rows[0])]
        values = map(attrgetter(*columns), rows)
        insert(model, columns, values, created_by_id=actor.id, **same)
    audit.record(actor, f"{model._meta.model_name}s_recorded", unit, count=len(rows))
    return [row.id for row in rows]


@transaction.atomic
def record_leads(*, actor: Actor, unit: Team, rows: Sequence[NewLead]) -> list[UUID]:
    """Record leads and return their ids in the order of `rows`."""
    return _record(actor, unit, Lead, rows, unit_id=unit.pk)


@transaction.atomic
def record_applications(
    *, actor: Actor, unit: Team, rows: Sequence[NewApplication]
) -> list[UUID]:
    """Record applications and return their ids in the order of `rows`."""
    return _record(actor, unit, Application, rows)


@transaction.atomic
def record_appointments(
    *, actor: Actor, unit: Team, rows: Sequence[NewAppointment]
) -> list[UUID]:
    """Record planned appointments and return their ids in the order of `rows`."""
    return _record(actor, unit, Appointment, rows, unit_id=unit.pk)


@transaction.atomic
def record_education(
    *, actor: Actor, unit: Team, rows: Sequence[NewEducation]
) -> list[UUID]:
    """Record education and return the ids in the order of `rows`."""
    return _record(actor, unit, Education, rows)


@transaction.atomic
def record_time(
    *, actor: Actor, unit: Team, rows: Sequence[NewTimeEntry]
) -> list[UUID]:
    """Record working time and return the ids in the order of `rows`."""
    return _record(actor, unit, TimeEntry, rows, unit_id=unit.pk)
