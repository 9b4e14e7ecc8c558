"""`braid outcomes compare` and `survival`: statistics from a table of counts or days.

Neither needs the record, so neither starts Django.
"""

import sys
from collections.abc import Callable, Sequence
from functools import wraps
from pathlib import Path
from typing import Any

import click

from braid.facts.shell import WRONG_USE, refusing, show_json

FILE = click.argument("path", metavar="FILE.csv", type=click.Path(path_type=Path))
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)


def _telling_faults(run: Callable[..., None]) -> Callable[..., None]:
    """Tell all that is wrong with a file: with --json each fault by itself, too."""

    @wraps(run)
    def command(*args: Any, as_json: bool, **options: Any) -> None:
        from braid.outcomes.statistics_files import SHOWN, FileFaults

        try:
            run(*args, as_json=as_json, **options)
        except FileFaults as faults:
            if not as_json:
                raise
            error = {
                "code": faults.code,
                "reason": faults.reason,
                "message": str(faults),
                "number": len(faults.faults),
                "faults": [
                    {"row": fault.row, "column": fault.column or None}
                    | {"rule": fault.rule, "message": fault.sentence}
                    for fault in faults.faults[:SHOWN]
                ],
            }
            show_json({"error": error})
            sys.exit(WRONG_USE)

    return command


@click.command()
@FILE
@click.option(
    "--interval",
    type=click.Choice(["wilson", "wald", "clopper_pearson"]),
    default="wilson",
    show_default=True,
    help="Of each rate.",
)
@click.option(
    "--haldane",
    is_flag=True,
    help="Add half an event to each cell of an odds ratio that has a zero.",
)
@AS_JSON
@refusing
@_telling_faults
def compare(path: Path, interval: str, haldane: bool, as_json: bool) -> None:
    """Compare groups by counts: columns id, arm, events, n; one row a group.

    The first arm of each id in the order of the file is held against each later one.

    Example: braid outcomes compare trials.csv --json
    """
    from braid.outcomes.statistics_files import read_counts
    from braid.outcomes.statistics_texts import compared_lines, contrasts

    found = contrasts(read_counts(path), interval, haldane=haldane)
    if as_json:
        show_json([contrast.as_dict() for contrast in found])
        return
    for contrast in found:
        _show(compared_lines(contrast))


@click.command()
@FILE
@click.option("--by", metavar="COLUMN", help="One curve for each value of a column.")
@click.option(
    "--horizon",
    type=click.IntRange(min=1),
    metavar="D",
    help="Days to which the mean is restricted; the smallest of the groups' largest "
    "times if not given.",
)
@click.option(
    "--adjust",
    "covariates",
    multiple=True,
    metavar="COLUMN",
    help="Hold a column equal in a Cox regression; may be given again. Needs the extra "
    "'stats'.",
)
@AS_JSON
@refusing
@_telling_faults
def survival(
    path: Path,
    by: str | None,
    horizon: int | None,
    covariates: tuple[str, ...],
    as_json: bool,
) -> None:
    """Draw Kaplan-Meier curves from days: columns duration, event; one row a person.

    An event is 1, the end of observation without one 0. With several groups a log-rank
    test says whether they differ.

    Example: braid outcomes survival first-jobs.csv --by arm --horizon 540 --json
    """
    from braid.outcomes.statistics_files import read_durations
    from braid.outcomes.statistics_texts import survival_document, survived_lines

    people = read_durations(path, by, covariates)
    document = survival_document(people, horizon, by=by, covariates=covariates)
    if as_json:
        show_json(document)
        return
    _show(survived_lines(document))


def _show(lines: Sequence[str]) -> None:
    for line in lines:
        click.echo(line)
