"""The target for the XML of an OpenDocument spreadsheet: it keeps rows, no tree."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from braid.exchange.roster.reading.faults import TOO_LARGE, refuse
from braid.exchange.roster.reading.gathering import (
    Merged,
    RowCount,
    filled_down,
    too_wide,
)
from braid.exchange.roster.reading.sheets import (
    MAX_CELL_TEXT,
    MAX_COLUMNS,
    Row,
    Sheet,
    Value,
)
from braid.exchange.roster.reading.structure import (
    LAST_COLUMN,
    LAST_ROW,
    MOST_FORMULAS,
    NotASheet,
)
from braid.exchange.roster.reading.typed import OFFICE, TABLE, formula_of, typed_value
from braid.exchange.roster.wording import N_, say

OASIS = "{urn:oasis:names:tc:opendocument:xmlns:"
STYLE, TEXT = f"{OASIS}style:1.0}}", f"{OASIS}text:1.0}}"
DRAWING = f"{OASIS}drawing:1.0}}"
ASIDE = frozenset(
    (
        f"{OFFICE}annotation",
        f"{OFFICE}forms",
        f"{TABLE}dde-links",
        f"{TABLE}shapes",
        f"{TABLE}tracked-changes",
    )
)
"""What holds cells or text that are not those of the sheet: remarks, earlier states."""

CELLS = frozenset((f"{TABLE}table-cell", f"{TABLE}covered-table-cell"))
UNSEEN = frozenset(("collapse", "filter"))
MOST_REPEATED = 1_000_000
"""Cells written once that may stand many times; more of them is somebody's bomb."""

_gaps = re.compile(r"[ \t\r\n]+")


@dataclass(slots=True)
class _Draft:
    """The sheet that is being read, and how far it has come; rows count from 1."""

    name: str
    hidden: bool
    rows: list[Row] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    formulas: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Merged] = field(default_factory=list)
    columns: int = 0
    row: int = 1
    row_attributes: Mapping[str, str] = field(default_factory=dict)
    column: int = 0
    values: list[Value] = field(default_factory=list)
    row_formulas: dict[int, str] = field(default_factory=dict)


