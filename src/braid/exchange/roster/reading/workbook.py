"""Read an Excel workbook as sheets of values, beside the formulas that made them."""

import warnings
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any, BinaryIO
from zipfile import ZipFile

from braid.exchange.roster.reading.archive import no_document_type
from braid.exchange.roster.reading.faults import DAMAGED, NOT_A_TABLE, refuse
from braid.exchange.roster.reading.gathering import (
    RowCount,
    filled_down,
    remarks,
    too_wide,
)
from braid.exchange.roster.reading.sheets import (
    MAX_CELL_TEXT,
    MAX_COLUMNS,
    Progress,
    Row,
    Sheet,
    Value,
)
from braid.exchange.roster.reading.structure import read_structure
from braid.exchange.roster.wording import N_, Sentence, say
from braid.kernel.cells import as_written
from braid.kernel.errors import InputFault

MIDNIGHT = time()


def read_workbook(
    name: str, stream: BinaryIO, archive: ZipFile, progress: Progress | None = None
) -> tuple[tuple[Sheet, ...], tuple[Sentence, ...]]:
    """Return the sheets of a workbook, and what is worth saying about it.

    `archive` is that of `stream`, found harmless.
    Raises: InputFault (`not_a_table`, `damaged`, `too_large`, `unsafe`).
    """
    parts = set(archive.namelist())
    if "xl/workbook.bin" in parts:
        raise refuse(
            NOT_A_TABLE, "not_a_table", file=name, met=say(N_("a binary workbook"))
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
    links = any(part.startswith("xl/externalLinks/") for part in parts)
    macros = "xl/vbaProject.bin" in parts
    return sheets, tuple(remarks(sheets, macros=macros, links=links))


def _sheets(
    name: str, stream: BinaryIO, archive: ZipFile, progress: Progress | None
) -> Iterator[Sheet]:
    # Loads NumPy where there is one: only for who reads a workbook.
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of features that hold no values
        book = load_workbook(stream, read_only=True, data_only=True, keep_links=False)
        count = RowCount(name, progress)
        for sheet in book.worksheets:
            # The path of the very part that the values come from.
            with archive.open(sheet._worksheet_path) as part:
                structure = read_structure(part)
            sheet.reset_dimensions()
            rows: list[Row] = []
            for row in _rows(name, sheet, {row for row, _ in structure.formulas}):
                rows.append(row)
                count.add()
            yield Sheet(
                sheet.title,
                tuple(filled_down(rows, structure.merged)),
                sheet.sheet_state != "visible",
                frozenset(structure.hidden_columns),
                frozenset(structure.hidden_rows),
                structure.formulas,
                tuple(sorted(structure.merged)),
            )


def _rows(name: str, sheet: Any, with_formulas: set[int]) -> Iterator[Row]:
    shared: dict[str, str] = {}
    for number, raw in enumerate(sheet.iter_rows(values_only=True), 1):
        values = [_value(value, shared) for value in raw]
        while values and values[-1] is None:
            values.pop()
        if len(values) > MAX_COLUMNS:
            raise too_wide(name, number)
        if values or number in with_formulas:
            yield Row(number, tuple(values))


def _value(value: Any, shared: dict[str, str]) -> Value:
    if isinstance(value, str):
        if not value.strip():
            return None
        # Excel itself holds no more; a longer text is somebody's bomb.
        return shared.setdefault(value, as_written(value[:MAX_CELL_TEXT]))
    if isinstance(value, datetime):
        return value.date() if value.time() == MIDNIGHT else value
    return value
