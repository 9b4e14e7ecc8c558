"""What an employer contact is compared with: the plan in force, and the employer's work."""

from datetime import date
from uuid import UUID

from django.http import Http404

from braid.access.policy import Action, Actor
from braid.method.plan_fit import KnownOf, PlanFit, Wanted, plan_fit
from braid.people.queries import PlanView, plan_in_force
from braid.work.models import Employer, EmployerContact, Job, Lead


def wanted_of(plan: PlanView) -> Wanted:
    """Return a plan as the rule takes it."""
    return Wanted(
        frozenset(one.code for one in plan.occupations if one.code),
        frozenset(one.code for one in plan.industries if one.code),
        frozenset(one.words for one in plan.targets if not one.code),
    )


def known_of(actor: Actor, employer: Employer) -> KnownOf:
    """Return what is known of an employer's work, from its jobs and leads."""
    work = [
        row
        for model in (Job, Lead)
        for row in model.objects.visible_to(actor)
        .filter(employer=employer)
        .order_by()
        .values_list("occupation", "title")
        .distinct()
    ]
    return KnownOf(
        employer.industry,
        frozenset(occupation for occupation, _title in work if occupation),
        frozenset(title for _occupation, title in work if title),
    )


def fit_proposed(
    actor: Actor, episode_id: UUID, employer: Employer, day: date
) -> tuple[PlanFit, PlanView | None]:
    """Propose whether a contact fits the plan in force on its day; with that plan."""
    plan = plan_in_force([episode_id], day).get(episode_id)
    wanted = wanted_of(plan) if plan else None
    return plan_fit(wanted, known_of(actor, employer)), plan


def employer_contact(actor: Actor, key: UUID) -> EmployerContact:
    """Return a contact with an employer for somebody, to write in, else answer 404."""
    found: EmployerContact | None = (
        EmployerContact.objects.visible_to(actor, Action.RECORD)
        .select_related("episode__applicant", "episode__unit", "employer", "unit")
        .filter(pk=key, episode__isnull=False)
        .first()
    )
    if found is None:
        raise Http404
    return found
