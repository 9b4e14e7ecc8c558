"""What the commands about rights and duties do, for whoever owns the shell."""

from datetime import date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.utils.translation import get_language

from braid.access import audit, lines, verifying
from braid.access.commands import setup_actor
from braid.access.models import Organisation
from braid.access.policy import Actor, Information
from braid.access.rights import (
    copies,
    erasing,
    exporting,
    processing,
    restricting,
)
from braid.kernel import private_files
from braid.kernel.errors import InputFault
from braid.people import finding
from braid.people import retained as people
from braid.site import backups

SHELL = "shell"


def find(words: str) -> UUID:
    """Return whom the shell means: a key, a whole number, or a name and date of birth.

    Raises InputFault where that is nobody, or more than one.
    """
    try:
        return UUID(words)
    except ValueError:
        pass
    name, comma, day = words.rpartition(",")
    if comma:
        try:
            born = date.fromisoformat(day.strip())
        except ValueError:
            raise _who("the day behind the comma is no date") from None
        found = people.matching(name, born)
    else:
        found = [one.pk for one in finding.in_emergency(number=words.strip())]
        found = found or people.matching(words, None)
    if len(found) != 1:
        raise _who("nobody is" if not found else f"{len(found)} people are")
    return found[0]


def _who(met: str) -> InputFault:
    return InputFault(
        f"APPLICANT is not clear: {met} meant by it. Expected one person: a key, a "
        'whole number, or "Name, 1990-04-12".',
        field="applicant",
        reason="not_one",
    )


def _shell(applicant_id: UUID) -> Actor:
    holder = Organisation.objects.get(pk=erasing.holder_of(applicant_id))
    return setup_actor(holder, SHELL)


def export(words: str, out: Path, now: datetime) -> dict[str, Any]:
    """Write an applicant's copy to a file that only its owner reads."""
    applicant_id = find(words)
    actor = _shell(applicant_id)
    copy = exporting.gather(applicant_id, now)
    with copy.as_file() as archive:
        private_files.replace(out.resolve(), archive.read())
    classes = [one for one in Information if one != Information.STATISTICAL]
    audit.record(actor, "subject_exported", applicant=applicant_id, information=classes)
    return {"file": out.name, "rows": copy.counts, "files": len(copy.pieces)}


def erase(words: str, reason: str, yes: bool, now: datetime) -> dict[str, Any]:
    """Tell what an erasure does; with `yes` do it."""
    applicant_id = find(words)
    foreseen = erasing.foresee(applicant_id)
    told: dict[str, Any] = {
        "erased": yes,
        "goes": [f"{one.words}: {one.rows}" for one in foreseen.fates if one.goes],
        "stays": [
            f"{one.words}: {one.rows} ({one.why})"
            for one in foreseen.fates
            if not one.goes
        ],
        "backups": [
            f"{one.name} of {one.made_at.date()}, kept until {one.kept_until}"
            for one in foreseen.backups
        ],
    }
    if yes:
        told["taken"] = erasing.erase(
            actor=_shell(applicant_id),
            applicant_id=applicant_id,
            reason=reason,
            now=now,
        )
        erasing.tidy()
    return told


def restrict(
    words: str, reason: str, until: date | None, now: datetime
) -> dict[str, Any]:
    """Close a record."""
    applicant_id = find(words)
    made = restricting.restrict(
        actor=_shell(applicant_id),
        applicant_id=applicant_id,
        reason=reason,
        now=now,
        ends_on=until,
    )
    return {"restricted": True, "until": made.ends_on}


def lift(words: str, now: datetime) -> dict[str, Any]:
    """Open a record again."""
    applicant_id = find(words)
    actor = _shell(applicant_id)
    return {"lifted": restricting.lift(actor=actor, applicant_id=applicant_id, now=now)}


def registers(slug: str) -> list[processing.Register]:
    """Return the registers of all organisations, or of one. Raises InputFault."""
    found = Organisation.objects.filter(slug=slug) if slug else None
    if found is not None and not found:
        raise InputFault(f"There is no organisation '{slug[:60]}'.")
    every = Organisation.objects.all() if found is None else found
    return [processing.register(one) for one in every]


def registers_page(found: list[processing.Register]) -> str:
    context = {"registers": found, "language": get_language()}
    return render_to_string("access/rights/register_page.html", context)


def back_up(
    target: Path, keys: Path | None, days: int, now: datetime
) -> dict[str, Any]:
    """Write a backup, list it, and where asked write the keys apart."""
    if connection.vendor != "sqlite":
        raise InputFault(
            "This database is not SQLite. Expected one in the data folder. "
            "Use pg_dump for it, and copy the data folder."
        )
    target = target.resolve()
    data = Path(settings.BRAID_DATA)
    database = Path(connection.settings_dict["NAME"])
    manifest = backups.make(target, data, database, now)
    listed = copies.add(str(target), now, days)
    for organisation in Organisation.objects.order_by("pk")[:1]:
        audit.record(setup_actor(organisation, SHELL), "backup_made")
    told = {
        "file": target.name,
        "kept_until": listed.kept_until,
        "files": len(manifest["files"]),
        "rows": sum(manifest["counts"].values()),
        "without": "the applicants' keys, the key ring and the secret key",
    }
    if keys is not None:
        count = backups.keep_keys(keys.resolve(), data, Path(settings.BRAID_KEYS), now)
        told["keys"] = f"{keys.name}: {count} files, in place of the copy before"
    return told


def after_restore(
    manifest: dict[str, Any], *, has_keys: bool, now: datetime
) -> dict[str, Any]:
    """Bring what was put back up to this version, walk the audit, erase again."""
    call_command("migrate", verbosity=0, interactive=False)
    broken = [
        f"{key} line {found.line}: {found.damage.value}"
        for key in lines.organisations()
        if (found := verifying.walk(lines.chain(key))).damage
    ]
    again = erasing.replay(now)
    warning = backups.unknown_erasures(manifest)
    return ({"warning": warning} if warning else {}) | {
        "ok": not broken,
        "made_at": manifest["made_at"],
        "erasures_known_until": manifest["erasures_known_until"],
        "files": len(manifest["files"]),
        "rows": sum(manifest["counts"].values()),
        "audit": broken or "whole",
        "erased_again": again,
        "keys": "put back"
        if has_keys
        else "not given: numbers and sealed texts cannot be read",
    }
