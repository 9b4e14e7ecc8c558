"""Who acts in the shell and for which unit; what is missing is made."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from braid.access import commands as access
from braid.access.choices import Sector, TeamKind
from braid.access.policy import Action, Actor, decide
from braid.access.queries import (
    places,
    require,
    system_actor,
    unit_by_slug,
    user_by_email,
)
from braid.exchange import linked

if TYPE_CHECKING:
    from braid.access.models import Team

TASK = "shell"


def bring_up_to_date() -> None:
    """Make the database, or bring it up to date, where that is needed."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)


def find_unit(slug: str) -> Team | None:
    return unit_by_slug(slug)


def make_unit(slug: str, name: str, country: str | None) -> Team:
    """Make a unit, with its organisation where the country has none yet."""
    if not country:
        raise click.UsageError(
            f"There is no unit '{slug}' yet. Give --country CC to make it."
        )
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,59}", slug):
        raise click.BadParameter(
            "a short name has small letters, digits and dashes.", param_hint="--unit"
        )
    organisations = linked.records("access.organisation")
    found = organisations.filter(country=country.lower()).order_by("pk")
    only = found[0] if len(found) == 1 else None
    organisation = only or _make_organisation(slug, name, country)
    return access.create_team(
        actor=access.setup_actor(organisation, TASK),
        organisation=organisation,
        name=name,
        kind=TeamKind.IPS_UNIT,
        slug=slug,
    )


def _make_organisation(slug: str, name: str, country: str) -> Any:
    first: Any = linked.records("access.organisation").order_by("pk").first()
    return access.create_organisation(
        actor=access.setup_actor(first, TASK) if first is not None else None,
        name=name,
        sector=Sector.IPS_PROVIDER,
        country=country,
        slug=slug,
    )


def actor_for(unit: Team, email: str | None) -> Actor:
    """Return who acts: the person of that address, else the audited shell.

    Raises Refused when that person may not import for the unit.
    """
    if email is None:
        return system_actor(unit, TASK)
    user = user_by_email(email)
    if user is None:
        raise click.BadParameter("nobody has this address.", param_hint="--as")
    actors = [place.actor for place in places(user, timezone.now())]
    if not actors:
        raise click.BadParameter("this person has no role now.", param_hint="--as")
    allowed = (a for a in actors if decide(a, Action.IMPORT, unit.subject()).allowed)
    actor = next(allowed, actors[0])
    require(actor, Action.IMPORT, unit.subject())
    return actor
