"""A file as sheets of rows, whatever it was."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

from braid.exchange.roster.wording import Sentence

Value = str | int | float | bool | date | datetime | time | timedelta | None
Progress = Callable[[str, int], None]
"""Told the name of the file and how many of its rows were read so far."""

MAX_BYTES = 200 * 1024**2
MAX_ROWS = 250_000
"""Of one file: a plan holds all its rows at once, about 3 KB each."""

MAX_COLUMNS = 1_000
MAX_CELL_TEXT = 32_767
PROGRESS_EVERY = 1_000


class Row(NamedTuple):
    """A row that is not blank: its number as the program shows it, and its values.

    A date without time is a `date`; text is as typed; a blank cell is None; trailing
    blanks are left out.
    """

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet; a CSV file is one sheet without a name.

    Columns count from 0. `formulas`: (row, column) of each formula cell -> its text.
    `merged`: (first row, first column, last row, last column), all inside.
    """

    name: str | None
    rows: tuple[Row, ...]
    hidden: bool = False
    hidden_columns: frozenset[int] = frozenset()
    hidden_rows: frozenset[int] = frozenset()
    formulas: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that was read. `encoding_proven` is false where it was only guessed."""

    name: str
    sha256: str
    size: int
    format: Literal["xlsx", "ods", "csv"]
    sheets: tuple[Sheet, ...]
    encoding: str | None = None
    encoding_proven: bool = True
    delimiter: str | None = None
    notes: tuple[Sentence, ...] = ()


def column_letter(index: int) -> str:
    """Return the letters of a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """Return the number of a column: A is 0, AA is 26."""
    index = 0
    for letter in letters.upper():
        index = index * 26 + ord(letter) - 64
    return index - 1
