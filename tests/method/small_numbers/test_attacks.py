"""Attacks on protected tables: a reader with linear programmes and much patience."""

import os
from itertools import combinations, permutations

import numpy as np
import pytest
from tests.method.small_numbers.cubes import (
    CBS,
    CMS,
    EXACT,
    MHSDS,
    RULES,
    narrow,
    narrow_unions,
    shown,
    with_hierarchy,
    with_margins,
    with_periods,
    with_rates,
)

from braid.method.small_numbers.masks import mask_of
from braid.method.small_numbers.rules import Marks, Sum
from braid.method.small_numbers.ties import groups_of

SOAK = "BRAID_SOAK" in os.environ  # an hour of it, when somebody has one
DRAWN = 10_000 if SOAK else 200
MOST = 12 if SOAK else 6


def tables_of(most):
    """Return every 3×3 table of at most so many, but for turning rows and columns."""
    orders = list(permutations(range(3)))
    known, found = set(), []

    def fill(cells, left):
        if len(cells) < 9:
            for count in range(left + 1):
                fill((*cells, count), left - count)
            return
        if cells in known:
            return
        table = np.array(cells).reshape(3, 3)
        known.update(
            tuple(int(n) for n in turned[list(rows)][:, list(columns)].ravel())
            for turned in (table, table.T)
            for rows in orders
            for columns in orders
        )
        found.append(table)

    fill((), most)
    return found


def test_tables_are_all_there_is():
    assert len(tables_of(1)) == 2
    assert len(tables_of(2)) == 2 + 3  # two in one cell, in one line, in none


@pytest.mark.parametrize("rule", ["exact", "mhsds"])
@pytest.mark.parametrize(
    "most", [pytest.param(3), pytest.param(MOST, marks=pytest.mark.long)]
)
def test_no_cell_of_a_small_table_is_recovered(rule, most):
    check_all(RULES[rule], most)


def check_all(rule, most):
    for table in tables_of(most):
        counts, sums = with_margins(table)
        found, _ = shown(counts, sums, rule)
        small = {n for n, count in enumerate(counts) if rule.is_small(count)}
        assert small <= found.hidden
        assert narrow(found, sums, rule) == [], table.tolist()


