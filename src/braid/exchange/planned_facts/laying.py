"""A plan laid over the facts of its unit, by the values that saving it would store."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING
from uuid import UUID

from braid.exchange import named
from braid.exchange.commands import naming, values
from braid.exchange.planned_facts.courses import lay_episodes
from braid.exchange.planned_facts.logs import lay_logs
from braid.exchange.planned_facts.overlay import Laying, Overlay, Row
from braid.exchange.roster.plan import Plan
from braid.method.likeness import fold_employer
from braid.packs.layouts import folded

if TYPE_CHECKING:
    import pyarrow as pa

    from braid.access.models import Team


@dataclass(frozen=True, slots=True)
class Planned:
    """Facts as they would stand, the unit they are of, and how its staff are named."""

    tables: Mapping[str, pa.Table]
    unit: str
    names: Mapping[str, str]


def planned_facts(
    plan: Plan, team: Team | None, present: Mapping[str, pa.Table]
) -> Planned:
    """Return the facts of the unit after `plan` was saved; `team` None: a new unit."""
    numbers = count(1)
    laying = Laying(
        plan,
        Overlay(present),
        unit=team.pk if team else UUID(int=next(numbers)),
        organisation=team.organisation_id if team else UUID(int=next(numbers)),
        numbers=numbers,
        ids=values.known_ids(plan),
    )
    if team is None:
        _lay_unit(laying)
    _lay_names(laying, team)
    lay_episodes(laying)
    lay_logs(laying)
    return Planned(laying.over.tables(), str(laying.unit), laying.names)


def _lay_unit(laying: Laying) -> None:
    country = (laying.plan.setup.country or "").lower()
    organisation = {"org_id": laying.organisation, "country": country}
    laying.over.lay("organisations", [organisation | {"sector": "ips_provider"}])
    laying.over.lay("teams", [_team(laying, laying.unit, "ips_unit")])


def _team(laying: Laying, key: UUID, kind: str) -> Row:
    return {"team_id": key, "org_id": laying.organisation, "kind": kind}


# Who and what is named


def _lay_names(laying: Laying, team: Team | None) -> None:
    plan, ids, over = laying.plan, laying.ids, laying.over
    posts = {post.name: post for post in named.posts(plan)}
    known = naming.known_staff(team) if team else {}
    ids.staff, made = _found(laying, posts, known, folded)
    laying.names = naming.staff_names(team) if team else {}
    laying.names |= {str(key): name for name, key in made.items()}
    staff = [{"staff_id": key, "org_id": laying.organisation} for key in made.values()]
    over.lay("staff", staff)
    over.lay(
        "staff_teams",
        [
            {"staff_id": key, "team_id": laying.unit, "role": naming.SPECIALIST.value}
            | values.of_post(posts[name], plan.as_of)
            for name, key in made.items()
        ],
    )
    known = naming.known_teams(team) if team else {}
    ids.teams, made = _found(laying, named.teams_named(plan), known, folded)
    teams = [_team(laying, key, "treatment_team") for key in made.values()]
    over.lay("teams", teams)
    known = naming.known_employers(team) if team else {}
    names = named.employers_named(plan.rows)
    ids.employers, made = _found(laying, names, known, fold_employer)
    employers = [{"employer_id": key, "unit_id": laying.unit} for key in made.values()]
    over.lay("employers", employers)


def _found(
    laying: Laying,
    names: Iterable[str],
    known: Mapping[str, UUID],
    fold: Callable[[str], str],
) -> tuple[dict[str, UUID], dict[str, UUID]]:
    """Return ids by name as it stands in the roster, and of them the new ones."""
    keys, found, made = dict(known), {}, {}
    for name in dict.fromkeys(names):
        folded_name = fold(name)
        if folded_name not in keys:
            keys[folded_name] = made[name] = laying.new_id()
        found[name] = keys[folded_name]
    return found, made
