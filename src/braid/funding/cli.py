"""`braid funding`: contracts as data, and a run of one over any facts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from braid.facts.shell import Document, refusing, show_json, start
from braid.funding.ledger.matching_cli import match
from braid.funding.simulating.cli import simulate
from braid.funding.telling import telling_faults
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.method.contracts.shape import Bindings, Contract
    from braid.method.contracts.values import Line

AS_JSON = click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
DAY = click.DateTime(formats=["%Y-%m-%d"])
FILE = click.Path(path_type=Path, dir_okay=False)


@click.group()
def funding() -> None:
    """Funding: contracts as data, and what is due by them."""


@funding.command()
@click.argument("contract", required=False, metavar="[CONTRACT]")
@click.option("--language", default="en", show_default=True, metavar="CODE")
@AS_JSON
@refusing
@telling_faults
def contracts(contract: str | None, language: str, as_json: bool) -> None:
    """List the contracts that there are, or tell all of one in plain words.

    A CONTRACT is an id, an id with its version (nl-uwv-ips@1), or a file.

    Example: braid funding contracts nl-uwv-ips@1
    """
    start()
    from django.utils import translation

    with translation.override(language):
        if contract is None:
            _list(as_json)
        else:
            _say(_asked(contract)[-1], as_json)


def _list(as_json: bool) -> None:
    from braid.packs import contracts as packs

    listed = [
        _described(v) for name in sorted(packs.load()) for v in packs.versions(name)
    ]
    if as_json:
        show_json({"contracts": listed})
        return
    for each in listed:
        days = f"{each['valid_from']} to {each['valid_to'] or 'further notice'}"
        click.echo(f"{each['contract']}@{each['version']}: {days}, {each['source']}")
        opened = ", ".join(each["open"])
        click.echo(f"  not bound: {opened}" if opened else "  nothing is open")


def _described(contract: Contract) -> Document:
    from braid.packs import contracts as packs

    return {
        "contract": contract.contract,
        "title": contract.called,
        "version": contract.version,
        "kind": contract.kind,
        "unit": contract.unit,
        "currency": contract.currency,
        "valid_from": contract.valid_from.isoformat(),
        "valid_to": contract.valid_to.isoformat() if contract.valid_to else None,
        "source": contract.source,
        "milestones": [each.id for each in contract.milestones],
        "open": list(packs.parameters(contract)),
    }


def _say(contract: Contract, as_json: bool) -> None:
    from braid.funding.contract_words import Values, passages

    told = passages(contract, Values(contract.currency))
    if as_json:
        words = [
            {"title": each.title, "sentences": list(each.sentences)} for each in told
        ]
        show_json(_described(contract) | {"words": words})
        return
    click.echo(f"{contract.contract}@{contract.version}")
    for each in told:
        click.echo(f"\n{each.title}")
        for sentence in each.sentences:
            click.echo(f"  {sentence}")


@funding.command("run")
@click.argument("contract", metavar="CONTRACT")
@click.option(
    "--as-of", required=True, type=DAY, metavar="DATE", help="Up to which day."
)
@click.option(
    "--facts",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="A folder of facts, Parquet or CSV; without it, those of this installation.",
)
@click.option(
    "--unit", metavar="SLUG", help="Only this unit; with --facts its unit_id."
)
@click.option(
    "--bindings",
    "values",
    type=FILE,
    multiple=True,
    metavar="FILE",
    help="What the holder of the contract has filled in; one file a version.",
)
@click.option(
    "--previous",
    type=FILE,
    metavar="RUN",
    help="An earlier run, as --json printed it: only what is new since is told.",
)
@click.option(
    "--others",
    type=FILE,
    multiple=True,
    metavar="RUN",
    help="A run of another contract, to see what would be paid twice.",
)
@click.option(
    "--lines",
    "written",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write all lines of --facts as Parquet, and tell the sums alone: for a nation.",
)
@AS_JSON
@refusing
@telling_faults
def run(
    contract: str,
    as_of: datetime,
    folder: Path | None,
    unit: str | None,
    values: tuple[Path, ...],
    previous: Path | None,
    others: tuple[Path, ...],
    written: Path | None,
    as_json: bool,
) -> None:
    """Work out what is due by a contract, line by line, with every reason.

    A CONTRACT is an id, or a file whose other versions lie beside it; with its version
    (nl-uwv-ips@1) no later one is looked at. Nothing is recorded and nothing is claimed.
    Exit 1 where a contract, its values or the facts have faults.

    Example: braid funding run nl-uwv-ips --facts my-facts --as-of 2018-09-30 --bindings
    values.yaml --json
    """
    start()
    from braid.facts import sources
    from braid.funding import reading
    from braid.method.contracts.documents import line_document, totals_document

    versions = _asked(contract)
    bound = [_bound(path, versions) for path in values]
    day = as_of.date()
    if written is not None:
        if folder is None or previous or others:
            raise InputFault(
                "Lines are written of a whole folder of facts, for it alone. Give "
                "--facts with --lines, and neither --previous nor --others.",
                field="lines",
                reason="lines_alone",
            )
        _print_sums(_written(written, folder, unit, versions, bound, day), as_json)
        return
    earlier = _lines(previous) if previous else []
    source = sources.own(unit) if folder is None else sources.folder(folder, unit, day)
    with source.facts:
        found = reading.run(
            source.facts,
            versions,
            bound,
            as_of=day,
            units=[source.unit] if source.unit else None,
            previous=earlier,
            others=[line for path in others for line in _lines(path)],
        )
        snapshot = source.hash()
    document = {
        "contract": versions[-1].contract,
        "versions": [each.version for each in versions],
        "as_of": day.isoformat(),
        "snapshot": snapshot,
        "lines": [line_document(each) for each in found.lines],
        "totals": totals_document(found.totals),
        "earlier": [line_document(each) for each in earlier],
    }
    document = {"run": _name(document), **document}
    show_json(document) if as_json else _print(document)
    sources.say_warnings(source)


def _written(
    path: Path,
    folder: Path,
    unit: str | None,
    versions: Sequence[Contract],
    bound: Sequence[Bindings],
    day: date,
) -> Document:
    """Write the lines of all subjects, in as many processes as help; return the sums."""
    from braid.facts import sources
    from braid.funding import many
    from braid.method.contracts.documents import totals_document

    source = sources.folder(folder, unit, day)
    with source.facts:
        snapshot = source.hash()
    found = many.run_folder(
        folder,
        versions,
        bound,
        as_of=day,
        units=[source.unit] if source.unit else None,
    )
    found.lines.write(path)
    sources.say_warnings(source)
    return {
        "contract": versions[-1].contract,
        "versions": [each.version for each in versions],
        "as_of": day.isoformat(),
        "snapshot": snapshot,
        "lines": len(found.lines),
        "totals": totals_document(found.totals),
    }


def _print_sums(document: Document, as_json: bool) -> None:
    if as_json:
        show_json(document)
        return
    click.echo(
        f"{document['contract']} as of {document['as_of']}: {document['lines']} lines"
    )
    click.echo(_sums(document["totals"]))


def _asked(said: str) -> tuple[Contract, ...]:
    """Return the versions of a contract, the one that is asked for last.

    Raises: InputFault for one that nobody has, PackFaults for its faults.
    """
    from braid.packs import contracts as packs

    name, _at, version = said.partition("@")
    if Path(said).suffix in (".yaml", ".yml"):
        return packs.read_versions(Path(said))
    if name not in packs.load():
        raise InputFault(
            f"There is no contract '{name}'. Known are {', '.join(sorted(packs.load()))}.",
            field="contract",
            reason="contract_unknown",
        )
    found = packs.versions(name)
    if not version:
        return found
    if version not in {str(each.version) for each in found}:
        raise InputFault(
            f"The contract '{name}' has no version {version}. Known are "
            f"{', '.join(str(each.version) for each in found)}.",
            field="contract",
            reason="version_unknown",
        )
    return tuple(each for each in found if each.version <= int(version))


def _bound(path: Path, versions: Sequence[Contract]) -> Bindings:
    """Return the values of a file, for the version that it names. Raises: PackFaults."""
    from braid.packs import contracts as packs
    from braid.packs.reading import read

    said = read(path).data
    number = said.get("version") if isinstance(said, dict) else None
    matching = (each for each in versions if each.version == number)
    return packs.read_bindings(path, next(matching, versions[-1]))


def _lines(path: Path) -> list[Line]:
    """Return all that an earlier run left: what it took on, and what it added.

    Raises: InputFault (`run_unreadable`).
    """
    import json

    from braid.method.contracts.documents import line_from_document

    try:
        said = json.loads(path.read_text("utf-8"))
        return [line_from_document(each) for each in (*said["earlier"], *said["lines"])]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputFault(
            "This is no run that 'braid funding run --json' printed. Give the file that "
            "it wrote.",
            field="previous",
            reason="run_unreadable",
        ) from error


def _name(document: Document) -> str:
    """Return the name of a run: the same for the same facts, contract and values."""
    import hashlib
    import json

    text = json.dumps(document, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _print(document: Document) -> None:
    from braid.funding.choices import Reason

    click.echo(
        f"{document['contract']} as of {document['as_of']}, run {document['run']}"
    )
    for line in document["lines"]:
        reached = line["reached_on"] or "not reached"
        amount = _amount(line["amount"], line["currency"], line["pays"])
        told = "; ".join(str(Reason(each).label) for each in line["reasons"]) or "due"
        missing = ", ".join(line["evidence"]["missing"])
        told += f" ({missing})" if missing else ""
        kind = "" if line["kind"] == "milestone" else f" {line['kind']}"
        click.echo(
            f"{line['episode']} {line['milestone']}{kind}: {reached}, {amount}, {told}"
        )
    click.echo(_sums(document["totals"]))


def _sums(totals: Document) -> str:
    return (
        f"Due: {totals['due']['count']} lines, {totals['due']['amount']} "
        f"{totals['currency']}. Counted: {totals['counted']}. Held: "
        f"{totals['held']}. Not bound: {totals['unbound']}."
    )


def _amount(amount: str | None, currency: str, pays: bool) -> str:
    if not pays:
        return "never paid"
    return "not bound" if amount is None else f"{amount} {currency}"


funding.add_command(match)
funding.add_command(simulate)
