"""Hours and pay that were agreed, for whoever works out what a job changes."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch, Q

from braid.access.policy import Actor
from braid.work.models import Job, JobTerms


@dataclass(frozen=True, slots=True)
class AgreedTerms:
    """A job that goes on or begins, with its hours and pay; None is not known."""

    job_id: UUID
    title: str
    employer: str
    first_day: date
    last_day: date | None
    since: date
    weekly_hours: Decimal | None
    pay: Decimal | None
    pay_unit: str
    currency: str

    @property
    def label(self) -> str:
        return " · ".join(part for part in (self.title, self.employer) if part)


def agreed_terms(actor: Actor, applicant_id: UUID, day: date) -> list[AgreedTerms]:
    """Return the jobs of a person that go on or begin after `day`, the earliest first.

    A job that has begun is told with its terms of `day`, one to come with its first.
    """
    jobs = (
        Job.objects.visible_to(actor)
        .select_related("employer")
        .prefetch_related(Prefetch("terms", JobTerms.objects.visible_to(actor)))
        .filter(
            Q(last_day__isnull=True) | Q(last_day__gte=day),
            episode__applicant_id=applicant_id,
        )
        .order_by("first_day", "pk")
    )
    return [_terms(job, max(day, job.first_day)) for job in jobs]


def _terms(job: Job, day: date) -> AgreedTerms:
    held = [one for one in job.terms.all() if one.first_day <= day]
    one = held[-1] if held else None
    return AgreedTerms(
        job_id=job.pk,
        title=(one.title if one else "") or job.title,
        employer=job.employer.name if job.employer else "",
        first_day=job.first_day,
        last_day=job.last_day,
        since=one.first_day if one else job.first_day,
        weekly_hours=one.weekly_hours if one else None,
        pay=one.pay if one else None,
        pay_unit=one.pay_unit if one else "",
        currency=one.currency if one else "",
    )
