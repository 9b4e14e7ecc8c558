"""The sides that work together: a unit, a clinic, a job centre, a counsellor.

Which side a role speaks for is said here and nowhere else; rooms above ask about sides.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from braid.access import blocks, secrets
from braid.access.choices import Sector, TeamKind
from braid.access.models import Membership, Restriction, Team, User
from braid.access.policy import Actor, Role
from braid.access.queries import in_force
from braid.kernel.errors import Refused

SIDE_OF: Mapping[Role, Sector] = {
    Role.SPECIALIST: Sector.IPS_PROVIDER,
    Role.SUPERVISOR: Sector.IPS_PROVIDER,
    Role.CLINICIAN: Sector.MENTAL_HEALTH,
    Role.CASEWORKER: Sector.EMPLOYMENT,
    Role.COUNSELLOR: Sector.OTHER,  # works in a unit, a job centre or elsewhere
}
SPEAKER: Mapping[str, Role] = {
    Sector.IPS_PROVIDER: Role.SPECIALIST,
    Sector.MENTAL_HEALTH: Role.CLINICIAN,
    Sector.EMPLOYMENT: Role.CASEWORKER,
    Sector.OTHER: Role.COUNSELLOR,
}
SIDE_OF_TEAM: Mapping[str, Sector] = {
    TeamKind.IPS_UNIT: Sector.IPS_PROVIDER,
    TeamKind.TREATMENT_TEAM: Sector.MENTAL_HEALTH,
    TeamKind.JOB_CENTRE: Sector.EMPLOYMENT,
}
LEADERS = (Role.SUPERVISOR, Role.CLINICAL_MANAGER)


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who works for one side in one team today."""

    user_id: UUID
    name: str
    sector: str
    team_id: UUID


def side_of(actor: Actor) -> str:
    """Return the side that somebody speaks for. Raises Refused for who has none."""
    side = SIDE_OF.get(actor.role)
    if side is None or not actor.teams:
        raise Refused("not_granted")
    return side.value


def has_side(actor: Actor) -> bool:
    """Say whether somebody speaks for one of the sides."""
    return actor.role in SIDE_OF and bool(actor.teams)


def speaker(
    team: Team, sector: str, day: date, restricted: frozenset[UUID] = frozenset()
) -> Actor:
    """Return the actor that anybody who speaks for a team would be, but for blocks."""
    return Actor(
        id=None,
        role=SPEAKER[sector],
        organisation=team.organisation_id,
        teams=frozenset({team.pk}),
        country=team.organisation.country,
        system="side",
        day=day,
        restricted=restricted,
    )


def members(
    teams: Collection[UUID], today: date, applicant_id: UUID | None = None
) -> list[Member]:
    """Return who works for a side in these teams today, by name: two queries.

    Without those whom the applicant has blocked: to them there is nobody of that name.
    """
    rows = (
        Membership.objects.filter(
            in_force(today),
            team_id__in=teams,
            role__in=SIDE_OF,
            user__is_active=True,
        )
        .order_by("user__name", "pk")
        .values_list("user_id", "user__name", "role", "team_id")
    )
    found = [
        Member(key, name, SIDE_OF[Role(role)], team) for key, name, role, team in rows
    ]
    if applicant_id is None:
        return found
    against = list(blocks.in_force([applicant_id]))
    return [
        one
        for one in found
        if not blocks.is_blocked(against, one.user_id, secrets.name_hashes(one.name))
    ]


def is_blocked(applicant_id: UUID, name: str) -> bool:
    """Say whether an applicant has blocked everybody of a name."""
    against = list(blocks.in_force([applicant_id]))
    hashes = secrets.name_hashes(name)
    return blocks.is_blocked(against, None, hashes) or any(
        secrets.name_hash(one.user.name) in hashes for one in against if one.user
    )


def leaders(team: Team, today: date) -> QuerySet[User]:
    """Return who leads a team today."""
    posts = Membership.objects.filter(in_force(today), team=team, role__in=LEADERS)
    found: QuerySet[User] = User.objects.filter(
        pk__in=posts.values("user_id"), is_active=True
    )
    return found.order_by("pk")


def people(users: Collection[UUID]) -> QuerySet[User]:
    """Return these people, as far as they can still sign in."""
    found: QuerySet[User] = User.objects.filter(pk__in=users, is_active=True)
    return found.order_by("pk")


def units_beside(actor: Actor) -> QuerySet[Team]:
    """Return the units that the actor's teams are, or work with."""
    beside = Q(pk__in=actor.teams) | Q(links__team_id__in=actor.teams)
    units = Team.objects.filter(beside, kind=TeamKind.IPS_UNIT)
    return units.select_related("organisation").distinct().order_by("name")


def restricted(applicant_id: UUID, today: date) -> frozenset[UUID]:
    """Return the applicant's key where the record must not be used now, else nothing."""
    found = Restriction.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        applicant_id=applicant_id,
        lifted_at__isnull=True,
    )
    return frozenset(found.values_list("applicant_id", flat=True))
