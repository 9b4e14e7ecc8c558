"""How long a first job takes: three estimands by name, and the naive one by wish."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import AalenJohansenFitter, KaplanMeierFitter
from lifelines.utils import restricted_mean_survival_time
from tests.method.survival_cast import PEOPLE, TABLES, columns, followed

from braid.method.survival import (
    LifeTable,
    Outcome,
    common_horizon,
    cumulative_incidence,
    curve_of,
    kaplan_meier,
    naive_mean,
    time_to_first,
)

CAUSES = st.lists(
    st.builds(Outcome, st.integers(1, 400), st.sampled_from(["work", "death", None])),
    min_size=1,
    max_size=40,
)


def by_id(group, horizon, **wish):
    return {each.id: each for each in time_to_first(TABLES[group], horizon, **wish)}


@pytest.mark.parametrize(
    ("group", "name", "value", "n"),
    [
        ("A", "ttfj_starters_mean", 83.33, 6),
        ("B", "ttfj_starters_mean", 200.00, 4),
        ("A", "ttfj_starters_median", 62.5, 6),
        ("A", "ttfj_km", 200, 12),
        ("B", "ttfj_km", None, 12),
        ("A", "ttfj_rmst_540", 292.6875, 12),
        ("B", "ttfj_rmst_540", 422.5926, 12),
        ("A", "ttfj_naive_540", 311.67, 12),
        ("B", "ttfj_naive_540", 426.67, 12),
    ],
)
def test_time_to_the_first_job(group, name, value, n):
    found = by_id(group, 540, compatible=True)[name]
    assert found.n == n
    if value is None:
        assert (found.value, found.reason) == (None, "not_reached")
    else:
        assert float(found.value) == pytest.approx(value, abs=5e-3)


@pytest.mark.parametrize(("group", "value"), [("A", 213.9375), ("B", 305.9259)])
def test_the_restricted_mean_of_a_year(group, value):
    found = by_id(group, 365)["ttfj_rmst_365"]
    assert found.value == pytest.approx(value, abs=5e-5)


def test_the_naive_mean_is_met_only_when_asked_for_and_says_what_it_is():
    assert "ttfj_naive_540" not in by_id("A", 540)
    found = by_id("A", 540, compatible=True)
    assert [name for name, each in found.items() if each.is_naive] == ["ttfj_naive_540"]
    selected = [name for name, each in found.items() if each.is_selected]
    assert selected == ["ttfj_starters_mean", "ttfj_starters_median"]


def test_a_start_after_the_horizon_is_none_yet():
    assert naive_mean(LifeTable.of(followed((10, 1), (900, 1))), 100) == 55


def test_groups_are_compared_to_the_smallest_of_their_largest_times():
    short = LifeTable.of(followed((10, 1), (300, 0)))
    assert common_horizon([*TABLES.values(), short, LifeTable.of([])]) == 300
    assert common_horizon([LifeTable.of([])]) is None


def test_nobody_has_no_time_and_a_reason():
    found = time_to_first(LifeTable.of([]), 365, compatible=True)
    assert {(each.value, each.reason) for each in found} == {(None, "no_rows")}


def test_a_horizon_beyond_all_follow_up_has_no_mean():
    assert by_id("A", 541)["ttfj_rmst_541"].reason == "not_followed_long_enough"


@given(PEOPLE, st.integers(0, 600))
def test_the_naive_mean_is_never_below_the_restricted(observed, horizon):
    table = LifeTable.of(observed)
    restricted = curve_of(table).restricted_mean(horizon)
    if restricted is not None:
        assert naive_mean(table, horizon) >= Fraction(restricted) - Fraction(1, 10**6)


@given(PEOPLE)
def test_curves_are_those_of_lifelines(observed):
    days, events = columns(observed)
    theirs = KaplanMeierFitter().fit(days, events)
    limits = theirs.confidence_interval_
    for step in kaplan_meier(observed).steps:
        height = theirs.survival_function_.loc[step.time].iloc[0]
        assert step.survival == pytest.approx(height, abs=1e-12)
        if step.low is not None:
            expected = tuple(limits.loc[step.time])
            assert (step.low, step.high) == pytest.approx(expected, abs=1e-12)


@given(PEOPLE)
def test_the_restricted_mean_is_that_of_lifelines(observed):
    days, events = columns(observed)
    horizon = max(days)
    theirs = restricted_mean_survival_time(
        KaplanMeierFitter().fit(days, events), horizon
    )
    assert kaplan_meier(observed).restricted_mean(horizon) == pytest.approx(theirs)


# ---- Competing events --------------------------------------------------------------------


def test_somebody_who_died_cannot_start_work_any_more():
    found = cumulative_incidence(
        [
            Outcome(10, "work"),
            Outcome(20, "death"),
            Outcome(30, "work"),
            Outcome(40, None),
        ]
    )
    assert [(each.time, each.share) for each in found["work"]] == [
        (10, 0.25),
        (30, pytest.approx(0.5)),
    ]
    assert [(each.time, each.share) for each in found["death"]] == [
        (20, pytest.approx(0.25))
    ]


@given(CAUSES)
def test_without_competition_it_is_the_curve_turned_over(outcomes):
    only = [Outcome(one.time, "work" if one.cause else None) for one in outcomes]
    found = cumulative_incidence(only).get("work", ())
    curve = kaplan_meier(followed(*((one.time, one.cause is not None) for one in only)))
    assert [each.time for each in found] == [step.time for step in curve.steps]
    for each, step in zip(found, curve.steps, strict=True):
        assert each.share == pytest.approx(1 - step.survival, abs=1e-12)


@given(CAUSES)
def test_shares_of_all_causes_and_of_who_still_waits_are_everybody(outcomes):
    curve = kaplan_meier(
        followed(*((one.time, one.cause is not None) for one in outcomes))
    )
    total = sum(each[-1].share for each in cumulative_incidence(outcomes).values())
    waiting = curve.steps[-1].survival if curve.steps else 1
    assert total + waiting == pytest.approx(1)


@given(CAUSES)
def test_shares_are_those_of_lifelines(outcomes):
    # lifelines moves tied times apart by chance; here every time is met once.
    once = list({one.time: one for one in outcomes}.values())
    found = cumulative_incidence(once).get("work", ())
    if not found:
        return
    codes = [{"work": 1, "death": 2, None: 0}[one.cause] for one in once]
    fitter = AalenJohansenFitter(calculate_variance=False)
    theirs = fitter.fit([one.time for one in once], codes, 1).cumulative_density_
    for each in found:
        assert each.share == pytest.approx(theirs.loc[each.time].iloc[0], abs=1e-12)
