"""The `braid` command."""

import json
import logging
import os
import sys
import uuid
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import click

import braid
from braid.kernel import breakage
from braid.kernel.errors import BraidError, InputFault
from braid.site.environment import WrongEnvironment

REFUSED, WRONG_USE, BROKEN = 1, 2, 3


def start_django() -> None:
    """Load the settings; a wrong variable of the environment ends here with a sentence."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "braid.site.settings")
    import django

    django.setup()


class BraidGroup(click.Group):
    """Turns Braid's own errors into a sentence and an exit code."""

    def main(self, *args: Any, **kwargs: Any) -> Any:
        """Run a command; whoever reads its first lines only hears no complaint."""
        try:
            return super().main(*args, **kwargs)
        finally:
            _let_go_of_output()

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except InputFault as fault:
            click.echo(str(fault), err=True)
            sys.exit(WRONG_USE)
        except WrongEnvironment as fault:
            click.echo(str(fault), err=True)
            sys.exit(WRONG_USE)
        except BraidError as fault:
            click.echo(f"{fault.code}: {fault}", err=True)
            sys.exit(REFUSED)
        except (click.exceptions.Exit, click.ClickException, click.Abort):
            raise
        except BrokenPipeError:  # click ends quietly, with exit code 1
            raise
        except Exception as error:
            sys.exit(_broken(error))


def _let_go_of_output() -> None:
    """Flush what is left to print; where nobody reads it any more, drop it.

    Else Python would complain while it ends (docs of `signal`, "Note on SIGPIPE").
    """
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is None or stream.closed:
            continue
        try:
            stream.flush()
        except BrokenPipeError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def _broken(error: Exception) -> int:
    """Keep where it broke in a private file and show its reference only."""
    data = Path(os.environ.get("BRAID_DATA") or "var").resolve()
    reference, path = breakage.note(error, data)
    click.echo(
        f"Something in Braid is broken (reference {reference}). "
        f"What is known stands in {path}.",
        err=True,
    )
    return BROKEN


@click.group(cls=BraidGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(braid.__version__, prog_name="braid")
def main() -> None:
    """Braid: one shared record for Individual Placement and Support.

    Example: braid serve --port 8000
    """


@main.command()
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64))
def serve(host: str, port: int, workers: int) -> None:
    """Run the site and its worker until stopped.

    Example: braid serve --host 127.0.0.1 --port 8000
    """
    start_django()
    from braid.site import serving

    serving.prepare()
    serving.serve(host, port, workers=workers)


@main.group()
def organisation() -> None:
    """Organisations of this installation."""


@organisation.command("add")
@click.argument("name")
@click.option("--sector", default="ips_provider", show_default=True)
@click.option("--country", required=True, help="Two letters, e.g. dk.")
@click.option(
    "--slug", default="", help="Short name; made from the name when not given."
)
@click.option("--json", "as_json", is_flag=True)
def organisation_add(
    name: str, sector: str, country: str, slug: str, as_json: bool
) -> None:
    """Make an organisation.

    Example: braid organisation add "Havnelund Municipality" --country dk
    """
    start_django()
    from braid.site import installation

    say(installation.add_organisation(name, sector, country, slug), as_json)


@main.group()
def team() -> None:
    """Teams: IPS units, treatment teams, job centres."""


@team.command("add")
@click.argument("name")
@click.option("--organisation", "organisation_slug", required=True, metavar="SLUG")
@click.option("--kind", default="ips_unit", show_default=True)
@click.option("--unit", "unit_slug", default="", help="IPS unit that works with it.")
@click.option("--slug", default="")
@click.option("--json", "as_json", is_flag=True)
def team_add(
    name: str,
    organisation_slug: str,
    kind: str,
    unit_slug: str,
    slug: str,
    as_json: bool,
) -> None:
    """Make a team; a treatment team or job centre can be linked to a unit at once.

    Example: braid team add "Unit North" --organisation havnelund --kind ips_unit
    """
    start_django()
    from braid.site import installation

    made = installation.add_team(name, organisation_slug, kind, unit_slug, slug)
    say(made, as_json)


