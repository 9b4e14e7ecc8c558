"""The search: leads of the unit, applications, education, and what fits whose plan."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor
from braid.method import matching
from braid.method.matching import LeadFacts, Match, PlanFacts
from braid.people import queries as people
from braid.people.choices import EpisodeState, TargetKind
from braid.work.choices import LeadState
from braid.work.models import Application, Education, Lead
from braid.work.queries.diary import Slot, appointments_of


def leads(actor: Actor, today: date, state: str = LeadState.OPEN) -> QuerySet[Lead]:
    """Return the unit's leads of a state, those heard of last first.

    One whose last day went by is over by itself, and stands among those closed.
    """
    shared: QuerySet[Lead] = Lead.objects.visible_to(actor, Action.KEEP_EMPLOYERS)
    past = Q(open_until__lt=today)
    match state:
        case LeadState.OPEN:
            shared = shared.filter(~past | Q(open_until__isnull=True), state=state)
        case LeadState.CLOSED:
            shared = shared.filter(Q(state=state) | Q(past, state=LeadState.OPEN))
        case _:
            shared = shared.filter(state=state)
    return shared.select_related("employer", "shared_by").order_by("-heard_on", "pk")


def lead(actor: Actor, key: UUID) -> Lead:
    """Return a lead of the actor's units, else answer 404."""
    found: Lead | None = (
        Lead.objects.visible_to(actor, Action.KEEP_EMPLOYERS)
        .select_related("employer", "shared_by", "unit__organisation")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def leads_at(actor: Actor, employer_id: UUID, today: date) -> list[Lead]:
    """Return the open leads at an employer."""
    return list(leads(actor, today).filter(employer_id=employer_id))


def applications(actor: Actor) -> QuerySet[Application]:
    """Return the applications in `actor`'s own care, the latest first."""
    sent: QuerySet[Application] = Application.objects.visible_to(
        actor, Action.RECORD
    ).select_related("employer", "episode__applicant")
    return sent.order_by("-day", "-created_at")


def applications_of(actor: Actor, episode_ids: Collection[UUID]) -> list[Application]:
    """Return the latest fifty applications of a person."""
    return list(applications(actor).filter(episode_id__in=episode_ids)[:50])


def application(actor: Actor, key: UUID) -> Application:
    """Return an application in `actor`'s own care, else answer 404."""
    found: Application | None = (
        (applications(actor).select_related("episode__unit__organisation"))
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def education_of(actor: Actor, episode_ids: Collection[UUID]) -> list[Education]:
    """Return the education of a person, the latest first."""
    rows = Education.objects.visible_to(actor)
    return list(rows.filter(episode_id__in=episode_ids).order_by("-first_day"))


def education(actor: Actor, key: UUID) -> Education:
    """Return an education in `actor`'s own care, else answer 404."""
    found: Education | None = (
        Education.objects.visible_to(actor, Action.RECORD)
        .select_related("episode__unit__organisation", "episode__applicant")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


@dataclass(frozen=True, slots=True)
class PersonMatch:
    """Somebody whose plan was compared with a lead, and the answer."""

    episode_id: UUID
    applicant_id: UUID
    name: str
    match: Match


@dataclass(frozen=True, slots=True)
class LeadMatch:
    """A lead that was compared with somebody's plan, and the answer."""

    lead: Lead
    match: Match


def people_for(
    actor: Actor, one: Lead, day: date
) -> tuple[list[PersonMatch], list[UUID]]:
    """Compare a lead with the plans in force on `day` of those who look for work.

    Return the answers by name, and whose plan nobody knows yet. Two queries.
    """
    rows = people.episodes_on_caseload(
        actor, states=(EpisodeState.ACTIVE,)
    ).values_list(
        "pk", "applicant_id", "applicant__given_name", "applicant__family_name"
    )
    listed = list(rows)
    plans = people.plan_in_force([key for key, *_ in listed], day)
    facts = lead_facts(one)
    found = [
        PersonMatch(
            key,
            applicant_id,
            f"{given} {family}".strip(),
            matching.compare(facts, plan_facts(plans[key])),
        )
        for key, applicant_id, given, family in listed
        if key in plans
    ]
    found.sort(key=lambda one: one.name)
    return found, [key for key, *_ in listed if key not in plans]


def leads_for(actor: Actor, episode_id: UUID, day: date) -> list[LeadMatch] | None:
    """Compare the open leads with somebody's plan, by employer; None without a plan."""
    plan = people.plan_in_force([episode_id], day).get(episode_id)
    if plan is None:
        return None
    wanted = plan_facts(plan)
    found = [
        LeadMatch(one, matching.compare(lead_facts(one), wanted))
        for one in leads(actor, day)
    ]
    return sorted(found, key=lambda one: (one.lead.employer.name, one.lead.title))


def lead_facts(one: Lead) -> LeadFacts:
    """Return a lead as it is compared."""
    return LeadFacts(
        hours_from=one.hours_from,
        hours_to=one.hours_to,
        occupation=one.occupation,
        industry=one.employer.industry,
        times=one.times,
        words=" ".join((one.title, one.employer.name, one.must_haves, one.words)),
    )


def plan_facts(plan: Any) -> PlanFacts:
    """Return a plan as it is compared."""
    coded = [(one.kind, one.code) for one in plan.targets if one.code]
    return PlanFacts(
        hours_from=plan.hours_from,
        hours_to=plan.hours_to,
        occupations=_codes(coded, TargetKind.OCCUPATION),
        industries=_codes(coded, TargetKind.INDUSTRY),
        other_targets=any(not one.code for one in plan.targets),
        times=plan.times,
        travel_minutes=plan.travel_minutes,
        avoid=plan.avoid,
    )


def _codes(coded: Iterable[tuple[str, str]], kind: str) -> frozenset[str]:
    return frozenset(code for of, code in coded if of == kind)


@dataclass(frozen=True, slots=True)
class PersonSearch:
    """The search of one person: what is planned, what was sent."""

    episode_id: UUID
    appointments: list[Slot]
    applications: list[Application]


def person_search(
    actor: Actor, episode_id: UUID, episode_ids: Collection[UUID], today: date
) -> PersonSearch:
    """Return what is planned and sent in somebody's episodes: two queries.

    `episode_id` is the one in which something new is planned.
    """
    return PersonSearch(
        episode_id,
        appointments_of(actor, episode_ids, today),
        applications_of(actor, episode_ids),
    )
