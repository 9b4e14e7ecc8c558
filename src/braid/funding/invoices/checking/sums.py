"""Sums, lines and kinds of VAT that must agree: rules of EN 16931 and of Peppol."""

from decimal import ROUND_HALF_UP, Decimal

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
from braid.funding.invoices.document import CENT, EXEMPT, OUTSIDE, STANDARD, ZERO_RATED

CATEGORY_NODES = ("TaxCategory", "ClassifiedTaxCategory")


def _cents(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP) if value.is_finite() else value


@rule("BR-CO-10", _lazy("The sum of the lines is not what they come to."))
def _lines_sum(paper: Paper) -> bool:
    summed = sum(
        (paper.number("cbc:LineExtensionAmount", line) for line in paper.lines),
        Decimal(0),
    )
    return paper.number(f"{TOTAL}/cbc:LineExtensionAmount") == summed


@rule("BR-CO-13", _lazy("The sum without VAT is not what its parts come to."))
def _without_vat(paper: Paper) -> bool:
    return paper.number(f"{TOTAL}/cbc:TaxExclusiveAmount") == (
        paper.number(f"{TOTAL}/cbc:LineExtensionAmount")
        - paper.number(f"{TOTAL}/cbc:AllowanceTotalAmount")
        + paper.number(f"{TOTAL}/cbc:ChargeTotalAmount")
    )


@rule("BR-CO-14", _lazy("The VAT is not the sum of the VAT of all rates."))
def _vat_sums(paper: Paper) -> bool:
    return paper.number("cac:TaxTotal/cbc:TaxAmount") == paper.number(
        "cac:TaxTotal/cac:TaxSubtotal/cbc:TaxAmount"
    )


@rule("BR-CO-15", _lazy("The sum with VAT is not the sum without and the VAT."))
def _with_vat(paper: Paper) -> bool:
    return paper.number(f"{TOTAL}/cbc:TaxInclusiveAmount") == (
        paper.number(f"{TOTAL}/cbc:TaxExclusiveAmount")
        + paper.number("cac:TaxTotal/cbc:TaxAmount")
    )


@rule("BR-CO-16", _lazy("The amount to pay is not the sum with VAT and the rounding."))
def _to_pay(paper: Paper) -> bool:
    return paper.number(f"{TOTAL}/cbc:PayableAmount") == (
        paper.number(f"{TOTAL}/cbc:TaxInclusiveAmount")
        - paper.number(f"{TOTAL}/cbc:PrepaidAmount")
        + paper.number(f"{TOTAL}/cbc:PayableRoundingAmount")
    )


@rule("BR-CO-17", _lazy("The VAT of a rate is not that rate of what is taxed."))
def _vat_of_rates(paper: Paper) -> bool:
    return all(
        paper.number("cbc:TaxAmount", part)
        == _cents(
            paper.number("cbc:TaxableAmount", part)
            * paper.number("cac:TaxCategory/cbc:Percent", part)
            / 100
        )
        for part in paper.subtotals
    )


@rule("BR-CO-18", _lazy("The invoice does not say which VAT it has."))
def _has_vat_part(paper: Paper) -> bool:
    return bool(paper.subtotals)


@rule("BR-S-08", _lazy("What is taxed at a rate is not the sum of its lines."))
def _taxable_of_rates(paper: Paper) -> bool:
    return all(
        paper.number("cbc:TaxableAmount", part) == _lines_at(paper, part)
        for part in paper.subtotals
    )


def _lines_at(paper: Paper, part: Node) -> Decimal:
    at = _rate(paper, "cac:TaxCategory", part)
    category = "cac:Item/cac:ClassifiedTaxCategory"
    return sum(
        (
            paper.number("cbc:LineExtensionAmount", line)
            for line in paper.lines
            if _rate(paper, category, line) == at
        ),
        Decimal(0),
    )


def _rate(paper: Paper, path: str, under: Node) -> tuple[str, Decimal]:
    return paper.text(f"{path}/cbc:ID", under), paper.number(
        f"{path}/cbc:Percent", under
    )


