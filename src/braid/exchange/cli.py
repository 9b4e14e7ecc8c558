"""`braid roster`: from the shell, what the pages do. Options and JSON are an interface.

Django and the importer are loaded when a command runs, so that `--help` is instant.
"""

import json
import os
import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any

import click

REFUSED, BROKEN = 1, 3
SUFFIXES = {".xlsx", ".xlsm", ".ods", ".csv", ".tsv", ".txt"}
UNTOUCHED = (
    click.ClickException,
    click.exceptions.Exit,
    click.Abort,
    BrokenPipeError,  # somebody looked at the first lines only
)
Document = dict[str, Any]

FILES = click.argument(
    "files",
    nargs=-1,
    required=True,
    metavar="FILE…",
    type=click.Path(exists=True, path_type=Path),
)
SETUP = click.option(
    "--setup",
    "setup_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON with what is stated once: unit, as_of, specialists, words, …",
)
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
IDENTIFY = click.option(
    "--identify", is_flag=True, help="Show names and numbers of applicants as they are."
)
DAY = click.DateTime(formats=["%Y-%m-%d"])


def _country(_context: Any, _option: Any, value: str | None) -> str | None:
    if value is not None and not re.fullmatch(r"[A-Za-z]{2}", value):
        raise click.BadParameter("expected two letters such as DK, NL, GB, US.")
    return value


@click.group()
def roster() -> None:
    """Bring a service's own spreadsheets."""


def guarded(run: Callable[..., int]) -> Callable[..., None]:
    """End with the exit code that a command returns, and with 3 on our own fault."""

    @wraps(run)
    def command(*args: Any, **kwargs: Any) -> None:
        try:
            code = run(*args, **kwargs)
        except UNTOUCHED:
            raise
        except Exception as error:
            code = _broken(error, bool(kwargs.get("as_json")))
        sys.exit(code)

    return command


def _broken(error: Exception, as_json: bool) -> int:
    """Write down where it broke, without values, and name the reference."""
    from braid.kernel.breakage import note

    data = Path(os.environ.get("BRAID_DATA") or "var").resolve()
    reference, path = note(error, data)
    told = {"code": "broken", "reference": reference, "log": str(path)}
    if as_json:
        show_json({"error": told})
    click.echo(
        f"Something is broken in Braid itself. Reference {reference}; what is known "
        f"stands in {path}.",
        err=True,
    )
    return BROKEN


def show_json(document: Document) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _files(paths: tuple[Path, ...]) -> list[Path]:
    """Return the files; of a folder, those that may be rosters."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            inside = [p for p in sorted(path.iterdir()) if p.suffix.lower() in SUFFIXES]
            if not inside:
                raise click.UsageError(f"The folder '{path}' holds no workbook or CSV.")
            found += inside
        else:
            found.append(path)
    return found


def _read_json(path: Path | None, option: str) -> Any:
    if path is None:
        return None
    try:
        return json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, OSError):
        raise click.BadParameter(
            f"'{path}' is no JSON document.", param_hint=option
        ) from None


def _day(value: datetime | None) -> date | None:
    return value.date() if value is not None else None


def _django(*, migrate: bool) -> None:
    """Set up Django; make or bring up to date the database where it is needed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()
    if migrate:
        from braid.exchange.shell.acting import bring_up_to_date

        bring_up_to_date()


@roster.command()
@FILES
@SETUP
@AS_JSON
@guarded
def inspect(files: tuple[Path, ...], setup_file: Path | None, as_json: bool) -> int:
    """Recognise layout, tables and columns; nothing is stored.

    Example: braid roster inspect tracker.xlsx --setup unit.json
    """
    stated = _read_json(setup_file, "--setup")
    _django(migrate=False)
    from braid.exchange.shell import importing

    return importing.inspect(_files(files), stated, as_json=as_json)


@roster.command(name="import")
@FILES
@click.option("--unit", required=True, metavar="SLUG", help="Short name of the unit.")
@click.option(
    "--country",
    metavar="CC",
    callback=_country,
    help="Of a unit that is to be made: DK, NL, GB, US, …",
)
@click.option("--layout", "layout_id", metavar="ID", help="A layout known by name.")
@SETUP
@click.option(
    "--answers",
    "answers_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="JSON list of {file, sheet, row, field, answer} that settles what was asked.",
)
@click.option("--as-of", type=DAY, metavar="DATE", help="The day of the files.")
@click.option("--as", "as_email", metavar="EMAIL", help="Act as this person.")
@click.option(
    "--commit/--dry-run", default=False, help="Save, or only show (the default)."
)
@click.option(
    "--figures",
    is_flag=True,
    help="Add the figures that the service would see; nothing is saved for them.",
)
@IDENTIFY
@AS_JSON
@guarded
def import_(
    files: tuple[Path, ...],
    setup_file: Path | None,
    answers_file: Path | None,
    as_of: datetime | None,
    as_json: bool,
    **options: Any,
) -> int:
    """Import files into a unit: a preview, or with --commit all of it or nothing.

    A database or unit that is missing is made. Exit 1 when something was refused: an
    answer that cannot be used, a file that is no roster.

    Example: braid roster import tracker.xlsx --unit north --country GB
    --setup unit.json --commit
    """
    stated = _read_json(setup_file, "--setup")
    answers = _read_json(answers_file, "--answers")
    _django(migrate=True)
    from braid.exchange.shell import importing

    wish = importing.Wish(
        files=_files(files),
        setup=stated,
        answers=answers,
        as_of=_day(as_of),
        **options,
    )
    return importing.import_files(wish, as_json=as_json)


@roster.command()
@click.option(
    "--country",
    metavar="CC",
    callback=_country,
    help="Whose words it is in: DK, NL, GB, US, NO, SE, DE. English for others.",
)
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Where to write it; a file that is there already is left alone.",
)
@AS_JSON
@guarded
def blank(country: str | None, out: Path, as_json: bool) -> int:
    """Write a blank workbook to begin with; whatever is filled in can be imported.

    Example: braid roster blank --country DK --out start.xlsx
    """
    from braid.exchange.blank import SUFFIX, blank_workbook

    if out.suffix.lower() != SUFFIX:
        raise click.BadParameter(
            f"'{out}' would hold a workbook of another kind than its name says. Name "
            f"a file that ends in {SUFFIX}.",
            param_hint="--out",
        )
    made = blank_workbook(country)
    try:
        with out.open("xb") as file:
            file.write(made.data)
    except FileExistsError:
        raise click.BadParameter(
            f"'{out}' is there already. Name another file.", param_hint="--out"
        ) from None
    except OSError:
        raise click.BadParameter(
            f"'{out}' cannot be written. Name another file.", param_hint="--out"
        ) from None
    if country and not made.is_known:
        click.echo(
            f"Braid has no words of '{country}' yet; the workbook is in English.",
            err=True,
        )
    if as_json:
        show_json({"file": str(out), "language": made.language})
    else:
        click.echo(f"{out} is ready to be filled in.")
    return 0


@roster.command()
@click.argument("batch", type=click.UUID)
@click.option("--as", "as_email", metavar="EMAIL", help="Act as this person.")
@AS_JSON
@guarded
def undo(batch: Any, as_email: str | None, as_json: bool) -> int:
    """Take an import back; exit 1 when its rows were changed or used since.

    Example: braid roster undo 5f0c2f1e-6f0e-4a57-9d0e-8f6f3d1f6b6a
    """
    _django(migrate=True)
    from braid.exchange.shell import importing

    return importing.undo(batch, as_email, as_json=as_json)
