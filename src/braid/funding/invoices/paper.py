"""An invoice on paper: PDF, tagged for readers of screens."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from braid.documents import making
from braid.funding.invoices import texts
from braid.funding.invoices.document import Invoice, Line
from braid.funding.invoices.texts import Told

TEMPLATE = "funding_invoice"
Values = Mapping[str, Any]


def made(invoice: Invoice) -> bytes:
    """Return the invoice as PDF. Raises InputFault where it would be too long."""
    return making.render(TEMPLATE, "pdf", values(invoice))


def values(invoice: Invoice) -> Values:
    """Return the words of the page."""
    return {
        "title": texts.title(invoice),
        "number": invoice.number,
        "kind": _("Credit note") if invoice.kind == "credit_note" else _("Invoice"),
        "seller": {"label": _("From"), "lines": list(texts.address(invoice.seller))},
        "buyer": {"label": _("To"), "lines": list(texts.address(invoice.buyer))},
        "facts": _pairs(texts.facts(invoice)),
        "note": invoice.note,
        "columns": list(texts.columns(invoice)),
        "lines": [_line(line) for line in invoice.lines],
        "sums": _pairs(texts.sums(invoice)),
        "payment": {
            "label": _("Payment"),
            "rows": _pairs(texts.payment(invoice)),
        },
        "privacy": _(
            "Cases stand under pseudonyms. The evidence of each claim is held by the "
            "seller and can be checked without being handed over."
        ),
        "foot": f"{invoice.seller.name} · {texts.title(invoice)}",
        "language": invoice.language,
    }


def _line(line: Line) -> Values:
    return {
        "claim": line.claim,
        "title": line.title,
        "beside": " · ".join(filter(None, (line.clause, line.case))),
        "reached": texts.day(line.reached_on),
        "net": texts.amount(line.net),
        "vat": texts.amount(line.vat),
        "gross": texts.amount(line.gross),
    }


def _pairs(told: Iterable[Told]) -> list[Values]:
    return [{"label": each.label, "value": each.value} for each in told]
