"""Read a CSV file as one sheet of text, whatever its delimiter and encoding."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from braid.exchange.roster.reading.faults import (
    DAMAGED,
    NOT_A_TABLE,
    TOO_LARGE,
    refuse,
)
from braid.exchange.roster.reading.gathering import too_wide
from braid.exchange.roster.reading.sheets import (
    MAX_CELL_TEXT,
    MAX_COLUMNS,
    MAX_ROWS,
    PROGRESS_EVERY,
    Progress,
    Row,
    Sheet,
)
from braid.exchange.roster.wording import N_, Sentence, say
from braid.kernel.cells import as_written
from braid.kernel.errors import InputFault
from braid.method import encodings

WIDE = ("utf-16", "utf-32")
DELIMITERS = ";,\t|"
SAMPLE_LINES = 100
SAMPLE_CHARACTERS = 200_000


def read_delimited(
    name: str, data: bytes, stated: str | None, progress: Progress | None = None
) -> tuple[Sheet, str, bool, str, tuple[Sentence, ...]]:
    """Return the sheet, its encoding, whether that is proven, delimiter and notes.

    `stated` is the encoding that the importing person named; the bytes' own proof
    goes before it, and the note says so.
    Raises: InputFault (`encoding_wrong`, `damaged`, `too_large`, `not_a_table`).
    """
    codec, is_proven, notes = _encoding(name, data, stated)
    if not encodings.decodes(data, codec):
        raise _not_in(name, data, codec)
    sample = _text(data, codec).read(SAMPLE_CHARACTERS)
    if b"\x00" in data and not codec.startswith(WIDE):
        met = say(N_("neither text nor a workbook"))
        raise refuse(NOT_A_TABLE, "not_a_table", file=name, met=met)
    delimiter, skip = _delimiter(sample)
    rows = _rows(name, _text(data, codec), delimiter, skip, progress)
    return Sheet(None, tuple(rows)), codec, is_proven, delimiter, notes


def _text(data: bytes, codec: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), codec, newline="")


def _encoding(
    name: str, data: bytes, stated: str | None
) -> tuple[str, bool, tuple[Sentence, ...]]:
    proof = encodings.proven(data)
    if stated is None:
        return proof or encodings.proposed(data), proof is not None, ()
    codec = encodings.named(stated)
    if codec is None:
        raise InputFault(
            say(
                N_(
                    "“%(stated)s” is not an encoding that is known here. "
                    "Name one like utf-8 or windows-1252."
                ),
                stated=stated,
            ),
            field="encoding",
            reason="encoding_unknown",
        )
    if proof is None or proof == codec or data.isascii():
        return codec, True, ()
    told = say(
        N_("The file is %(met)s, not %(stated)s as was stated; it was read as such."),
        met=proof,
        stated=stated,
    )
    same = proof.removesuffix("-sig") == codec.removesuffix("-sig")
    return proof, True, () if same else (told,)


def _not_in(name: str, data: bytes, codec: str) -> InputFault:
    """Return the fault for bytes that are not in an encoding, with their line."""
    before, _, _ = data.decode(codec, "replace").partition("\ufffd")
    line = before.count("\n") + 1
    return refuse(
        N_(
            "Line %(line)s of “%(file)s” holds bytes that are not %(codec)s. State the "
            "encoding in which the file was saved, or save it as UTF-8."
        ),
        "encoding_wrong",
        file=name,
        line=line,
        codec=codec,
    )


def _delimiter(sample: str) -> tuple[str, int]:
    """Return the delimiter, and how many leading rows only name it (`sep=;`)."""
    first = sample.split("\n", 1)[0].strip().strip('"')
    if len(first) == 5 and first.lower().startswith("sep=") and first[4] in DELIMITERS:
        return first[4], 1
    return max(DELIMITERS, key=lambda mark: _steadiness(sample, mark)), 0


def _steadiness(sample: str, delimiter: str) -> float:
    """Say how much the rows agree on a number of columns above one."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter)
    widths: Counter[int] = Counter()
    try:
        for row, _ in zip(reader, range(SAMPLE_LINES), strict=False):
            if any(row):
                widths[len(row)] += 1
    except csv.Error:
        pass
    if not widths:
        return 0.0
    width, times = max(widths.items(), key=lambda item: (item[1], item[0]))
    return 0.0 if width < 2 else times / widths.total() + min(width, 50) / 1_000


def _rows(
    name: str,
    text: Iterable[str],
    delimiter: str,
    skip: int,
    progress: Progress | None,
) -> Iterator[Row]:
    shared: dict[str, str | None] = {"": None}
    reader = csv.reader(text, delimiter=delimiter)
    number = 0
    try:
        for number, raw in enumerate(reader, 1):
            if number > MAX_ROWS:
                what = say(N_("it has too many rows"))
                most = f"{MAX_ROWS:,}"
                raise refuse(TOO_LARGE, "too_large", file=name, what=what, most=most)
            if len(raw) > MAX_COLUMNS and any(raw[MAX_COLUMNS:]):
                raise too_wide(name, number)
            values = [_value(name, number, cell, shared) for cell in raw]
            while values and values[-1] is None:
                values.pop()
            if values and number > skip:
                yield Row(number, tuple(values))
            if progress is not None and number % PROGRESS_EVERY == 0:
                progress(name, number)
    except csv.Error as error:
        what = say(
            N_("after row %(row)s a quotation mark is opened and not closed"),
            row=number,
        )
        raise refuse(DAMAGED, "damaged", file=name, what=what) from error


def _value(name: str, row: int, cell: str, shared: dict[str, str | None]) -> str | None:
    if cell in shared:
        return shared[cell]
    if len(cell) > MAX_CELL_TEXT:
        what = say(N_("a cell of row %(row)s holds too long a text"), row=row)
        most = f"{MAX_CELL_TEXT:,}"
        raise refuse(TOO_LARGE, "too_large", file=name, what=what, most=most)
    shared[cell] = as_written(cell) if cell.strip() else None
    return shared[cell]
