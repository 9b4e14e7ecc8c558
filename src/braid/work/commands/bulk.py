"""Many rows at once, for imports: the same fields, one audit line a call.

A new row has its id before it is recorded, so that others can name it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
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
from braid.method.likeness import fold_employer
from braid.work.choices import AbsencePay
from braid.work.models import (
    Absence,
    Contact,
    Employer,
    EmployerContact,
    Job,
    JobTerms,
    PaidWork,
)

if TYPE_CHECKING:
    from braid.access.models import Team


@dataclass(frozen=True, slots=True)
class NewEmployer:
    """An employer to record in the unit's directory."""

    name: str
    city: str = ""
    industry: str = ""
    size: str = ""
    parent_id: UUID | None = None
    contact_person: str = ""
    learned: str = ""
    register_system: str = ""
    register_number: str = ""
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewContact:
    """A contact with an applicant to record; fields as in `models.Contact`."""

    episode_id: UUID
    day: date
    staff_id: UUID | None = None
    minutes: int | None = None
    mode: str = ""
    place: str = ""
    place_words: str = ""
    phase: str = ""
    attended: bool | None = None
    with_applicant: bool | None = True
    with_clinician: bool | None = None
    with_caseworker: bool | None = None
    with_family: bool | None = None
    note: str = ""
    outreach: bool | None = None
    scheduled: bool | None = None
    initiated_by: str = ""
    shared_note: str = ""
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewEmployerContact:
    """A contact with an employer to record; fields as in `models.EmployerContact`."""

    day: date
    staff_id: UUID | None = None
    employer_id: UUID | None = None
    episode_id: UUID | None = None
    mode: str = ""
    made_by: str = "specialist"
    with_hiring_role: bool | None = None
    spoke_to: str = ""
    stage: str = ""
    fits_plan: bool | None = None
    outcome: str = ""
    learned: str = ""
    next_step: str = ""
    next_on: date | None = None
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewTerms:
    """Hours and pay of a job from a day on; `last_day` inside, None while it lasts."""

    first_day: date
    last_day: date | None = None
    weekly_hours: Decimal | None = None
    pay: Decimal | None = None
    pay_unit: str = ""
    currency: str = ""


@dataclass(frozen=True, slots=True)
class NewPaidWork:
    """Hours and gross pay of the days from first to last, both inside."""

    first_day: date
    last_day: date
    hours: Decimal | None = None
    gross: Decimal | None = None
    currency: str = ""
    source: str = "schedule"


@dataclass(frozen=True, slots=True)
class NewAbsence:
    """Days away from a job; `last_day` inside, None while it lasts."""

    first_day: date
    last_day: date | None = None
    pay: str = AbsencePay.FULL


@dataclass(frozen=True, slots=True)
class NewJob:
    """A job or placement to record, with its terms; fields as in `models.Job`.

    `paid_hours` are those of the whole job where a roster states them; `paid_work` is
    what is known by days.
    """

    episode_id: UUID
    first_day: date
    employer_id: UUID | None = None
    title: str = ""
    occupation: str = ""
    last_day: date | None = None
    end_known_on: date | None = None
    placement: str = ""
    permanence: str = ""
    time_limit_origin: str = ""
    open_to_all: bool | None = None
    at_least_minimum: bool | None = None
    going_rate: bool | None = None
    employer_of_record: str = ""
    normal_rights: bool | None = None
    held_at_referral: bool = False
    fits_preference: str = ""
    found_by: str = ""
    disclosure: str = ""
    end_reason: str = ""
    end_words: str = ""
    note: str = ""
    terms: tuple[NewTerms, ...] = ()
    paid_hours: Decimal | None = None
    paid_hours_source: str = "schedule"
    paid_work: tuple[NewPaidWork, ...] = ()
    absences: tuple[NewAbsence, ...] = ()
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)

    @property
    def all_paid_work(self) -> Iterable[NewPaidWork]:
        """Yield what is known of paid work, that of the whole job first."""
        if self.paid_hours is not None:
            last_day = self.last_day or self.first_day
            yield NewPaidWork(
                self.first_day,
                last_day,
                hours=self.paid_hours,
                source=self.paid_hours_source,
            )
        yield from self.paid_work


PARTS = {"terms", "paid_hours", "paid_hours_source", "paid_work", "absences"}


def _insert(
    model: type[models.Model], kind: type[Any], rows: Sequence[Any], **same: Any
) -> None:
    """Insert rows of one kind of value; the fields have the names of the columns."""
    columns = [each.name for each in fields(kind) if each.name not in PARTS]
    insert(model, columns, map(attrgetter(*columns), rows), **same)


def _insert_parts(
    model: type[models.Model],
    kind: type[Any],
    parts: Iterable[tuple[UUID, Iterable[Any]]],
    **same: Any,
) -> None:
    """Insert what belongs to jobs: the id of each job with its parts."""
    columns = [each.name for each in fields(kind)]
    values = attrgetter(*columns)
    rows = ((job_id, *values(part)) for job_id, each in parts for part in each)
    insert(model, ["job_id", *columns], rows, **same)


@transaction.atomic
def record_employers(
    *, actor: Actor, unit: Team, rows: Sequence[NewEmployer]
) -> list[UUID]:
    """Record employers, heads before branches; return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    columns = [each.name for each in fields(NewEmployer)]
    values = attrgetter(*columns)
    insert(
        Employer,
        ["folded_name", *columns],
        ((fold_employer(row.name), *values(row)) for row in rows),
        unit_id=unit.pk,
        created_by_id=actor.id,
    )
    audit.record(actor, "employers_recorded", unit, count=len(rows))
    return [row.id for row in rows]


@transaction.atomic
def record_contacts(
    *, actor: Actor, unit: Team, rows: Sequence[NewContact]
) -> list[UUID]:
    """Record contacts and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    _insert(Contact, NewContact, rows, created_by_id=actor.id)
    audit.record(actor, "contacts_recorded", unit, count=len(rows))
    return [row.id for row in rows]


@transaction.atomic
def record_employer_contacts(
    *, actor: Actor, unit: Team, rows: Sequence[NewEmployerContact]
) -> list[UUID]:
    """Record employer contacts of the past; return their ids in the order of `rows`.

    They have happened: what was agreed then may not be on record, and is not asked for.
    """
    require(actor, Action.IMPORT, unit.subject())
    _insert(
        EmployerContact,
        NewEmployerContact,
        rows,
        unit_id=unit.pk,
        created_by_id=actor.id,
    )
    audit.record(actor, "employer_contacts_recorded", unit, count=len(rows))
    return [row.id for row in rows]


@transaction.atomic
def record_jobs(*, actor: Actor, unit: Team, rows: Sequence[NewJob]) -> list[UUID]:
    """Record jobs with all that belongs to them; return their ids in order."""
    require(actor, Action.IMPORT, unit.subject())
    by = actor.id
    _insert(Job, NewJob, rows, created_by_id=by)
    terms = ((row.id, row.terms) for row in rows)
    _insert_parts(JobTerms, NewTerms, terms, created_by_id=by)
    paid = ((row.id, row.all_paid_work) for row in rows)
    _insert_parts(PaidWork, NewPaidWork, paid, created_by_id=by)
    away = ((row.id, row.absences) for row in rows)
    _insert_parts(Absence, NewAbsence, away, created_by_id=by)
    audit.record(actor, "jobs_recorded", unit, count=len(rows))
    return [row.id for row in rows]
