"""What jobs ask of whoever looks after them: proof of lasting work, talk about an end."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from django.db.models import Q

from braid.access.policy import Action, Actor
from braid.kernel.dates import Period
from braid.method.support_windows import sustained
from braid.work.job_rules import has_evidence_for
from braid.work.models import Evidence, Job, JobEndReview

PAID_LATELY = timedelta(days=35)  # the days before a check that a payslip speaks of
ASKED_FOR = timedelta(days=60)  # what was not brought or said by then is let be
REVIEW_WITHIN = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class JobPrompt:
    """One thing that a job asks for, due on a day."""

    kind: Literal["evidence", "end_review"]
    job_id: UUID
    episode_id: UUID
    applicant_id: UUID
    due_on: date


def job_prompts(actor: Actor, today: date) -> list[JobPrompt]:
    """Return what the jobs in `actor`'s care ask for today, the nearest due day first."""
    lately = Q(last_day__isnull=True) | Q(last_day__gte=today - ASKED_FOR)
    jobs = list(
        Job.objects.visible_to(actor, Action.RECORD)
        .filter(lately, first_day__lte=today)
        .select_related("episode")
    )
    papers: dict[UUID, list[tuple[date | None, date | None]]] = {}
    held = Evidence.objects.visible_to(actor).filter(job__in=jobs)
    for job_id, first, last in held.values_list(
        "job_id", "period_first", "period_last"
    ):
        papers.setdefault(job_id, []).append((first, last))
    reviewed = set(
        JobEndReview.objects.visible_to(actor)
        .filter(job__in=jobs)
        .values_list("job_id", flat=True)
    )
    found = [
        JobPrompt(kind, job.pk, job.episode_id, job.episode.applicant_id, due_on)
        for job in jobs
        for kind, due_on in (
            *_proof(job, papers.get(job.pk, []), today),
            *(() if job.pk in reviewed else _talk(job, today)),
        )
    ]
    return sorted(found, key=lambda one: (one.due_on, one.kind))


Asked = list[tuple[Literal["evidence", "end_review"], date]]


def _proof(
    job: Job, papers: list[tuple[date | None, date | None]], today: date
) -> Asked:
    return [
        ("evidence", check.day)
        for check in sustained(Period(job.first_day, job.last_day))
        if check.ask_on <= today <= check.day + ASKED_FOR
        and not has_evidence_for(check.day - PAID_LATELY, check.day, papers)
    ]


def _talk(job: Job, today: date) -> Asked:
    known = job.end_known_on
    if job.last_day is None or known is None or known > today:
        return []
    return [("end_review", known + REVIEW_WITHIN)]
