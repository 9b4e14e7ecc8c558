"""Survival curves that leave: no step is one person's day."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.method.small_numbers.cubes import CMS, EXACT, MHSDS

from braid.method.small_numbers.curves import protect
from braid.method.survival import Observation, kaplan_meier

PEOPLE = st.lists(
    st.builds(Observation, st.integers(1, 400), st.booleans()), min_size=1, max_size=90
)


def one_a_day(number):
    return kaplan_meier(Observation(day, True) for day in range(1, number + 1))


def shown(curve, rule=EXACT):
    return protect(curve, rule, at_risk=10, events=10)


def test_a_step_stands_at_the_end_of_a_week_and_the_end_is_cut():
    found = shown(one_a_day(40))
    assert [step.time for step in found.steps] == [7, 14, 21, 28]
    assert [step.at_risk for step in found.steps] == [35, 25, 20, 10]
    assert found.observed == 40
    assert found.last_time == 28
    assert found.median == 21


def test_a_step_stands_for_five_events():
    two_a_week = (Observation(3 + n // 2 * 7, True) for n in range(40))
    found = shown(kaplan_meier(two_a_week))
    assert [step.time for step in found.steps] == [21, 42, 63, 84, 105]


def test_which_day_of_a_week_an_event_was_changes_nothing():
    """One person's day is told by no curve: all of a week give the same."""
    others = [Observation(2 * n, True) for n in range(1, 30)]
    shown_by_day = {
        shown(kaplan_meier([*others, Observation(day, True)])) for day in range(15, 22)
    }
    heights = {tuple(s.survival for s in curve.steps) for curve in shown_by_day}
    times = {tuple(s.time for s in curve.steps) for curve in shown_by_day}
    assert len(times) == len(heights) == 1


def test_numbers_at_risk_are_rounded_and_limits_widened():
    curve = one_a_day(33)
    step, exact = shown(curve).steps[0], curve.steps[6]
    assert step.at_risk == 25  # 26
    assert step.survival == pytest.approx(exact.survival, abs=0.005)
    assert step.low <= exact.low and step.high >= exact.high
    assert step.survival * 100 == pytest.approx(round(step.survival * 100))


def test_of_fewer_than_ten_nothing_is_shown():
    assert shown(one_a_day(9)) == ((), 0, 0)


def test_a_median_of_fewer_than_ten_events_is_not_shown():
    follow_up = [
        Observation(300, False, 12),
        *(Observation(n, True) for n in range(1, 10)),
    ]
    found = shown(kaplan_meier(follow_up))
    assert found.steps and found.median is None
    late = [Observation(5, False, 12), *(Observation(10 + n, True) for n in range(9))]
    assert all(step.survival > 0.5 for step in shown(kaplan_meier(late)).steps)


@pytest.mark.parametrize(
    "rule", [EXACT, MHSDS, CMS], ids=["exact", "rounded", "eleven"]
)
@given(people=PEOPLE)
def test_no_step_tells_of_fewer_than_are_shown(rule, people):
    check_curve(people, rule)


def check_curve(people, rule):
    curve = kaplan_meier(people)
    found = shown(curve, rule)
    events = {step.time: step.events for step in curve.steps}
    since = 0
    for step in found.steps:
        had = sum(n for time, n in events.items() if since < time <= step.time)
        left = [one for one in curve.steps if one.time <= step.time][-1]
        assert step.time % 7 == 0
        assert had >= rule.below
        assert left.at_risk - left.events >= 10
        assert step.at_risk % 5 == 0
        since = step.time
