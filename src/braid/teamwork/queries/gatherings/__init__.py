"""Reading standing groups and the meetings that are not of a treatment team."""

from braid.teamwork.queries.gatherings.groups import (
    group,
    groups,
    may_manage,
    member,
    members,
)
from braid.teamwork.queries.gatherings.matters import (
    Untold,
    decision,
    matter,
    matters_for,
    matters_raised,
    untold,
)
from braid.teamwork.queries.gatherings.parts import (
    attendance,
    cover,
    covers,
    covers_for,
    decisions,
    decisions_before,
    decisions_to_raise,
    observation,
    observations_before,
)
from braid.teamwork.queries.gatherings.sittings import (
    HERE,
    Held,
    Series,
    held,
    meeting,
    seen,
    sittings_of,
)

__all__ = [
    "HERE",
    "Held",
    "Series",
    "Untold",
    "attendance",
    "cover",
    "covers",
    "covers_for",
    "decision",
    "decisions",
    "decisions_before",
    "decisions_to_raise",
    "group",
    "groups",
    "held",
    "matter",
    "matters_for",
    "matters_raised",
    "may_manage",
    "meeting",
    "member",
    "members",
    "observation",
    "observations_before",
    "seen",
    "sittings_of",
    "untold",
]
