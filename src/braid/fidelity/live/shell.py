"""`braid fidelity live`: what facts say of every item of a scale, on any day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.facts.shell import Document, refusing, show_json, start
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.facts.reading import Facts
    from braid.fidelity.live import Live

DAY = click.DateTime(formats=["%Y-%m-%d"])


@click.command()
@click.option(
    "--facts",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of facts, Parquet or CSV; without it, the record of the unit.",
)
@click.option(
    "--unit",
    metavar="SLUG",
    help="The unit; with --facts its unit_id, which may be left out where there is one.",
)
@click.option(
    "--on",
    "on",
    type=DAY,
    metavar="DATE",
    help="The day; the last of the facts if none.",
)
@click.option("--scale", default="ips-25", show_default=True, metavar="ID")
@click.option(
    "--rule",
    "rules",
    multiple=True,
    metavar="ID=VARIANT",
    help="A house rule in another variant, such as HR-17a=nearest; may be given again.",
)
@click.option("--rows", is_flag=True, help="Add the rows that the figures are made of.")
@click.option("--language", default="en", show_default=True, metavar="CODE")
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
@refusing
def live(
    folder: Path | None,
    unit: str | None,
    on: datetime | None,
    scale: str,
    rules: tuple[str, ...],
    rows: bool,
    language: str,
    as_json: bool,
) -> None:
    """Say what the facts tell of every item: a score, a floor and ceiling, or signals.

    No one number is the fidelity: the whole is an interval, for reviewers judge the rest.

    Example: braid fidelity live --facts my-facts --unit north --on 2026-06-30 --json
    """
    start()
    from braid.facts import sources
    from braid.fidelity.cli import variants
    from braid.fidelity.live import live as of_units
    from braid.fidelity.live.documents import of_live
    from braid.method.scales import rules_of
    from braid.packs import scales as packs

    pack = packs.pack(scale)
    chosen = rules_of(pack.scale, variants(rules))
    if folder is None and unit is None:
        raise InputFault(
            "Name a unit with --unit, or a folder of facts with --facts.",
            field="unit",
            reason="unit_missing",
        )
    if folder is None:
        source = sources.own(unit)
    else:
        source = sources.folder(folder, unit, on.date() if on else None)
    sources.say_warnings(source)
    with source.facts as facts:
        day = on.date() if on else facts.as_of
        one = source.unit or _only(facts)
        found = of_units(facts, pack.scale, days=[day], units=[one], rules=chosen)
        document = of_live(
            pack,
            found[one, day],
            language=language,
            snapshot=facts.snapshot,
            rows=_rows(facts, found[one, day]) if rows else None,
        )
    show_json(document) if as_json else _show(document)


def _only(facts: Facts) -> str:
    """Return the unit of facts that are about one. Raises InputFault."""
    if len(facts.units) == 1:
        return facts.units[0]
    known = ", ".join(facts.units) or "none"
    raise InputFault(
        f"These facts are about several units, or none. Name one with --unit: {known}.",
        field="unit",
        reason="unit_missing",
    )


def _rows(facts: Facts, found: Live) -> Mapping[str, list[Document]]:
    from braid.facts.measure_documents import plain_row
    from braid.facts.measuring import rows_behind
    from braid.packs import measures

    known, rows = measures.load(), {}
    for one in found.items:
        for name, figure in one.figures.items():
            behind = rows_behind(
                known[name],
                facts,
                periods=[figure.period],
                group={"unit_id": found.unit},
            )
            rows[name] = [plain_row(row) for row in behind]
    return rows


def _show(document: Document) -> None:
    low, high = document["interval"]
    click.echo(f"{document['scale']} {document['version']}, {document['on']}")
    click.echo(
        f"Between {low} and {high}: {document['computed']} items computed, "
        f"{document['partly']} partly known, {document['open']} open."
    )
    for item in document["items"]:
        click.echo(f"{item['item']}. {item['title']}: {_said(item)}")
    if not document["verified"]:
        click.echo(document["unverified"])


def _said(item: Mapping[str, Any]) -> str:
    if item["score"] is not None:
        return f"{item['score']}"
    if item["signals"]:
        shares = (f"{name} {share}" for name, share in item["signals"].items())
        return "signals: " + ", ".join(shares)
    return f"from {item['floor']} to {item['ceiling']}"
