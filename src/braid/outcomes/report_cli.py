"""`braid outcomes report`: a report over any facts, to read or as a file.

Django, the facts and their engine are loaded when the command runs, so that `--help` is
instant.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.facts.shell import refusing, start
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.facts.sources import Source
    from braid.outcomes.reporting.document import Document
    from braid.outcomes.reporting.running import Order

FORMATS = ("json", "xlsx", "csv", "pdf")
TO_FILE = ("xlsx", "pdf")
DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.argument("report_id", metavar="ID")
@click.option("--period", required=True, metavar="PERIOD", help="E.g. 2026Q1, 2025/26.")
@click.option(
    "--facts",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of facts, Parquet or CSV; without it, those of this installation.",
)
@click.option(
    "--unit",
    metavar="SLUG",
    help="Only this unit: drawn fresh from the record; with --facts its unit_id.",
)
@click.option("--mode", help="The same as --option mode=….")
@click.option(
    "--option",
    "options",
    multiple=True,
    metavar="NAME=CHOICE",
    help="Something the report lets one choose; may be given again.",
)
@click.option(
    "--profile",
    metavar="ID",
    help="Keep small numbers back by this rule, or by the report's own with 'report'; "
    "without it figures are exact, for the unit itself.",
)
@click.option(
    "--as-of", type=DAY, metavar="DATE", help="Count only what was so by that day."
)
@click.option(
    "--restate",
    is_flag=True,
    help="Use the latest definition, not the one in force in the period.",
)
@click.option(
    "--language", default="en", show_default=True, metavar="CODE", help="Of all words."
)
@click.option(
    "--format",
    "format",
    type=click.Choice(FORMATS),
    help="By default by the name of --out; to be read, if neither is given.",
)
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE")
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@refusing
def report(
    *,
    folder: Path | None,
    unit: str | None,
    format: str | None,
    out: Path | None,
    as_json: bool,
    **asked: Any,
) -> None:
    """Make a report, with every definition, denominator and snapshot printed.

    Exit 1 when the facts of a folder are not sound: 'braid facts check' finds an error
    in them.

    Example: braid outcomes report ips-grow --facts my-facts --period 2026Q1 --mode
    compatible --out ips-grow.xlsx
    """
    chosen = _format(format, out, as_json)
    start()
    from braid.facts import sources
    from braid.outcomes.reporting import running

    order = _order(**asked)
    period = running.chosen(order).period
    if folder is None:
        source = sources.own(unit)
    else:
        source = sources.folder(folder, unit, order.as_of or period.last_day)
    with source.facts:
        document = _run(order, source)
    _hand_out(document, chosen, out)


def _format(format: str | None, out: Path | None, as_json: bool) -> str | None:
    """Return the format, None for text to be read. Raises InputFault."""
    ending = out.suffix.lstrip(".").lower() if out else ""
    chosen = format or ("json" if as_json else None) or (ending or None)
    if chosen is not None and chosen not in FORMATS:
        raise InputFault(
            f"A report is written as {', '.join(FORMATS)}. Name the file so, or give "
            "--format.",
            field="out",
            reason="format_unknown",
        )
    if chosen in TO_FILE and out is None:
        raise InputFault(
            f"A report as {chosen} is a file. Name it with --out.",
            field="out",
            reason="out_missing",
        )
    return chosen


def _order(
    report_id: str,
    period: str,
    mode: str | None,
    options: tuple[str, ...],
    profile: str | None,
    as_of: datetime | None,
    restate: bool,
    language: str,
) -> Order:
    from braid.outcomes.reporting.running import Order

    chosen = dict(_pair(each) for each in options)
    if mode is not None:
        chosen["mode"] = mode
    return Order(
        report=report_id,
        period=period,
        options=chosen,
        profile=profile,
        restate=restate,
        language=language,
        as_of=as_of.date() if as_of else None,
    )


def _pair(text: str) -> tuple[str, str]:
    name, sign, choice = text.partition("=")
    if not sign:
        raise InputFault(
            "An option is given as NAME=CHOICE, e.g. --option mode=corrected.",
            field="option",
            reason="option_unreadable",
        )
    return name.strip(), choice.strip()


def _run(order: Order, source: Source) -> Document:
    from dataclasses import replace

    from braid.facts.sources import say_warnings
    from braid.outcomes.reporting.running import run

    say_warnings(source)
    return run(
        replace(order, unit=source.unit),
        source.facts,
        units=source.names,
        content_hash=source.hash(),
    )


def _hand_out(document: Document, format: str | None, out: Path | None) -> None:
    from django.utils.translation import override

    from braid.outcomes.reporting.writing import written

    if format is None:
        with override(document.language):
            for line in _told(document):
                click.echo(line)
        return
    data = written(document, format).data
    if out is None:
        click.echo(data, nl=False)
        return
    out.write_bytes(data)
    click.echo(f"Written to {out}.", err=True)


def _told(document: Document) -> Iterator[str]:
    """Yield a report for a person to read."""
    from braid.outcomes.reporting import texts

    yield texts.heading(document)
    for told in texts.lead(document):
        yield f"  {told.label}: {told.value}"
    for part in texts.parts(document):
        yield ""
        yield part.label
        for row in part.rows:
            name = f"    {row.group}" if row.is_group else f"  {row.label}"
            yield f"{name}: {row.value}"
            for said in (*row.beneath, *row.beside):
                yield f"      {said}"
    yield ""
    for definition in document.definitions:
        yield f"{definition.label} ({definition.measure} {definition.version})"
        yield f"  {texts.definition_text(definition)}"
