"""Intervals of one proportion: the printed vectors, laws, and a second library."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.stats import beta
from statsmodels.stats.proportion import proportion_confint

from braid.kernel.errors import InputFault
from braid.method.statistics.proportions import METHODS, clopper_pearson, wald, wilson

COUNTS = st.integers(1, 5000).flatmap(
    lambda n: st.tuples(st.integers(0, n), st.just(n))
)
THEIR_NAMES = {"wilson": "wilson", "wald": "normal", "clopper_pearson": "beta"}


@pytest.mark.parametrize(
    ("events", "n", "low", "high"),
    [
        (85, 156, 46.6586, 62.1001),
        (47, 103, 36.3422, 55.2341),
        (590, 1926, 28.6150, 32.7290),
        (7, 12, 31.9511, 80.6740),
        (0, 10, 0, 27.7533),
        (10, 10, 72.2467, 100),
    ],
)
def test_wilson(events, n, low, high):
    found = [limit * 100 for limit in wilson(events, n)]
    assert found == pytest.approx([low, high], abs=5e-5)


def test_wilson_at_the_ends_is_exactly_nothing_and_everything():
    assert (wilson(0, 10).low, wilson(10, 10).high) == (0, 1)


@given(COUNTS, st.sampled_from(sorted(METHODS)))
def test_intervals_are_those_of_another_library(counts, method):
    theirs = proportion_confint(*counts, method=THEIR_NAMES[method])
    assert METHODS[method](*counts) == pytest.approx(theirs, abs=1e-9)


@given(COUNTS, st.sampled_from(sorted(METHODS)))
def test_limits_lie_from_0_to_1_and_hold_the_proportion(counts, method):
    events, n = counts
    low, high = METHODS[method](events, n)
    assert 0 <= low <= events / n <= high <= 1


@given(COUNTS, st.sampled_from(sorted(METHODS)))
def test_counting_the_others_turns_an_interval_round(counts, method):
    events, n = counts
    low, high = METHODS[method](n - events, n)
    assert METHODS[method](events, n) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(COUNTS)
def test_more_people_make_wilson_narrower(counts):
    events, n = counts
    low, high = wilson(events, n)
    more_low, more_high = wilson(events * 4, n * 4)
    assert more_high - more_low < high - low


@given(st.integers(1, 10**6))
def test_clopper_pearson_is_exact_for_very_many(n):
    events = n // 3
    low, high = clopper_pearson(events, n)
    assume(events)
    expected = (
        beta.ppf(0.025, events, n - events + 1),
        beta.ppf(0.975, events + 1, n - events),
    )
    assert (low, high) == pytest.approx(expected, rel=1e-6)


def test_wald_has_no_width_where_nobody_had_the_event():
    assert wald(0, 10) == (0, 0)


@pytest.mark.parametrize("method", METHODS.values())
def test_nobody_has_no_interval(method):
    assert method(0, 0) is None


@pytest.mark.parametrize("method", METHODS.values())
@pytest.mark.parametrize(("events", "n"), [(5, 4), (-1, 4)])
def test_counts_that_cannot_be_are_refused(method, events, n):
    with pytest.raises(InputFault) as fault:
        method(events, n)
    assert fault.value.reason == "counts_unfit"
