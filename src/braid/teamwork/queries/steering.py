"""Who sits in the steering group of a unit."""

from uuid import UUID

from braid.teamwork.choices import MeetingKind
from braid.teamwork.models import GroupMember


def steering_members(unit_id: UUID) -> frozenset[UUID]:
    """Return the users who were invited to a steering group of the unit that goes on."""
    rows = GroupMember.objects.system("who was invited to a standing group")
    found = rows.filter(
        group__unit_id=unit_id,
        group__kind=MeetingKind.STEERING,
        group__ended_on__isnull=True,
        user__isnull=False,
        last_day__isnull=True,
    )
    return frozenset(found.values_list("user_id", flat=True))
