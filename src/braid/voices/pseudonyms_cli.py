"""`braid voices pseudonyms`: what may tell who somebody is, and a text without it."""

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.facts.shell import refusing, show_json, start
from braid.kernel.errors import InputFault
from braid.voices.transcripts_cli import CHARSET, transcript, written

if TYPE_CHECKING:
    from braid.voices.pseudonyms import Decision, Hit, Name, Pseudonymised

Document = dict[str, Any]
LARGEST = 8 * 1024**2  # bytes, of a list of names or decisions
COLUMNS = ("name", "kind", "also")
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@click.option(
    "--country",
    "countries",
    multiple=True,
    metavar="CC",
    help="Whose numbers and words: dk, nl, no, se, gb; may be given again. All if none.",
)
@click.option(
    "--names",
    type=FILE,
    metavar="CSV",
    help="The study's names: name, kind, also (a|b).",
)
@click.option(
    "--decisions",
    type=FILE,
    metavar="JSON",
    help='By hit: {"12-17": {"verdict": "accept", "by": "ada"}}; then write --out.',
)
@click.option("--out", type=FILE, help="A new file for the text with its pseudonyms.")
@click.option("--table", type=FILE, help="A new file for who is who; keep it apart.")
@click.option("--identify", is_flag=True, help="Show the words of each hit.")
@CHARSET
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
@refusing
def pseudonyms(
    path: Path,
    countries: tuple[str, ...],
    names: Path | None,
    decisions: Path | None,
    out: Path | None,
    table: Path | None,
    identify: bool,
    charset: str | None,
    as_json: bool,
) -> None:
    """Find names, numbers, dates and addresses; replace them once each is decided.

    A verdict is accept, change (with "text": "[town]"), reject or always. Nothing is
    written while one hit is undecided.

    Example: braid voices pseudonyms interview-3.docx --country dk --identify
    """
    start()
    from braid.packs import pseudonyms as packs
    from braid.voices.pseudonyms import Names, apply, find, load_packs, undecided

    found = transcript(path, charset)
    known = Names(tuple(read_names(names)) if names else ())
    rules = load_packs(countries or sorted(packs.load()))
    hits = find(found.text, rules, known, found.speakers)
    said = read_decisions(decisions) if decisions else {}
    document = _told(hits, identify=identify)
    document["undecided"] = len(undecided(hits, said))
    if out is not None:
        done = apply(found, hits, said)
        _write(done, out, table)
        report = done.report
        document["report"] = {
            "found": report.found,
            "replaced": report.replaced,
            "left": report.left,
            "verdicts": report.verdicts,
        }
    _show(document, as_json=as_json)


def _told(hits: "list[Hit]", *, identify: bool) -> Document:
    from braid.voices.pseudonyms.naming import counted

    rows = []
    for hit in hits:
        row = {"id": hit.id, "kind": hit.kind.value, "found_by": hit.found_by}
        if identify:
            row |= {"before": hit.before, "quote": hit.quote, "after": hit.after}
        rows.append(row | {"suggestion": hit.suggestion})
    return {"hits": rows, "counts": counted(hit.kind for hit in hits)}


def _write(done: "Pseudonymised", out: Path, table: Path | None) -> None:
    written(out, done.transcript.text)
    if table is not None:
        words = json.dumps(dict(done.table), ensure_ascii=False, indent=1)
        written(table, words + "\n")


def _show(document: Document, *, as_json: bool) -> None:
    if as_json:
        show_json(document)
        return
    for hit in document["hits"]:
        words = (
            " ".join(f"…{hit['before']}«{hit['quote']}»{hit['after']}…".split())
            if ("quote" in hit)
            else ""
        )
        click.echo(f"{hit['id']:>15} {hit['kind']:<16} {hit['suggestion']:<14} {words}")
    counts = ", ".join(f"{kind} {n}" for kind, n in document["counts"].items())
    click.echo(
        f"{len(document['hits'])} hits ({counts}), {document['undecided']} undecided"
    )
    for kind, number in document.get("report", {}).get("replaced", {}).items():
        click.echo(f"  replaced: {kind} {number}")


def read_names(path: Path) -> "list[Name]":
    """Return the names of a CSV file. Raises: InputFault (`names_unfit`)."""
    from braid.voices.pseudonyms.naming import LISTED, Kind, Name

    rows = csv.DictReader(io.StringIO(_text(path, "names"), newline=""))
    kinds = {kind.value for kind in LISTED}
    found = []
    for number, row in enumerate(rows, start=2):
        kind = (row.get("kind") or Kind.PERSON.value).strip()
        name = (row.get("name") or "").strip()
        if not name or kind not in kinds or None in row:
            raise InputFault(
                f"Line {number} of the list of names cannot be read. Expected are the "
                f"columns {', '.join(COLUMNS)}, the kind one of {', '.join(sorted(kinds))}.",
                field="names",
                reason="names_unfit",
            )
        also = tuple(a.strip() for a in (row.get("also") or "").split("|") if a.strip())
        found.append(Name(name, Kind(kind), also))
    return found


def read_decisions(path: Path) -> "dict[str, Decision]":
    """Return decisions by hit. Raises: InputFault (`decisions_unfit`)."""
    from braid.voices.pseudonyms import Decision, Verdict

    try:
        said = json.loads(_text(path, "decisions"))
        return {
            str(name): Decision(
                Verdict(each["verdict"]), str(each["by"]), str(each.get("text", ""))
            )
            for name, each in said.items()
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise InputFault(
            "The decisions cannot be read. Expected is a JSON object such as "
            '{"12-17": {"verdict": "accept", "by": "ada"}}.',
            field="decisions",
            reason="decisions_unfit",
        ) from None


def _text(path: Path, name: str) -> str:
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            raise ValueError
        return data.decode("utf-8-sig")
    except (OSError, ValueError):
        raise InputFault(
            f"The file of {name} cannot be read. Expected is text in UTF-8 of at most "
            f"{LARGEST // 1024**2} MB. Check its name and place.",
            field=name,
            reason=f"{name}_unfit",
        ) from None
