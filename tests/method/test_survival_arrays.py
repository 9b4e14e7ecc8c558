"""The fast path from arrays of days tells what the plain one tells."""

import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.errors import InputFault
from braid.method import survival
from braid.method.survival import arrays

PEOPLE = st.lists(
    st.tuples(st.integers(0, 900), st.booleans(), st.sampled_from(["a", "b", "c"])),
    max_size=80,
)
KINDS = st.sampled_from(["int16", "int32", "uint16", "int64"])


def plain(people):
    return survival.LifeTable.of(
        survival.Observation(days, event) for days, event, _group in people
    )


def columns(people, kind="int64"):
    return (
        np.array([days for days, *_ in people], dtype=kind),
        np.array([event for _, event, _ in people], dtype=bool),
        np.array([group for *_, group in people], dtype="U1"),
    )


@given(PEOPLE, KINDS)
def test_arrays_give_the_same_table_and_curve(people, kind):
    days, events, _groups = columns(people, kind)
    table = survival.from_arrays(days, events)
    assert table == plain(people)
    fast, slow = survival.curve_of(table), survival.curve_of(plain(people))
    assert fast == slow


@given(PEOPLE)
def test_events_may_be_numbers(people):
    days, events, _groups = columns(people)
    assert survival.from_arrays(days, events.astype("int8")) == plain(people)


@given(PEOPLE)
def test_groups_are_those_of_the_plain_path(people):
    expected = {
        name: plain([one for one in people if one[2] == name])
        for name in sorted({group for *_, group in people})
    }
    assert survival.by_group(*columns(people)) == expected


@given(st.lists(st.tuples(st.integers(0, 2**40), st.booleans(), st.just("a"))))
def test_days_far_apart_take_no_place_each(people):
    days, events, _groups = columns(people)
    assert survival.from_arrays(days, events) == plain(people)


def test_days_far_apart_are_looked_up():
    people = [(arrays._DAYS_AT_LEAST * 3, True, "a"), (5, False, "a")]
    days, events, _groups = columns(people)
    assert survival.from_arrays(days, events) == plain(people)


@pytest.mark.parametrize(
    ("durations", "events"),
    [
        pytest.param([1, -2], [1, 0], id="days below 0"),
        pytest.param([1.5, 2.0], [1, 0], id="parts of days"),
        pytest.param([1, 2], [1, 2], id="an event that is 2"),
        pytest.param([1, 2], [0.5, 1], id="half an event"),
        pytest.param([1, 2], [1], id="more days than events"),
        pytest.param([[1, 2]], [[1, 0]], id="a table"),
        pytest.param(["1", "2"], [1, 0], id="words"),
    ],
)
def test_arrays_that_are_something_else_are_refused(durations, events):
    with pytest.raises(InputFault) as fault:
        survival.from_arrays(durations, events)
    assert fault.value.reason == "arrays_unfit"


def test_a_group_for_each_person():
    with pytest.raises(InputFault):
        survival.by_group([1, 2], [1, 0], ["a"])


def test_nobody_is_a_table_of_nothing():
    assert survival.from_arrays([], []) == survival.LifeTable.of([])
    assert survival.by_group([], [], []) == {}


def test_the_plain_path_needs_no_numpy(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert survival.kaplan_meier([survival.Observation(3, True)]).median == 3
    with pytest.raises(ImportError):
        survival.from_arrays([3], [1])
