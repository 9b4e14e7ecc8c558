"""What must be there, and days that must fit: rules of EN 16931 and of Peppol."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _lazy
from lxml import etree

from braid.funding.invoices.checking.sheet import (
    BUYER_PARTY,
    SUPPLIER,
    TOTAL,
    VAT,
    Node,
    Paper,
    rule,
)
from braid.funding.invoices.ubl import PROFILE, SPECIFICATION

CREDIT_TRANSFERS = ("58", "30")


def _must_have(name: str, about: str | Promise, path: str) -> None:
    rule(name, about)(lambda paper: bool(paper.text(path)))


_must_have("BR-01", _lazy("The specification is not named."), "cbc:CustomizationID")
_must_have("BR-02", _lazy("The invoice has no number."), "cbc:ID")
_must_have("BR-03", _lazy("The invoice has no day of issue."), "cbc:IssueDate")
_must_have(
    "BR-04",
    _lazy("The invoice does not say of which type it is."),
    "cbc:InvoiceTypeCode|cbc:CreditNoteTypeCode",
)
_must_have("BR-05", _lazy("The currency is not named."), "cbc:DocumentCurrencyCode")
_must_have(
    "BR-06",
    _lazy("The seller has no name. Fill it in with the agreement."),
    f"{SUPPLIER}/cac:PartyLegalEntity/cbc:RegistrationName",
)
_must_have(
    "BR-07",
    _lazy("The buyer has no name. Fill it in with the agreement."),
    f"{BUYER_PARTY}/cac:PartyLegalEntity/cbc:RegistrationName",
)
_must_have(
    "BR-09",
    _lazy("The country of the seller is missing. Fill it in with the agreement."),
    f"{SUPPLIER}/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
)
_must_have(
    "BR-11",
    _lazy("The country of the buyer is missing. Fill it in with the agreement."),
    f"{BUYER_PARTY}/cac:PostalAddress/cac:Country/cbc:IdentificationCode",
)
_must_have(
    "BR-12",
    _lazy("The sum of the lines is missing."),
    f"{TOTAL}/cbc:LineExtensionAmount",
)
_must_have(
    "BR-13",
    _lazy("The sum without VAT is missing."),
    f"{TOTAL}/cbc:TaxExclusiveAmount",
)
_must_have(
    "BR-14", _lazy("The sum with VAT is missing."), f"{TOTAL}/cbc:TaxInclusiveAmount"
)
_must_have(
    "BR-15", _lazy("The amount to pay is missing."), f"{TOTAL}/cbc:PayableAmount"
)
_must_have("PEPPOL-EN16931-R001", _lazy("The process is not named."), "cbc:ProfileID")
_must_have(
    "PEPPOL-EN16931-R003",
    _lazy(
        "There is neither a reference of the buyer nor a number of an order. Fill one "
        "in with the agreement."
    ),
    "cbc:BuyerReference|cac:OrderReference/cbc:ID",
)
_must_have(
    "PEPPOL-EN16931-R010",
    _lazy("The buyer has no electronic address. Fill it in with the agreement."),
    f"{BUYER_PARTY}/cbc:EndpointID",
)
_must_have(
    "PEPPOL-EN16931-R020",
    _lazy("The seller has no electronic address. Fill it in with the agreement."),
    f"{SUPPLIER}/cbc:EndpointID",
)


@rule("BR-16", _lazy("The invoice has no line."))
def _has_lines(paper: Paper) -> bool:
    return bool(paper.lines)


@rule("BR-08", _lazy("The address of the seller is missing."))
def _seller_address(paper: Paper) -> bool:
    return bool(paper.all(f"{SUPPLIER}/cac:PostalAddress"))


@rule("BR-10", _lazy("The address of the buyer is missing."))
def _buyer_address(paper: Paper) -> bool:
    return bool(paper.all(f"{BUYER_PARTY}/cac:PostalAddress"))


@rule(
    "BR-CO-26",
    _lazy(
        "The seller has neither a company number nor a VAT number. Fill one in with the "
        "agreement."
    ),
)
def _seller_is_identified(paper: Paper) -> bool:
    return bool(
        paper.text(f"{SUPPLIER}/cac:PartyIdentification/cbc:ID")
        or paper.text(f"{SUPPLIER}/cac:PartyLegalEntity/cbc:CompanyID")
        or paper.text(f"{SUPPLIER}/{VAT}")
    )


@rule("BR-62", _lazy("The scheme of the seller's electronic address is missing."))
def _seller_scheme(paper: Paper) -> bool:
    return _has_scheme(paper, SUPPLIER)


@rule("BR-63", _lazy("The scheme of the buyer's electronic address is missing."))
def _buyer_scheme(paper: Paper) -> bool:
    return _has_scheme(paper, BUYER_PARTY)


def _has_scheme(paper: Paper, party: str) -> bool:
    found = paper.all(f"{party}/cbc:EndpointID")
    return all(each.get("schemeID") for each in found)


@rule("BR-CO-09", _lazy("A VAT number begins with the code of its country."))
def _vat_number_has_country(paper: Paper) -> bool:
    found = paper.all(f"{SUPPLIER}/{VAT}") + paper.all(f"{BUYER_PARTY}/{VAT}")
    return all((each.text or "")[:2].isalpha() for each in found)


@rule("PEPPOL-EN16931-R004", _lazy("The specification is not Peppol BIS Billing 3."))
def _specification(paper: Paper) -> bool:
    return paper.text("cbc:CustomizationID") == SPECIFICATION


@rule("PEPPOL-EN16931-R007", _lazy("The process is not that of billing."))
def _process(paper: Paper) -> bool:
    return paper.text("cbc:ProfileID") == PROFILE


@rule("PEPPOL-EN16931-R008", _lazy("An element of the invoice is empty."))
def _nothing_is_empty(paper: Paper) -> bool:
    return not any(
        not len(node) and not (node.text or "").strip()
        for node in paper.root.iter(etree.Element)
    )


@rule("PEPPOL-EN16931-R002", _lazy("There is more than one note."))
def _one_note(paper: Paper) -> bool:
    return len(paper.all("cbc:Note")) <= 1


@rule("PEPPOL-EN16931-R051", _lazy("An amount is in another currency."))
def _one_currency(paper: Paper) -> bool:
    currency = paper.text("cbc:DocumentCurrencyCode")
    return all(
        each.get("currencyID") == currency for each in paper.all("//*[@currencyID]")
    )


@rule("BR-DEC", _lazy("An amount has parts of a cent."))
def _whole_cents(paper: Paper) -> bool:
    prices = set(paper.all("//cbc:PriceAmount"))
    return all(
        len((each.text or "").partition(".")[2]) <= 2
        for each in paper.all("//*[@currencyID]")
        if each not in prices
    )


@rule("BR-29", _lazy("The last day of the period is before the first."))
def _period_in_order(paper: Paper) -> bool:
    return _in_order(paper, paper.root)


@rule("BR-30", _lazy("The last day of a line is before its first."))
def _lines_in_order(paper: Paper) -> bool:
    return all(_in_order(paper, line) for line in paper.lines)


def _in_order(paper: Paper, under: Node) -> bool:
    first = paper.day("cac:InvoicePeriod/cbc:StartDate", under)
    last = paper.day("cac:InvoicePeriod/cbc:EndDate", under)
    return first is None or last is None or first <= last


@rule("PEPPOL-EN16931-R110", _lazy("A line begins outside the period of the invoice."))
def _lines_begin_inside(paper: Paper) -> bool:
    return _inside(paper, "cbc:StartDate")


@rule("PEPPOL-EN16931-R111", _lazy("A line ends outside the period of the invoice."))
def _lines_end_inside(paper: Paper) -> bool:
    return _inside(paper, "cbc:EndDate")


def _inside(paper: Paper, what: str) -> bool:
    first = paper.day("cac:InvoicePeriod/cbc:StartDate") or date.min
    last = paper.day("cac:InvoicePeriod/cbc:EndDate") or date.max
    days = (paper.day(f"cac:InvoicePeriod/{what}", line) for line in paper.lines)
    return all(first <= day <= last for day in days if day is not None)


@rule("BR-CO-25", _lazy("Something is to be paid, and no day says until when."))
def _due(paper: Paper) -> bool:
    is_due = paper.number(f"{TOTAL}/cbc:PayableAmount") > 0 and not paper.is_credit
    return not is_due or bool(
        paper.text("cbc:DueDate") or paper.text("cac:PaymentTerms/cbc:Note")
    )


@rule(
    "BR-61",
    _lazy("The account to pay to is missing. Fill it in with the agreement."),
)
def _account(paper: Paper) -> bool:
    return all(
        paper.text("cac:PayeeFinancialAccount/cbc:ID", means)
        for means in paper.all("cac:PaymentMeans")
        if paper.text("cbc:PaymentMeansCode", means) in CREDIT_TRANSFERS
    )


@rule("BR-55", _lazy("The invoice that is credited has no number."))
def _credited_is_named(paper: Paper) -> bool:
    found = paper.all("cac:BillingReference/cac:InvoiceDocumentReference")
    return all(paper.text("cbc:ID", each) for each in found)
