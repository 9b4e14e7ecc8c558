"""Tables as pages show them: what a caption, columns and cells are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from braid.web.days import day_text


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: a text, maybe a link, a second line beneath, or a pill of a state.

    `is_code` marks what a machine reads, such as a digest; `day` is the day of the text.
    """

    text: str
    url: str = ""
    sub: str = ""
    pill: str = ""
    is_number: bool = False
    is_code: bool = False
    day: date | None = None


def day_cell(day: date) -> Cell:
    """Return a cell with a day as the language of the reader writes it."""
    return Cell(day_text(day), day=day)


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; the first cell of a row is its heading.

    `foot` are rows of sums, `source` says from when the figures are.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    foot: Sequence[Sequence[Cell]] = ()
    source: str = ""

    @property
    def heads(self) -> list[tuple[str, bool]]:
        """Return the columns, and whether numbers stand in them."""
        first = next(iter((*self.rows, *self.foot)), ())
        numbers = [cell.is_number for cell in first] or [False] * len(self.columns)
        return list(zip(self.columns, numbers, strict=True))

    @property
    def body(self) -> list[list[tuple[str, Cell]]]:
        """Return the rows with the column of each cell."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]

    @property
    def sums(self) -> list[list[tuple[str, Cell, int]]]:
        """Return the rows of sums; a heading reaches over the empty cells after it."""
        return [_spanned(self.columns, row) for row in self.foot]


def _spanned(
    columns: Sequence[str], row: Sequence[Cell]
) -> list[tuple[str, Cell, int]]:
    empty = 0
    while empty + 1 < len(row) and not row[empty + 1].text:
        empty += 1
    after = zip(columns[empty + 1 :], row[empty + 1 :], strict=True)
    return [
        (columns[0], row[0], empty + 1),
        *((name, cell, 1) for name, cell in after),
    ]
