"""Invoices as pages show them."""

from collections.abc import Iterable, Mapping

from django.urls import reverse
from django.utils.translation import gettext as _

from braid.funding.invoices import texts
from braid.funding.invoices.document import Invoice as Paper
from braid.funding.invoices.parts import WHOLE
from braid.funding.models import Agreement, Claim, Invoice, Party
from braid.funding.showing import Cell, Table, day_cell
from braid.web.days import day_text
from braid.web.presenters import Action, State

FILES = (  # kinds of files have one name in every language
    ("pdf", "PDF", "file-earmark-text"),
    ("xlsx", "Excel", "file-earmark-spreadsheet"),
    ("csv", "CSV", "download"),
    ("xml", "XML, Peppol (UBL 2.1)", "send"),
)


def payer_name(slot: str, named: Mapping[str, Party], agreement: Agreement) -> str:
    """Return who a payer is: the name on invoices, else what the contract calls it."""
    if slot in named:
        return named[slot].name
    return agreement.funder.organisation.name if slot == WHOLE else slot


def claim_label(claim: Claim, title: str) -> str:
    """Return a claim as a choice: number, outcome, day, case."""
    return _("%(number)s · %(title)s · %(day)s · case %(case)s") % {
        "number": claim.number,
        "title": title,
        "day": day_text(claim.reached_on),
        "case": claim.case,
    }


def invoice_table(rows: Iterable[Invoice]) -> Table:
    """Return the list of invoices, the newest first."""
    return Table(
        caption=_("Invoices"),
        columns=(
            _("Number"),
            _("Kind"),
            _("Issued"),
            _("Due"),
            _("Claims"),
            _("Amount"),
            _("State"),
        ),
        rows=[_invoice_row(row) for row in rows],
    )


def _invoice_row(row: Invoice) -> list[Cell]:
    return [
        Cell(row.number, url=reverse("funding:invoice", args=[row.pk])),
        Cell(row.get_kind_display()),
        day_cell(row.issued_on),
        day_cell(row.due_on),
        Cell(str(row.claims_count), is_number=True),  # type: ignore[attr-defined]
        Cell(texts.amount(row.payable, row.currency), is_number=True),
        standing(row),
    ]


def standing(row: Invoice) -> Cell:
    """Return whether an invoice holds, or was taken back by which credit note."""
    if row.credits_id is not None and row.credits is not None:
        said = _("takes back %(number)s") % {"number": row.credits.number}
        return Cell(said, pill=State.INFO)
    note = getattr(row, "credited_by", None)
    if note is not None:
        said = _("taken back by %(number)s") % {"number": note.number}
        return Cell(said, pill=State.SOON)
    return Cell(_("holds"), pill=State.OK)


def lines_table(paper: Paper, source: str = "") -> Table:
    """Return the lines of an invoice with its sums."""
    columns = texts.columns(paper)
    return Table(
        caption=_("Lines of the invoice"),
        columns=columns,
        rows=[
            [
                Cell(line.claim),
                Cell(
                    line.title, sub=" · ".join(filter(None, (line.clause, line.case)))
                ),
                day_cell(line.reached_on),
                Cell(texts.amount(line.net), is_number=True),
                Cell(texts.amount(line.vat), is_number=True),
                Cell(texts.amount(line.gross), is_number=True),
            ]
            for line in paper.lines
        ],
        foot=[_sum_row(told, len(columns)) for told in texts.sums(paper)],
        source=source,
    )


def _sum_row(told: texts.Told, width: int) -> list[Cell]:
    empty = [Cell("")] * (width - 2)
    return [Cell(told.label), *empty, Cell(told.value, is_number=True)]


def downloads(row: Invoice) -> list[Action]:
    """Return the files that an invoice is handed out as."""
    return [
        Action(label, reverse("funding:invoice_file", args=[row.pk, kind]), icon)
        for kind, label, icon in FILES
    ]
