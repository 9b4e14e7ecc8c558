"""Many rows of support in jobs at once, for imports and the demo."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models, transaction

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.access.rows import insert
from braid.kernel.ids import new_id
from braid.work.models import (
    JobEndReview,
    JobProblem,
    JobSupportPlan,
    PlannedSupport,
    Support,
)

if TYPE_CHECKING:
    from braid.access.models import Team


@dataclass(frozen=True, slots=True)
class NewPlanned:
    """One support of a plan."""

    plan_id: UUID
    kind: str
    given_by: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class NewSupportPlan:
    """A support plan to record; fields as in `models.JobSupportPlan`."""

    job_id: UUID
    made_on: date
    triggers: str = ""
    early_signs: str = ""
    career_goal: str = ""
    agreed_on: date | None = None
    agreed_how: str = ""
    review_on: date | None = None
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewSupport:
    """Support given in a job; fields as in `models.Support`."""

    job_id: UUID
    day: date
    kind: str
    given_by: str
    mode: str = ""


@dataclass(frozen=True, slots=True)
class NewProblem:
    """Something hard in a job; fields as in `models.JobProblem`."""

    job_id: UUID
    first_day: date
    words: str
    last_day: date | None = None
    settled_how: str = ""


@dataclass(frozen=True, slots=True)
class NewEndReview:
    """What was learned from an end; fields as in `models.JobEndReview`."""

    job_id: UUID
    day: date
    last_day_worked: date | None = None
    notice_given: bool | None = None
    person_view: str = ""
    specialist_view: str = ""
    do_differently: str = ""
    next_step: str = ""
    search_again_on: date | None = None


@dataclass(frozen=True, slots=True)
class JobCourse:
    """What happened around the jobs of a unit."""

    plans: Sequence[NewSupportPlan] = ()
    planned: Sequence[NewPlanned] = ()
    supports: Sequence[NewSupport] = ()
    problems: Sequence[NewProblem] = ()
    reviews: Sequence[NewEndReview] = ()


@transaction.atomic
def record_course_of_jobs(*, actor: Actor, unit: Team, course: JobCourse) -> None:
    """Record support plans, support given, problems and reviews of ends."""
    require(actor, Action.IMPORT, unit.subject())
    tables: Iterable[tuple[type[models.Model], Sequence[Any]]] = (
        (JobSupportPlan, course.plans),
        (PlannedSupport, course.planned),
        (Support, course.supports),
        (JobProblem, course.problems),
        (JobEndReview, course.reviews),
    )
    for model, rows in tables:
        if rows:
            columns = [each.name for each in fields(rows[0])]
            values = map(attrgetter(*columns), rows)
            insert(model, columns, values, created_by_id=actor.id)
    count = sum(len(rows) for _model, rows in tables)
    audit.record(actor, "course_of_jobs_recorded", unit, count=count)
