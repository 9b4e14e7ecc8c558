"""`braid measures`: figures with all that is needed to read them. JSON is an interface.

Django, the facts and their engine are loaded when a command runs, so that `--help` is
instant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.facts.engines import ENGINES, SPARK, master_of
from braid.facts.shell import Document, refusing, show_json, start
from braid.kernel.dates import Period
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.facts.reading import Facts
    from braid.method.measures import Asked
    from braid.packs.measures.schema import Measure

DAY = click.DateTime(formats=["%Y-%m-%d"])
AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
LANGUAGE = click.option(
    "--language",
    default="en",
    show_default=True,
    metavar="CODE",
    help="Of labels and definitions, where the measure has it; else English.",
)


@click.group()
def measures() -> None:
    """Figures over facts, each with its definition and the rows behind it."""


@measures.command("list")
@LANGUAGE
@AS_JSON
@refusing
def list_(language: str, as_json: bool) -> None:
    """List the measures that there are, with what they count.

    Example: braid measures list --language da
    """
    start()
    from braid.facts.measure_documents import described
    from braid.packs import measures as packs

    found = [described(measure, language) for measure in packs.load().values()]
    if as_json:
        show_json({"measures": found})
        return
    for each in found:
        click.echo(
            f"{each['id']} {each['version']}: {each['label']}\n  {each['about']}"
        )


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of the measures: over which facts, when, and grouped by what."""

    folder: Path | None
    unit: str | None
    by: tuple[str, ...]
    as_of: date | None
    first_day: date | None
    last_day: date | None
    rows: bool
    language: str

    @property
    def known_on(self) -> date | None:
        """Return the day that facts without a day of their own are taken to be of."""
        return self.as_of or self.last_day


@measures.command()
@click.argument("ids", nargs=-1, required=True, metavar="ID…")
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
@click.option(
    "--by", multiple=True, metavar="KEY", help="Group by a key; may be given again."
)
@click.option("--as-of", type=DAY, metavar="DATE", help="The day on which windows end.")
@click.option(
    "--from", "first_day", type=DAY, metavar="DATE", help="First day of a period."
)
@click.option(
    "--to", "last_day", type=DAY, metavar="DATE", help="Its last day, inside."
)
@click.option(
    "--engine",
    type=click.Choice(ENGINES),
    help="What runs the queries; BRAID_ENGINE if not given, else duckdb.",
)
@click.option(
    "--master",
    default="",
    metavar="URL",
    help="Where Spark runs, local[2] or spark://host:port; local[2] if not given.",
)
@click.option("--rows", is_flag=True, help="Add the rows that the figures are made of.")
@LANGUAGE
@AS_JSON
@refusing
def run(
    ids: tuple[str, ...],
    first_day: datetime | None,
    last_day: datetime | None,
    as_of: datetime | None,
    engine: str | None,
    master: str,
    as_json: bool,
    **options: Any,
) -> None:
    """Work measures out over facts: a folder, the latest snapshot, or a unit now.

    One measure gives one JSON document, several a list of them. Exit 1 when the facts
    of a folder are not sound: 'braid facts check' finds an error in them.

    Example: braid measures run item01_caseload --facts my-facts --by staff_id --json
    """
    wish = Wish(
        as_of=_day(as_of),
        first_day=_day(first_day),
        last_day=_day(last_day),
        **options,
    )
    _must_make_sense(wish)
    start()
    chosen = [_measure(name) for name in dict.fromkeys(ids)]
    with _answered_by(_engine(engine, master), wish) as facts:
        documents = [_document(measure, facts, wish) for measure in chosen]
    if as_json:
        show_json(documents[0] if len(documents) == 1 else documents)
        return
    for document in documents:
        _print(document)


def _must_make_sense(wish: Wish) -> None:
    if (wish.first_day is None) != (wish.last_day is None):
        raise InputFault(
            "A period needs both --from and --to.", field="to", reason="period_half"
        )
    if wish.first_day is None:
        return
    if wish.as_of is not None:
        raise InputFault(
            "Give --as-of, or --from and --to, not both.",
            field="as_of",
            reason="period_and_day",
        )
    Period(wish.first_day, wish.last_day)


def _day(value: datetime | None) -> date | None:
    return value.date() if value is not None else None


