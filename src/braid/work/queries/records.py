"""Contacts and jobs, one by one and listed."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from django.db.models import (
    Prefetch,
    Q,
    QuerySet,
)
from django.http import Http404

from braid.access.policy import Action, Actor
from braid.work.models import (
    Absence,
    Contact,
    Job,
    JobTerms,
    PaidWork,
)


def contact(actor: Actor, key: UUID) -> Contact:
    """Return a contact in `actor`'s own care, else answer 404."""
    found: Contact | None = (
        Contact.objects.visible_to(actor, Action.RECORD)
        .select_related("episode__unit__organisation", "episode__applicant")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def job(actor: Actor, key: UUID) -> Job:
    """Return a job in `actor`'s own care, with terms, paid work and absences."""
    found: Job | None = (
        Job.objects.visible_to(actor, Action.RECORD)
        .select_related(
            "employer",
            "episode__unit__organisation",
            "episode__applicant",
            "created_by",
        )
        .prefetch_related(
            Prefetch("terms", JobTerms.objects.visible_to(actor)),
            Prefetch("paid_work", PaidWork.objects.visible_to(actor)),
            Prefetch("absences", Absence.objects.visible_to(actor)),
        )
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def jobs(actor: Actor) -> QuerySet[Job]:
    """Return the jobs in `actor`'s own care, with person and employer, latest first."""
    listed: QuerySet[Job] = (
        Job.objects.visible_to(actor, Action.RECORD)
        .select_related("employer", "episode__applicant")
        .prefetch_related(Prefetch("terms", JobTerms.objects.visible_to(actor)))
    )
    return listed.order_by("-first_day", "pk")


class JobToEnd(NamedTuple):
    """A job that somebody is in: its person and employer, for choosing one."""

    id: UUID
    label: str
    applicant_id: UUID


def jobs_to_end(actor: Actor, today: date) -> list[JobToEnd]:
    """Return the jobs people are in."""
    running = Q(last_day__isnull=True) | Q(last_day__gte=today)
    listed = jobs(actor).filter(running, first_day__lte=today)
    return [
        JobToEnd(
            pk,
            " · ".join(part for part in (f"{given} {family}", employer) if part),
            applicant,
        )
        for pk, given, family, employer, applicant in listed.order_by(
            "episode__applicant__given_name"
        ).values_list(
            "pk",
            "episode__applicant__given_name",
            "episode__applicant__family_name",
            "employer__name",
            "episode__applicant_id",
        )
    ]


def paid_hours(rows: Iterable[PaidWork]) -> Decimal | None:
    """Return the sum of known paid hours, or None where none is known."""
    known = [row.hours for row in rows if row.hours is not None]
    return sum(known, Decimal(0)) if known else None
