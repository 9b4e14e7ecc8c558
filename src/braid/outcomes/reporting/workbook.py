"""A report as a spreadsheet: its lines, what each measure is, and numbers as numbers."""

import io
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from braid.kernel.cells import as_text
from braid.outcomes.reporting import texts
from braid.outcomes.reporting.document import Document, Entry
from braid.outcomes.reporting.texts import Row

HEADING = PatternFill("solid", fgColor="DCE6F1")
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
NUMBER_FORMS = {"share": "0.0%", "days": "0", "number": "General"}
WIDTHS = (48, 18, 12, 12, 34, 12, 34, 24, 34, 40)
LONG = (26, 12, 34, 90, 26, 50)


def made(document: Document) -> bytes:
    """Return the workbook: a sheet of lines and one of definitions."""
    book = Workbook()
    # Nothing in it tells when it was made, as nothing in the document does.
    book.properties.created = datetime.combine(document.known_on, time())
    book.properties.modified = book.properties.created
    book.properties.title = texts.heading(document)
    sheet = book.active
    sheet.title = _("Report")
    _about(sheet, document)
    _lines(sheet, document)
    _definitions(book.create_sheet(_("Definitions")), document)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _about(sheet: Any, document: Document) -> None:
    sheet.append([as_text(texts.heading(document))])
    sheet["A1"].font = Font(bold=True, size=14)
    for told in texts.lead(document):
        sheet.append([as_text(told.label), as_text(told.value)])
    for said in (document.about, *document.notes):
        sheet.append([as_text(said)])
    sheet.append([])


def _lines(sheet: Any, document: Document) -> None:
    columns = (
        _("Line"),
        _("Group"),
        _("Value"),
        _("Numerator"),
        _("What the numerator is"),
        _("Denominator"),
        _("What the denominator is"),
        _("Days"),
        _("Left out"),
        _("Targets, benchmarks and notes"),
    )
    _headings(sheet, columns, WIDTHS)
    # Rows stand in the order of the lines.
    for section, part in zip(document.sections, texts.parts(document), strict=True):
        sheet.append([as_text(part.label)])
        sheet.cell(sheet.max_row, 1).font = BOLD
        for line, row in zip(section.lines, part.rows, strict=True):
            _line(sheet, line, row)


def _line(sheet: Any, line: Entry, row: Row) -> None:
    base = line.denominator if line.n is None else line.n
    kept_back = line.mark or None
    cells = [
        row.label,
        row.group,
        kept_back or _unrounded(line),
        kept_back if line.mark and line.numerator_is else line.numerator,
        line.numerator_is or line.means,
        kept_back if line.mark and line.denominator_is else base,
        line.denominator_is,
        texts.days_text(line.days),
        "; ".join(row.left_out),
        "; ".join(row.beside),
    ]
    sheet.append([as_text(cell) for cell in cells])
    for cell in sheet[sheet.max_row]:
        cell.alignment = WRAPPED
    sheet.cell(sheet.max_row, 3).number_format = NUMBER_FORMS[line.form]


def _unrounded(line: Entry) -> float | int | None:
    value = texts.exact_value(line)
    if value is None:
        return None
    return int(value) if value.denominator == 1 else float(value)


def _definitions(sheet: Any, document: Document) -> None:
    columns = (
        _("Measure"),
        _("Version"),
        _("Name"),
        _("Definition"),
        _("What is counted"),
        _("Source"),
    )
    _headings(sheet, columns, LONG)
    for one in document.definitions:
        cells = (
            one.measure,
            one.version,
            one.label,
            one.about,
            one.counts,
            one.source,
        )
        sheet.append([as_text(cell) for cell in cells])
        for cell in sheet[sheet.max_row]:
            cell.alignment = WRAPPED


def _headings(sheet: Any, columns: Sequence[str], widths: Sequence[int]) -> None:
    sheet.append([as_text(name) for name in columns])
    for number, width in enumerate(widths, start=1):
        cell = sheet.cell(sheet.max_row, number)
        cell.font, cell.fill, cell.alignment = BOLD, HEADING, WRAPPED
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
