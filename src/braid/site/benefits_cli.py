"""`braid benefits`: the rule packs, one calculation by them, and the engines."""

import json
from pathlib import Path
from typing import Any

import click

from braid.kernel.errors import InputFault

AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
LONGEST = 1_000_000


def _start() -> None:
    from braid.site.cli import start_django

    start_django()


def _say(found: dict[str, Any], as_json: bool) -> None:
    from braid.site.cli import say

    say(found, as_json)


@click.group()
def benefits() -> None:
    """Benefit rules, what they leave of pay, and engines. Information, no decision."""


@benefits.command("packs")
@AS_JSON
def list_packs(as_json: bool) -> None:
    """List the rule packs, with how much of each is not filled in yet.

    Example: braid benefits packs
    """
    _start()
    from braid.packs import benefits as packs

    found: list[Any] = []
    for pack in packs.load().values():
        open_in = len(pack.open_values)
        if as_json:
            found.append(
                {
                    "id": pack.id,
                    "version": pack.version,
                    "country": pack.country,
                    "status": pack.status,
                    "rules_date": pack.rules_date,
                    "expires_on": pack.expires_on,
                    "open": pack.open_values,
                }
            )
        else:
            told = f"{open_in} parts are open" if open_in else "nothing is open"
            found.append(f"{pack.id}@{pack.version}, {pack.status}: {told}")
    _say({"packs": found}, as_json)


@benefits.command("evaluate")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--pack", "pack_id", required=True, metavar="ID", help="As xx-test.")
@click.option("--version", default=None, help="Of the pack; without it the latest.")
@AS_JSON
def evaluate(file: Path, pack_id: str, version: str | None, as_json: bool) -> None:
    """Work out what a rule pack leaves of the pay in FILE, a JSON document.

    FILE holds a wage, hours and what is known of benefits, and nobody's name.

    Example: braid benefits evaluate cafe.json --pack xx-test
    """
    _start()
    from braid.method.benefits.stored import plain
    from braid.packs import benefits as packs

    result = packs.get(pack_id, version).worked_out(packs.inputs_of(_read(file)))
    if as_json:
        _say(plain(result), as_json=True)
        return
    _say(
        {
            "pack": f"{result.pack_id}@{result.pack_version}",
            "rules of": result.rules_date,
            "currency": f"{result.currency} a {result.unit}",
            "rows": [_row(row) for row in result.rows],
            "less": [_dip(dip) for dip in result.dips],
            "not known": [
                f"{each.benefit}: {each.question.get('en', each.reason)}"
                for each in result.unknown
            ],
            "mind": list(result.warnings),
        },
        as_json=False,
    )


@benefits.command("engines")
@AS_JSON
def engines(as_json: bool) -> None:
    """List the benefit engines that Braid can speak to, and which are installed.

    Example: braid benefits engines
    """
    _start()
    from braid.benefits.engines import KNOWN, found

    told: list[Any] = []
    for engine in map(found, KNOWN):
        if as_json:
            told.append(
                {
                    "id": engine.id,
                    "country": engine.country,
                    "licence": engine.licence,
                    "source": engine.source,
                    "installed": engine.python is not None,
                    "version": engine.version,
                }
            )
        else:
            state = engine.version or "not installed"
            told.append(f"{engine.id} ({engine.country}, {engine.licence}): {state}")
    _say({"engines": told}, as_json)


def _read(file: Path) -> dict[str, Any]:
    """Return the values of a JSON file, amounts exactly as they are written."""
    if file.stat().st_size > LONGEST:
        raise InputFault("The file is too large. Give one question in one file.")
    try:
        said = json.loads(file.read_text("utf-8"), parse_float=str)
    except (ValueError, RecursionError):
        said = None
    if not isinstance(said, dict):
        raise InputFault(
            "The file holds no JSON object. Write one with 'wage' and 'hours', such as "
            '{"wage": "12.00", "hours": [0, 16]}.'
        )
    return said


def _row(row: Any) -> str:
    net = "not known" if row.net is None else row.net
    return f"{row.hours} hours: pay {row.gross}, left {net}"


def _dip(dip: Any) -> str:
    until = "without end" if dip.until_hours is None else f"to {dip.until_hours}"
    return f"from {dip.from_hours} hours {until}, at most {dip.deepest} less"
