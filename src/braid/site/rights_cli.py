"""`braid subject`, `retention`, `register`, `backup`, `restore`: rights and duties."""

import json
import os
import sys
from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
FILE = click.Path(dir_okay=False, path_type=Path)
IS_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
DAY = click.DateTime(["%Y-%m-%d"])


def _start() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()


def _say(found: dict[str, Any], as_json: bool) -> None:
    from braid.site.cli import say

    say(found, as_json)


def _now() -> datetime:
    from django.utils import timezone

    return timezone.now()


def _data() -> Path:
    return Path(os.environ.get("BRAID_DATA") or "var").resolve()


@click.group()
def subject() -> None:
    """The rights of one applicant: a copy, erasure, restriction.

    APPLICANT is the key, a whole national number, or a name and a date of birth as in
    "Pat Lund, 1990-04-12".
    """


@subject.command("export")
@click.argument("applicant")
@click.option("--out", required=True, type=FILE, help="The archive to write.")
@AS_JSON
def subject_export(applicant: str, out: Path, as_json: bool) -> None:
    """Write everything that names an applicant into one archive.

    Example: braid subject export "Pat Lund, 1990-04-12" --out pat.zip
    """
    _start()
    from braid.site import subjects

    _say(subjects.export(applicant, out, _now()), as_json)


@subject.command("erase")
@click.argument("applicant")
@click.option(
    "--reason", required=True, type=click.Choice(["asked", "retention", "mistake"])
)
@click.option("--yes", is_flag=True, help="Erase for good; without it nothing happens.")
@AS_JSON
def subject_erase(applicant: str, reason: str, yes: bool, as_json: bool) -> None:
    """Tell what an erasure takes away and what stays; with --yes do it.

    Example: braid subject erase 0197e1c2-8a00-7000-8000-000000000001 --reason asked
    """
    _start()
    from braid.site import subjects

    _say(subjects.erase(applicant, reason, yes, _now()), as_json)


@subject.command("restrict")
@click.argument("applicant")
@click.option("--reason", required=True, help="In words; stewards read it.")
@click.option("--until", type=DAY, help="Last day; without it until lifted.")
@AS_JSON
def subject_restrict(
    applicant: str, reason: str, until: datetime | None, as_json: bool
) -> None:
    """Close a record: it is kept and not used.

    Example: braid subject restrict "Pat Lund, 1990-04-12" --reason "A claim is open"
    """
    _start()
    from braid.site import subjects

    last: date | None = until.date() if until else None
    _say(subjects.restrict(applicant, reason, last, _now()), as_json)


@subject.command("lift")
@click.argument("applicant")
@AS_JSON
def subject_lift(applicant: str, as_json: bool) -> None:
    """Open a closed record again.

    Example: braid subject lift "Pat Lund, 1990-04-12"
    """
    _start()
    from braid.site import subjects

    _say(subjects.lift(applicant, _now()), as_json)


@click.group()
def retention() -> None:
    """Letting go what its time is over for, by the country's rules."""


@retention.command("preview")
@AS_JSON
def retention_preview(as_json: bool) -> None:
    """Count what each rule would do now; nobody is named and nothing changes.

    Example: braid retention preview
    """
    _start()
    from braid.access.rights import retention as rules

    _say({"rules": _counted(rules.preview(_now()), as_json)}, as_json)


@retention.command("run")
@AS_JSON
def retention_run(as_json: bool) -> None:
    """Do what each rule says; `braid serve` does it once a day.

    Example: braid retention run
    """
    _start()
    from braid.access.rights import retention as rules

    _say({"rules": _counted(rules.run(_now()), as_json)}, as_json)


def _counted(found: list[Any], as_json: bool) -> list[Any]:
    if as_json:
        return [
            {
                "organisation": due.organisation.slug,
                "kind": due.rule.kind,
                "then": due.rule.then,
                "months": due.rule.months,
                "count": due.count,
            }
            for due in found
        ]
    return [
        f"{due.organisation.slug}: {due.rule.kind}, {due.rule.then} "
        f"{due.rule.months} months after {due.rule.after}: {due.count}"
        for due in found
    ]


@click.command()
@click.option("--organisation", "slug", default="", metavar="SLUG")
@click.option("--html", "as_html", is_flag=True, help="A page to print.")
@AS_JSON
def register(slug: str, as_html: bool, as_json: bool) -> None:
    """Print the register of processing (GDPR, article 30), made from the code.

    Example: braid register --html > register.html
    """
    _start()
    from braid.site import subjects

    found = subjects.registers(slug)
    if as_html:
        click.echo(subjects.registers_page(found))
    elif as_json:
        click.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False))
    else:
        for one in found:
            click.echo(f"{one.organisation} ({one.country})")
            for line in one.processing:
                click.echo(f"  {line.purpose}: {', '.join(line.information)}")


@click.command()
@click.argument("file", type=FILE)
@click.option("--keys", type=FILE, help="Also write the present keys, apart.")
@click.option("--keep", default=90, show_default=True, help="Days it is to be kept.")
@AS_JSON
def backup(file: Path, keys: Path | None, keep: int, as_json: bool) -> None:
    """Copy database, facts, files and documents into one archive, without the keys.

    Example: braid backup /mnt/backups/braid-monday.tar --keys /mnt/safe/braid-keys.tar
    """
    _start()
    from braid.site import subjects

    _say(subjects.back_up(file, keys, keep, _now()), as_json)


@click.command()
@click.argument("file", type=IS_FILE)
@click.option("--keys", type=IS_FILE, help="The latest copy of the keys.")
@click.option(
    "--journal", type=IS_FILE, help="The latest copy of erased.jsonl: who was erased."
)
@AS_JSON
def restore(file: Path, keys: Path | None, journal: Path | None, as_json: bool) -> None:
    """Put a backup back into an empty data folder, prove it, erase again who was erased.

    Example: BRAID_DATA=/srv/braid-trial braid restore /mnt/backups/braid-monday.tar
    """
    from braid.site import backups

    manifest = backups.put_back(file, _data(), keys, journal)
    _start()
    from braid.site import subjects

    found = subjects.after_restore(manifest, has_keys=keys is not None, now=_now())
    _say(found, as_json)
    if "warning" in found:
        click.echo(found["warning"], err=True)
    if not found["ok"]:
        sys.exit(1)


@click.command()
@AS_JSON
def daily(as_json: bool) -> None:
    """Do the work of today, once; `braid serve` does it by itself.

    Example: braid daily
    """
    _start()
    from django.utils import timezone

    from braid.site import daily as work

    done = work.run(timezone.localtime())
    _say({"done": [name for name, went in done.items() if went]}, as_json)
    if not all(done.values()):
        sys.exit(1)


COMMANDS = (subject, retention, register, backup, restore, daily)
