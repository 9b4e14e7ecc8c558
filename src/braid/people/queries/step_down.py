"""Step-down plans and handovers, as far as the policy opens them."""

from collections.abc import Collection
from uuid import UUID

from braid.access.policy import Action, Actor
from braid.people.models import Handover, StepDownPlan


def latest_step_down(
    actor: Actor, episode_ids: Collection[UUID]
) -> dict[UUID, StepDownPlan]:
    """Return the step-down plan in force of each episode that has one."""
    plans = (
        StepDownPlan.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .order_by("agreed_on", "created_at")
    )
    return {plan.episode_id: plan for plan in plans}


def handovers(actor: Actor, episode_id: UUID) -> list[Handover]:
    """Return what each specialist told the next, the latest first."""
    return list(
        Handover.objects.visible_to(actor, Action.RECORD)
        .filter(episode_id=episode_id)
        .select_related("from_specialist", "to_specialist")
    )
