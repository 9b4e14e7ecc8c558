"""Units held against all together: limits by chance alone, and where each lies."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom

from braid.kernel.errors import InputFault
from braid.method.statistics.funnel import funnel, limits

UNITS = {"north": (40, 100), "south": (8, 50), "east": (30, 50), "empty": (0, 0)}


def test_the_middle_is_the_pooled_rate():
    found = funnel(UNITS)
    assert found.rate == Fraction(78, 200)
    assert list(found.points) == ["north", "south", "east"]


def test_each_unit_lies_where_chance_would_or_would_not_put_it():
    places = {name: point.place for name, point in funnel(UNITS).points.items()}
    assert places == {"north": "inside", "south": "outside_998", "east": "outside_95"}


@given(st.integers(1, 600), st.floats(0.01, 0.99), st.sampled_from([0.95, 0.998]))
def test_limits_stand_within_one_person_of_the_exact_quantiles(n, rate, share):
    low, high = limits(rate, n, share)
    beyond = (1 - share) / 2
    below, above = binom.ppf([beyond, 1 - beyond], n, rate)
    assert 0 <= low <= high <= 1
    assert below - 1 - 1e-9 <= low * n <= below + 1e-9
    assert above - 1e-9 <= high * n <= above + 1 + 1e-9


@given(st.integers(1, 600), st.floats(0.01, 0.99))
def test_counting_the_others_turns_the_funnel_round(n, rate):
    low, high = limits(1 - rate, n, 0.95)
    assert limits(rate, n, 0.95) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@given(st.integers(1, 600), st.floats(0.01, 0.99))
def test_the_wider_limits_hold_the_narrower(n, rate):
    narrow, wide = limits(rate, n, 0.95), limits(rate, n, 0.998)
    assert wide.low <= narrow.low
    assert narrow.high <= wide.high


def test_limits_close_in_on_the_rate():
    widths = [limits(0.4, n, 0.95) for n in (10, 100, 1000)]
    spans = [high - low for low, high in widths]
    assert spans == sorted(spans, reverse=True)


def test_a_rate_of_nobody_or_everybody_leaves_no_room():
    assert limits(0.0, 20, 0.95).high == pytest.approx(0, abs=1 / 20)
    assert funnel({"north": (0, 10)}).points["north"].place == "inside"
    assert funnel({"north": (10, 10)}).points["north"].place == "inside"


def test_nobody_anywhere():
    assert funnel({"empty": (0, 0)}) == funnel({})
    assert funnel({}).rate is None


def test_counts_that_cannot_be_are_refused():
    with pytest.raises(InputFault):
        funnel({"north": (3, 2)})
