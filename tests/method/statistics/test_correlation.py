"""Two values over the same places: r, its interval and its p, beside a second library."""

import math
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy import stats

from braid.method.statistics.correlation import correlation, two_sided_p

TOTALS = st.integers(25, 125)
RATES = st.integers(0, 100).map(lambda per_cent: Fraction(per_cent, 100))
UNITS = st.lists(st.tuples(TOTALS, RATES), min_size=4, max_size=40)


@given(UNITS)
def test_a_second_library_says_the_same(pairs):
    """scipy 1.x, `pearsonr`, with the interval after Fisher."""
    assume(len({x for x, _ in pairs}) > 1 and len({y for _, y in pairs}) > 1)
    found = correlation(pairs)
    across, up = zip(*((float(x), float(y)) for x, y in pairs), strict=True)
    theirs = stats.pearsonr(across, up)
    assert math.isclose(found.r, theirs.statistic, abs_tol=1e-9)
    assume(abs(theirs.statistic) < 1 - 1e-9)
    assert math.isclose(found.p, theirs.pvalue, rel_tol=1e-6, abs_tol=1e-9)
    low, high = theirs.confidence_interval(0.95)
    assert math.isclose(found.interval.low, low, abs_tol=1e-7)
    assert math.isclose(found.interval.high, high, abs_tol=1e-7)


@given(UNITS)
def test_which_value_comes_first_changes_nothing(pairs):
    one, other = correlation(pairs), correlation([(y, x) for x, y in pairs])
    assert one == other


@pytest.mark.parametrize(
    ("pairs", "r", "has_interval"),
    [
        pytest.param([(1, 2), (2, 4), (3, 6), (4, 8)], 1.0, False, id="one line up"),
        pytest.param([(1, 3), (2, 2), (3, 1)], -1.0, False, id="one line down"),
        pytest.param([(1, 1), (2, 3), (3, 2)], 0.5, False, id="three: no interval"),
        pytest.param([(0, 0), (0, 1), (1, 0), (1, 1)], 0.0, True, id="not together"),
    ],
)
def test_small_cases_by_hand(pairs, r, has_interval):
    found = correlation(pairs)
    assert math.isclose(found.r, r, abs_tol=1e-12)
    assert (found.interval is not None) == has_interval


@pytest.mark.parametrize(
    "pairs",
    [
        pytest.param([], id="none"),
        pytest.param([(100, 1), (90, 2)], id="two"),
        pytest.param([(100, 1), (100, 2), (100, 3)], id="one total for all"),
        pytest.param([(90, 1), (95, 1), (99, 1)], id="one rate for all"),
    ],
)
def test_there_is_no_r_where_none_can_be_worked_out(pairs):
    assert correlation(pairs) is None


@pytest.mark.parametrize(
    ("r", "n", "p"),
    [
        pytest.param(0.34, 79, 0.002, id="Bond 2012"),
        pytest.param(0.27, 79, 0.016, id="as Margolies 2018 reports"),
        pytest.param(0.36, 34, 0.036, id="Sussex cohorts"),
    ],
)
def test_published_correlations_have_their_p(r, n, p):
    assert round(two_sided_p(r, n), 3) == p
