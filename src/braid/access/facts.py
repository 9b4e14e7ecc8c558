"""What the organisations, their teams and the people in post give to the facts."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from braid.access.models import Membership, Organisation, Team, User

Units = Collection[UUID] | None


def organisations(_units: Units) -> QuerySet[Any]:
    return Organisation.objects.order_by().values_list(
        "id", "sector", "country", "parent_id"
    )


def teams(_units: Units) -> QuerySet[Any]:
    return Team.objects.order_by().values_list("id", "organisation_id", "kind")


def staff(_units: Units) -> QuerySet[Any]:
    """Those who hold or held a post, with the organisation of the last one."""
    posts = Membership.objects.filter(user=OuterRef("pk"))
    last = posts.order_by("-first_day", "-pk").values("organisation_id")[:1]
    return (
        User.objects.order_by()
        .annotate(org=Subquery(last))
        .filter(org__isnull=False)
        .values_list("id", "org")
    )


def staff_teams(units: Units) -> QuerySet[Any]:
    """Posts in teams: of the units asked for, those in teams that they work with too."""
    posts = Membership.objects.order_by().filter(team__isnull=False)
    if units is not None:
        linked = Team.objects.filter(units__unit_id__in=units).values("pk")
        posts = posts.filter(Q(team_id__in=units) | Q(team_id__in=linked))
    return posts.values_list(
        "user_id", "team_id", "role", "fte", "first_day", "last_day"
    )


EXTRACTORS: Mapping[str, Callable[[Units], QuerySet[Any]]] = {
    "organisations": organisations,
    "teams": teams,
    "staff": staff,
    "staff_teams": staff_teams,
}
