"""What the readers of workbooks have in common: limits, merged cells, remarks."""

from collections.abc import Iterable, Iterator, Sequence

from braid.exchange.roster.reading.faults import TOO_LARGE, refuse
from braid.exchange.roster.reading.sheets import (
    MAX_COLUMNS,
    MAX_ROWS,
    PROGRESS_EVERY,
    Progress,
    Row,
    Sheet,
    Value,
)
from braid.exchange.roster.wording import N_, Sentence, say
from braid.kernel.errors import InputFault

Merged = tuple[int, int, int, int]


class RowCount:
    """Counts the rows of a file as they are read; refuses one with too many."""

    def __init__(self, name: str, progress: Progress | None) -> None:
        self._name = name
        self._progress = progress
        self._read = 0

    def add(self) -> None:
        """Count one row more. Raises: InputFault (`too_large`)."""
        self._read += 1
        if self._progress is not None and self._read % PROGRESS_EVERY == 0:
            self._progress(self._name, self._read)
        if self._read > MAX_ROWS:
            what, most = say(N_("it has too many rows")), f"{MAX_ROWS:,}"
            raise refuse(TOO_LARGE, "too_large", file=self._name, what=what, most=most)


def too_wide(name: str, row: int) -> InputFault:
    """Return the fault for a row with more columns than are read."""
    what = say(N_("row %(row)s has too many columns"), row=row)
    most = str(MAX_COLUMNS)
    return refuse(TOO_LARGE, "too_large", file=name, what=what, most=most)


def filled_down(rows: Sequence[Row], merged: Iterable[Merged]) -> Iterator[Row]:
    """Yield the rows with the value of cells merged downwards in each row they span."""
    tall = {(m[0], m[1]): m[2] for m in merged if m[2] > m[0] and m[1] < MAX_COLUMNS}
    open_cells: dict[int, tuple[int, Value]] = {}
    for row in rows if tall else ():
        values = list(row.values)
        for column, (last, value) in list(open_cells.items()):
            if row.number > last:
                del open_cells[column]
            elif column >= len(values) or values[column] is None:
                values.extend([None] * (column + 1 - len(values)))
                values[column] = value
        for column, value in enumerate(row.values):
            if value is not None and (row.number, column) in tall:
                open_cells[column] = tall[row.number, column], value
        yield Row(row.number, tuple(values))
    if not tall:
        yield from rows


def remarks(
    sheets: Iterable[Sheet], *, macros: bool, links: bool
) -> Iterator[Sentence]:
    """Yield what is worth saying of a workbook: what is hidden, what was left alone."""
    for sheet in sheets:
        if sheet.hidden:
            yield say(
                N_("The sheet “%(sheet)s” is hidden; it was read."), sheet=sheet.name
            )
        if sheet.rows and sheet.hidden_rows:
            yield say(
                N_("Rows of the sheet “%(sheet)s” are hidden; they were read."),
                sheet=sheet.name,
            )
    if macros:
        yield say(N_("The workbook holds macros; they were neither read nor run."))
    if links:
        yield say(N_("The workbook links to other files; they were not opened."))
