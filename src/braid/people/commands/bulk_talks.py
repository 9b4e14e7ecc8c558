"""Profiles and plans of many people at once, for what was kept elsewhere before."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import date
from decimal import Decimal
from operator import attrgetter
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.access.rows import insert
from braid.kernel.ids import new_id
from braid.people.choices import TargetKind
from braid.people.models import (
    PastJob,
    PlanAction,
    PlanSeen,
    PlanTarget,
    ProfileAnswer,
    ProfileUpdate,
    SearchPlan,
    StepDownPlan,
)
from braid.people.profile import QUESTIONS

if TYPE_CHECKING:
    from braid.access.models import Team


@dataclass(frozen=True, slots=True)
class NewAnswer:
    """An answer of the career profile. Raises KeyError for an unknown question."""

    applicant_id: UUID
    question: str
    text: str
    created_by_id: UUID | None = None

    @property
    def section(self) -> str:
        return QUESTIONS[self.question][0].section.value

    @property
    def kind(self) -> str:
        part, question = QUESTIONS[self.question]
        return part.kind_of(question).value


@dataclass(frozen=True, slots=True)
class NewPastJob:
    """A job before IPS, in years."""

    applicant_id: UUID
    title: str
    employer: str = ""
    first_year: int | None = None
    last_year: int | None = None
    liked: str = ""
    disliked: str = ""
    created_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewUpdate:
    """That a profile was looked at again, and why."""

    applicant_id: UUID
    day: date
    because: str
    text: str = ""
    by_role: str = "specialist"
    job_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A search plan; `occupations` are ISCO-08 codes. Agreed where it has a day for it."""

    episode_id: UUID
    number: int
    first_day: date
    goal: str
    last_day: date | None = None
    hours_from: Decimal | None = None
    hours_to: Decimal | None = None
    times: str = ""
    travel_minutes: int | None = None
    travel: str = ""
    surroundings: str = ""
    avoid: str = ""
    review_on: date | None = None
    reviewed_on: date | None = None
    agreed_on: date | None = None
    agreed_how: str = ""
    occupations: tuple[str, ...] = ()
    id: UUID = field(default_factory=new_id, compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class NewPlanSeen:
    """A treatment team saw a plan on a day."""

    plan_id: UUID
    team_id: UUID
    day: date
    created_by_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NewStep:
    """Who does what by when."""

    episode_id: UUID
    text: str
    owner: str
    due_on: date | None = None
    done_on: date | None = None


@dataclass(frozen=True, slots=True)
class NewStepDown:
    """How support grew less, and the way back."""

    episode_id: UUID
    agreed_on: date
    supporter: str
    way_back: str
    early_signs: str = ""
    person_agreed: bool = True


@dataclass(slots=True)
class Talks:
    """What was talked about with many people."""

    answers: list[NewAnswer] = field(default_factory=list)
    past_jobs: list[NewPastJob] = field(default_factory=list)
    updates: list[NewUpdate] = field(default_factory=list)
    plans: list[NewPlan] = field(default_factory=list)
    plans_seen: list[NewPlanSeen] = field(default_factory=list)
    steps: list[NewStep] = field(default_factory=list)
    step_downs: list[NewStepDown] = field(default_factory=list)


@transaction.atomic
def record_talks(*, actor: Actor, unit: Team, talks: Talks) -> None:
    """Record profiles, plans and steps of people whom the unit has already."""
    require(actor, Action.IMPORT, unit.subject())
    by = actor.id
    answer = (*_names(NewAnswer), "section", "kind")
    _insert(ProfileAnswer, answer, talks.answers, by)
    _insert(PastJob, _names(NewPastJob), talks.past_jobs, by, _WORDS_OF_JOB)
    _insert(ProfileUpdate, _names(NewUpdate), talks.updates, by)
    plan = tuple(name for name in _names(NewPlan) if name != "occupations")
    _insert(SearchPlan, plan, talks.plans, by)
    insert(
        PlanTarget,
        ("plan_id", "code"),
        ((plan.id, code) for plan in talks.plans for code in plan.occupations),
        kind=TargetKind.OCCUPATION,
        created_by_id=by,
    )
    insert(
        PlanSeen,
        _names(NewPlanSeen),
        map(attrgetter(*_names(NewPlanSeen)), talks.plans_seen),
    )
    _insert(PlanAction, _names(NewStep), talks.steps, by)
    _insert(StepDownPlan, _names(NewStepDown), talks.step_downs, by)
    audit.record(actor, "talks_recorded", unit, count=len(talks.answers))


# What a past job has besides, of which nothing is known here.
_WORDS_OF_JOB = dict.fromkeys(("duties", "pay", "found_how", "supervisor"), "") | {
    "why_left": ""
}


def _names(row: type[Any]) -> tuple[str, ...]:
    return tuple(one.name for one in fields(row))


def _insert(
    model: type[Any],
    names: Sequence[str],
    rows: Iterable[Any],
    by: UUID | None,
    same: dict[str, Any] | None = None,
) -> None:
    insert(
        model, names, map(attrgetter(*names), rows), created_by_id=by, **(same or {})
    )
