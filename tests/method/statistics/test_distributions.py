"""Tails of the chi-square and the binomial, held against scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import betainc
from scipy.stats import binom, chi2

from braid.method.statistics.distributions import (
    binomial_at_most,
    chi_square_tail,
    incomplete_beta,
)


@given(st.floats(0, 500), st.integers(1, 60))
def test_chi_square_tail(value, df):
    found = chi_square_tail(value, df)
    assert found == pytest.approx(chi2.sf(value, df), rel=1e-9, abs=1e-300)


@pytest.mark.parametrize(
    ("value", "df", "p"),
    [
        pytest.param(0, 1, 1, id="no difference at all"),
        pytest.param(3.841459, 1, 0.05, id="one degree of freedom"),
        pytest.param(5.991465, 2, 0.05, id="two"),
        pytest.param(7.814728, 3, 0.05, id="three"),
    ],
)
def test_chi_square_tail_as_in_every_table(value, df, p):
    assert chi_square_tail(value, df) == pytest.approx(p, abs=1e-7)


def test_chi_square_needs_a_degree_of_freedom():
    with pytest.raises(ValueError, match="at least one"):
        chi_square_tail(1, 0)


@given(st.integers(1, 3000), st.data(), st.floats(0, 1))
def test_binomial_at_most(n, data, rate):
    events = data.draw(st.integers(-1, n))
    expected = binom.cdf(events, n, rate) if events >= 0 else 0
    assert binomial_at_most(events, n, rate) == pytest.approx(expected, abs=1e-10)


@given(st.floats(0.5, 500), st.floats(0.5, 500), st.floats(0, 1))
def test_incomplete_beta(a, b, x):
    assert incomplete_beta(a, b, x) == pytest.approx(betainc(a, b, x), abs=1e-11)
