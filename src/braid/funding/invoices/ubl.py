"""An invoice as UBL 2.1 for Peppol BIS Billing 3.0.

Sources: OASIS UBL 2.1 (order of elements), EN 16931-1 (terms, BT-n), Peppol BIS Billing
3.0. A credit note is a document of its own kind with amounts that are given back.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from lxml import etree

from braid.funding.invoices.document import OUTSIDE, Invoice, Line, Party, Tax

SPECIFICATION = (
    "urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0"
)
PROFILE = "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0"
UBL = "urn:oasis:names:specification:ubl:schema:xsd:"
CBC = f"{UBL}CommonBasicComponents-2"
CAC = f"{UBL}CommonAggregateComponents-2"
INVOICE, CREDIT_NOTE = "380", "381"
CREDIT_TRANSFER, SEPA = "30", "58"
ONE = "C62"  # UN/ECE Recommendation 20: one
OBJECT = "130"  # UNTDID 1001: what a line is about
OUTSIDE_CODE = "VATEX-EU-O"
MEDIA_TYPE = "application/xml"

Node = Any
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def written(invoice: Invoice) -> bytes:
    """Return the invoice as XML in UTF-8; the same invoice gives the same bytes."""
    is_credit = invoice.kind == "credit_note"
    kind = "CreditNote" if is_credit else "Invoice"
    space = f"{UBL}{kind}-2"
    root = etree.Element(
        f"{{{space}}}{kind}", nsmap={None: space, "cac": CAC, "cbc": CBC}
    )
    basic(root, "CustomizationID", SPECIFICATION)
    basic(root, "ProfileID", PROFILE)
    basic(root, "ID", invoice.number)
    basic(root, "IssueDate", invoice.issued_on.isoformat())
    if is_credit:
        basic(root, "CreditNoteTypeCode", CREDIT_NOTE)
    else:
        basic(root, "DueDate", invoice.due_on.isoformat())
        basic(root, "InvoiceTypeCode", INVOICE)
    basic(root, "Note", invoice.note)
    basic(root, "DocumentCurrencyCode", invoice.currency)
    basic(root, "BuyerReference", invoice.buyer_reference)
    _period(root, invoice.first_day, invoice.last_day)
    _references(root, invoice)
    _party(root, "AccountingSupplierParty", invoice.seller, _has_vat(invoice))
    _party(root, "AccountingCustomerParty", invoice.buyer, _has_vat(invoice))
    _payment(root, invoice)
    _taxes(root, invoice)
    _totals(root, invoice)
    for line in invoice.lines:
        _line(root, invoice, line)
    made: bytes = etree.tostring(
        root, encoding="UTF-8", xml_declaration=True, pretty_print=True
    )
    return made


def basic(parent: Node, name: str, text: str, **attributes: str) -> None:
    """Add an element with a text; an empty one is left out (PEPPOL-EN16931-R008)."""
    said = _plain(text)
    if said:
        given = {key: value for key, value in attributes.items() if value}
        etree.SubElement(parent, f"{{{CBC}}}{name}", given).text = said


def aggregate(parent: Node, name: str, *fill: Callable[[Node], None]) -> None:
    """Add an element of elements; one that stays empty is left out."""
    node = etree.SubElement(parent, f"{{{CAC}}}{name}")
    for each in fill:
        each(node)
    if not len(node):
        parent.remove(node)


def amount(parent: Node, name: str, value: Decimal, currency: str) -> None:
    """Add an amount with its currency and two decimals."""
    basic(parent, name, f"{value:.2f}", currencyID=currency)


def _plain(text: str) -> str:
    """Return a text without what XML cannot hold."""
    return _NOT_XML.sub("", text).strip()


def _has_vat(invoice: Invoice) -> bool:
    """Say whether it names VAT numbers: one outside VAT must not (BR-O-02)."""
    return any(line.tax.category != OUTSIDE for line in invoice.lines)


def _period(parent: Node, first: date, last: date) -> None:
    period = etree.SubElement(parent, f"{{{CAC}}}InvoicePeriod")
    basic(period, "StartDate", first.isoformat())
    basic(period, "EndDate", last.isoformat())


def _references(root: Node, invoice: Invoice) -> None:
    aggregate(
        root,
        "OrderReference",
        lambda node: basic(node, "ID", invoice.order_reference),
    )
    if invoice.credits:
        billing = etree.SubElement(root, f"{{{CAC}}}BillingReference")
        earlier = etree.SubElement(billing, f"{{{CAC}}}InvoiceDocumentReference")
        basic(earlier, "ID", invoice.credits.number)
        basic(earlier, "IssueDate", invoice.credits.issued_on.isoformat())
    aggregate(
        root,
        "ContractDocumentReference",
        lambda node: basic(node, "ID", invoice.contract),
    )


def _party(root: Node, role: str, party: Party, has_vat: bool) -> None:
    node = etree.SubElement(
        etree.SubElement(root, f"{{{CAC}}}{role}"), f"{{{CAC}}}Party"
    )
    basic(node, "EndpointID", party.endpoint, schemeID=party.endpoint_scheme)
    aggregate(node, "PartyName", lambda name: basic(name, "Name", party.name))
    address = etree.SubElement(node, f"{{{CAC}}}PostalAddress")
    basic(address, "StreetName", party.street)
    basic(address, "CityName", party.city)
    basic(address, "PostalZone", party.postcode)
    aggregate(
        address,
        "Country",
        lambda country: basic(country, "IdentificationCode", party.country.upper()),
    )
    if has_vat and party.vat_id:
        scheme = etree.SubElement(node, f"{{{CAC}}}PartyTaxScheme")
        basic(scheme, "CompanyID", party.vat_id)
        _vat_scheme(scheme)
    legal = etree.SubElement(node, f"{{{CAC}}}PartyLegalEntity")
    basic(legal, "RegistrationName", party.name)
    basic(legal, "CompanyID", party.legal_id, schemeID=party.legal_scheme)
    aggregate(
        node,
        "Contact",
        lambda contact: basic(contact, "Name", party.contact),
        lambda contact: basic(contact, "Telephone", party.telephone),
        lambda contact: basic(contact, "ElectronicMail", party.email),
    )


def _vat_scheme(parent: Node) -> None:
    aggregate(parent, "TaxScheme", lambda node: basic(node, "ID", "VAT"))


def _payment(root: Node, invoice: Invoice) -> None:
    """Say how it is paid; a credit note has its day here."""
    account = "".join(invoice.seller.account.split())
    if not account:
        return
    means = etree.SubElement(root, f"{{{CAC}}}PaymentMeans")
    basic(means, "PaymentMeansCode", SEPA if _is_iban(account) else CREDIT_TRANSFER)
    if invoice.kind == "credit_note":
        basic(means, "PaymentDueDate", invoice.due_on.isoformat())
    basic(means, "PaymentID", invoice.number)
    payee = etree.SubElement(means, f"{{{CAC}}}PayeeFinancialAccount")
    basic(payee, "ID", account)
    basic(payee, "Name", invoice.seller.name)
    aggregate(
        payee,
        "FinancialInstitutionBranch",
        lambda node: basic(node, "ID", invoice.seller.bank),
    )


def _is_iban(account: str) -> bool:
    return account[:2].isalpha() and account[2:4].isdigit()


def _taxes(root: Node, invoice: Invoice) -> None:
    total = etree.SubElement(root, f"{{{CAC}}}TaxTotal")
    amount(total, "TaxAmount", invoice.vat, invoice.currency)
    for each in invoice.taxes:
        part = etree.SubElement(total, f"{{{CAC}}}TaxSubtotal")
        amount(part, "TaxableAmount", each.taxable, invoice.currency)
        amount(part, "TaxAmount", each.amount, invoice.currency)
        _category(part, "TaxCategory", each.tax, with_reason=True)


def _category(parent: Node, name: str, tax: Tax, *, with_reason: bool) -> None:
    node = etree.SubElement(parent, f"{{{CAC}}}{name}")
    basic(node, "ID", tax.category)
    if tax.category != OUTSIDE:
        basic(node, "Percent", f"{tax.percent.normalize():f}")
    if with_reason:
        code = OUTSIDE_CODE if tax.category == OUTSIDE else ""
        basic(node, "TaxExemptionReasonCode", code)
        basic(node, "TaxExemptionReason", tax.reason)
    _vat_scheme(node)


def _totals(root: Node, invoice: Invoice) -> None:
    node = etree.SubElement(root, f"{{{CAC}}}LegalMonetaryTotal")
    amount(node, "LineExtensionAmount", invoice.net, invoice.currency)
    amount(node, "TaxExclusiveAmount", invoice.net, invoice.currency)
    amount(node, "TaxInclusiveAmount", invoice.gross, invoice.currency)
    if invoice.rounding:
        amount(node, "PayableRoundingAmount", invoice.rounding, invoice.currency)
    amount(node, "PayableAmount", invoice.payable, invoice.currency)


def _line(root: Node, invoice: Invoice, line: Line) -> None:
    """Add a claim: one piece at its amount, or less one where it takes off (BR-27)."""
    word = "Invoice" if invoice.kind == "invoice" else "CreditNote"
    counted = "Invoiced" if invoice.kind == "invoice" else "Credited"
    node = etree.SubElement(root, f"{{{CAC}}}{word}Line")
    basic(node, "ID", str(line.no))
    pieces = "-1" if line.net < 0 else "1"
    basic(node, f"{counted}Quantity", pieces, unitCode=ONE)
    amount(node, "LineExtensionAmount", line.net, invoice.currency)
    _period(node, line.reached_on, line.reached_on)
    claim = etree.SubElement(node, f"{{{CAC}}}DocumentReference")
    basic(claim, "ID", line.claim)
    basic(claim, "DocumentTypeCode", OBJECT)
    item = etree.SubElement(node, f"{{{CAC}}}Item")
    basic(item, "Description", " · ".join(filter(None, (line.clause, line.case))))
    basic(item, "Name", line.title)
    aggregate(
        item,
        "SellersItemIdentification",
        lambda each: basic(each, "ID", line.milestone),
    )
    _category(item, "ClassifiedTaxCategory", line.tax, with_reason=False)
    price = etree.SubElement(node, f"{{{CAC}}}Price")
    amount(price, "PriceAmount", abs(line.net), invoice.currency)
