"""Tables at which two sides sit: a unit and a team that it works with, and their staff."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from braid.access.choices import TeamKind
from braid.access.models import Membership, Team, TeamLink, User
from braid.access.policy import GRANTS, Action, Actor, Information, Role
from braid.access.prepared import prepared
from braid.access.queries import in_force
from braid.access.scopes import reach

SEATED = (Role.SPECIALIST, Role.SUPERVISOR, Role.CLINICIAN, Role.CASEWORKER)


@dataclass(frozen=True, slots=True)
class Table:
    """A unit and a team that meet. `is_unit` says on which side the reader sits."""

    unit: Team
    team: Team
    is_unit: bool

    @property
    def own(self) -> Team:
        """The reader's own side."""
        return self.unit if self.is_unit else self.team

    @property
    def name(self) -> str:
        """The other side, as the reader calls the meeting by it."""
        return self.team.name if self.is_unit else self.unit.name


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who works at one side of a table today."""

    team_id: UUID
    user_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody who works with Braid today: in which role, and where."""

    user_id: UUID
    name: str
    role: Role
    place: str


def who_may(
    action: Action, information: Information | None, today: date
) -> list[Known]:
    """Return everybody whose role may ever do this today, once each, by role and name.

    Names of staff are no secret; what somebody then does is asked of the policy.
    """
    roles = [role for role in Role if (action, information) in GRANTS[role]]
    rows = Membership.objects.filter(
        in_force(today), role__in=roles, user__is_active=True
    ).select_related("user", "team", "organisation")
    found = {
        row.user_id: Known(
            row.user_id,
            row.user.name,
            Role(row.role),
            row.team.name if row.team else row.organisation.name,
        )
        for row in rows.order_by("-first_day", "pk")
    }
    return sorted(found.values(), key=lambda one: (one.role.value, one.name))


def user_of(user_id: UUID) -> User:
    """Return the account of somebody found by `who_may`, else answer 404."""
    found: User | None = User.objects.filter(pk=user_id, is_active=True).first()
    if found is None:
        raise Http404
    return found


def tables(
    actor: Actor,
    kind: TeamKind = TeamKind.TREATMENT_TEAM,
    team_id: UUID | None = None,
) -> list[Table]:
    """Return the tables at which `actor` sits by own care, by the names of the sides."""
    own = reach(actor, Action.TAKE_PART, None).teams
    rows = TeamLink.objects.filter(
        Q(unit_id__in=own) | Q(team_id__in=own), team__kind=kind
    )
    if team_id is not None:
        rows = rows.filter(team_id=team_id)
    links = rows.select_related("unit__organisation", "team__organisation")
    return [
        Table(link.unit, link.team, link.unit_id in own)
        for link in links.order_by("team__name", "unit__name", "pk")
    ]


def tables_of_team(actor: Actor, team_id: UUID) -> list[Table]:
    """Return the tables of one treatment team at which `actor` sits, else answer 404."""
    found = tables(actor, team_id=team_id)
    if not found:
        raise Http404
    return found


def seats(team_ids: Iterable[UUID], actor: Actor) -> list[Seat]:
    """Return the staff of these teams on the actor's day, by name; each once a team."""
    return [Seat(*row) for row in _seats(tuple(team_ids), actor.day)]


@prepared
def _seats(team_ids: tuple[UUID, ...], day: date) -> QuerySet[Any, Any]:
    rows = Membership.objects.filter(
        in_force(day), team_id__in=team_ids, role__in=SEATED
    )
    ordered = rows.order_by("user__name", "user_id")
    return ordered.values_list("team_id", "user_id", "user__name").distinct()
