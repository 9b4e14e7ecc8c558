"""`braid voices read`: what a transcript says and who speaks, before anything is kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from braid.facts.shell import refusing, show_json, start
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.voices.importing import Transcript

Document = dict[str, Any]
CHARSET = click.option(
    "--charset",
    metavar="NAME",
    help="Read text in this encoding, such as windows-1252.",
)


def transcript(path: Path, charset: str | None) -> "Transcript":
    """Return the transcript in a file. Raises: InputFault (`unreadable`, `read`'s)."""
    from braid.voices.importing import MOST_BYTES, read

    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError:
        raise InputFault(
            "The file cannot be read. Check its name and place.",
            field="file",
            reason="unreadable",
        ) from None
    return read(data, path.name, charset)


@click.command()
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path))
@CHARSET
@click.option("--identify", is_flag=True, help="Name the speakers as the file does.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the text, normalised, to a new file.",
)
@click.option(
    "--json", "as_json", is_flag=True, help="Print one JSON document and nothing else."
)
@refusing
def read(
    path: Path, charset: str | None, identify: bool, out: Path | None, as_json: bool
) -> None:
    """Read a transcript (docx, odt, pdf, txt, html, rtf, vtt, srt) and say what is in it.

    Example: braid voices read interview-3.docx --json
    """
    start()
    found = transcript(path, charset)
    if out is not None:
        written(out, found.text)
    document = told(found, identify=identify)
    if as_json:
        show_json(document)
        return
    for line in _lines(document):
        click.echo(line)


def written(path: Path, text: str) -> None:
    """Write a text to a new file, for its owner alone. Raises: InputFault (`not_new`)."""
    import os

    try:
        made = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        raise InputFault(
            "The file cannot be written: it is there already, or its folder is not. Give "
            "the name of a new one.",
            field="out",
            reason="not_new",
        ) from None
    with os.fdopen(made, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def told(found: "Transcript", *, identify: bool) -> Document:
    """Return a transcript as JSON has it: figures, and names only where asked for."""
    charset = found.charset
    return {
        "format": found.format,
        "characters": len(found.text),
        "words": len(found.text.split()),
        "turns": len(found.turns),
        "speakers": [
            {"speaker": name if identify else f"[{number}]", "turns": turns}
            for number, (name, turns) in enumerate(found.speakers.items(), start=1)
        ],
        "has_times": any(turn.begin_ms is not None for turn in found.turns),
        "charset": charset
        and {
            "used": charset.used,
            "is_proven": charset.is_proven,
            "candidates": list(charset.candidates),
        },
        "notices": [
            {"kind": each.kind, "number": each.number, "message": each.sentence}
            for each in found.notices
        ],
    }


def _lines(document: Document) -> Iterator[str]:
    yield (
        f"{document['format']}: {document['words']} words, {document['characters']} "
        f"characters, {document['turns']} turns"
    )
    for each in document["speakers"]:
        yield f"  {each['speaker']}: {each['turns']} turns"
    if document["charset"]:
        charset = document["charset"]
        yield f"Encoding: {charset['used']}" + (
            "" if charset["is_proven"] else " (a guess)"
        )
        if not charset["is_proven"]:
            yield f"It could be: {', '.join(charset['candidates'])}"
    for notice in document["notices"]:
        yield f"Note: {notice['message']}"
