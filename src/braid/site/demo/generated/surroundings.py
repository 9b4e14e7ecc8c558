"""Writing who is there: bodies, teams, staff and their posts, with the ids of the facts."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import pyarrow as pa
from django.contrib.auth.hashers import make_password

from braid.access import audit
from braid.access import commands as access
from braid.access.models import Membership, Organisation, Team, TeamLink, User
from braid.access.rows import insert
from braid.site.demo.fill import provider_slug
from braid.site.demo.generated.calendar import day_of
from braid.site.demo.generated.naming import FIRST_UNIT, Names, plain
from braid.site.demo.generated.service import Body
from braid.site.demo.generated.unit import Unit
from braid.site.demo.keys import TASK, address

Facts = Mapping[str, pa.Table]


def write_surroundings(unit: Unit, facts: Facts, names: Names, token: str) -> Team:
    """Write bodies, teams, links, staff and posts; return the unit.

    `token` makes the short name of the first provider, by which a demo is known.
    """
    _write_bodies(unit, facts["organisations"], names, token)
    provider = Organisation.objects.get(pk=_id(unit.service.bodies[Body.PROVIDER]))
    actor = access.setup_actor(provider, TASK)
    _write_teams(facts["teams"], names, unit.service.number)
    made = Team.objects.select_related("organisation").get(
        pk=_id(unit.service.teams[0])
    )
    others = [_id(each) for each in unit.service.teams[1:]]
    links = [TeamLink(unit=made, team_id=team_id) for team_id in others]
    TeamLink.objects.bulk_create(links)
    audit.record(actor, "teams_created", made, count=1 + len(others))
    _write_staff(facts["staff"], names)
    posts = _write_posts(facts)
    if unit.service.begins_region:
        _add_steward(unit, provider, names)
    audit.record(actor, "members_added", made, count=posts)
    return made


def _id(scalar: Any) -> UUID:
    return UUID(str(scalar))


def _rows(table: pa.Table, *columns: str) -> Any:
    return zip(*(table[name].to_pylist() for name in columns), strict=True)


def _write_bodies(unit: Unit, facts: pa.Table, names: Names, token: str) -> None:
    ids = [str(each) for each in unit.service.bodies]
    called = dict(zip(ids, names.bodies(), strict=True))
    first = ids[Body.PROVIDER] if unit.service.number == 0 else ""
    rows = [
        (
            UUID(key),
            provider_slug(token) if key == first else f"{plain(called[key])}-{key[:8]}",
            called[key],
            sector,
            country,
        )
        for key, sector, country in _rows(facts, "org_id", "sector", "country")
    ]
    insert(Organisation, ("id", "slug", "name", "sector", "country"), rows)


def _write_teams(facts: pa.Table, names: Names, number: int) -> None:
    keys = _rows(facts, "team_id", "org_id", "kind")
    rows = [
        (UUID(key), UUID(body), _team_slug(name, number, kind), name, kind)
        for name, (key, body, kind) in zip(names.teams(), keys, strict=True)
    ]
    insert(Team, ("id", "organisation_id", "slug", "name", "kind"), rows)


def _team_slug(name: str, number: int, kind: str) -> str:
    if number == 0 and kind == "ips_unit":
        return FIRST_UNIT
    return f"{plain(name)}-{number}"


def _write_staff(facts: pa.Table, names: Names) -> None:
    staff = zip(facts["staff_id"].to_pylist(), names.staff(), strict=True)
    rows = [(UUID(key), each.name, address(each.slug)) for key, each in staff]
    insert(User, ("id", "name", "email"), rows, password=make_password(None))


def _write_posts(facts: Facts) -> int:
    body = dict(_rows(facts["teams"], "team_id", "org_id"))
    names = ("staff_id", "team_id", "role", "fte", "first_day", "last_day")
    rows = [
        (UUID(staff), UUID(body[team]), UUID(team), *rest)
        for staff, team, *rest in _rows(facts["staff_teams"], *names)
    ]
    columns = ("user_id", "organisation_id", "team_id", *names[2:])
    insert(Membership, columns, rows)
    return len(rows)


def _add_steward(unit: Unit, provider: Organisation, names: Names) -> None:
    steward = names.steward()
    access.add_steward(
        actor=access.setup_actor(provider, TASK),
        organisation=provider,
        name=steward.name,
        email=address(steward.slug),
        first_day=day_of(unit.calendar.opened),
    )
