"""A file of rows, as CSV or as an Excel workbook, whoever wrote it: cells and no more.

Nothing of it is run or fetched: formulas count as the values that were kept with them,
an archive is looked at before it is unpacked, and a document type is refused.
"""

import csv
import io
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from braid.kernel import archives
from braid.kernel.cells import as_written
from braid.kernel.errors import InputFault

LARGEST = 5 * 1024**2
MOST_ROWS = 20_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000
MOST_UNPACKED = 200 * 1024**2
WORKBOOK = b"PK"

Cell = str | Decimal | date | None


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its number in the file, from 1."""

    number: int
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        return all(cell is None for cell in self.cells)


def read(data: bytes) -> tuple[Row, ...]:
    """Return the rows of a file that hold something.

    Raises: InputFault (`too_large`, `unreadable`, `unsafe`, `empty`).
    """
    if len(data) > LARGEST:
        raise _fault(_("The file is larger than 5 MB. Send it in parts."), "too_large")
    rows = _of_workbook(data) if data.startswith(WORKBOOK) else _of_text(data)
    found = tuple(row for row in rows if not row.is_empty)
    if not found:
        raise _fault(_("The file is empty. Expected is a table."), "empty")
    return found


def _fault(message: str, reason: str) -> InputFault:
    return InputFault(message, field="file", reason=reason)


def _too_many() -> InputFault:
    return _fault(
        _("The file has too many rows or columns. Send it in parts."), "too_large"
    )


def _of_text(data: bytes) -> Iterator[Row]:
    text = _decoded(data)
    first = text.splitlines()[0] if text.strip() else ""
    mark = max((",", ";", "\t"), key=first.count)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=mark, strict=True)
    try:
        for cells in lines:
            if lines.line_num > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise _too_many()
            yield Row(lines.line_num, tuple(_text(cell) for cell in cells))
    except csv.Error:
        raise _fault(
            _("The table cannot be read. Save it as CSV or Excel again."), "unreadable"
        ) from None


def _decoded(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise _fault(
        _("The file is no table. Save it as CSV in UTF-8 or as Excel (.xlsx)."),
        "unreadable",
    )


def _text(cell: str) -> str | None:
    said = as_written(cell.strip())[:LONGEST_CELL]
    return said or None


def _of_workbook(data: bytes) -> Iterator[Row]:
    stream = io.BytesIO(data)
    try:
        archive = archives.open_archive(stream, most_unpacked=MOST_UNPACKED)
        archives.no_document_type(archive)
    except archives.ArchiveFault:
        raise _fault(
            _("The workbook is damaged or unsafe. Save it anew, without macros."),
            "unsafe",
        ) from None
    try:
        yield from _rows(stream)
    except InputFault:
        raise
    except Exception as error:
        # A garbled part makes its reader stumble in many ways; all mean one thing.
        raise _fault(
            _("The workbook cannot be read. Save it as Excel (.xlsx) again."),
            "unreadable",
        ) from error


def _rows(stream: io.BytesIO) -> Iterator[Row]:
    # Loads NumPy where there is one: only for who reads a workbook.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that hold no values
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()
        for number, cells in enumerate(sheet.iter_rows(values_only=True), start=1):
            if number > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise _too_many()
            yield Row(number, tuple(_cell(value) for value in cells))


def _cell(value: Any) -> Cell:
    """Return a cell of a workbook; a number as it is shown, never as its binary tail."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, bool) or value is None:
        return None if value is None else str(value)
    if isinstance(value, int | float):
        return Decimal(f"{value:.15g}")  # as many figures as a spreadsheet keeps
    if isinstance(value, date):
        return value
    return _text(str(value))
