"""An invoice as a spreadsheet: what it says on top, its lines as numbers below."""

import io
from collections.abc import Iterable
from datetime import datetime, time
from typing import Any

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from braid.funding.invoices import texts
from braid.funding.invoices.document import Invoice
from braid.kernel.cells import as_text

HEADING = PatternFill("solid", fgColor="DCE6F1")
BOLD = Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")
WIDTHS = (22, 36, 14, 14, 14, 14, 10, 20, 20, 14)
MONEY, DAY = "#,##0.00", "yyyy-mm-dd"


def made(invoice: Invoice) -> bytes:
    """Return the workbook."""
    book = Workbook()
    book.properties.created = datetime.combine(invoice.issued_on, time())
    book.properties.modified = book.properties.created
    book.properties.title = texts.title(invoice)
    sheet = book.active
    sheet.title = _("Invoice")
    _above(sheet, invoice)
    _lines(sheet, invoice)
    _sums(sheet, invoice)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def _above(sheet: Any, invoice: Invoice) -> None:
    _row(sheet, [texts.title(invoice)])
    sheet["A1"].font = Font(bold=True, size=14)
    for label, party in ((_("From"), invoice.seller), (_("To"), invoice.buyer)):
        _row(sheet, [label, "\n".join(texts.address(party))])
        sheet.cell(sheet.max_row, 2).alignment = WRAPPED
    for told in (*texts.facts(invoice), *texts.payment(invoice)):
        _row(sheet, [told.label, told.value])
    if invoice.note:
        _row(sheet, ["", invoice.note])
    sheet.append([])


def _lines(sheet: Any, invoice: Invoice) -> None:
    _row(
        sheet,
        [
            *texts.columns(invoice),
            _("VAT rate"),
            _("Paragraph"),
            _("Case"),
            _("Milestone"),
        ],
    )
    for number, width in enumerate(WIDTHS, start=1):
        cell = sheet.cell(sheet.max_row, number)
        cell.font, cell.fill, cell.alignment = BOLD, HEADING, WRAPPED
        sheet.column_dimensions[get_column_letter(number)].width = width
    sheet.freeze_panes = f"A{sheet.max_row + 1}"
    for line in invoice.lines:
        _row(
            sheet,
            [
                line.claim,
                line.title,
                line.reached_on,
                line.net,
                line.vat,
                line.gross,
                texts.tax(line.tax),
                line.clause,
                line.case,
                line.milestone,
            ],
        )
        sheet.cell(sheet.max_row, 3).number_format = DAY
        for column in (4, 5, 6):
            sheet.cell(sheet.max_row, column).number_format = MONEY


def _sums(sheet: Any, invoice: Invoice) -> None:
    parts = [(_("Sum without VAT"), invoice.net)]
    parts += [(texts.tax(each.tax), each.amount) for each in invoice.taxes]
    if invoice.rounding:
        parts.append((_("Rounding"), invoice.rounding))
    parts.append((texts.sums(invoice)[-1].label, invoice.payable))
    sheet.append([])
    for label, value in parts:
        _row(sheet, ["", label, None, None, None, value])
        sheet.cell(sheet.max_row, 6).number_format = MONEY
    for column in (2, 6):
        sheet.cell(sheet.max_row, column).font = BOLD


def _row(sheet: Any, cells: Iterable[object]) -> None:
    sheet.append([as_text(cell) for cell in cells])
