"""Standing groups as far as somebody sits in them or works in their unit."""

from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, decide
from braid.teamwork.models import Group, GroupMember


def groups(actor: Actor) -> list[Any]:
    """Return the groups that go on, by name, each with `size`: its members of today."""
    seen: QuerySet[Any] = Group.objects.visible_to(actor, Action.TAKE_PART)
    sits = Q(members__last_day__isnull=True, members__pk__isnull=False)
    counted = seen.filter(ended_on__isnull=True).annotate(
        size=Count("members", filter=sits, distinct=True)
    )
    return list(counted.select_related("unit").order_by("unit__name", "kind", "name"))


def group(actor: Actor, key: UUID) -> Group:
    """Return a group that `actor` sits in or whose unit is theirs, else answer 404."""
    found: Group | None = (
        Group.objects.visible_to(actor, Action.TAKE_PART)
        .select_related("unit__organisation")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found


def members(actor: Actor, of: Group) -> list[GroupMember]:
    """Return who sits in a group today, by what they stand for."""
    seen: QuerySet[GroupMember] = GroupMember.objects.visible_to(
        actor, Action.TAKE_PART
    )
    return list(seen.filter(group=of, last_day__isnull=True).order_by("part", "name"))


def member(actor: Actor, of: Group, key: UUID) -> GroupMember:
    """Return one of a group, else answer 404."""
    found: GroupMember | None = (
        GroupMember.objects.visible_to(actor, Action.TAKE_PART)
        .select_related("group__unit__organisation")
        .filter(group=of, pk=key, last_day__isnull=True)
        .first()
    )
    if found is None:
        raise Http404
    return found


def may_manage(actor: Actor, unit: Any) -> bool:
    """Say whether `actor` decides who sits in the groups of a unit."""
    return decide(actor, Action.MANAGE_MEMBERS, unit.subject()).allowed
