"""What stands on an invoice, and that its sums are exact."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.funding.invoices.document import (
    Claimed,
    Frame,
    Party,
    credited,
    drawn,
    from_json,
    to_json,
)
from braid.kernel.errors import InputFault

SELLER = Party(
    name="Havnelund IPS",
    country="DK",
    street="Havnegade 1",
    postcode="1000",
    city="Havnelund",
    legal_id="12345678",
    legal_scheme="0184",
    vat_id="DK12345678",
    endpoint="12345678",
    endpoint_scheme="0184",
    account="DK50 0040 0440 1162 43",
)
BUYER = Party(
    name="Region's fund",
    country="DK",
    endpoint="fund@example.org",
    endpoint_scheme="EM",
    legal_id="87654321",
)


def frame(**other) -> Frame:
    """Return the frame of an invoice of January."""
    return Frame(
        **{
            "number": "2026-0001",
            "issued_on": date(2026, 1, 5),
            "due_on": date(2026, 2, 4),
            "currency": "EUR",
            "seller": SELLER,
            "buyer": BUYER,
            "contract": "example",
            "buyer_reference": "PO-1",
        }
        | other
    )


def claimed(name="1", net="100.00", vat="21.00", percent="21", day=1) -> Claimed:
    """Return a claim for a job start in December."""
    return Claimed(
        claim=name,
        case=f"C-{name}",
        milestone="start",
        title="Job start",
        clause="2.1",
        reached_on=date(2025, 12, day),
        net=Decimal(net),
        vat=Decimal(vat),
        vat_percent=None if percent is None else Decimal(percent),
    )


def test_eight_thousand_with_vat_is_split_to_the_cent():
    invoice = drawn(frame(), [claimed(net="6611.57", vat="1388.43")])
    assert (invoice.net, invoice.vat, invoice.payable) == (
        Decimal("6611.57"),
        Decimal("1388.43"),
        Decimal("8000.00"),
    )
    assert invoice.rounding == 0


def test_what_differs_between_vat_of_lines_and_of_the_sum_stands_in_the_open():
    invoice = drawn(
        frame(), [claimed(str(n), net="0.03", vat="0.01") for n in range(8)]
    )
    assert invoice.vat == Decimal("0.05")
    assert invoice.rounding == Decimal("0.03")
    assert invoice.payable == Decimal("0.32")


def test_lines_stand_by_day_and_claim_whatever_order_they_came_in():
    claims = [claimed("b", day=2), claimed("a", day=2), claimed("c", day=1)]
    assert [line.claim for line in drawn(frame(), claims).lines] == ["c", "a", "b"]
    assert drawn(frame(), claims) == drawn(frame(), reversed(claims))


def test_claims_that_come_to_less_than_nothing_make_a_credit_note():
    invoice = drawn(
        frame(), [claimed("a", "-100.00", "-21.00"), claimed("b", "40.00", "8.40")]
    )
    assert invoice.kind == "credit_note"
    assert invoice.payable == Decimal("72.60")
    assert [line.gross for line in invoice.lines] == [
        Decimal("121.00"),
        Decimal("-48.40"),
    ]


def test_a_credit_note_of_an_invoice_takes_back_the_whole_of_it():
    invoice = drawn(frame(), [claimed()])
    note = credited(invoice, "2026-0002", date(2026, 1, 9))
    assert note.kind == "credit_note"
    assert note.payable == invoice.payable
    assert note.credits.number == "2026-0001"


@pytest.mark.parametrize(
    ("claims", "reason"),
    [
        pytest.param([], "no_claims", id="nothing to invoice"),
        pytest.param([claimed("a"), claimed("a")], "claim_twice", id="a claim twice"),
        pytest.param([claimed(net="1.005")], "amount_inexact", id="parts of a cent"),
    ],
)
def test_what_is_no_invoice_is_refused(claims, reason):
    with pytest.raises(InputFault) as told:
        drawn(frame(), claims)
    assert told.value.reason == reason


def test_an_invoice_is_kept_as_text_and_read_again_the_same():
    invoice = drawn(frame(), [claimed("a"), claimed("b", percent=None, vat="0.00")])
    note = credited(invoice, "2026-0002", date(2026, 1, 9))
    assert from_json(to_json(invoice)) == invoice
    assert from_json(to_json(note)) == note
    assert to_json(from_json(to_json(note))) == to_json(note)


_cents = st.integers(-1_000_000, 1_000_000).map(lambda n: Decimal(n) / 100)


@given(st.lists(st.tuples(_cents, _cents), min_size=1, max_size=30))
def test_what_is_to_be_paid_is_what_the_claims_come_to(parts):
    claims = [claimed(str(n), str(net), str(vat)) for n, (net, vat) in enumerate(parts)]
    invoice = drawn(frame(), claims)
    total = sum((each.net + each.vat for each in claims), Decimal(0))
    assert invoice.payable == abs(total)
    assert invoice.gross + invoice.rounding == invoice.payable
