"""An invoice as files: paper, a spreadsheet, CSV, and XML for Peppol."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import override

from braid.funding.invoices.document import Invoice
from braid.kernel.errors import InputFault


@dataclass(frozen=True, slots=True)
class File:
    """A file to be handed out."""

    name: str
    media_type: str
    data: bytes


def written(invoice: Invoice, format: str) -> File:
    """Return an invoice as a file, in its language.

    Raises: InputFault (`format_unknown`, `invoice_unfit`: as XML it does not hold).
    """
    if format not in FORMATS:
        raise InputFault(
            _("There is no such format. Choose one that is listed."),
            field="format",
            reason="format_unknown",
        )
    media_type, write = FORMATS[format]
    with override(invoice.language):
        return File(f"{_plain(invoice.number)}.{format}", media_type, write(invoice))


def _plain(number: str) -> str:
    """Return a number without anything that a folder could take for a path."""
    return "".join(sign if sign.isalnum() else "-" for sign in number)


# What makes a kind of file is loaded when one is made.


def _pdf(invoice: Invoice) -> bytes:
    from braid.funding.invoices.paper import made

    return made(invoice)


def _xlsx(invoice: Invoice) -> bytes:
    from braid.funding.invoices.workbook import made

    return made(invoice)


def _csv(invoice: Invoice) -> bytes:
    from braid.funding.invoices.as_csv import made

    return made(invoice)


def _xml(invoice: Invoice) -> bytes:
    """Return the XML once it holds: what a receiver would send back is never made."""
    from braid.funding.invoices import ubl
    from braid.funding.invoices.checking import asking

    data = ubl.written(invoice)
    findings = asking.check(data)
    if findings:
        raise InputFault(
            "\n".join(asking.told(findings)),
            reason="invoice_unfit",
            count=len(findings),
        )
    return data


FORMATS: Mapping[str, tuple[str, Callable[[Invoice], bytes]]] = {
    "pdf": ("application/pdf", _pdf),
    "xlsx": (
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        _xlsx,
    ),
    "csv": ("text/csv; charset=utf-8", _csv),
    "xml": ("application/xml", _xml),
}
"""The formats by their endings."""
