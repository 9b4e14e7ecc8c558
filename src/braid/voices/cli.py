"""`braid voices`: what people say, coded by several."""

import sys
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

import click

from braid.facts.shell import WRONG_USE, refusing, show_json
from braid.voices.pseudonyms_cli import pseudonyms
from braid.voices.transcripts_cli import read

AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)


@click.group()
def voices() -> None:
    """Voices: interviews and focus groups, coded by several, and how far they agree."""


def _telling_faults(run: Callable[..., None]) -> Callable[..., None]:
    """With --json tell each fault of a file by itself, beside the sentence of the first."""

    @wraps(run)
    def command(*args: Any, as_json: bool, **options: Any) -> None:
        from braid.voices.agreement_files import SHOWN, FileFaults

        try:
            run(*args, as_json=as_json, **options)
        except FileFaults as faults:
            if not as_json:
                raise
            error = {
                "code": faults.code,
                "reason": faults.reason,
                "message": str(faults),
                "number": faults.number,
                "faults": [
                    {"line": fault.line or None, "column": fault.column or None}
                    | {"rule": fault.rule, "message": fault.expected}
                    for fault in faults.faults[:SHOWN]
                ],
            }
            show_json({"error": error})
            sys.exit(WRONG_USE)

    return command


@voices.command()
@click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
@click.option(
    "--level",
    type=click.Choice(["nominal", "ordinal", "interval", "ratio"]),
    default="nominal",
    show_default=True,
    help="Of alpha: names, an order, distances, or amounts from 0.",
)
@click.option(
    "--weights",
    type=click.Choice(["linear", "quadratic"]),
    help="Also work out a weighted kappa, by the distance of places in order.",
)
@click.option(
    "--interval",
    "draws",
    type=click.IntRange(1, 100_000),
    is_flag=False,
    flag_value=1000,
    metavar="DRAWS",
    help="Add intervals by drawing the units anew, 1000 times if not said.",
)
@click.option("--seed", type=int, default=1, show_default=True, help="Of the draws.")
@AS_JSON
@refusing
@_telling_faults
def agreement(
    path: Path,
    level: str,
    weights: str | None,
    draws: int | None,
    seed: int,
    as_json: bool,
) -> None:
    """Say how far coders agree: a CSV file with the columns unit, then one a coder.

    A blank cell is missing; kappa drops the unit, alpha keeps what the others said.
    Kappa is for two coders, Fleiss' kappa for three or more.

    Example: braid voices agreement codings.csv --level ordinal --json
    """
    from braid.method.agreement import Level
    from braid.voices.agreement_files import read_said
    from braid.voices.agreement_texts import Asked, document, lines

    said = read_said(path, Level(level))
    asked = Asked(Level(level), weights, draws or 0, seed)  # type: ignore[arg-type]
    found = document(said, asked)
    if as_json:
        show_json(found)
        return
    for line in lines(found):
        click.echo(line)


voices.add_command(pseudonyms)
voices.add_command(read)
