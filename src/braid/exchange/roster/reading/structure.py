"""What a stream of values does not tell of a sheet: formulas, merged cells, hiding.

A pass over the sheet's XML that keeps only these, and refuses a sheet whose size
would be a burden before its values are read.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import IO
from xml.parsers import expat

from braid.exchange.roster.reading.sheets import column_index

LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
MOST_FORMULAS = 2_000_000
PIECE = 1024**2
_reference = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


class NotASheet(ValueError):
    """The XML is no worksheet, or one beyond what a spreadsheet program writes."""


@dataclass(slots=True)
class Structure:
    """The shape of one sheet; rows count from 1, columns from 0."""

    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    row: int = 0
    column: int = -1
    formula: list[str] | None = None


def read_structure(stream: IO[bytes]) -> Structure:
    """Return the structure of a sheet. Raises NotASheet, or ExpatError."""
    found = Structure()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attrs: _start(found, tag, attrs)
    parser.EndElementHandler = lambda tag: _end(found, tag)
    parser.CharacterDataHandler = lambda text: _text(found, text)
    parser.StartDoctypeDeclHandler = _refuse_doctype
    while piece := stream.read(PIECE):
        parser.Parse(piece, False)
    parser.Parse(b"", True)
    return found


def _start(found: Structure, tag: str, attrs: Mapping[str, str]) -> None:
    name = tag.rpartition(" ")[2]
    if name == "c":
        _cell(found, attrs)
    elif name == "f":
        found.formula = []
    elif name == "row":
        _row(found, attrs)
    elif name == "mergeCell":
        first, _, last = attrs.get("ref", "").partition(":")
        found.merged.append((*_at(first), *_at(last or first)))
    elif name == "col" and attrs.get("hidden") in ("1", "true"):
        first_column, last_column = int(attrs["min"]) - 1, int(attrs["max"])
        found.hidden_columns.update(range(first_column, min(last_column, LAST_COLUMN)))


def _row(found: Structure, attrs: Mapping[str, str]) -> None:
    found.row = int(attrs["r"]) if "r" in attrs else found.row + 1
    found.column = -1
    if not 0 < found.row <= LAST_ROW:
        raise NotASheet
    if attrs.get("hidden") in ("1", "true"):
        found.hidden_rows.add(found.row)


def _cell(found: Structure, attrs: Mapping[str, str]) -> None:
    if "r" in attrs:
        row, found.column = _at(attrs["r"])
        if row != found.row:
            raise NotASheet
    else:
        found.column += 1
    if found.column >= LAST_COLUMN:
        raise NotASheet


def _end(found: Structure, tag: str) -> None:
    if found.formula is not None and tag.rpartition(" ")[2] == "f":
        found.formulas[found.row, found.column] = "".join(found.formula)
        if len(found.formulas) > MOST_FORMULAS:
            raise NotASheet
        found.formula = None


def _text(found: Structure, text: str) -> None:
    if found.formula is not None:
        found.formula.append(text)


def _at(reference: str) -> tuple[int, int]:
    match = _reference.fullmatch(reference)
    if match is None:
        raise NotASheet
    return int(match[2]), column_index(match[1])


def _refuse_doctype(*_: object) -> None:
    raise NotASheet
