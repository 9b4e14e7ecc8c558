"""Counselling as a moment: that it took place, never what it said."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from braid.access.policy import Actor
from braid.access.timeline import Part, part, told_as
from braid.benefits.models import Counselling
from braid.kernel.moments import Strand


def timeline(
    actor: Actor, episode_ids: Collection[UUID], before: date | None = None
) -> list[Part]:
    """Return the counselling that took place in these episodes."""
    rounds = Counselling.objects.visible_to(actor).filter(
        episode_id__in=episode_ids, done_on__isnull=False
    )
    return [
        part(
            rounds,
            told_as("benefits_counselling", Strand.EMPLOYMENT),
            before=before,
            day="done_on",
            by="counsellor__name",
            values={"trigger": "trigger"},
        )
    ]
