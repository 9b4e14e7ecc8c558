"""Medians with and without zeros, means, effect sizes, and a seeded bootstrap."""

from collections import Counter
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.method.statistics.spread import (
    among_starters,
    bootstrap_mean,
    cohen_d,
    cohen_d_of,
    mean,
    median,
    pooled_mean,
    quantile,
    quantile_met,
    sd,
    spread,
    unweighted_mean,
)

EARNINGS = [900, 0, 40, 0, 5000, 0, 120, 0]
VALUES = st.lists(st.integers(0, 10_000), min_size=2, max_size=60)


def test_zeros_are_values():
    found = spread(EARNINGS)
    assert (found.n, found.median) == (8, 20)
    assert (found.first_quartile, found.third_quartile) == (0, 315)
    assert (found.smallest, found.largest) == (0, 5000)
    assert found.mean == Fraction(6060, 8)
    assert found.share_above_zero == Fraction(1, 2)


def test_among_starters_zeros_are_not():
    starters = spread(among_starters(EARNINGS))
    assert (starters.n, starters.median, starters.share_above_zero) == (4, 510, 1)


def test_many_zeros_and_a_few_large_values_are_told():
    assert spread(EARNINGS).is_zero_inflated
    assert not spread([30, 35, 40]).is_zero_inflated
    assert not spread([]).is_zero_inflated


def test_nothing_has_no_figures():
    found = spread([])
    assert found.n == 0
    assert {found.mean, found.sd, found.median, found.share_above_zero} == {None}


def test_one_value_has_no_deviation():
    assert (spread([7]).sd, spread([7]).median) == (None, 7)


@given(VALUES, st.fractions(0, 1, max_denominator=100))
def test_quantiles_are_those_of_another_library(values, share):
    theirs = np.quantile(np.array(values, float), float(share), method="linear")
    assert float(quantile(values, share)) == pytest.approx(theirs, abs=1e-6)


@given(values=st.lists(st.integers(0, 9)), share=st.fractions(0, 1))
def test_quantiles_are_the_same_of_values_and_of_how_often_each_was_met(values, share):
    assert quantile_met(Counter(values), share) == quantile(values, share)


@given(VALUES)
def test_mean_and_deviation_are_those_of_another_library(values):
    assert float(mean(values)) == pytest.approx(np.mean(values))
    assert sd(values) == pytest.approx(np.std(values, ddof=1), abs=1e-9)


def test_order_and_kind_of_number_change_nothing():
    values = [Decimal("2.5"), Fraction(1, 2), 4]
    assert median(values) == median(reversed(values)) == Fraction(5, 2)


def test_cohen_d_from_values_and_from_what_was_printed():
    one, other = [2, 4, 6, 8], [1, 2, 3, 4]
    expected = 2.5 / np.sqrt((np.var(one, ddof=1) + np.var(other, ddof=1)) / 2)
    assert cohen_d(one, other) == pytest.approx(expected)
    printed = cohen_d_of(5, np.std(one, ddof=1), 4, 2.5, np.std(other, ddof=1), 4)
    assert printed == pytest.approx(expected)


@given(VALUES, VALUES)
def test_swapping_the_groups_negates_cohen_d(one, other):
    here, there = cohen_d(one, other), cohen_d(other, one)
    assert (here is None) == (there is None)
    if here is not None:
        assert here == pytest.approx(-there)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param([1], [1, 2], id="one person in a group"),
        pytest.param([], [1, 2], id="nobody in a group"),
        pytest.param([3, 3], [4, 4], id="nothing varies"),
    ],
)
def test_cohen_d_needs_people_who_differ(one, other):
    assert cohen_d(one, other) is None


def test_a_mean_of_units_counts_people_or_units():
    units = [(10, 90), (20, 10), (99, 0)]
    assert pooled_mean(units) == 11
    assert unweighted_mean(units) == 15
    assert pooled_mean([]) is unweighted_mean([]) is None


def test_the_bootstrap_repeats_itself_and_holds_the_mean():
    low, high = bootstrap_mean(EARNINGS, seed=1)
    assert bootstrap_mean(list(reversed(EARNINGS)), seed=1) == (low, high)
    assert bootstrap_mean(EARNINGS, seed=2) != (low, high)
    assert low < mean(EARNINGS) < high
    assert bootstrap_mean([5], seed=1) is None


def test_the_bootstrap_is_near_the_normal_interval_where_that_holds():
    values = [n % 100 for n in range(400)]
    error = sd(values) / 20
    low, high = bootstrap_mean(values, seed=3)
    assert low == pytest.approx(float(mean(values)) - 1.96 * error, abs=0.4)
    assert high == pytest.approx(float(mean(values)) + 1.96 * error, abs=0.4)
