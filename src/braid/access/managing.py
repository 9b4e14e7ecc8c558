"""Whom and what somebody may manage: members, teams, the roles they may give."""

from collections.abc import Iterable

from django.db.models import Prefetch, Q, QuerySet

from braid.access import appointing, policy
from braid.access.models import Invitation, Membership, Organisation, Team
from braid.access.policy import Action, Actor, Role
from braid.access.queries import require
from braid.access.scopes import reach


def members(actor: Actor) -> QuerySet[Membership]:
    """Return the memberships that `actor` may manage, with people and teams."""
    found = reach(actor, Action.MANAGE_MEMBERS, None)
    return (
        Membership.objects.filter(
            Q(team_id__in=found.teams) | Q(organisation_id__in=found.organisations)
        )
        .select_related("user", "team", "organisation")
        .prefetch_related(
            Prefetch(
                "user__invitations",
                queryset=Invitation.objects.filter(accepted_at__isnull=True),
                to_attr="open_invitations",
            )
        )
        .order_by("user__name", "first_day")
    )


def manageable_teams(actor: Actor) -> QuerySet[Team]:
    """Return the teams to which `actor` may add members."""
    found = reach(actor, Action.MANAGE_MEMBERS, None)
    return Team.objects.filter(
        Q(pk__in=found.teams) | Q(organisation_id__in=found.organisations)
    )


def roles_to_give(actor: Actor, teams: Iterable[Team]) -> frozenset[Role]:
    """Return the roles that `actor` may give in any of these teams."""
    return frozenset(
        role
        for team in teams
        for role in appointing.gives(
            policy.decide(actor, Action.MANAGE_MEMBERS, team.subject()).reason,
            team.kind,
        )
    )


def organisation_to_manage(actor: Actor) -> Organisation:
    """Return the organisation to which `actor` may add teams. Raises Refused."""
    found = Organisation.objects.get(pk=actor.organisation)
    require(actor, Action.MANAGE_MEMBERS, found.subject())
    return found
