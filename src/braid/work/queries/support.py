"""Support in a job as its page shows it: the plan, what was given, what was hard."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from braid.access import policy
from braid.access.policy import Action, Actor, Information
from braid.work.choices import Mode
from braid.work.models import (
    Absence,
    Contact,
    Evidence,
    Job,
    JobEndReview,
    JobProblem,
    JobSupportPlan,
    PlannedSupport,
    Support,
)


@dataclass(frozen=True, slots=True)
class PlannedLine:
    """One support of a plan, in the words of its lists."""

    kind: str
    given_by: str
    words: str


@dataclass(frozen=True, slots=True)
class SupportPlan:
    """The support plan of one job. What is about health is empty for whoever may not."""

    job_id: UUID
    made_on: date
    agreed_on: date | None
    agreed_how: str
    review_on: date | None
    career_goal: str
    education_support: str
    triggers: str
    early_signs: str
    supports: tuple[PlannedLine, ...]


def support_plans(actor: Actor, job_ids: Collection[UUID]) -> dict[UUID, SupportPlan]:
    """Return the support plans of jobs as `actor` may read them, by job."""
    health = set(
        JobSupportPlan.objects.visible_to(actor, information=Information.HEALTH_AT_WORK)
        .filter(job_id__in=job_ids)
        .values_list("pk", flat=True)
    )
    plans = JobSupportPlan.objects.visible_to(actor).filter(job_id__in=job_ids)
    lines: dict[UUID, list[PlannedLine]] = {}
    for row in PlannedSupport.objects.visible_to(actor).filter(
        plan__job_id__in=job_ids
    ):
        line = PlannedLine(
            row.get_kind_display(), row.get_given_by_display(), row.words
        )
        lines.setdefault(row.plan_id, []).append(line)
    return {
        plan.job_id: SupportPlan(
            job_id=plan.job_id,
            made_on=plan.made_on,
            agreed_on=plan.agreed_on,
            agreed_how=plan.get_agreed_how_display(),
            review_on=plan.review_on,
            career_goal=plan.career_goal,
            education_support=plan.education_support,
            triggers=plan.triggers if plan.pk in health else "",
            early_signs=plan.early_signs if plan.pk in health else "",
            supports=tuple(lines.get(plan.pk, ())),
        )
        for plan in plans
    }


class PlanToChange(NamedTuple):
    """A plan with its supports, for its form."""

    plan: JobSupportPlan
    supports: list[PlannedSupport]


def plan_to_change(actor: Actor, job: Job) -> PlanToChange | None:
    """Return the plan of a job that is opened for writing, or None."""
    plan = JobSupportPlan.objects.visible_to(actor).filter(job=job).first()
    if plan is None:
        return None
    supports = PlannedSupport.objects.visible_to(actor).filter(plan=plan)
    return PlanToChange(plan, list(supports))


@dataclass(frozen=True, slots=True)
class Problem:
    """Something hard in a job; words are empty for whoever may not read them."""

    id: UUID
    job_id: UUID
    first_day: date
    last_day: date | None
    words: str
    settled_how: str


def problems(actor: Actor, job_ids: Collection[UUID]) -> list[Problem]:
    """Return what was hard in jobs, the open ones first; words where they may be read."""
    readable = JobProblem.objects.visible_to(
        actor, information=Information.CONVERSATION
    )
    worded = {
        row.pk: (row.words, row.settled_how)
        for row in readable.filter(job_id__in=job_ids)
    }
    rows = JobProblem.objects.visible_to(actor).filter(job_id__in=job_ids)
    found = [
        Problem(
            row.pk,
            row.job_id,
            row.first_day,
            row.last_day,
            *worded.get(row.pk, ("", "")),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: one.last_day is not None)


def problem(actor: Actor, key: UUID) -> JobProblem:
    """Return a problem in `actor`'s own care, else answer 404."""
    return _one(JobProblem, actor, key, Information.CONVERSATION)


def absence(actor: Actor, key: UUID) -> Absence:
    """Return days away from a job in `actor`'s own care, else answer 404."""
    return _one(Absence, actor, key)


def evidence(actor: Actor, key: UUID) -> Evidence:
    """Return a paper about a job in `actor`'s own care, else answer 404."""
    seen = Evidence.objects.visible_to(actor, Action.RECORD)
    found: Evidence | None = (
        seen.select_related(
            "job", "episode__unit__organisation", "episode__applicant", "document"
        )
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def _one(
    model: Any, actor: Actor, key: UUID, information: Information | None = None
) -> Any:
    seen = model.objects.visible_to(actor, Action.RECORD, information)
    found = (
        seen.select_related(
            "job__episode__unit__organisation", "job__episode__applicant"
        )
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def supports_given(actor: Actor, job: Job) -> QuerySet[Support]:
    """Return what support was given in a job, the latest first."""
    given: QuerySet[Support] = Support.objects.visible_to(actor).filter(job=job)
    return given


def supports_of_contact(actor: Actor, contact: Contact) -> list[Support]:
    """Return the supports that were given in one contact."""
    return list(Support.objects.visible_to(actor).filter(contact=contact))


def jobs_on(actor: Actor, episode_id: UUID, day: date) -> list[Job]:
    """Return the jobs of an episode for which support can be given on a day.

    Those that had begun or begin soon, and those that ended lately.
    """
    seen = Job.objects.visible_to(actor, Action.RECORD).select_related("employer")
    going = Q(last_day__isnull=True) | Q(last_day__gte=day)
    return list(seen.filter(going, episode_id=episode_id).order_by("first_day"))


def papers(actor: Actor, job: Job) -> list[Evidence]:
    """Return the papers about a job, the latest first."""
    seen = Evidence.objects.visible_to(actor).filter(job=job)
    return list(seen.select_related("document"))


def end_review(actor: Actor, job: Job) -> JobEndReview | None:
    """Return what was learned from the end of a job, where that may be read, or None."""
    found: JobEndReview | None = (
        JobEndReview.objects.visible_to(actor).filter(job=job).first()
    )
    if found is None:
        return None
    subject = job.subject(Information.CONVERSATION, actor.day)
    if not policy.decide(actor, Action.READ, subject).allowed:
        for name in JobEndReview.field_information:
            setattr(found, name, "")
    return found


def days_seen_in(actor: Actor, job: Job, since: date, today: date) -> list[date]:
    """Return the days of attended contacts face to face, from `since` on, in order."""
    seen = Contact.objects.visible_to(actor).filter(
        episode_id=job.episode_id,
        attended=True,
        mode=Mode.IN_PERSON,
        day__range=(since, today),
    )
    return sorted(set(seen.order_by().values_list("day", flat=True)))
