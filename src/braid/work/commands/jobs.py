"""A job from its first day to its end, with the terms it had in between."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault
from braid.people.queries import EpisodeRef
from braid.work.choices import AbsencePay
from braid.work.models import Absence, Employer, Job, JobTerms

OF_JOB = "rows of a job already opened by policy"


@transaction.atomic
def start_job(
    *,
    actor: Actor,
    episode: EpisodeRef,
    employer: Employer,
    first_day: date,
    weekly_hours: Decimal | None = None,
    **values: Any,
) -> Job:
    """Record a job start: person, employer and first day are enough."""
    require(actor, Action.RECORD, episode.subject(Information.JOBS))
    job = Job.objects.create(
        episode_id=episode.id,
        employer=employer,
        first_day=first_day,
        created_by_id=actor.id,
        **values,
    )
    if weekly_hours is not None:
        JobTerms.objects.create(
            job=job,
            first_day=first_day,
            weekly_hours=weekly_hours,
            created_by_id=actor.id,
        )
    audit.record(actor, "job_started", job, applicant=episode.applicant_id)
    return job


def change_job(*, actor: Actor, job: Job, row_version: int, **values: Any) -> bool:
    """Complete or correct a job. Raises Refused, Stale, or InputFault."""
    require(actor, Action.RECORD, job.subject())
    first = values.get("first_day", job.first_day)
    last = values.get("last_day", job.last_day)
    if last is not None and last < first:
        raise InputFault(
            _(
                "The job would end on %(last)s, before its first day, %(first)s. "
                "Correct one of the two dates."
            )
            % {"last": last, "first": first},
            field="last_day",
        )
    return edit(
        actor,
        job,
        action="job_changed",
        expected_version=row_version,
        applicant=job.episode.applicant_id,
        **values,
    )


@transaction.atomic
def change_terms(
    *,
    actor: Actor,
    job: Job,
    first_day: date,
    weekly_hours: Decimal | None,
    pay: Decimal | None,
    pay_unit: str,
    currency: str,
) -> JobTerms:
    """Set hours and pay from `first_day` on; what held before ends the day before."""
    require(actor, Action.RECORD, job.subject())
    if first_day < job.first_day or (job.last_day and first_day > job.last_day):
        raise InputFault(
            _("The new terms begin outside the job. Choose a day within the job."),
            field="first_day",
        )
    terms = JobTerms.objects.filter(job=job).system(OF_JOB)
    same_day = terms.filter(first_day=first_day).first()
    values: dict[str, Any] = {
        "weekly_hours": weekly_hours,
        "pay": pay,
        "pay_unit": pay_unit,
        "currency": currency,
    }
    if same_day is not None:
        edit(
            actor,
            same_day,
            action="terms_changed",
            applicant=job.episode.applicant_id,
            **values,
        )
        return same_day
    before = terms.filter(first_day__lt=first_day).last()
    after = terms.filter(first_day__gt=first_day).first()
    if before is not None:
        edit(
            actor,
            before,
            action="terms_ended",
            last_day=first_day - timedelta(days=1),
        )
    made = JobTerms.objects.create(
        job=job,
        first_day=first_day,
        last_day=after.first_day - timedelta(days=1) if after else job.last_day,
        created_by_id=actor.id,
        **values,
    )
    audit.record(actor, "terms_changed", made, applicant=job.episode.applicant_id)
    return made


@transaction.atomic
def end_job(
    *,
    actor: Actor,
    job: Job,
    row_version: int,
    last_day: date,
    end_known_on: date,
    end_reason: str,
    end_words: str = "",
) -> None:
    """Record the last day in a job. The episode stays open and the search goes on."""
    require(actor, Action.RECORD, job.subject())
    change_job(
        actor=actor,
        job=job,
        row_version=row_version,
        last_day=last_day,
        end_known_on=end_known_on,
        end_reason=end_reason,
        end_words=end_words,
    )
    for terms in JobTerms.objects.filter(job=job, last_day__isnull=True).system(OF_JOB):
        if terms.first_day <= last_day:
            edit(actor, terms, action="terms_ended", last_day=last_day)


@transaction.atomic
def reopen_job(*, actor: Actor, job: Job) -> None:
    """Take a job end back: the job and its last terms go on."""
    require(actor, Action.RECORD, job.subject())
    last_day = job.last_day
    edit(
        actor,
        job,
        action="job_reopened",
        applicant=job.episode.applicant_id,
        last_day=None,
        end_known_on=None,
        end_reason="",
        end_words="",
    )
    terms = JobTerms.objects.filter(job=job, last_day=last_day).system(OF_JOB).last()
    if terms is not None:
        edit(actor, terms, action="terms_reopened", last_day=None)


@transaction.atomic
def record_absence(
    *,
    actor: Actor,
    job: Job,
    first_day: date,
    last_day: date | None,
    pay: str = AbsencePay.FULL,
    kind: str = "",
) -> Absence:
    """Record days away from the job."""
    require(actor, Action.RECORD, job.subject())
    if last_day is not None and last_day < first_day:
        raise InputFault(
            _("The last day is before the first. Correct one of the two dates."),
            field="last_day",
        )
    absence = Absence.objects.create(
        job=job,
        first_day=first_day,
        last_day=last_day,
        pay=pay,
        kind=kind,
        created_by_id=actor.id,
    )
    audit.record(actor, "absence_recorded", absence, applicant=job.episode.applicant_id)
    return absence
