"""Support in a job: agreed beforehand, given on a day, and what was hard."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.kernel.errors import InputFault, Stale
from braid.work.choices import GivenBy
from braid.work.models import (
    Contact,
    Job,
    JobProblem,
    JobSupportPlan,
    PlannedSupport,
    Support,
)

OF_JOB = "rows of a job already opened by policy"


@dataclass(frozen=True, slots=True)
class Planned:
    """One support in a plan: what, by whom, in words."""

    kind: str
    given_by: str
    words: str = ""


@transaction.atomic
def keep_support_plan(
    *,
    actor: Actor,
    job: Job,
    row_version: int | None,
    supports: Sequence[Planned],
    may_contact_workplace: bool | None,
    **values: Any,
) -> JobSupportPlan:
    """Write the support plan of a job, or change it. Raises Refused, Stale, InputFault.

    `row_version` is that of the plan which the form showed, None when it showed none.
    """
    require(actor, Action.CO_WRITE, job.subject())
    require(actor, Action.CO_WRITE, job.subject(Information.HEALTH_AT_WORK))
    review, agreed = values.get("review_on"), values.get("agreed_on")
    if review is not None and review < values["made_on"]:
        raise InputFault(
            _(
                "You would look at the plan again before it is made. Choose a later day."
            ),
            field="review_on",
        )
    if bool(agreed) != bool(values.get("agreed_how")):
        raise InputFault(
            _("Say both when the plan was agreed and how, or leave both open."),
            field="agreed_how",
        )
    applicant_id = job.episode.applicant_id
    plan = JobSupportPlan.objects.filter(job=job).system(OF_JOB).first()
    if (plan is None) != (row_version is None):
        raise Stale(())
    if plan is None:
        plan = JobSupportPlan.objects.create(job=job, created_by_id=actor.id, **values)
        audit.record(actor, "support_plan_made", plan, applicant=applicant_id)
    else:
        edit(
            actor,
            plan,
            action="support_plan_changed",
            expected_version=row_version,
            applicant=applicant_id,
            **values,
        )
    _plan_supports(actor, plan, supports)
    if may_contact_workplace != job.may_contact_workplace:
        edit(
            actor,
            job,
            action="workplace_contact_changed",
            applicant=applicant_id,
            may_contact_workplace=may_contact_workplace,
        )
    return plan


def _plan_supports(
    actor: Actor, plan: JobSupportPlan, supports: Sequence[Planned]
) -> None:
    """Let the plan hold these supports; one that stays keeps its row."""
    held = list(PlannedSupport.objects.filter(plan=plan).system(OF_JOB))
    wanted = list(supports)
    for row in held:
        same = Planned(row.kind, row.given_by, row.words)
        if same in wanted:
            wanted.remove(same)
        else:
            audit.record(actor, "planned_support_dropped", row)
            row.delete()
    for one in wanted:
        made = PlannedSupport.objects.create(
            plan=plan,
            kind=one.kind,
            given_by=one.given_by,
            words=one.words,
            created_by_id=actor.id,
        )
        audit.record(actor, "support_planned", made)


@transaction.atomic
def record_supports(
    *,
    actor: Actor,
    job: Job,
    day: date,
    kinds: Collection[str],
    given_by: str = GivenBy.SPECIALIST,
    mode: str = "",
    contact: Contact | None = None,
) -> list[Support]:
    """Record what support was given in a job on a day. Raises Refused, InputFault.

    Those of a contact are the whole of what was given in it: what is left out goes.
    """
    require(actor, Action.RECORD, job.subject())
    applicant_id = job.episode.applicant_id
    held = set()
    if contact is not None:
        if contact.episode_id != job.episode_id:
            raise InputFault(_("This meeting belongs to another course in IPS."))
        for row in Support.objects.filter(contact=contact).system(OF_JOB):
            if row.kind in kinds and row.job_id == job.pk:
                held.add(row.kind)
                edit(actor, row, action="support_moved", day=day, mode=mode)
            else:
                audit.record(actor, "support_taken_back", row)
                row.delete()
    made = [
        Support.objects.create(
            job=job,
            day=day,
            kind=kind,
            given_by=given_by,
            mode=mode,
            contact=contact,
            created_by_id=actor.id,
        )
        for kind in kinds
        if kind not in held
    ]
    for support in made:
        audit.record(actor, "support_given", support, applicant=applicant_id)
    return made


@transaction.atomic
def note_problem(*, actor: Actor, job: Job, first_day: date, words: str) -> JobProblem:
    """Note that something is hard in a job. Raises Refused, InputFault."""
    require(actor, Action.RECORD, job.subject())
    require(actor, Action.RECORD, job.subject(Information.CONVERSATION))
    problem = JobProblem.objects.create(
        job=job, first_day=first_day, words=words, created_by_id=actor.id
    )
    audit.record(
        actor, "job_problem_noted", problem, applicant=job.episode.applicant_id
    )
    return problem


def change_problem(
    *, actor: Actor, problem: JobProblem, row_version: int, **values: Any
) -> bool:
    """Correct a problem or settle it. Raises Refused, Stale, InputFault."""
    require(actor, Action.RECORD, problem.subject(Information.CONVERSATION))
    first = values.get("first_day", problem.first_day)
    last = values.get("last_day", problem.last_day)
    if last is not None and last < first:
        raise InputFault(
            _("It was settled before it was known. Correct one of the two days."),
            field="last_day",
        )
    return edit(
        actor,
        problem,
        action="job_problem_changed",
        expected_version=row_version,
        **values,
    )