class Content:
    """Takes the elements of `content.xml` one by one and keeps its sheets.

    Raises: InputFault (`too_large`); NotASheet for what no program writes.
    """

    def __init__(self, name: str, count: RowCount) -> None:
        self.sheets: list[Sheet] = []
        self.is_spreadsheet = self.has_links = False
        self._name, self._count = name, count
        self._sheet: _Draft | None = None
        self._cell: Mapping[str, str] | None = None
        self._shown: list[str] = []
        self._length = 0
        self._paragraphs = 0
        self._in_text = False
        self._style = ""
        self._hiding: set[str] = set()
        self._aside = 0
        self._repeated = 0
        self._texts: dict[str, str] = {}

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Take the beginning of an element."""
        if self._aside or self._leads_aside(tag):
            self._aside += 1
        elif tag in CELLS:
            self._cell = attributes
            self._shown.clear()
            self._length = self._paragraphs = 0
        elif tag.startswith(TEXT):
            self._start_text(tag.removeprefix(TEXT), attributes)
        elif tag.startswith(TABLE):
            self._start_table(tag.removeprefix(TABLE), attributes)
        elif tag == f"{STYLE}style":
            self._style = attributes.get(f"{STYLE}name", "")
        elif tag == f"{STYLE}table-properties":
            if attributes.get(f"{TABLE}display") == "false":
                self._hiding.add(self._style)
        elif tag == f"{OFFICE}spreadsheet":
            self.is_spreadsheet = True

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if self._aside:
            self._aside -= 1
        elif tag == f"{TEXT}p":
            self._in_text = False
        elif tag in CELLS:
            self._end_cell()
        elif tag == f"{TABLE}table-row":
            self._end_row()
        elif tag == f"{TABLE}table":
            self._end_sheet()

    def data(self, text: str) -> None:
        """Take text; only that of the cell's own paragraphs is kept."""
        if self._in_text and not self._aside:
            self._show(_gaps.sub(" ", text))

    def close(self) -> None:
        """Take the end of the document."""

    def _leads_aside(self, tag: str) -> bool:
        """Say whether an element holds nothing of the sheet, a table in a cell too."""
        nested = tag == f"{TABLE}table" and self._sheet is not None
        return tag in ASIDE or tag.startswith(DRAWING) or nested

    def _start_text(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._cell is None:
            return
        if name == "p":
            if self._paragraphs:
                self._show("\n")
            self._paragraphs += 1
            self._in_text = True
        elif name == "s":
            self._show(" " * min(_times(attributes, f"{TEXT}c"), MAX_CELL_TEXT))
        elif name in ("tab", "line-break"):
            self._show("\t" if name == "tab" else "\n")

    def _show(self, text: str) -> None:
        if self._length < MAX_CELL_TEXT:
            self._shown.append(text)
            self._length += len(text)

    def _start_table(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "table":
            title = attributes.get(f"{TABLE}name", "")
            hidden = attributes.get(f"{TABLE}style-name") in self._hiding
            self._sheet = _Draft(title, hidden)
        elif name == "table-source":
            self.has_links = True
        elif self._sheet is not None and name == "table-column":
            first = self._sheet.columns
            self._sheet.columns += _times(attributes, f"{TABLE}number-columns-repeated")
            if attributes.get(f"{TABLE}visibility") in UNSEEN:
                last = min(self._sheet.columns, LAST_COLUMN)
                self._sheet.hidden_columns.update(range(first, last))
        elif self._sheet is not None and name == "table-row":
            self._sheet.row_attributes = attributes
            self._sheet.column = 0
            self._sheet.values = []
            self._sheet.row_formulas = {}

    def _end_cell(self) -> None:
        sheet, cell, self._cell = self._sheet, self._cell, None
        if sheet is None or cell is None:
            return
        times = _times(cell, f"{TABLE}number-columns-repeated")
        value, formula = typed_value(cell, "".join(self._shown)), formula_of(cell)
        at = sheet.column
        sheet.column += times
        if value is not None or formula is not None:
            if sheet.column > MAX_COLUMNS:
                raise too_wide(self._name, sheet.row)
            if isinstance(value, str):
                value = self._texts.setdefault(value, value)
            sheet.values.extend([None] * (at - len(sheet.values)))
            sheet.values.extend([value] * times)
            if formula is not None:
                sheet.row_formulas.update(
                    (column, formula) for column in range(at, sheet.column)
                )
        down = _times(cell, f"{TABLE}number-rows-spanned")
        across = _times(cell, f"{TABLE}number-columns-spanned")
        if down > 1 or across > 1:
            span = sheet.row, at, sheet.row + down - 1, at + across - 1
            sheet.merged.append(span)

    def _end_row(self) -> None:
        sheet = self._sheet
        if sheet is None:
            return
        times = _times(sheet.row_attributes, f"{TABLE}number-rows-repeated")
        first, sheet.row = sheet.row, sheet.row + times
        values = sheet.values
        while values and values[-1] is None:
            values.pop()
        if not values and not sheet.row_formulas:
            return
        if sheet.row - 1 > LAST_ROW:
            raise NotASheet
        self._repeated += (times - 1) * max(1, len(values))
        if self._repeated > MOST_REPEATED:
            what = say(N_("it repeats too many cells"))
            most = f"{MOST_REPEATED:,}"
            raise refuse(TOO_LARGE, "too_large", file=self._name, what=what, most=most)
        held = tuple(values)
        unseen = sheet.row_attributes.get(f"{TABLE}visibility") in UNSEEN
        for number in range(first, sheet.row):
            sheet.rows.append(Row(number, held))
            self._count.add()
            if unseen:
                sheet.hidden_rows.add(number)
            for column, formula in sheet.row_formulas.items():
                sheet.formulas[number, column] = formula
        if len(sheet.formulas) > MOST_FORMULAS:
            raise NotASheet

    def _end_sheet(self) -> None:
        sheet, self._sheet = self._sheet, None
        if sheet is None:
            return
        self.sheets.append(
            Sheet(
                sheet.name,
                tuple(filled_down(sheet.rows, sheet.merged)),
                sheet.hidden,
                frozenset(sheet.hidden_columns),
                frozenset(sheet.hidden_rows),
                sheet.formulas,
                tuple(sorted(sheet.merged)),
            )
        )


def _times(attributes: Mapping[str, str], key: str) -> int:
    """Return how often something stands, or how far it spans; 1 where nothing is said.

    Raises NotASheet for a number that no program writes.
    """
    text = attributes.get(key)
    if text is None:
        return 1
    times = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if times < 1:
        raise NotASheet
    return times
