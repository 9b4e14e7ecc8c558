"""Money is exact and never mixes currencies."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault
from braid.kernel.money import Money

AMOUNTS = st.decimals(-(10**9), 10**9, places=2)


def test_adding_and_taking_away_is_exact():
    ten_cents, twenty_cents = (
        Money(Decimal("0.10"), "EUR"),
        Money(Decimal("0.20"), "EUR"),
    )
    assert ten_cents + twenty_cents == Money(Decimal("0.30"), "EUR")
    assert ten_cents - twenty_cents == Money(Decimal("-0.10"), "EUR")
    assert ten_cents < twenty_cents


@given(AMOUNTS, AMOUNTS)
def test_what_was_added_can_be_taken_away(one, other):
    whole = Money(one, "DKK") + Money(other, "DKK")
    assert whole - Money(other, "DKK") == Money(one, "DKK")


@pytest.mark.parametrize("operation", ["__add__", "__sub__", "__lt__"])
def test_currencies_never_meet(operation):
    euro, krone = Money(Decimal(1), "EUR"), Money(Decimal(1), "DKK")
    with pytest.raises(InputFault) as caught:
        getattr(euro, operation)(krone)
    assert caught.value.reason == "currencies_differ"


@pytest.mark.parametrize("currency", ["eur", "EURO", "€", "EU1", "", "EUR "])
def test_a_currency_is_three_capitals(currency):
    with pytest.raises(InputFault) as caught:
        Money(Decimal(1), currency)
    assert caught.value.reason == "currency_unknown"


@pytest.mark.parametrize(
    "amount", [0.1, 1, "1", Decimal("NaN"), Decimal("Infinity")], ids=repr
)
def test_an_amount_is_a_finite_decimal(amount):
    with pytest.raises(InputFault) as caught:
        Money(amount, "EUR")
    assert caught.value.reason == "amount_unknown"