def drawn(number, first=0):
    """Yield tables of many shapes, some with a hierarchy, some of two periods."""
    for seed in range(first, first + number):
        chance = np.random.default_rng(seed)
        mean = chance.choice([2, 5, 10, 30])
        kind = ("row", "plane", "cube", "hierarchy", "periods")[seed % 5]
        if kind == "hierarchy":
            inner = chance.poisson(mean, (4, 3))
            counts, sums = with_hierarchy(inner, [(0, 1), (2, 3)])
        elif kind == "periods":
            counts, sums = with_periods(*chance.poisson(mean, (2, 2, 3)))
        else:
            axes = {"row": 1, "plane": 2, "cube": 3}[kind]
            shape = chance.integers(2, 5 if axes < 3 else 4, axes)
            counts, sums = with_margins(chance.poisson(mean, shape))
        yield seed, list(RULES.values())[(seed // 5) % len(RULES)], counts, sums


def attack(number, first=0):
    hidden = 0
    for seed, rule, counts, sums in drawn(number, first):
        found, _ = shown(counts, sums, rule)
        assert narrow(found, sums, rule) == [], seed
        assert narrow_unions(found, counts, sums, rule) == [], seed
        hidden += len(found.hidden)
    assert hidden > number  # there was something to attack


def test_linear_programmes_find_no_narrow_cell():
    attack(40)


@pytest.mark.parametrize("most", [0, 2e6, 5e7], ids=["none", "little", "some"])
def test_without_patience_more_is_hidden_and_nobody_is_told(most):
    more = as_usual = 0
    for seed, rule, counts, sums in drawn(20):
        found, _ = shown(counts, sums, rule, most=most)
        assert narrow(found, sums, rule) == [], seed
        assert narrow_unions(found, counts, sums, rule) == [], seed
        assert {n for n, c in enumerate(counts) if rule.is_small(c)} <= found.hidden
        more += len(found.hidden)
        as_usual += len(shown(counts, sums, rule)[0].hidden)
    assert more > as_usual


def test_patience_is_counted_and_not_timed():
    """However busy the computer is, a table that takes much is shown alike."""
    for _seed, rule, counts, sums in drawn(10):
        answers = {shown(counts, sums, rule, most=2e7)[1] for _again in range(3)}
        assert len(answers) == 1


@pytest.mark.long
def test_linear_programmes_find_no_narrow_cell_of_many():
    attack(DRAWN)


def attack_rates(number, first=0):
    """Attack hits and rests of some groups: alone, and of several hidden ones."""
    hidden = 0
    for seed in range(first, first + number):
        chance = np.random.default_rng(seed)
        rule = list(RULES.values())[seed % len(RULES)]
        whole = chance.poisson(chance.choice([6, 12, 25]), chance.integers(2, 6)) + 1
        hits = chance.binomial(whole, chance.choice([0.1, 0.3, 0.6]))
        counts, sums, rates = with_rates(whole, hits)
        found, _ = shown(counts, sums, rule, of_rates=rates)
        assert narrow(found, sums, rule, rates) == [], seed
        assert narrow_unions(found, counts, sums, rule, rates) == [], seed
        hidden += len(found.hidden)
    assert hidden > number


def test_nobody_is_told_from_the_rates_of_several_groups():
    attack_rates(40)
    attack_rates(1, 135)  # 4 of two hidden groups together, were they not a union
    attack_rates(1, 345)


def test_four_of_two_hidden_groups_are_not_told_to_be_four():
    """Each may be 0 to 4 by itself; what is left of all hits must not say that sum."""
    counts, sums, rates = with_rates(np.array([20, 20, 30]), np.array([1, 3, 12]))
    found, _ = shown(counts, sums, EXACT, of_rates=rates)
    assert {0, 3} <= found.hidden
    assert narrow_unions(found, counts, sums, EXACT, rates) == []
    (places, within), *_ = groups_of(range(len(counts)), sums)
    alone = mask_of(EXACT, counts, places, within, rates)
    alone.protect()
    assert alone.possible_of((0, 3)) == (4, 4)  # without a look at unions


def test_the_attack_finds_what_is_hidden_by_itself_alone():
    """Without hiding neighbours the same attack recovers cells: it can find something."""
    counts, sums = with_margins([[3, 12], [20, 30]])
    (places, within), *_ = groups_of(range(len(counts)), sums)
    mask = mask_of(EXACT, counts, places, within, ())
    assert [tuple(mask.possible(n)) for n in np.flatnonzero(mask.hidden)] == [(3, 3)]


def test_a_small_count_keeps_its_label_where_all_marks_are_one():
    """5 = 4 + 1 takes one mark for all; 9 − 7 must not tell that 2 is none of nought."""
    counts = [7, 2, 9, 4, 1, 5, 14]
    sums = [Sum(2, (0, 1)), Sum(5, (3, 4)), Sum(6, (2, 5))]
    found, _ = shown(counts, sums, MHSDS)
    assert {mask.marks for _places, mask in found.masks} == {Marks.ANY}
    for at in (1, 3, 4):
        low, high = found.possible(at)
        assert low == 0 and high >= 4
    assert narrow(found, sums, MHSDS) == []


def test_a_rest_that_nobody_prints_is_not_told_to_be_nothing():
    """7 of the year and 7 of a quarter print 5 to 7: the rest would be 2 at most."""
    counts, sums = [7, 7, 0], [Sum(0, (1, 2))]
    found, _ = shown(counts, sums, MHSDS, unsaid=(2,))
    assert {0, 1} & found.hidden
    assert narrow(found, sums, MHSDS, unsaid=(2,)) == []
    wide, _ = shown([70, 70, 0], sums, MHSDS, unsaid=(2,))
    assert wide.hidden == {2}


@pytest.mark.parametrize("rule", [EXACT, CBS, CMS], ids=["5", "10", "11"])
def test_all_of_a_rest_is_hidden_like_none_of_it(rule):
    """Nobody else in the rest of a rate tells of each in it, printed or not."""
    counts, sums = [12, 12, 0], [Sum(0, (1, 2))]
    found, _ = shown(counts, sums, rule, of_rates=(1, 2), unsaid=(2,))
    assert {0, 1} & found.hidden


def test_what_sums_alone_tell_hides_nothing_else():
    """The third is nought whatever is shown: that the first two are all tells so."""
    counts, sums = [20, 30, 0, 50], [Sum(3, (0, 1)), Sum(3, (0, 1, 2))]
    found, _ = shown(counts, sums, MHSDS)
    assert found.hidden == {2}


def test_what_is_equal_is_shown_alike():
    counts, sums = [3, 12, 15, 3, 12], [Sum(2, (0, 1)), Sum(3, (0,)), Sum(1, (4,))]
    found, printed = shown(counts, sums, EXACT)
    assert printed[0] == printed[3] and printed[1] == printed[4]
    assert found.possible(4) == found.possible(1) and found.hidden >= {0, 3}
    assert narrow(found, sums, EXACT) == []


def test_asking_again_and_in_another_order_gives_the_same():
    chance = np.random.default_rng(7)
    inner = chance.poisson(6, (3, 4))
    counts, sums = with_margins(inner)
    answers = {shown(counts, sums, MHSDS)[1] for _ in range(50)}
    assert len(answers) == 1
    assert shown(counts, sums[::-1], MHSDS)[1] in answers


def fewest(rule, counts, sums):
    """Return the fewest cells that must be hidden, by trying all sets of them."""
    total = 0
    for places, within in groups_of(range(len(counts)), sums):
        small = [n for n, at in enumerate(places) if rule.is_small(counts[at])]
        if small:
            total += _fewest(mask_of(rule, counts, places, within, ()))
    return total


def _fewest(mask):
    for mask.marks in Marks:
        others = np.flatnonzero(~mask.small & (mask.counts > 0))
        for number in range(len(others) + 1):
            for some in combinations(others, number):
                mask._begin()
                chosen = np.zeros(len(mask.counts), bool)
                chosen[list(some)] = True
                mask._hide(chosen)
                if mask._all_safe(hides=False):
                    return int(mask.hidden.sum())
    raise AssertionError("hiding everything is always enough")


def test_hardly_more_is_hidden_than_must_be():
    """No more than 1.15 times the fewest cells, over tables of many shapes."""
    hidden = least = 0
    for seed in range(40):
        chance = np.random.default_rng(seed)
        shape = [(3,), (5,), (2, 2), (2, 3), (3, 3)][seed % 5]
        inner = chance.poisson(chance.choice([4, 6, 10, 20]), shape)
        counts, sums = with_margins(inner)
        rule = list(RULES.values())[(seed // 5) % len(RULES)]
        hidden += len(shown(counts, sums, rule)[0].hidden)
        least += fewest(rule, counts, sums)
    assert least <= hidden <= 1.15 * least


def test_what_is_shown_is_off_by_no_more_than_rounding():
    errors = []
    for _seed, rule, counts, sums in drawn(50):
        found, _ = shown(counts, sums, rule)
        most = 0 if rule.base is None else rule.base // 2
        off = [
            abs(cell.printed - count)
            for cell, count in zip(found.cells, counts, strict=True)
            if cell.printed is not None
        ]
        assert max(off, default=0) <= most
        errors += off
    assert sum(errors) / len(errors) <= 2.5
