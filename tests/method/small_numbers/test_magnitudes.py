"""Middles and sums that leave: a median is nobody's own, a sum is not one person's."""

from fractions import Fraction
from statistics import median

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from tests.method.small_numbers.cubes import CBS, EXACT

from braid.method.small_numbers.magnitudes import may_add_up, middle, rounded

VALUES = st.lists(
    st.integers(0, 400) | st.sampled_from([7, 30, 90, 1_000, 40_000]),
    min_size=1,
    max_size=40,
).map(lambda values: [Fraction(value) for value in values])
STEPS = [one * Fraction(10) ** power for power in range(-6, 8) for one in (1, 2, 5)]


def shown(values, rule=EXACT, behind=10):
    return middle(Fraction(median(values)), values, rule, behind=behind)


def of(*values):
    return [Fraction(value) for value in values]


@pytest.mark.parametrize(
    ("values", "is_shown"),
    [
        pytest.param([12] * 11, 12, id="what all have is told as it is"),
        pytest.param(range(1, 12), 5, id="three to seven are rounded to five"),
        pytest.param(range(10, 121, 10), 50, id="one every ten is told by fifties"),
        pytest.param([3] * 9, None, id="nine values have no middle"),
        pytest.param([1, *[90] * 20], 90, id="one far below changes nothing"),
        pytest.param([*[2] * 10, *[90] * 10], None, id="nobody is near the middle"),
        pytest.param([0] * 11, 0, id="nought that all have is nought"),
    ],
)
def test_a_middle_is_rounded_until_it_stands_for_five(values, is_shown):
    assert shown(of(*values)) == is_shown


@given(values=VALUES)
@example(values=[Fraction(n) for n in range(11)])
def test_no_middle_is_one_persons_own(values):
    check_middle(values, EXACT)


def check_middle(values, rule):
    """Some step must make it of as many values as the rule shows, the middle with them."""
    values = of(*values)
    found = shown(values, rule)
    if len(values) < 10:
        assert found is None
    if found is None:
        return
    alike = [
        {
            value
            for value in [*values, Fraction(median(values))]
            if rounded(value, step) == found
        }
        for step in STEPS
    ]
    many = [sum(value in near for value in values) for near in alike]
    assert any(
        number >= rule.below and Fraction(median(values)) in near
        for number, near in zip(many, alike, strict=True)
    )


def test_a_quartile_needs_five_on_either_side():
    values = of(*range(12))
    assert middle(Fraction(3), values, EXACT, behind=10) is None
    assert middle(Fraction(3), [*values, *values], EXACT, behind=10) is not None
    assert shown(of(*[7] * 18), CBS) is not None
    assert shown(of(*range(18)), CBS) is None


def test_a_sum_is_hidden_where_one_makes_up_more_than_half():
    half = Fraction(1, 2)
    assert may_add_up(of(10, 10, 20), half)
    assert not may_add_up(of(10, 10, 21), half)
    assert may_add_up(of(10, 10, 21), None)
    assert may_add_up([], half)


@given(values=VALUES.filter(lambda values: len(values) > 1))
def test_the_largest_cannot_be_told_within_a_factor_of_two_by_the_next(values):
    """Whoever subtracts their own part of a sum is left with others beside the largest."""
    if may_add_up(values, Fraction(1, 2)) and sum(values):
        assert sum(values) - max(values) >= max(values)
