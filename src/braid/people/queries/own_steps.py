"""Steps of plans that one side is to take, over many episodes."""

from collections.abc import Collection
from uuid import UUID

from braid.access.policy import Actor
from braid.people.choices import Owner
from braid.people.models import PlanAction
from braid.people.queries.plans import StepView


def open_steps(
    actor: Actor, episode_ids: Collection[UUID], owner: str = Owner.SPECIALIST
) -> list[tuple[UUID, StepView]]:
    """Return the open steps of `owner` with their episode, the nearest day first."""
    rows = PlanAction.objects.visible_to(actor).filter(
        episode_id__in=episode_ids, owner=owner, done_on__isnull=True
    )
    columns = ("episode_id", "pk", "text", "owner", "due_on", "done_on", "row_version")
    return [(episode, StepView(*rest)) for episode, *rest in rows.values_list(*columns)]
