"""The records behind the short keys of the region, and who acts while it is written."""

from dataclasses import dataclass, field
from uuid import UUID

from braid.access.models import Team
from braid.access.policy import Actor, Role
from braid.site.demo.cast import COUNTRY, MAIL
from braid.site.demo.values import Person

TASK = "demo"


@dataclass(slots=True)
class Keys:
    """The records behind the short keys of the region."""

    organisations: dict[str, UUID] = field(default_factory=dict)
    teams: dict[str, Team] = field(default_factory=dict)
    staff: dict[str, UUID] = field(default_factory=dict)
    people: dict[Person, UUID] = field(default_factory=dict)
    employers: dict[str, UUID] = field(default_factory=dict)


def address(key: str) -> str:
    """Return the e-mail address of somebody who signs in."""
    return f"{key}@{MAIL}"


def author(unit: Team, user_id: UUID) -> Actor:
    """Return a specialist of the unit, as the author of what is written."""
    return Actor(
        id=user_id,
        role=Role("specialist"),
        organisation=unit.organisation_id,
        teams=frozenset({unit.pk}),
        country=COUNTRY,
    )
