"""The parts of a shared person's page: one a class, each with its content or a reason.

A class is read only where the policy allows it, by a query that asks for it again and
fetches its own columns.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from braid.access.choices import InformationChoice
from braid.access.policy import Actor, Information
from braid.access.presenters.withheld import withheld
from braid.access.sector_words import said
from braid.access.sight import Sight
from braid.people import queries as plans
from braid.people import sections as people
from braid.people.choices import AnswerKind, EpisodeState, NoteKind
from braid.people.plan_presenters import plan_words, step_lines
from braid.people.profile_shared import chapters
from braid.people.sections import Written
from braid.work import sections as work
from braid.work.choices import Placement

AROUND: dict[str, Promise] = {
    "treatment_team": _("Treatment team"),
    "job_centre": _("Job centre"),
}


@dataclass(frozen=True, slots=True)
class Part:
    """One class: its name, and what is kept of it or why it is not shown."""

    slug: str
    title: str
    content: Mapping[str, Any]
    withheld: str

    @property
    def template(self) -> str:
        return f"desk/shared/sections/{self.slug}.html"


def parts(
    actor: Actor, applicant_id: UUID, seen: Mapping[Information, Sight], whom: str
) -> list[Part]:
    """Return the parts in the order in which they are read.

    `whom` is who can be asked about what is withheld.
    """
    return [
        Part(
            slug=one.value,
            title=str(InformationChoice(one).label),
            content=read(actor, applicant_id) if seen[one].decision.allowed else {},
            withheld=withheld(actor, one, seen[one], whom),
        )
        for one, read in READERS.items()
    ]


def goal(found: Iterable[Part]) -> people.Goal | None:
    """Return the person's own words, which stand on top of the page."""
    goals = next(one for one in found if one.slug == Information.WORK_GOALS).content
    return next(iter(goals.get("goals", ())), None)


def _work_goals(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    goals = people.goals(actor, applicant_id)
    return {
        "goals": goals,
        "earlier": goals[1:],
        "steps": work.next_steps(actor, applicant_id, actor.day),
        "notes": people.notes(actor, applicant_id, NoteKind.WORK_GOALS),
        "profile": chapters(actor, applicant_id, AnswerKind.WORK_GOALS),
        **_plan(actor, applicant_id),
    }


def _plan(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    """Return the plan that holds today, and the steps that are open."""
    episodes = people.episodes_with_goals(actor, applicant_id)
    plan = plans.on_day(plans.plans(actor, episodes), actor.day)
    steps = step_lines(plans.steps(actor, episodes), actor.day)
    return {"plan": plan_words(plan) if plan else None, "plan_steps": steps.open}


def _jobs(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    jobs = work.jobs(actor, applicant_id)
    kinds = {value: str(label) for value, label in Placement.choices}
    return {
        "jobs": [(job, kinds.get(job.placement, "")) for job in jobs],
        "profile": chapters(actor, applicant_id, AnswerKind.JOBS),
    }


def _attendance(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    courses = people.courses(actor, applicant_id)
    around = people.around(actor, applicant_id, actor.day)
    return {
        "courses": [(one, EpisodeState(one.state).label) for one in courses],
        "meetings": work.meetings(actor, applicant_id, actor.day),
        "around": [
            (_around(actor, kind), ", ".join(part for part in (team, who) if part))
            for kind, team, who in around
        ],
    }


def _around(actor: Actor, kind: str) -> str:
    """Return who somebody is to the person, in the words of the reader's sector."""
    return str(AROUND[kind]) if kind in AROUND else capfirst(said(kind, actor))


def _contact_details(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    return {"details": people.contact_details(actor, applicant_id)}


def _health_at_work(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    return {
        "notes": people.notes(actor, applicant_id, NoteKind.HEALTH_AT_WORK),
        "profile": chapters(actor, applicant_id, AnswerKind.HEALTH_AT_WORK),
    }


def _conversation(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    notes = people.notes(actor, applicant_id, NoteKind.CONVERSATION)
    notes += [
        Written(key, day, text, by)
        for key, day, text, by in work.contact_notes(actor, applicant_id)
    ]
    return {
        "notes": sorted(notes, key=lambda note: note.day, reverse=True),
        "profile": chapters(actor, applicant_id, AnswerKind.CONVERSATION),
    }


def _treatment(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    return {"notes": people.treatment_notes(actor, applicant_id), "reader": actor.id}


def _benefits(actor: Actor, applicant_id: UUID) -> Mapping[str, Any]:
    return {"profile": chapters(actor, applicant_id, AnswerKind.BENEFITS)}


READERS: Mapping[Information, Callable[[Actor, UUID], Mapping[str, Any]]] = {
    Information.WORK_GOALS: _work_goals,
    Information.JOBS: _jobs,
    Information.ATTENDANCE: _attendance,
    Information.BENEFITS: _benefits,
    Information.CONTACT_DETAILS: _contact_details,
    Information.HEALTH_AT_WORK: _health_at_work,
    Information.CONVERSATION: _conversation,
    Information.TREATMENT: _treatment,
}
