"""An invoice as CSV: a row a claim, each complete in itself. Headings are an interface."""

from collections.abc import Iterator, Mapping

from braid.funding.invoices.document import Invoice
from braid.kernel.cells import csv_text


def made(invoice: Invoice) -> bytes:
    """Return the lines as CSV in UTF-8; amounts with a point and two decimals."""
    rows = list(_rows(invoice))
    headings: list[object] = list(rows[0])
    return csv_text([headings, *(list(row.values()) for row in rows)]).encode()


def _rows(invoice: Invoice) -> Iterator[Mapping[str, object]]:
    for line in invoice.lines:
        yield {
            "invoice": invoice.number,
            "kind": invoice.kind,
            "issued_on": invoice.issued_on,
            "due_on": invoice.due_on,
            "credits": invoice.credits.number if invoice.credits else "",
            "contract": invoice.contract,
            "buyer_reference": invoice.buyer_reference,
            "order_reference": invoice.order_reference,
            "line": line.no,
            "claim": line.claim,
            "case": line.case,
            "milestone": line.milestone,
            "clause": line.clause,
            "reached_on": line.reached_on,
            "net": f"{line.net:.2f}",
            "vat": f"{line.vat:.2f}",
            "amount": f"{line.gross:.2f}",
            "currency": invoice.currency,
            "vat_category": line.tax.category,
            "vat_percent": f"{line.tax.percent.normalize():f}",
        }
