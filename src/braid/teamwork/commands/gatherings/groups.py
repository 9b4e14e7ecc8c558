"""Standing groups: who sits in them, with an account or by name."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Action, Actor
from braid.access.queries import require, user_by_email
from braid.kernel.errors import InputFault
from braid.teamwork.models import Group, GroupMember, Matter

if TYPE_CHECKING:
    from braid.access.models import Team, User


@transaction.atomic
def start_group(*, actor: Actor, unit: Team, kind: str, name: str) -> Group:
    """Start a standing group; what waited for one of its kind waits for it now.

    Raises Refused.
    """
    require(actor, Action.MANAGE_MEMBERS, unit.subject())
    group = Group(unit=unit, kind=kind, name=name.strip(), created_by_id=actor.id)
    group.save(force_insert=True)
    waiting = Matter.objects.system("matters that had no group yet").filter(
        unit=unit, kind=kind, group__isnull=True, settled_on__isnull=True
    )
    waiting.update(group=group)
    audit.record(actor, "group_started", group)
    return group


def rename_group(
    *, actor: Actor, group: Group, name: str, row_version: int | None = None
) -> bool:
    """Give a group another name. Raises Refused, Stale."""
    require(actor, Action.MANAGE_MEMBERS, group.unit.subject())
    return edit(
        actor,
        group,
        action="group_renamed",
        expected_version=row_version,
        name=name.strip(),
    )


def end_group(*, actor: Actor, group: Group, today: date) -> bool:
    """End a group; its meetings stay. Raises Refused."""
    require(actor, Action.MANAGE_MEMBERS, group.unit.subject())
    return edit(actor, group, action="group_ended", ended_on=today)


@transaction.atomic
def add_member(
    *,
    actor: Actor,
    group: Group,
    part: str,
    first_day: date,
    name: str,
    email: str = "",
    body: str = "",
) -> GroupMember:
    """Ask somebody to a group in person, by name and with an address where it is known.

    Whoever has an account with that address opens the pages of the group from now on;
    who asks is answered the same whether there is one. Raises Refused, InputFault.
    """
    require(actor, Action.MANAGE_MEMBERS, group.unit.subject())
    called = " ".join(name.split())
    if not called:
        raise InputFault(_("Write the name."), field="name")
    open_rows = GroupMember.objects.system("who sits in a group already").filter(
        group=group, last_day__isnull=True
    )
    if open_rows.filter(name__iexact=called).exists():
        raise InputFault(
            _("%(name)s sits in the group already.") % {"name": called}, field="name"
        )
    user = _account(email)
    if user is not None and open_rows.filter(user=user).exists():
        user = None  # it sits here under another name, and has one seat
    member = GroupMember(
        group=group,
        user=user,
        name=called,
        part=part,
        body=body.strip(),
        first_day=first_day,
        created_by_id=actor.id,
    )
    member.save(force_insert=True)
    audit.record(actor, "group_member_added", member)
    return member


def _account(email: str) -> User | None:
    if not email.strip():
        return None
    user = user_by_email(email.strip())
    return user if user is not None and user.is_active else None


def end_member(*, actor: Actor, member: GroupMember, today: date) -> bool:
    """Let somebody leave a group; from now on its pages are closed to them."""
    require(actor, Action.MANAGE_MEMBERS, member.group.unit.subject())
    last_day = max(today, member.first_day)
    return edit(actor, member, action="group_member_ended", last_day=last_day)