@rule("PEPPOL-EN16931-R120", _lazy("A line is not its pieces at its price."))
def _lines_multiply(paper: Paper) -> bool:
    counted = "cbc:CreditedQuantity" if paper.is_credit else "cbc:InvoicedQuantity"
    return all(
        paper.number("cbc:LineExtensionAmount", line)
        == _cents(
            paper.number(counted, line)
            * paper.number("cac:Price/cbc:PriceAmount", line)
        )
        for line in paper.lines
    )


@rule("BR-27", _lazy("A price is less than nothing."))
def _prices(paper: Paper) -> bool:
    return all(
        paper.number("cac:Price/cbc:PriceAmount", line) >= 0 for line in paper.lines
    )


def _each_line_has(name: str, about: str | Promise, path: str) -> None:
    rule(name, about)(lambda paper: all(paper.text(path, line) for line in paper.lines))


_each_line_has("BR-21", _lazy("A line has no number."), "cbc:ID")
_each_line_has(
    "BR-22",
    _lazy("A line has no quantity."),
    "cbc:InvoicedQuantity|cbc:CreditedQuantity",
)
_each_line_has("BR-24", _lazy("A line has no amount."), "cbc:LineExtensionAmount")
_each_line_has("BR-25", _lazy("A line has no name."), "cac:Item/cbc:Name")
_each_line_has("BR-26", _lazy("A line has no price."), "cac:Price/cbc:PriceAmount")
_each_line_has(
    "BR-CO-04",
    _lazy("A line does not say which VAT it has."),
    "cac:Item/cac:ClassifiedTaxCategory/cbc:ID",
)


@rule(
    "BR-S-02",
    _lazy(
        "VAT is charged, and the seller has no VAT number. Fill it in with the agreement."
    ),
)
def _seller_has_vat_number(paper: Paper) -> bool:
    taxed = paper.categories & {STANDARD, ZERO_RATED, EXEMPT}
    return not taxed or bool(paper.text(f"{SUPPLIER}/{VAT}"))


@rule("BR-S-05", _lazy("VAT is charged at a rate of nothing."))
def _standard_has_rate(paper: Paper) -> bool:
    return all(
        paper.number("../cbc:Percent", each) > 0
        for each in paper.all("//cbc:ID[.='S']")
        if etree.QName(each.getparent()).localname in CATEGORY_NODES
    )


@rule("BR-E-10", _lazy("It is exempt from VAT, and does not say why."))
def _exempt_says_why(paper: Paper) -> bool:
    return _says_why(paper, EXEMPT)


@rule("BR-O-10", _lazy("It is outside VAT, and does not say why."))
def _outside_says_why(paper: Paper) -> bool:
    return _says_why(paper, OUTSIDE)


def _says_why(paper: Paper, category: str) -> bool:
    return all(
        paper.text(
            "cac:TaxCategory/cbc:TaxExemptionReason"
            "|cac:TaxCategory/cbc:TaxExemptionReasonCode",
            part,
        )
        for part in paper.subtotals
        if paper.text("cac:TaxCategory/cbc:ID", part) == category
    )


@rule("BR-O-02", _lazy("It is outside VAT, and names a VAT number."))
def _outside_names_no_number(paper: Paper) -> bool:
    named = paper.text(f"{SUPPLIER}/{VAT}") or paper.text(f"{BUYER_PARTY}/{VAT}")
    return OUTSIDE not in paper.categories or not named


@rule("BR-O-05", _lazy("It is outside VAT, and has a rate."))
def _outside_has_no_rate(paper: Paper) -> bool:
    return not any(
        paper.all("../cbc:Percent", each)
        for each in paper.all(f"//cbc:ID[.='{OUTSIDE}']")
        if etree.QName(each.getparent()).localname in CATEGORY_NODES
    )


@rule(
    "BR-O-11",
    _lazy("Lines outside VAT stand beside others. Make an invoice for each of them."),
)
def _outside_stands_alone(paper: Paper) -> bool:
    return OUTSIDE not in paper.categories or paper.categories == {OUTSIDE}
