"""Two groups compared: the printed vectors, laws, and a second library."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency
from statsmodels.stats.contingency_tables import Table2x2
from statsmodels.stats.proportion import confint_proportions_2indep

from braid.kernel.errors import InputFault
from braid.method.statistics.two_groups import REASONS, compare


def _group(least):
    return st.integers(max(1, 2 * least), 400).flatmap(
        lambda n: st.tuples(st.integers(least, n - least), st.just(n))
    )


ANY, FULL = _group(0), _group(1)


@pytest.mark.parametrize(
    ("a", "n", "c", "m", "difference", "odds", "risk", "chi2", "needed"),
    [
        pytest.param(
            *(85, 156, 43, 156),
            (26.9231, 16.4239, 37.4222),
            (3.1461, 1.9627, 5.0430),
            (1.9767, 1.4761, 2.6471),
            *(23.3682, 3.7143),
            id="work in six countries",
        ),
        pytest.param(
            *(70, 156, 20, 156),
            (32.0513, 22.6472, 41.4554),
            (5.5349, 3.1440, 9.7439),
            (3.5000, 2.2437, 5.4597),
            *(39.0390, 3.1200),
            id="dropping out",
        ),
        pytest.param(
            *(32, 42, 12, 43),
            (48.2835, 29.6917, 66.8753),
            (8.2667, 3.1220, 21.8894),
            (2.7302, 1.6406, 4.5432),
            *(19.8380, 2.0711),
            id="veterans",
        ),
        pytest.param(
            *(83, 227, 49, 181),
            (9.4921, 0.4835, 18.5006),
            (1.5527, 1.0153, 2.3746),
            (1.3506, 1.0064, 1.8125),
            *(4.1457, 10.5351),
            id="a register after a year",
        ),
        pytest.param(
            *(85, 227, 49, 181),
            (10.3731, 1.3431, 19.4031),
            (1.6125, 1.0553, 2.4640),
            (1.3832, 1.0326, 1.8528),
            *(4.9128, 9.6403),
            id="a register half a year later",
        ),
        pytest.param(
            *(216, 307, 91, 374),
            (46.0268, 39.3180, 52.7355),
            (7.3817, 5.2526, 10.3738),
            (2.8916, 2.3843, 3.5069),
            *(144.2673, 2.1726),
            id="four trials together",
        ),
        pytest.param(
            *(51, 69, 12, 66),
            (55.7312, 41.8053, 69.6572),
            (12.7500, 5.5896, 29.0829),
            (4.0652, 2.3913, 6.9109),
            *(42.0970, 1.7943),
            id="one city",
        ),
        pytest.param(
            *(24, 59, 27, 59),
            (-5.0847, -22.9375, 12.7680),
            (0.8127, 0.3919, 1.6855),
            (0.8889, 0.5870, 1.3459),
            *(0.3108, -19.6667),
            id="no difference to be sure of",
        ),
    ],
)
def test_compare(a, n, c, m, difference, odds, risk, chi2, needed):
    found = compare(a, n, c, m)
    points = [100 * each for each in _limits(found.risk_difference)]
    assert points == pytest.approx(difference, abs=5.1e-5)
    assert _limits(found.odds_ratio) == pytest.approx(odds, abs=5.1e-5)
    assert _limits(found.risk_ratio) == pytest.approx(risk, abs=5.1e-5)
    assert float(found.chi2) == pytest.approx(chi2, abs=5.1e-5)
    assert float(found.needed_to_treat.value) == pytest.approx(needed, abs=5.1e-5)
    assert found.undefined_because == {}


def _limits(estimate):
    return float(estimate.value), estimate.low, estimate.high


@pytest.mark.parametrize(
    ("counts", "p", "within"),
    [
        ((32, 42, 12, 43), 8.43e-6, 5e-9),
        ((83, 227, 49, 181), 0.04174, 5e-6),
        ((85, 227, 49, 181), 0.02666, 5e-6),
    ],
)
def test_p(counts, p, within):
    assert compare(*counts).p == pytest.approx(p, abs=within)


@pytest.mark.parametrize(
    ("counts", "undefined"),
    [
        pytest.param(
            (0, 10, 3, 10),
            {"odds_ratio": "zero_cell", "risk_ratio": "zero_cell"},
            id="nobody in the first group",
        ),
        pytest.param(
            (10, 10, 3, 10), {"odds_ratio": "zero_cell"}, id="everybody in it"
        ),
        pytest.param(
            (0, 10, 0, 12),
            {
                "odds_ratio": "zero_cell",
                "risk_ratio": "zero_cell",
                "chi2": "one_outcome_only",
                "p": "one_outcome_only",
                "nnt": "no_difference",
            },
            id="nobody at all",
        ),
        pytest.param(
            (10, 10, 12, 12),
            {
                "odds_ratio": "zero_cell",
                "chi2": "one_outcome_only",
                "p": "one_outcome_only",
                "nnt": "no_difference",
            },
            id="everybody at all",
        ),
        pytest.param((3, 10, 6, 20), {"nnt": "no_difference"}, id="equal rates"),
        pytest.param(
            (0, 0, 3, 10),
            dict.fromkeys(
                ("risk_difference", "odds_ratio", "risk_ratio", "chi2", "p", "nnt"),
                "empty_denominator",
            ),
            id="a group without people",
        ),
    ],
)
def test_what_cannot_be_worked_out_has_a_reason_and_no_value(counts, undefined):
    found = compare(*counts)
    assert found.undefined_because == undefined
    assert set(undefined.values()) <= set(REASONS)
    values = {
        "risk_difference": found.risk_difference.value,
        "odds_ratio": found.odds_ratio.value,
        "risk_ratio": found.risk_ratio.value,
        "chi2": found.chi2,
        "p": found.p,
        "nnt": found.needed_to_treat.value,
    }
    assert {name for name, value in values.items() if value is None} == set(undefined)


def test_half_an_event_is_added_only_when_asked_for_and_says_so():
    found = compare(0, 10, 3, 10, haldane=True).odds_ratio
    assert found.is_corrected
    assert float(found.value) == pytest.approx(0.5 * 7.5 / (10.5 * 3.5))
    untouched = compare(2, 10, 3, 10, haldane=True).odds_ratio
    assert (untouched, untouched.is_corrected) == (
        compare(2, 10, 3, 10).odds_ratio,
        False,
    )


@pytest.mark.parametrize(
    ("counts", "ranges"),
    [
        pytest.param((85, 156, 43, 156), ((2.6722, 6.0887),), id="more, surely"),
        pytest.param((43, 156, 85, 156), ((-6.0887, -2.6722),), id="fewer, surely"),
        pytest.param(
            (24, 59, 27, 59),
            ((None, -4.3597), (7.8321, None)),
            id="either way, through infinity",
        ),
        pytest.param((3, 10, 3, 10), ((None, -2.4896), (2.4896, None)), id="no value"),
        pytest.param((0, 10, 0, 10), (), id="no width either"),
    ],
)
def test_the_interval_of_the_number_needed_to_treat(counts, ranges):
    found = compare(*counts).needed_to_treat.ranges
    assert len(found) == len(ranges)
    for mine, theirs in zip(found, ranges, strict=True):
        for one, other in zip(mine, theirs, strict=True):
            assert one == (other if other is None else pytest.approx(other, abs=6e-5))


@given(ANY, ANY)
def test_swapping_the_groups_negates_inverts_and_keeps(one, other):
    here, there = compare(*one, *other), compare(*other, *one)
    assert here.risk_difference.value == -there.risk_difference.value
    assert here.risk_difference.low == pytest.approx(-there.risk_difference.high)
    if here.odds_ratio.value is not None:
        assert here.odds_ratio.value * there.odds_ratio.value == 1
        assert here.odds_ratio.low * there.odds_ratio.high == pytest.approx(1)
    assert (here.chi2, here.p) == (there.chi2, there.p)
    assert here.odds_ratio.reason == there.odds_ratio.reason


@given(FULL, FULL)
def test_contrasts_are_those_of_another_library(one, other):
    (a, n), (c, m) = one, other
    found = compare(a, n, c, m)
    theirs = Table2x2(np.array([[a, n - a], [c, m - c]]), shift_zeros=False)
    expected_odds = (theirs.oddsratio, *theirs.oddsratio_confint())
    expected_risk = (theirs.riskratio, *theirs.riskratio_confint())
    assert _limits(found.odds_ratio) == pytest.approx(expected_odds, rel=1e-9)
    assert _limits(found.risk_ratio) == pytest.approx(expected_risk, rel=1e-9)
    low, high = confint_proportions_2indep(a, n, c, m, compare="diff", method="wald")
    assert (found.risk_difference.low, found.risk_difference.high) == pytest.approx(
        (low, high), abs=1e-12
    )


@given(ANY, ANY)
def test_the_test_is_that_of_another_library(one, other):
    (a, n), (c, m) = one, other
    assume(0 < a + c < n + m)
    theirs = chi2_contingency([[a, n - a], [c, m - c]], correction=False)
    found = compare(a, n, c, m)
    assert float(found.chi2) == pytest.approx(theirs.statistic, rel=1e-9, abs=1e-12)
    assert found.p == pytest.approx(theirs.pvalue, rel=1e-9, abs=1e-300)


@given(ANY, ANY)
def test_limits_hold_the_value(one, other):
    found = compare(*one, *other)
    for estimate in (found.risk_difference, found.odds_ratio, found.risk_ratio):
        if estimate.value is not None:
            assert estimate.low <= float(estimate.value) * (1 + 1e-12) + 1e-12
            assert float(estimate.value) <= estimate.high * (1 + 1e-12) + 1e-12
            assert math.isfinite(estimate.high)


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(InputFault):
        compare(3, 10, 11, 10)
