"""Spells in work: merged, overlapping, still open."""

import itertools
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.dates import Period
from braid.method.tenure import Terms, in_work_on, merge, weekly_hours_on

JAN_1 = date(2026, 1, 1)
SPELLS = st.lists(
    st.builds(
        lambda start, length: Period(
            JAN_1 + timedelta(start),
            None if length is None else JAN_1 + timedelta(start + length),
        ),
        st.integers(0, 120),
        st.none() | st.integers(0, 40),
    ),
    max_size=6,
)


def _spell(first, last=None):
    return Period(date(2026, 1, first), date(2026, 1, last) if last else None)


@pytest.mark.parametrize(
    ("spells", "gap", "expected"),
    [
        pytest.param([], 0, [], id="never worked"),
        pytest.param(
            [_spell(1, 5), _spell(6, 9)], 0, [_spell(1, 9)], id="adjoining days"
        ),
        pytest.param(
            [_spell(1, 5), _spell(7, 9)],
            0,
            [_spell(1, 5), _spell(7, 9)],
            id="one day off",
        ),
        pytest.param(
            [_spell(1, 5), _spell(7, 9)], 1, [_spell(1, 9)], id="one day off allowed"
        ),
        pytest.param(
            [_spell(1, 20), _spell(3, 5)], 0, [_spell(1, 20)], id="one within another"
        ),
        pytest.param(
            [_spell(3, 9), _spell(1, 5)], 0, [_spell(1, 9)], id="order of entry"
        ),
        pytest.param([_spell(1), _spell(9, 12)], 0, [_spell(1)], id="open takes all"),
        pytest.param([_spell(1, 9), _spell(5)], 0, [_spell(1)], id="open at the end"),
    ],
)
def test_merge(spells, gap, expected):
    assert merge(spells, gap) == expected


@given(SPELLS, st.integers(0, 170))
def test_merging_keeps_every_day_worked_and_adds_none(spells, offset):
    day = JAN_1 + timedelta(offset)
    assert in_work_on(merge(spells), day) is in_work_on(spells, day)


@given(SPELLS, st.integers(0, 10))
def test_merged_spells_are_apart_by_more_than_the_gap(spells, gap):
    merged = merge(spells, gap)
    for before, after in itertools.pairwise(merged):
        assert before.last_day is not None
        assert (after.first_day - before.last_day).days - 1 > gap


@pytest.mark.parametrize(
    ("terms", "expected"),
    [
        pytest.param([], None, id="no job"),
        pytest.param(
            [(_spell(1), "10"), (_spell(1), "8")], Decimal(18), id="V9 two jobs add up"
        ),
        pytest.param(
            [(_spell(1, 9), "37"), (_spell(10), "20")],
            Decimal(20),
            id="hours were changed",
        ),
        pytest.param([(_spell(1), "10"), (_spell(1), None)], None, id="one not known"),
        pytest.param([(_spell(1, 5), "10")], None, id="the job is over"),
    ],
)
def test_weekly_hours_on(terms, expected):
    known = [
        Terms(period, None if hours is None else Decimal(hours))
        for period, hours in terms
    ]
    assert weekly_hours_on(known, date(2026, 1, 12)) == expected