@main.group()
def user() -> None:
    """People who work with Braid."""


@user.command("add")
@click.argument("name")
@click.option("--email", required=True)
@click.option("--role", required=True)
@click.option("--team", "team_slug", default="", help="Not for a data steward.")
@click.option(
    "--organisation", "organisation_slug", default="", help="For a data steward."
)
@click.option("--fte", type=Decimal, default=None, help="Share of full time, e.g. 0.8.")
@click.option("--json", "as_json", is_flag=True)
def user_add(
    name: str,
    email: str,
    role: str,
    team_slug: str,
    organisation_slug: str,
    fte: Decimal | None,
    as_json: bool,
) -> None:
    """Give somebody a role and print the link by which they set a password.

    Example: braid user add "Ada Holm" --email ada@example.org --role specialist --team north
    """
    start_django()
    from braid.site import installation

    made = installation.add_user(name, email, role, team_slug, organisation_slug, fte)
    say(made, as_json)


@main.command()
@click.option("--json", "as_json", is_flag=True)
def doctor(as_json: bool) -> None:
    """Look whether this installation is sound.

    Example: braid doctor --json
    """
    start_django()
    from braid.site import installation

    found = installation.examine()
    say(found, as_json)
    if not found["ok"]:
        sys.exit(REFUSED)


@main.group()
def packs() -> None:
    """Data packs: what varies by country, publisher or contract."""


@packs.command("check")
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False))
@click.option("--json", "as_json", is_flag=True)
def packs_check(folder: str | None, as_json: bool) -> None:
    """Load packs and run their situations; without FOLDER those that Braid ships.

    Example: braid packs check my-packs
    """
    from braid.packs import loader

    report = loader.check([Path(folder)] if folder else None)
    faults = [
        {"path": fault.path, "line": fault.line, "message": fault.message}
        if as_json
        else str(fault)
        for fault in report.faults
    ]
    found = {"ok": report.ok, "packs": list(report.packs), "faults": faults}
    say(found | {"open": list(report.open)}, as_json)
    if not report.ok:
        sys.exit(REFUSED)


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal | uuid.UUID):
        return str(value)
    raise TypeError(type(value).__name__)


def say(found: dict[str, Any], as_json: bool) -> None:
    """Print a result for a person, or as one JSON document for a program."""
    if as_json:
        click.echo(json.dumps(found, default=_plain, ensure_ascii=False, indent=1))
        return
    for key, value in found.items():
        if isinstance(value, list):
            click.echo(f"{key}:")
            for line in value:
                click.echo(f"  {line}")
        else:
            click.echo(f"{key}: {value}")


def _add_rooms() -> None:
    """Let the rooms bring their commands."""
    from braid.access.audit_cli import audit
    from braid.access.database_cli import database
    from braid.benefits.cli import COMMANDS as ABOUT_PAGES
    from braid.exchange.cli import roster
    from braid.facts.cli import facts
    from braid.facts.measures_cli import measures
    from braid.fidelity.cli import fidelity
    from braid.funding.cli import funding
    from braid.outcomes.cli import outcomes
    from braid.site.benefits_cli import benefits
    from braid.site.demo.command import demo
    from braid.site.keys_cli import keys
    from braid.site.rights_cli import COMMANDS
    from braid.voices.cli import voices

    main.add_command(audit)
    main.add_command(benefits)
    main.add_command(database)
    main.add_command(facts)
    main.add_command(fidelity)
    main.add_command(funding)
    main.add_command(measures)
    main.add_command(outcomes)
    main.add_command(roster)
    main.add_command(voices)
    main.add_command(demo)
    main.add_command(keys)
    for command in COMMANDS:
        main.add_command(command)
    for command in ABOUT_PAGES:
        benefits.add_command(command)


logging.captureWarnings(True)
_add_rooms()
