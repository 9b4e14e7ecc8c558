"""Rows and rates whose printing was worked out by hand: the vectors of the domain."""

import pytest
from tests.method.small_numbers.cubes import CMS, EXACT, HES, MHSDS

from braid.method.small_numbers.rules import Rule, is_dominated
from braid.method.small_numbers.tables import Sum, protect


def printed(found):
    marks = {True: "small", False: "beside"}
    return [
        marks[cell.is_small] if cell.is_hidden else cell.printed for cell in found.cells
    ]


def of_row(row, rule, **more):
    return protect([*row, sum(row)], [Sum(len(row), (*range(len(row)),))], rule, **more)


@pytest.mark.parametrize(
    ("row", "rule", "said", "left"),
    [
        pytest.param(
            (3, 12, 20),
            EXACT,
            ["small", "beside", 20, 35],
            {0: (1, 4), 1: (11, 14)},
            id="a small one takes the next with it",
        ),
        pytest.param((0, 15, 20), EXACT, [0, 15, 20, 35], {}, id="nought is shown"),
        pytest.param(
            (2, 3, 20),
            EXACT,
            ["small", "small", 20, 25],
            {0: (1, 4), 1: (1, 4)},
            id="two whose sum leaves all open",
        ),
        pytest.param(
            (4, 3, 20),
            EXACT,
            ["small", "small", "beside", 27],
            {0: (1, 4), 1: (1, 4), 2: (19, 25)},
            id="two whose sum is nearly the most",
        ),
        pytest.param(
            (1, 1, 20),
            EXACT,
            ["small", "small", "beside", 22],
            {0: (1, 4), 1: (1, 4), 2: (14, 20)},
            id="two whose sum is the least",
        ),
        pytest.param(
            (3, 12, 20),
            MHSDS,
            ["small", 10, 20, 35],
            {0: (0, 4)},
            id="rounding protects already",
        ),
        pytest.param(
            (0, 4, 12, 20),
            HES,
            [0, "small", 10, 20, 35],
            {1: (1, 7)},
            id="nought shown and the rest rounded",
        ),
        pytest.param(
            (10, 25, 40),
            CMS,
            ["small", "beside", 40, 75],
            {0: (1, 10), 1: (25, 34)},
            id="ten is small below eleven",
        ),
    ],
)
def test_a_row_prints_so_and_leaves_so_much_open(row, rule, said, left):
    found = of_row(row, rule)
    assert printed(found) == said
    assert {n: tuple(found.possible(n)) for n in found.hidden} == left


@pytest.mark.parametrize("rule", [EXACT, MHSDS], ids=["exact", "rounded"])
@pytest.mark.parametrize(
    ("hits", "of", "is_shown"),
    [
        pytest.param(3, 8, False, id="few hits"),
        pytest.param(5, 8, False, id="few others"),
        pytest.param(5, 10, True, id="enough of both"),
        pytest.param(7, 7, False, id="all of them"),
        pytest.param(0, 7, False, id="none of them"),
    ],
)
def test_a_rate_is_shown_where_both_its_parts_are(rule, hits, of, is_shown):
    found = of_row((hits, of - hits), rule, of_rates=(0, 1))
    assert (not found.hidden) == is_shown


def test_what_hangs_together_with_no_small_count_is_shown():
    counts = [3, 12, 15, 40, 60, 100]
    found = protect(counts, [Sum(2, (0, 1)), Sum(5, (3, 4))], EXACT)
    assert printed(found)[3:] == [40, 60, 100]
    assert 0 in found.hidden
    with pytest.raises(IndexError):
        found.possible(3)


@pytest.mark.parametrize(
    ("count", "rule", "is_printed", "is_told"),
    [
        pytest.param(7, MHSDS, 5, (5, 7), id="the lowest shown is not below five"),
        pytest.param(8, MHSDS, 10, (8, 12), id="up from eight"),
        pytest.param(12, HES, 10, (8, 12), id="down from twelve"),
        pytest.param(0, HES, 0, (0, 0), id="nought that is shown is nought"),
        pytest.param(13, EXACT, 13, (13, 13), id="exact"),
        pytest.param(5, Rule(4, False, 3), 6, (5, 7), id="to the nearest three"),
    ],
)
def test_a_shown_count_says_what_is_rounded_to_it(count, rule, is_printed, is_told):
    assert rule.printed(count) == is_printed
    assert tuple(rule.told(count)) == is_told


def test_a_sum_is_dominated_by_more_than_a_share_of_it():
    from fractions import Fraction

    half = Fraction(1, 2)
    assert is_dominated(Fraction(60), Fraction(100), half)
    assert not is_dominated(Fraction(50), Fraction(100), half)
    assert not is_dominated(Fraction(0), Fraction(0), half)
