"""Read an Excel workbook as sheets of values, beside the formulas that made them."""

import warnings
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from typing import Any, BinaryIO
from zipfile import ZipFile

from openpyxl import load_workbook

from braid.exchange.roster.reading.archive import no_document_type, open_archive
from braid.exchange.roster.reading.faults import (
    DAMAGED,
    NOT_A_TABLE,
    TOO_LARGE,
    refuse,
)
from braid.exchange.roster.reading.sheets import (
    MAX_CELL_TEXT,
    MAX_COLUMNS,
    MAX_ROWS,
    PROGRESS_EVERY,
    Progress,
    Row,
    Sheet,
    Value,
)
from braid.exchange.roster.reading.structure import read_structure
from braid.exchange.roster.wording import N_, Sentence, say
from braid.kernel.errors import InputFault

MIDNIGHT = time()


def read_workbook(
    name: str, stream: BinaryIO, progress: Progress | None = None
) -> tuple[tuple[Sheet, ...], tuple[Sentence, ...]]:
    """Return the sheets of a workbook, and what is worth saying about it.

    Raises: InputFault (`not_a_table`, `damaged`, `too_large`, `unsafe`).
    """
    archive = open_archive(name, stream)
    parts = set(archive.namelist())
    if "xl/workbook.bin" in parts:
        raise refuse(
            NOT_A_TABLE, "not_a_table", file=name, met=say(N_("a binary workbook"))
        )
    if "mimetype" in parts and "content.xml" in parts:
        raise refuse(
            NOT_A_TABLE, "not_a_table", file=name, met=say(N_("an OpenDocument file"))
        )
    if not any(part.startswith("xl/") and part.endswith(".xml") for part in parts):
        met = say(N_("an archive without a workbook in it"))
        raise refuse(NOT_A_TABLE, "not_a_table", file=name, met=met)
    no_document_type(name, archive)
    try:
        sheets = tuple(_sheets(name, stream, archive, progress))
    except InputFault:
        raise
    except Exception as error:
        # A garbled part makes its reader stumble in many ways; all mean one thing.
        what = say(N_("its sheets cannot be read"))
        raise refuse(DAMAGED, "damaged", file=name, what=what) from error
    return sheets, tuple(_notes(sheets, parts))


def _sheets(
    name: str, stream: BinaryIO, archive: ZipFile, progress: Progress | None
) -> Iterator[Sheet]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that hold no values
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        read = 0
        for sheet in book.worksheets:
            # The path of the very part that the values come from.
            with archive.open(sheet._worksheet_path) as part:
                structure = read_structure(part)
            sheet.reset_dimensions()
            rows: list[Row] = []
            for row in _rows(name, sheet, {row for row, _ in structure.formulas}):
                rows.append(row)
                read += 1
                if progress is not None and read % PROGRESS_EVERY == 0:
                    progress(name, read)
                if read > MAX_ROWS:
                    raise refuse(
                        TOO_LARGE,
                        "too_large",
                        file=name,
                        what=say(N_("it has too many rows")),
                        most=f"{MAX_ROWS:,}",
                    )
            yield Sheet(
                sheet.title,
                tuple(_filled_down(rows, structure.merged)),
                sheet.sheet_state != "visible",
                frozenset(structure.hidden_columns),
                frozenset(structure.hidden_rows),
                structure.formulas,
                tuple(structure.merged),
            )


def _rows(name: str, sheet: Any, with_formulas: set[int]) -> Iterator[Row]:
    shared: dict[str, str] = {}
    for number, raw in enumerate(sheet.iter_rows(values_only=True), 1):
        values = [_value(value, shared) for value in raw]
        while values and values[-1] is None:
            values.pop()
        if len(values) > MAX_COLUMNS:
            what = say(N_("row %(row)s has too many columns"), row=number)
            most = str(MAX_COLUMNS)
            raise refuse(TOO_LARGE, "too_large", file=name, what=what, most=most)
        if values or number in with_formulas:
            yield Row(number, tuple(values))


def _filled_down(
    rows: list[Row], merged: Sequence[tuple[int, int, int, int]]
) -> Iterator[Row]:
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


def _value(value: Any, shared: dict[str, str]) -> Value:
    if isinstance(value, str):
        if not value.strip():
            return None
        # Excel itself holds no more; a longer text is somebody's bomb.
        return shared.setdefault(value, value[:MAX_CELL_TEXT])
    if isinstance(value, datetime):
        return value.date() if value.time() == MIDNIGHT else value
    return value


def _notes(sheets: tuple[Sheet, ...], parts: set[str]) -> Iterator[Sentence]:
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
    if "xl/vbaProject.bin" in parts:
        yield say(N_("The workbook holds macros; they were neither read nor run."))
    if any(part.startswith("xl/externalLinks/") for part in parts):
        yield say(N_("The workbook links to other files; they were not opened."))
