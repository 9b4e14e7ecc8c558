"""An invoice as UBL: it holds, and each thing that could be wrong with it is told."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from lxml import etree

from braid.funding.invoices.checking import asking
from braid.funding.invoices.checking.sheet import BUYER_PARTY, RULES, SPACES, SUPPLIER
from braid.funding.invoices.document import EXEMPT, OUTSIDE, Tax, credited, drawn
from braid.funding.invoices.ubl import CAC, CBC, written
from tests.funding.invoices.test_document import BUYER, SELLER, claimed, frame

NO_VAT = Tax(category=OUTSIDE, reason="A grant, outside VAT")
CLAIMS = [claimed("1", "6611.57", "1388.43"), claimed("2", "100.00", "21.00", day=9)]


def rules_of(data: bytes) -> set[str]:
    """Return the rules that an invoice breaks."""
    return {finding.rule for finding in asking.check(data)}


def an_invoice(**other):
    return drawn(frame(**other), CLAIMS)


@pytest.mark.parametrize(
    "invoice",
    [
        pytest.param(an_invoice(), id="with VAT"),
        pytest.param(
            drawn(frame(untaxed=NO_VAT), [claimed(vat="0.00", percent=None)]),
            id="outside VAT",
        ),
        pytest.param(
            drawn(
                frame(untaxed=Tax(category=EXEMPT, reason="Care")),
                [claimed(vat="0.00", percent=None)],
            ),
            id="exempt from VAT",
        ),
        pytest.param(
            drawn(frame(), [claimed("1"), claimed("2", "-40.00", "-8.40")]),
            id="with a line that takes off",
        ),
        pytest.param(
            drawn(frame(), [claimed("1"), claimed("2", "10.00", "0.60", "6")]),
            id="two rates",
        ),
        pytest.param(
            drawn(frame(), [claimed(str(n), net="0.03", vat="0.01") for n in range(8)]),
            id="with rounding",
        ),
        pytest.param(
            drawn(frame(), [claimed("1"), claimed("2", "-100.00", "-21.00")]),
            id="nothing to pay",
        ),
        pytest.param(
            credited(an_invoice(), "2026-0002", date(2026, 1, 9)), id="credit note"
        ),
    ],
)
def test_an_invoice_holds(invoice):
    assert asking.check(written(invoice)) == ()


def test_the_same_invoice_gives_the_same_bytes():
    assert written(an_invoice()) == written(an_invoice())


def test_the_line_names_the_claim_and_nobody():
    root = etree.fromstring(written(an_invoice()))
    found = root.xpath(
        "cac:InvoiceLine/cac:DocumentReference/cbc:ID/text()", namespaces=SPACES
    )
    assert found == ["1", "2"]


def test_words_that_xml_cannot_hold_are_left_out():
    data = written(an_invoice(note="a\x00b <&> ü"))
    assert "ab &lt;&amp;&gt; ü".encode() in data


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        pytest.param({"seller": replace(SELLER, name="")}, "BR-06", id="seller"),
        pytest.param({"buyer": replace(BUYER, name="")}, "BR-07", id="buyer"),
        pytest.param({"seller": replace(SELLER, country="")}, "BR-09", id="country"),
        pytest.param({"buyer": replace(BUYER, country="")}, "BR-11", id="its country"),
        pytest.param(
            {"seller": replace(SELLER, endpoint="")},
            "PEPPOL-EN16931-R020",
            id="address of the seller",
        ),
        pytest.param(
            {"buyer": replace(BUYER, endpoint="")},
            "PEPPOL-EN16931-R010",
            id="address of the buyer",
        ),
        pytest.param(
            {"buyer": replace(BUYER, endpoint_scheme="")}, "BR-63", id="scheme"
        ),
        pytest.param(
            {"buyer_reference": ""}, "PEPPOL-EN16931-R003", id="reference of the buyer"
        ),
        pytest.param(
            {"seller": replace(SELLER, vat_id="")}, "BR-S-02", id="VAT number"
        ),
        pytest.param(
            {"seller": replace(SELLER, vat_id="12345678")},
            "BR-CO-09",
            id="VAT number without a country",
        ),
        pytest.param(
            {"seller": replace(SELLER, legal_id="", vat_id="")},
            "BR-CO-26",
            id="no number of the seller at all",
        ),
    ],
)
def test_what_is_missing_is_told_by_its_rule(changed, rule):
    assert rule in rules_of(written(an_invoice(**changed)))


def at(path: str, text: str | None):
    """Return a change of the first element at a path; None takes it out."""

    def change(root) -> None:
        found = root.xpath(path, namespaces=SPACES)[0]
        if text is None:
            found.getparent().remove(found)
        else:
            found.text = text

    return change


def a_percent(root) -> None:
    """Put a rate onto what is outside VAT."""
    for tax in root.iter(f"{{{CAC}}}TaxCategory", f"{{{CAC}}}ClassifiedTaxCategory"):
        percent = etree.Element(f"{{{CBC}}}Percent")
        percent.text = "0"
        tax.insert(1, percent)


def another_note(root) -> None:
    note = etree.Element(f"{{{CBC}}}Note")
    note.text = "Once more"
    for _each in range(2):
        root.insert(6, etree.fromstring(etree.tostring(note)))


TOTAL, LINE = "cac:LegalMonetaryTotal", "cac:InvoiceLine"
PART = "cac:TaxTotal/cac:TaxSubtotal"
DAMAGE = {
    "UBL-2.1": at("cbc:IssueDate", "yesterday"),
    "BR-01": at("cbc:CustomizationID", None),
    "BR-02": at("cbc:ID", None),
    "BR-03": at("cbc:IssueDate", None),
    "BR-04": at("cbc:InvoiceTypeCode", None),
    "BR-05": at("cbc:DocumentCurrencyCode", None),
    "BR-08": at(f"{SUPPLIER}/cac:PostalAddress", None),
    "BR-10": at(f"{BUYER_PARTY}/cac:PostalAddress", None),
    "BR-12": at(f"{TOTAL}/cbc:LineExtensionAmount", None),
    "BR-13": at(f"{TOTAL}/cbc:TaxExclusiveAmount", None),
    "BR-14": at(f"{TOTAL}/cbc:TaxInclusiveAmount", None),
    "BR-15": at(f"{TOTAL}/cbc:PayableAmount", None),
    "BR-21": at(f"{LINE}/cbc:ID", None),
    "BR-22": at(f"{LINE}/cbc:InvoicedQuantity", None),
    "BR-24": at(f"{LINE}/cbc:LineExtensionAmount", None),
    "BR-25": at(f"{LINE}/cac:Item/cbc:Name", None),
    "BR-26": at(f"{LINE}/cac:Price/cbc:PriceAmount", None),
    "BR-27": at(f"{LINE}/cac:Price/cbc:PriceAmount", "-6611.57"),
    "BR-29": at("cac:InvoicePeriod/cbc:EndDate", "2025-11-01"),
    "BR-30": at(f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2025-11-01"),
    "BR-61": at("cac:PaymentMeans/cac:PayeeFinancialAccount", None),
    "BR-62": lambda root: root.xpath(f"{SUPPLIER}/cbc:EndpointID", namespaces=SPACES)[
        0
    ].attrib.clear(),
    "BR-CO-04": at(f"{LINE}/cac:Item/cac:ClassifiedTaxCategory/cbc:ID", None),
    "BR-CO-10": at(f"{LINE}/cbc:LineExtensionAmount", "6611.58"),
    "BR-CO-13": at(f"{TOTAL}/cbc:TaxExclusiveAmount", "6711.58"),
    "BR-CO-14": at("cac:TaxTotal/cbc:TaxAmount", "1409.44"),
    "BR-CO-15": at(f"{TOTAL}/cbc:TaxInclusiveAmount", "8121.01"),
    "BR-CO-16": at(f"{TOTAL}/cbc:PayableAmount", "8121.01"),
    "BR-CO-17": at(f"{PART}/cbc:TaxAmount", "1409.44"),
    "BR-CO-18": at(PART, None),
    "BR-CO-25": at("cbc:DueDate", None),
    "BR-S-05": at(f"{PART}/cac:TaxCategory/cbc:Percent", "0"),
    "BR-S-08": at(f"{PART}/cbc:TaxableAmount", "6711.56"),
    "BR-DEC": at(f"{TOTAL}/cbc:PayableAmount", "8121.001"),
    "PEPPOL-EN16931-R001": at("cbc:ProfileID", None),
    "PEPPOL-EN16931-R002": another_note,
    "PEPPOL-EN16931-R004": at("cbc:CustomizationID", "urn:cen.eu:en16931:2017"),
    "PEPPOL-EN16931-R007": at("cbc:ProfileID", "urn:other"),
    "PEPPOL-EN16931-R008": at(f"{LINE}/cac:Item/cbc:Description", ""),
    "PEPPOL-EN16931-R051": lambda root: root.xpath(
        f"{TOTAL}/cbc:PayableAmount", namespaces=SPACES
    )[0].set("currencyID", "DKK"),
    "PEPPOL-EN16931-R110": at(f"{LINE}/cac:InvoicePeriod/cbc:StartDate", "2025-11-01"),
    "PEPPOL-EN16931-R111": at(f"{LINE}/cac:InvoicePeriod/cbc:EndDate", "2026-11-01"),
    "PEPPOL-EN16931-R120": at(f"{LINE}/cac:Price/cbc:PriceAmount", "6611.00"),
}


@pytest.mark.parametrize(("rule", "change"), list(DAMAGE.items()), ids=list(DAMAGE))
def test_a_damaged_invoice_is_told_by_its_rule(rule, change):
    root = etree.fromstring(written(an_invoice()))
    change(root)
    assert rule in rules_of(etree.tostring(root))


def outside(change):
    """Return the rules that an invoice outside VAT breaks after a change."""
    claims = [claimed(vat="0.00", percent=None)]
    root = etree.fromstring(written(drawn(frame(untaxed=NO_VAT), claims)))
    change(root)
    return rules_of(etree.tostring(root))


def a_vat_number(root) -> None:
    taxed = etree.fromstring(written(an_invoice()))
    scheme = taxed.xpath(f"{SUPPLIER}/cac:PartyTaxScheme", namespaces=SPACES)[0]
    legal = root.xpath(f"{SUPPLIER}/cac:PartyLegalEntity", namespaces=SPACES)[0]
    legal.addprevious(scheme)


def no_reason(root) -> None:
    for name in ("TaxExemptionReason", "TaxExemptionReasonCode"):
        at(f"{PART}/cac:TaxCategory/cbc:{name}", None)(root)


OUTSIDE_DAMAGE = {"BR-O-02": a_vat_number, "BR-O-05": a_percent, "BR-O-10": no_reason}


@pytest.mark.parametrize("rule", list(OUTSIDE_DAMAGE))
def test_what_is_outside_vat_has_rules_of_its_own(rule):
    assert rule in outside(OUTSIDE_DAMAGE[rule])


def test_lines_outside_vat_stand_on_an_invoice_of_their_own():
    mixed = [claimed("1"), claimed("2", vat="0.00", percent=None)]
    assert "BR-O-11" in rules_of(written(drawn(frame(untaxed=NO_VAT), mixed)))


def test_what_is_exempt_says_why():
    claims = [claimed(vat="0.00", percent=None)]
    silent = drawn(frame(untaxed=Tax(category=EXEMPT)), claims)
    assert "BR-E-10" in rules_of(written(silent))


def test_a_credit_note_names_what_it_takes_back():
    note = written(credited(an_invoice(), "2026-0002", date(2026, 1, 9)))
    root = etree.fromstring(note)
    at("cac:BillingReference/cac:InvoiceDocumentReference/cbc:ID", None)(root)
    assert "BR-55" in rules_of(etree.tostring(root))


def test_every_rule_has_an_invoice_that_breaks_it():
    elsewhere = {
        *("BR-06", "BR-07", "BR-09", "BR-11", "BR-16", "BR-55", "BR-63"),
        *("BR-CO-09", "BR-CO-26", "BR-E-10", "BR-O-11", "BR-S-02"),
        *("PEPPOL-EN16931-R003", "PEPPOL-EN16931-R010", "PEPPOL-EN16931-R020"),
    }
    assert {rule.id for rule in RULES} == (
        (set(DAMAGE) | set(OUTSIDE_DAMAGE) | elsewhere) - {"UBL-2.1"}
    )


def test_an_invoice_without_lines_is_told():
    root = etree.fromstring(written(an_invoice()))
    for line in root.findall(f"{{{CAC}}}InvoiceLine"):
        root.remove(line)
    assert "BR-16" in rules_of(etree.tostring(root))


def test_entities_are_not_resolved():
    bomb = b'<!DOCTYPE Invoice [<!ENTITY a "x">]><Invoice>&a;</Invoice>'
    assert "BR-01" in rules_of(bomb)


def test_amounts_are_whole_cents_whatever_was_claimed():
    data = written(drawn(frame(), [claimed(net="1", vat="0.2", percent="20")]))
    amounts = etree.fromstring(data).xpath("//*[@currencyID]/text()")
    assert {len(each.partition(".")[2]) for each in amounts} == {2}
    assert Decimal("1.20") in {Decimal(each) for each in amounts}
