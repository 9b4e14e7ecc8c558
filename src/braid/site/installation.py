"""Setting up and examining a real installation from the shell."""

import os
import sqlite3
from decimal import Decimal
from typing import Any

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.urls import reverse
from django.utils import timezone

from braid.access import commands, keyring, secrets
from braid.access.choices import RoleChoice, Sector, TeamKind
from braid.access.models import (
    AuditEntry,
    AuditRoot,
    Change,
    ConsentEntry,
    ErasedSubject,
    Organisation,
    Team,
)
from braid.access.policy import Role
from braid.kernel import private_files
from braid.kernel.errors import InputFault, PackFaults
from braid.packs import loader
from braid.people.models import Identifier

SHELL = "shell"


def _one_of(word: str, choices: type[Any], what: str) -> Any:
    if word not in choices.values:
        known = ", ".join(choices.values)
        raise InputFault(f"'{word}' is not a {what}. Known: {known}.")
    return choices(word)


def _organisation(slug: str) -> Organisation:
    found = Organisation.objects.filter(slug=slug).first()
    if found is None:
        known = (
            ", ".join(Organisation.objects.values_list("slug", flat=True)) or "none yet"
        )
        raise InputFault(f"There is no organisation '{slug}'. Known: {known}.")
    return found


def _team(slug: str) -> Team:
    found = Team.objects.select_related("organisation").filter(slug=slug).first()
    if found is None:
        known = ", ".join(Team.objects.values_list("slug", flat=True)) or "none yet"
        raise InputFault(f"There is no team '{slug}'. Known: {known}.")
    return found


def add_organisation(name: str, sector: str, country: str, slug: str) -> dict[str, Any]:
    """Make an organisation in a database that may still be empty."""
    call_command("migrate", verbosity=0, interactive=False)
    kind = _one_of(sector, Sector, "sector")
    # The shell belongs to whoever runs the computer; the audit says that it was the shell.
    organisation = Organisation(
        name=name, sector=kind, country=country.lower(), slug=slug
    )
    made = commands.create_organisation(
        actor=commands.setup_actor(organisation, SHELL),
        name=name,
        sector=kind,
        country=country,
        slug=slug,
    )
    return {"organisation": made.slug, "name": made.name}


def add_team(
    name: str, organisation_slug: str, kind: str, unit_slug: str, slug: str
) -> dict[str, Any]:
    """Make a team, and link it to the unit that works with it."""
    organisation = _organisation(organisation_slug)
    actor = commands.setup_actor(organisation, SHELL)
    made = commands.create_team(
        actor=actor,
        organisation=organisation,
        name=name,
        kind=_one_of(kind, TeamKind, "kind of team"),
        slug=slug,
    )
    if unit_slug:
        unit = _team(unit_slug)
        of_unit = commands.setup_actor(unit.organisation, SHELL)
        commands.link_team(actor=of_unit, unit=unit, team=made)
    return {"team": made.slug, "kind": made.kind, "organisation": organisation.slug}


def add_user(
    name: str,
    email: str,
    role: str,
    team_slug: str,
    organisation_slug: str,
    fte: Decimal | None,
) -> dict[str, Any]:
    """Give somebody a role and make the link by which they set a password."""
    wanted = Role(_one_of(role, RoleChoice, "role").value)
    today, now = timezone.localdate(), timezone.now()
    if wanted == Role.STEWARD and not team_slug:
        organisation = _organisation(organisation_slug)
        actor = commands.setup_actor(organisation, SHELL)
        membership = commands.add_steward(
            actor=actor,
            organisation=organisation,
            name=name,
            email=email,
            first_day=today,
        )
    else:
        team = _team(team_slug)
        actor = commands.setup_actor(team.organisation, SHELL)
        membership = commands.add_member(
            actor=actor,
            team=team,
            role=wanted,
            name=name,
            email=email,
            fte=fte,
            first_day=today,
        )
    token = commands.invite(actor=actor, membership=membership, email=email, now=now)
    base = settings.ENVIRONMENT.base_url or "http://127.0.0.1:8000"
    return {
        "user": email,
        "role": role,
        "link": base + reverse("access:accept_invitation", args=[token]),
        "link_valid_days": commands.INVITATION_DAYS,
    }


def examine() -> dict[str, Any]:
    """Check what an installation needs; each check says what was found."""
    checks = {
        "database": _database(),
        "migrations": _migrations(),
        "append-only": _append_only(),
        "data folder": _data_folder(),
        "keys": _keys(),
        "data packs": _packs(),
    }
    return {
        "ok": all(found == "ok" for found in checks.values()),
        "checks": [f"{name}: {found}" for name, found in checks.items()],
        "sqlite": sqlite3.sqlite_version,
        "engine": connection.vendor,
    }


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check")
            answer = cursor.fetchone()[0]
            return "ok" if answer == "ok" else f"damaged: {answer}"
        cursor.execute("SELECT 1")
    return "ok"


def _migrations() -> str:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return "ok" if not waiting else f"{len(waiting)} waiting; run 'braid serve' once"


def _data_folder() -> str:
    folder = settings.BRAID_DATA
    if not os.access(folder, os.W_OK):
        return "cannot be written; give this account the right to write there"
    if private_files.is_open_to_others(folder):
        return "it can be opened by others; chmod 700"
    for path in (folder / "secret-key", *sorted(folder.glob("braid.sqlite3*"))):
        if path.exists() and private_files.is_open_to_others(path):
            return f"{path.name} can be read by others; chmod 600"
    return "ok"


def _append_only() -> str:
    """Say whether the database itself refuses to change what only grows."""
    wanted = {
        f"{model._meta.db_table}_no_{verb}"
        for model in (AuditEntry, AuditRoot, Change, ConsentEntry, ErasedSubject)
        for verb in ("update", "delete")
    }
    missing = sorted(wanted - _triggers())
    if missing:
        return (
            f"missing: {', '.join(missing)}; put back a backup, or find out who did it"
        )
    return "ok"


def _triggers() -> set[str]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
        else:
            cursor.execute(
                "SELECT tgname FROM pg_trigger"
                " WHERE NOT tgisinternal AND tgenabled <> 'D'"
            )
        return {name for (name,) in cursor.fetchall()}


def _keys() -> str:
    """Say whether the ring is sound and is the one that this database belongs to."""
    kept = Identifier.objects.system("the keys are tried on one number")
    try:
        keyring.ring()
        for stored in kept.values_list("value_encrypted", flat=True)[:1]:
            secrets.decrypt(stored)
    except (keyring.UnsafeKeys, keyring.KeyMissing) as fault:
        return str(fault)
    except InvalidToken:
        return "the secret key or the key ring is not that of this database"
    except DatabaseError:
        return "not looked at: the database has no tables yet"
    return "ok"


def _packs() -> str:
    try:
        report = loader.check(None)
    except PackFaults as faults:
        return f"{len(faults.faults)} faults; run 'braid packs check'"
    return (
        "ok" if report.ok else f"{len(report.faults)} faults; run 'braid packs check'"
    )
