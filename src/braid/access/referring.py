"""Where somebody may be referred to: by whom, to which unit, and from outside."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from braid.access import audit
from braid.access.choices import TeamKind
from braid.access.models import Membership, Team, TeamLink, User
from braid.access.policy import Action, Actor, Information, Role, Subject
from braid.access.queries import in_force, require
from braid.access.scopes import reach


def units_to_refer_to(actor: Actor) -> QuerySet[Team]:
    """Return the units to which `actor` may refer: the own, and those the team works with."""
    found = reach(actor, Action.REFER, Information.IDENTITY)
    units = Team.objects.filter(kind=TeamKind.IPS_UNIT).select_related("organisation")
    return units.filter(
        Q(pk__in=found.teams) | Q(links__team_id__in=found.teams)
    ).distinct()


def subject(actor: Actor, unit: Team, applicant_id: UUID | None = None) -> Subject:
    """Return the facts about a referral: it is the care of the unit and of who refers.

    Of the actor's teams those count with which the unit works.
    """
    linked = TeamLink.objects.filter(unit=unit, team_id__in=actor.teams)
    return Subject(
        Information.IDENTITY,
        unit.organisation_id,
        frozenset({unit.pk, *linked.values_list("team_id", flat=True)}),
        applicant_id,
    )


def own_team(actor: Actor, unit: Team, kind: TeamKind) -> Team | None:
    """Return the actor's own team of this kind that works with the unit, or None."""
    teams = Team.objects.filter(pk__in=actor.teams, units__unit=unit, kind=kind)
    return teams.order_by("name").first()


def referrers(unit: Team | None, today: date) -> QuerySet[User]:
    """Return the clinicians and caseworkers of the teams that a unit works with."""
    teams = TeamLink.objects.filter(unit=unit).values("team_id")
    posts = Membership.objects.filter(
        in_force(today), team_id__in=teams, role__in=(Role.CLINICIAN, Role.CASEWORKER)
    )
    return User.objects.filter(pk__in=posts.values("user_id")).order_by("name")


def units_again(unit_ids: Iterable[UUID]) -> QuerySet[Team]:
    """Return these units, for somebody who was with them and wants to work again."""
    wanted = Team.objects.filter(pk__in=list(unit_ids), kind=TeamKind.IPS_UNIT)
    return wanted.select_related("organisation")


def open_to_outside(slug: str) -> Team | None:
    """Return the unit of this short name if people may write to it from outside."""
    units = Team.objects.filter(kind=TeamKind.IPS_UNIT, takes_enquiries=True)
    return units.select_related("organisation").filter(slug=slug).first()


@transaction.atomic
def set_takes_enquiries(*, actor: Actor, unit: Team, takes: bool) -> None:
    """Open or close the page on which people write from outside that they want to work."""
    require(actor, Action.MANAGE_MEMBERS, unit.subject())
    if unit.takes_enquiries == takes:
        return
    unit.takes_enquiries = takes
    unit.save(update_fields=["takes_enquiries"])
    audit.record(actor, "enquiries_opened" if takes else "enquiries_closed", unit)
