"""`braid facts`: freeze the facts of the record, check any set of facts.

Django and the engine are loaded when a command runs, so that `--help` is instant.
"""

import sys
from datetime import date, datetime
from pathlib import Path
from time import perf_counter
from typing import TYPE_CHECKING

import click

from braid.facts import compare_cli
from braid.facts.shell import (
    REFUSED,
    line,
    must_have_record,
    refusing,
    show_json,
    start,
    told,
)
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.facts.commands import Built

TASK = "shell"
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)


@click.group()
def facts() -> None:
    """The facts: tables without names that every figure is made from."""


@facts.command()
@click.option(
    "--unit", "slug", metavar="SLUG", help="Only this unit; all of them if not given."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Write a set to hand on, with pseudonyms for ids, instead of a snapshot.",
)
@click.option(
    "--afresh", is_flag=True, help="Draw everything, also what did not change."
)
@AS_JSON
@refusing
def build(slug: str | None, out: Path | None, afresh: bool, as_json: bool) -> None:
    """Freeze the facts as the record stands now.

    What changed since the last snapshot of the same units is drawn from the record; the
    rest is kept.

    Example: braid facts build --unit north --out facts-of-north
    """
    began = perf_counter()
    start()
    from django.utils import timezone

    from braid.access.queries import installation_actor, unit_by_slug
    from braid.facts import commands, tasks

    must_have_record("Import a workbook first.")
    actor = installation_actor(TASK)
    unit = unit_by_slug(slug) if slug else None
    if actor is None or (slug and unit is None):
        raise InputFault(
            f"There is no unit '{slug}'." if slug else "There is no unit yet.",
            field="unit",
            reason="unit_unknown",
        )
    built = commands.build(
        actor=actor, unit=unit, out=out, today=timezone.localdate(), afresh=afresh
    )
    made = built.manifest
    if out is None:
        tasks.work_out(made.snapshot)
    found = {
        "snapshot": made.snapshot,
        "as_of": made.as_of.isoformat(),
        "rows": dict(made.rows),
        "hash": made.hash,
        "base": str(built.base.pk) if built.base else None,
        "drawn": dict(built.drawn),
        "kept": built.kept,
        "seconds": round(perf_counter() - began, 1),
    }
    if as_json:
        show_json(found)
        return
    for table, rows in made.rows.items():
        click.echo(f"{table}: {rows}")
    click.echo(_how(built))
    click.echo(
        f"The facts as of {found['as_of']} are in {built.folder}, "
        f"after {found['seconds']} seconds."
    )


def _how(built: "Built") -> str:
    """Return a sentence on what was drawn and what was kept."""
    drawn = {table: rows for table, rows in built.drawn.items() if rows}
    new = f"{sum(drawn.values()):,} rows of {len(drawn)} tables"
    if built.base is None:
        return f"Drawn from the record: all {new}."
    made_at = f"{built.base.made_at:%Y-%m-%d %H:%M} UTC"
    return f"Drawn from the record: {new}; kept from {made_at}: {built.kept:,} rows."


@facts.command()
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option(
    "--as-of",
    type=click.DateTime(formats=["%Y-%m-%d"]),
    metavar="DATE",
    help="The day of the facts; the manifest's, else today, if not given.",
)
@AS_JSON
@refusing
def check(folder: Path, as_of: datetime | None, as_json: bool) -> None:
    """Check a folder of facts, Parquet or CSV, against the schema and its rules.

    Exit 1 when something in it cannot be true; warnings alone are no failure.

    Example: braid facts check facts-of-north --json
    """
    if not folder.is_dir():
        raise InputFault(
            "There is no such folder.", field="folder", reason="folder_unknown"
        )
    from braid.facts import verifying

    found = verifying.verify(
        folder, as_of.date() if as_of else None, today=date.today()
    )
    is_sound = not any(violation.severity == "error" for violation in found)
    if as_json:
        show_json({"ok": is_sound, "violations": told(found)})
    else:
        for violation in found:
            click.echo(line(violation))
        click.echo("Sound." if is_sound else "Not sound.")
    if not is_sound:
        sys.exit(REFUSED)


@facts.command("compile")
@AS_JSON
@refusing
def compile_ahead(as_json: bool) -> None:
    """Compile the statements of all measures, so that nobody waits for them.

    Every process reads them then. To be run after an installation and an update; it
    takes a minute or two, and nothing the next time.

    Example: braid facts compile
    """
    start()
    from braid.facts import ahead, statements

    began = perf_counter()
    number = ahead.compile_all()
    found = {
        "statements": number,
        "folder": str(statements.place()),
        "seconds": round(perf_counter() - began, 1),
    }
    if as_json:
        show_json(found)
        return
    click.echo(
        f"{number} statements are in {found['folder']}, after {found['seconds']} seconds."
    )


facts.add_command(compare_cli.compare)
facts.add_command(compare_cli.schema)
