"""Who and what a roster names: found among what the unit has, else made."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from braid.access.choices import TeamKind
from braid.access.commands import add_member, add_partner_team
from braid.access.managing import members
from braid.access.policy import Actor, Role
from braid.access.queries import linked_teams, system_actor
from braid.exchange import linked
from braid.exchange.commands import values
from braid.exchange.named import employers_named, posts, teams_named
from braid.exchange.roster.plan import Plan
from braid.exchange.roster.setup import SpecialistPost
from braid.method.likeness import fold_employer
from braid.packs.layouts import folded
from braid.work.commands import NewEmployer, record_employers

if TYPE_CHECKING:
    from braid.access.models import Team

TASK = "import"
SPECIALIST = Role("specialist")


def known_staff(unit: Team) -> dict[str, UUID]:
    """Return the people who are or were in the unit, by their folded name."""
    rows = members(system_actor(unit, TASK)).filter(team=unit)
    return {folded(row.user.name): row.user_id for row in rows}


def staff_names(unit: Team) -> dict[str, str]:
    """Return the names of the people who are or were in the unit, by their id."""
    rows = members(system_actor(unit, TASK)).filter(team=unit)
    return {str(row.user_id): row.user.name for row in rows}


def known_teams(unit: Team) -> dict[str, UUID]:
    """Return the treatment teams that the unit works with, by their folded name."""
    rows = linked_teams(system_actor(unit, TASK))
    return {folded(team.name): team.pk for team in rows}


def known_employers(unit: Team) -> dict[str, UUID]:
    """Return the unit's employers by folded name; a merged one is what it became."""
    rows = linked.records(linked.EMPLOYER).filter(unit=unit).order_by("-created_at")
    return {
        name: merged_into or key
        for name, key, merged_into in rows.values_list(
            "folded_name", "pk", "merged_into_id"
        )
    }


def new_names(plan: Plan, unit: Team | None) -> dict[str, int]:
    """Return how many specialists, teams and employers the plan would make."""
    staff = known_staff(unit) if unit else {}
    teams = known_teams(unit) if unit else {}
    employers = known_employers(unit) if unit else {}
    return {
        "staff": len({folded(post.name) for post in posts(plan)} - set(staff)),
        "team": len(set(map(folded, teams_named(plan))) - set(teams)),
        "employer": len(
            set(map(fold_employer, employers_named(plan.rows))) - set(employers)
        ),
    }


def find_or_make_staff(
    actor: Actor, unit: Team, wanted: Iterable[SpecialistPost], as_of: date
) -> tuple[dict[str, UUID], list[UUID]]:
    """Return user ids by name as it stands in the roster, and memberships made."""
    known = known_staff(unit)
    found: dict[str, UUID] = {}
    made = []
    for post in wanted:
        key = folded(post.name)
        if key not in known:
            membership = add_member(
                actor=actor, team=unit, role=SPECIALIST, **values.of_post(post, as_of)
            )
            known[key] = membership.user_id
            made.append(membership.pk)
        found[post.name] = known[key]
    return found, made


def find_or_make_teams(
    actor: Actor, unit: Team, names: Iterable[str]
) -> tuple[dict[str, UUID], list[UUID]]:
    """Return team ids by name as it stands in the roster, and teams made."""
    known = known_teams(unit)
    found: dict[str, UUID] = {}
    made = []
    for name in dict.fromkeys(names):
        key = folded(name)
        if key not in known:
            team = add_partner_team(
                actor=actor, unit=unit, name=name[:200], kind=TeamKind.TREATMENT_TEAM
            )
            known[key] = team.pk
            made.append(team.pk)
        found[name] = known[key]
    return found, made


def find_or_make_employers(
    actor: Actor, unit: Team, names: Iterable[str]
) -> tuple[dict[str, UUID], list[UUID]]:
    """Return employer ids by name as it stands in the roster, and employers made."""
    known = known_employers(unit)
    folds = {name: fold_employer(name) for name in dict.fromkeys(names)}
    new: dict[str, NewEmployer] = {}
    for name, key in folds.items():
        if key not in known and key not in new:
            new[key] = NewEmployer(name=name[:200])
    made = record_employers(actor=actor, unit=unit, rows=list(new.values()))
    known |= dict(zip(new, made, strict=True))
    return {name: known[key] for name, key in folds.items()}, made
