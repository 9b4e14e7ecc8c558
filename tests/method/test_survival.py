"""Survival: the two vectors of the outcomes page, quantiles, and laws of every curve."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.method.survival_cast import PEOPLE, A, B, followed

from braid.method.survival import Observation, kaplan_meier, median, quantile


@pytest.mark.parametrize(
    ("time", "at_risk", "events", "survival", "error", "low", "high"),
    [
        (20, 12, 1, 0.916667, 0.079786, 0.538977, 0.987826),
        (35, 11, 2, 0.750000, 0.125000, 0.408416, 0.911720),
        (90, 8, 1, 0.656250, 0.140190, 0.320412, 0.855657),
        (120, 7, 1, 0.562500, 0.148232, 0.243681, 0.790992),
        (200, 5, 1, 0.450000, 0.155523, 0.154887, 0.710438),
    ],
)
def test_vector_a(time, at_risk, events, survival, error, low, high):
    step = next(step for step in kaplan_meier(A).steps if step.time == time)
    assert (step.at_risk, step.events) == (at_risk, events)
    found = (step.survival, step.standard_error, step.low, step.high)
    assert found == pytest.approx((survival, error, low, high), abs=5e-7)


def test_vector_a_has_steps_at_times_with_events_only():
    assert [step.time for step in kaplan_meier(A).steps] == [20, 35, 90, 120, 200]


def test_vector_a_reaches_its_median():
    curve = kaplan_meier(A)
    assert curve.median == 200
    assert curve.median_limits == (35, None)


def test_vector_b_does_not_reach_its_median():
    curve = kaplan_meier(B)
    assert [step.survival for step in curve.steps] == pytest.approx(
        [0.916667, 0.833333, 0.740741, 0.648148], abs=5e-7
    )
    assert curve.median is None


@pytest.mark.parametrize(
    ("people", "horizon", "mean"),
    [
        pytest.param(A, 540, 292.6875, id="A to 540 days"),
        pytest.param(A, 365, 213.9375, id="A to 365 days"),
        pytest.param(B, 540, 422.5926, id="B to 540 days"),
        pytest.param(B, 365, 305.9259, id="B to 365 days"),
        pytest.param(A, 0, 0, id="no time at all"),
    ],
)
def test_restricted_mean(people, horizon, mean):
    assert kaplan_meier(people).restricted_mean(horizon) == pytest.approx(
        mean, abs=5e-5
    )


@pytest.mark.parametrize(
    ("people", "time", "survival"),
    [
        pytest.param(A, 19, 1, id="the day before the first event"),
        pytest.param(A, 20, 11 / 12, id="the day of an event has it already"),
        pytest.param(A, 199, 0.5625, id="between two events"),
        pytest.param(A, 540, 0.45, id="the last day that anybody was observed"),
        pytest.param(A, 541, None, id="longer than anybody was observed"),
        pytest.param(followed((5, 1)), 900, 0, id="everybody has had it"),
        pytest.param([], 0, None, id="nobody"),
        pytest.param([Observation(9, False, 0)], 0, None, id="a count of nobody"),
    ],
)
def test_survival_at(people, time, survival):
    found = kaplan_meier(people).survival_at(time)
    assert found == (survival if survival is None else pytest.approx(survival))


def test_events_come_before_the_ends_of_observation_of_the_same_day():
    # Two at risk on day 30, not one: the one who leaves that day was there.
    (step,) = kaplan_meier(followed((30, 0), (30, 1))).steps
    assert (step.at_risk, step.survival) == (2, 0.5)


def test_no_limits_where_nobody_is_left():
    *_, last = kaplan_meier(followed((10, 1), (20, 1))).steps
    assert (last.survival, last.low, last.high) == (0, None, None)


def test_the_median_is_reached_at_exactly_one_half():
    # In floating point the twelfth of 24 steps ends a hair above one half.
    assert kaplan_meier(followed(*((day, 1) for day in range(1, 25)))).median == 12


@pytest.mark.parametrize(
    ("share", "value"),
    [
        pytest.param(Fraction(1, 4), 0, id="first quarter"),
        pytest.param(Fraction(1, 2), 20, id="median, zeros kept"),
        pytest.param(Fraction(3, 4), 315, id="third quarter"),
        pytest.param(Fraction(0), 0, id="smallest"),
        pytest.param(Fraction(1), 5000, id="largest"),
    ],
)
def test_quantile_of_earnings(share, value):
    assert quantile([5000, 0, 0, 40, 0, 120, 0, 900], share) == value


@pytest.mark.parametrize(
    ("values", "middle"),
    [
        pytest.param([], None, id="nothing"),
        pytest.param([40, 120, 900, 5000], 510, id="four: the mean of the middle two"),
        pytest.param([164, 171], Fraction(335, 2), id="half a day"),
        pytest.param([Decimal("2.5")], Fraction(5, 2), id="a decimal"),
    ],
)
def test_median(values, middle):
    assert median(values) == middle


@given(PEOPLE)
def test_survival_never_rises_and_begins_at_one(people):
    curve = kaplan_meier(people)
    heights = [1.0, *(step.survival for step in curve.steps)]
    assert heights == sorted(heights, reverse=True)
    if all(each.time > 0 or not each.event for each in people):
        assert curve.survival_at(0) == 1


@given(PEOPLE, st.integers(0, 600))
def test_restricted_mean_is_at_most_its_horizon(people, horizon):
    mean = kaplan_meier(people).restricted_mean(horizon)
    assert mean is None or 0 <= mean <= horizon + 1e-9


@given(PEOPLE)
def test_limits_hold_the_curve(people):
    for step in kaplan_meier(people).steps:
        if step.low is not None and step.high is not None:
            assert 0 <= step.low <= step.survival <= step.high <= 1


@given(PEOPLE)
def test_order_and_counting_together_change_nothing(people):
    one_by_one = [
        Observation(each.time, each.event) for each in people for _ in range(each.count)
    ]
    assert kaplan_meier(reversed(one_by_one)) == kaplan_meier(people)


@given(st.lists(st.integers(1, 600), min_size=1, max_size=30))
def test_without_censoring_the_curve_is_the_share_still_waiting(times):
    curve = kaplan_meier(Observation(time, True) for time in times)
    for step in curve.steps:
        waiting = sum(time > step.time for time in times)
        assert step.survival == pytest.approx(waiting / len(times))
