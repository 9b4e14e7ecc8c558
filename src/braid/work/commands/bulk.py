"""Many rows at once, for imports: the same fields, one audit line a call."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.method.likeness import fold_employer
from braid.work.models import (
    Contact,
    Employer,
    EmployerContact,
    Job,
    JobTerms,
    PaidWork,
)

if TYPE_CHECKING:
    from braid.access.models import Team

BATCH = 2000


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
class NewJob:
    """A job or placement to record, with its terms; fields as in `models.Job`.

    `paid_hours` are those of the whole job where a roster states them.
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


NOT_COLUMNS = {"terms", "paid_hours", "paid_hours_source"}


def _values(row: Any) -> dict[str, Any]:
    # dataclasses.asdict copies deeply; this is the hot path of an import.
    return {
        field.name: getattr(row, field.name)
        for field in fields(row)
        if field.name not in NOT_COLUMNS
    }


@transaction.atomic
def record_employers(
    *, actor: Actor, unit: Team, rows: Sequence[NewEmployer]
) -> list[UUID]:
    """Record employers and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    made = [
        Employer(
            unit=unit,
            folded_name=fold_employer(row.name),
            created_by_id=actor.id,
            **_values(row),
        )
        for row in rows
    ]
    Employer.objects.bulk_create(made, batch_size=BATCH)
    audit.record(actor, "employers_recorded", unit, count=len(made))
    return [row.pk for row in made]


@transaction.atomic
def record_contacts(
    *, actor: Actor, unit: Team, rows: Sequence[NewContact]
) -> list[UUID]:
    """Record contacts and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    made = [Contact(created_by_id=actor.id, **_values(row)) for row in rows]
    Contact.objects.bulk_create(made, batch_size=BATCH)
    audit.record(actor, "contacts_recorded", unit, count=len(made))
    return [row.pk for row in made]


@transaction.atomic
def record_employer_contacts(
    *, actor: Actor, unit: Team, rows: Sequence[NewEmployerContact]
) -> list[UUID]:
    """Record employer contacts and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    made = [
        EmployerContact(unit=unit, created_by_id=actor.id, **_values(row))
        for row in rows
    ]
    EmployerContact.objects.bulk_create(made, batch_size=BATCH)
    audit.record(actor, "employer_contacts_recorded", unit, count=len(made))
    return [row.pk for row in made]


@transaction.atomic
def record_jobs(*, actor: Actor, unit: Team, rows: Sequence[NewJob]) -> list[UUID]:
    """Record jobs with their terms and return their ids in the order of `rows`."""
    require(actor, Action.IMPORT, unit.subject())
    made = [Job(created_by_id=actor.id, **_values(row)) for row in rows]
    Job.objects.bulk_create(made, batch_size=BATCH)
    pairs = list(zip(made, rows, strict=True))
    JobTerms.objects.bulk_create(
        [
            JobTerms(job=job, created_by_id=actor.id, **_values(terms))
            for job, row in pairs
            for terms in row.terms
        ],
        batch_size=BATCH,
    )
    PaidWork.objects.bulk_create(
        [
            PaidWork(
                job=job,
                first_day=row.first_day,
                last_day=row.last_day or row.first_day,
                hours=row.paid_hours,
                source=row.paid_hours_source,
                created_by_id=actor.id,
            )
            for job, row in pairs
            if row.paid_hours is not None
        ],
        batch_size=BATCH,
    )
    audit.record(actor, "jobs_recorded", unit, count=len(made))
    return [job.pk for job in made]
