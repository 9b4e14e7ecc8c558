"""A job from its first day to its end."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.dates import Period
from braid.kernel.errors import InputFault
from braid.people.queries import EpisodeRef
from braid.work import after, job_rules
from braid.work.after import Happened, What
from braid.work.choices import Placement
from braid.work.commands.disclosure import must_agree_in_job
from braid.work.commands.evidence import Paper, add_evidence
from braid.work.commands.terms import (
    OF_JOB,
    TermsGiven,
    check_terms,
    fit_terms,
    set_first_terms,
)
from braid.work.models import Employer, Job, JobSupportPlan, JobTerms
from braid.work.queries.beside import beside

DAY = timedelta(days=1)
# What the same job keeps when the scheme around it ends.
CARRIED = (
    "employer_id",
    "title",
    "occupation",
    "permanence",
    "contracted_daily_hours",
    "fits_preference",
    "found_by",
    "disclosure",
    "held_at_referral",
    "expected_weekly_hours",
    "in_kind",
    "transport",
    "workplace_contact",
    "may_contact_workplace",
)


@transaction.atomic
def start_job(
    *,
    actor: Actor,
    episode: EpisodeRef,
    employer: Employer,
    first_day: date,
    weekly_hours: Decimal | None = None,
    twice: bool = False,
    **values: Any,
) -> Job:
    """Record a job start: person, employer and first day are enough.

    Raises Refused, or InputFault where the person has a job with the same employer in
    these days; `twice` says that it is a second contract.
    """
    require(actor, Action.RECORD, episode.subject(Information.JOBS))
    days = Period(first_day, values.get("last_day"))
    _ask_twice(actor, episode.applicant_id, employer.pk, days, twice=twice)
    job = Job.objects.create(
        episode_id=episode.id,
        employer=employer,
        first_day=first_day,
        created_by_id=actor.id,
        **values,
    )
    if weekly_hours is not None:
        set_first_terms(actor, job, TermsGiven(weekly_hours))
    audit.record(actor, "job_started", job, applicant=episode.applicant_id)
    after.tell(
        actor,
        Happened(What.STARTED, first_day, episode.id, episode.applicant_id, job.pk),
    )
    return job


def _ask_twice(
    actor: Actor,
    applicant_id: UUID,
    employer_id: UUID | None,
    days: Period,
    *,
    twice: bool,
    but: UUID | None = None,
) -> None:
    """Raise InputFault for a second job with one employer that nobody said is one."""
    others = job_rules.overlapping(days, beside(actor, applicant_id, but=but))
    same = job_rules.with_same_employer(employer_id, others)
    if same is not None and not twice:
        raise InputFault(
            _(
                "There is a job with %(employer)s in these days already, from "
                "%(first)s. Open that one to change it, or say below that this is a "
                "second contract."
            )
            % {"employer": same.employer, "first": same.days.first_day},
            field="twice",
            reason="same_employer",
        )


@transaction.atomic
def change_job(
    *, actor: Actor, job: Job, row_version: int, twice: bool = False, **values: Any
) -> bool:
    """Complete or correct a job. Raises Refused, Stale, or InputFault.

    Hours and pay begin and end with the job when its days are corrected.
    """
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
    if values.get("disclosure", job.disclosure) != job.disclosure:
        must_agree_in_job(actor, job, values["disclosure"])
    before = Period(job.first_day, job.last_day)
    days, applicant_id = Period(first, last), job.episode.applicant_id
    if days != before:
        _ask_twice(actor, applicant_id, job.employer_id, days, twice=twice, but=job.pk)
    contract = job.permanence
    changed = edit(
        actor,
        job,
        action="job_changed",
        expected_version=row_version,
        applicant=applicant_id,
        **values,
    )
    if days != before:
        fit_terms(actor, job, before)
    if contract and contract != job.permanence:
        _tell(actor, job, What.TERMS_CHANGED, first)
    return changed


@transaction.atomic
def complete_job(
    *,
    actor: Actor,
    job: Job,
    row_version: int,
    terms: TermsGiven,
    paper: Paper | None = None,
    **values: Any,
) -> bool:
    """Save the full form of a job start: the job, its first terms, and a paper.

    Raises Refused, Stale, or InputFault; then nothing of it is saved.
    """
    changed = change_job(actor=actor, job=job, row_version=row_version, **values)
    set_first_terms(actor, job, terms)
    if paper is not None:
        add_evidence(actor=actor, job=job, paper=paper)
    return changed


def _tell(actor: Actor, job: Job, what: What, day: date) -> None:
    applicant_id = job.episode.applicant_id
    after.tell(actor, Happened(what, day, job.episode_id, applicant_id, job.pk))


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
    change_job(
        actor=actor,
        job=job,
        row_version=row_version,
        last_day=last_day,
        end_known_on=end_known_on,
        end_reason=end_reason,
        end_words=end_words,
    )
    _tell(actor, job, What.ENDED, last_day)


@transaction.atomic
def reopen_job(*, actor: Actor, job: Job) -> None:
    """Take a job end back: the job and its last terms go on."""
    require(actor, Action.RECORD, job.subject())
    before = Period(job.first_day, job.last_day)
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
    fit_terms(actor, job, before)


@dataclass(frozen=True, slots=True)
class Ordinary:
    """How a job goes on when no scheme stands behind it any more."""

    day: date
    permanence: str
    terms: TermsGiven


@transaction.atomic
def turn_ordinary(
    *, actor: Actor, job: Job, row_version: int, ordinary: Ordinary
) -> Job:
    """Let a subsidised job go on as an ordinary one: a second segment from `day` on.

    The first segment ends the day before, which is no job loss. The support plan goes
    along. Raises Refused, Stale, or InputFault.
    """
    require(actor, Action.RECORD, job.subject())
    day, last = ordinary.day, job.last_day
    if day <= job.first_day or (last is not None and day > last + DAY):
        raise InputFault(
            _(
                "The job can turn ordinary on a day after its first, %(first)s, and "
                "while it lasts. Choose a day within the job."
            )
            % {"first": job.first_day},
            field="first_day",
        )
    if job.placement in ("", Placement.COMPETITIVE):
        raise InputFault(
            _(
                "This job is not recorded as one with a subsidy or a scheme. "
                "Say first what kind of job it was until now."
            ),
            reason="not_subsidised",
        )
    carried = {name: getattr(job, name) for name in CARRIED}
    last_terms = JobTerms.objects.filter(job=job).system(OF_JOB).last()
    check_terms(actor, job, ordinary.terms)
    title = job_rules.title_now(
        carried.pop("title"), [last_terms] if last_terms else [], day
    )
    change_job(
        actor=actor, job=job, row_version=row_version, last_day=day - DAY, twice=True
    )
    made = Job.objects.create(
        episode_id=job.episode_id,
        first_day=day,
        last_day=last if last is not None and last >= day else None,
        placement=Placement.COMPETITIVE,
        title=title,
        created_by_id=actor.id,
        **carried | {"permanence": ordinary.permanence},
    )
    set_first_terms(actor, made, ordinary.terms)
    JobSupportPlan.objects.filter(job=job).system(OF_JOB).update(job=made)
    audit.record(actor, "job_turned_ordinary", made, applicant=job.episode.applicant_id)
    _tell(actor, made, What.TERMS_CHANGED, day)
    return made
