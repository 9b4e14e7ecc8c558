"""Rounding half-up from the exact value, and targets in whole people."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.method.statistics.rounding import ceil_target, half_up


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        pytest.param(0.5, 0, "1", id="a half, where Python rounds to even"),
        pytest.param(2.5, 0, "3", id="a half above an even number"),
        pytest.param(-2.5, 0, "-3", id="away from zero beneath it"),
        pytest.param(1.005, 2, "1.01", id="a float as it prints"),
        pytest.param(Fraction(1, 3), 4, "0.3333", id="a fraction"),
        pytest.param(Fraction(2, 3), 0, "1", id="two thirds"),
        pytest.param(Decimal("9.995"), 2, "10.00", id="carried over"),
        pytest.param(-0.001, 2, "0.00", id="no minus before nothing"),
        pytest.param(12, 1, "12.0", id="a whole number"),
        pytest.param(Fraction(10**40 + 1, 2), 0, str(10**40 // 2 + 1), id="huge"),
    ],
)
def test_half_up(value, decimals, printed):
    assert str(half_up(value, decimals)) == printed


@given(st.decimals(-1000, 1000, places=6), st.integers(0, 5))
def test_half_up_is_that_of_the_decimal_module(value, decimals):
    expected = value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    assert half_up(value, decimals) == expected


@pytest.mark.parametrize(
    ("share", "of", "people"),
    [
        pytest.param(Decimal("0.65"), 16, 11, id="10.4 people are 11"),
        pytest.param(
            0.65, 20, 13, id="exactly 13, though floating point has a hair more"
        ),
        pytest.param(0.07, 100, 7, id="exactly 7"),
        pytest.param(Fraction(1, 3), 0, 0, id="of nobody"),
    ],
)
def test_ceil_target(share, of, people):
    assert ceil_target(share, of) == people