def _measure(name: str) -> Measure:
    from braid.packs import measures as packs

    known = packs.load()
    if name not in known:
        raise InputFault(
            f"'{name}' is no measure. Known are: {', '.join(known)}.",
            field="measure",
            reason="measure_unknown",
        )
    return known[name]


def _engine(engine: str | None, master: str) -> str | None:
    """Return the master of Spark, None for DuckDB. Raises InputFault."""
    from django.conf import settings

    found = master_of(engine or (SPARK if master else settings.BRAID_ENGINE), master)
    if found is not None:
        from braid.facts import spark

        spark.must_be_there()  # before anything is read
    return found


def _answered_by(master: str | None, wish: Wish) -> Facts:
    """Return the facts that are meant, with their engine. Raises as `_opened`."""
    facts = _opened(wish)
    if master is None:
        return facts
    from braid.facts import spark

    return spark.over(facts, master=master, folder=wish.folder)


def _opened(wish: Wish) -> Facts:
    """Return the facts that are meant. Raises FactsFaults, or InputFault."""
    from braid.facts import sources

    if wish.folder is None:
        return sources.own(wish.unit).facts
    source = sources.folder(wish.folder, wish.unit, wish.known_on)
    sources.say_warnings(source)
    return source.facts


def _document(measure: Measure, facts: Facts, wish: Wish) -> Document:
    from braid.facts.measure_documents import answered, plain_row
    from braid.facts.measuring import measured, rows_behind

    periods = _periods(measure, facts, wish)
    within = {"unit_id": wish.unit} if wish.unit is not None and wish.folder else {}
    asked = measured(measure, facts, periods=periods)
    document = answered(
        measure,
        periods,
        asked.figures(wish.by, within),
        as_of=periods[-1].as_of,
        snapshot=facts.snapshot,
        language=wish.language,
    )
    if wish.rows:
        rows = rows_behind(measure, facts, periods=periods, group=within)
        document["rows"] = [plain_row(row) for row in rows]
    return document


def _periods(measure: Measure, facts: Facts, wish: Wish) -> list[Asked]:
    from braid.facts.measuring import periods_of
    from braid.packs.measures.periods import between

    if wish.first_day is None or wish.last_day is None:
        unit = wish.unit if wish.folder else None
        return periods_of(measure, facts, wish.as_of, unit)
    if measure.window.is_one_day:
        raise InputFault(
            f"'{measure.id}' is counted on one day. Give --as-of instead of a period.",
            field="from",
            reason="period_of_one_day",
        )
    # A period that lasts longer than the facts is refused where the measure is run.
    as_of = max(facts.as_of, wish.last_day)
    return [between(wish.first_day, wish.last_day, as_of)]


def _print(document: Document) -> None:
    """Print figures for a person: the definition first, then a line a figure."""
    click.echo(f"{document['label']} ({document['measure']} {document['version']})")
    click.echo(f"  {document['about']}")
    conditions = [
        f"{key}: {document[key]}"
        for key in ("basis", "profile", "as_of", "snapshot")
        if document[key]
    ]
    click.echo(f"  {', '.join(conditions)}")
    for result in document["results"]:
        click.echo(f"  {_line(result)}")
    for reason, sentence in document["left_out_because"].items():
        click.echo(f"  {reason}: {sentence}")
    for row in document.get("rows", ()):
        click.echo("  " + _pairs(row))
    click.echo()


def _line(result: Mapping[str, Any]) -> str:
    group = [f"{key} {value or '-'}" for key, value in result["group"].items()]
    value = result["value"] if result["value"] is not None else result["reason"]
    parts = [
        f"{result['period']}:",
        *group,
        f"{value}",
        _over(result),
        f"[{_pairs(result['amounts'])}]",
        *_more(result),
    ]
    return " ".join(part for part in parts if part)


def _over(result: Mapping[str, Any]) -> str:
    if result["denominator"] is None:
        return ""
    return f"= {result['numerator']} / {result['denominator']}"


def _more(result: Mapping[str, Any]) -> Sequence[str]:
    """Return the further ratios and statistics, and what was left out."""
    others = {**result["ratios"], **result["statistics"]}
    told = _pairs({key: each["value"] for key, each in others.items()})
    left = result["left_out"]
    return [told, f"left out: {_pairs(left)}" if left else ""]


def _pairs(values: Mapping[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
