"""What is watched where results are paid for: situations, limits with a source, faults."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from braid.method.flags import Check, Seen, flagged
from braid.packs import loader, monitors
from braid.packs.monitors import Monitor, run_situation

EDITIONS = loader.editions("monitors")


@pytest.mark.parametrize(
    ("pack", "situation"),
    [
        pytest.param(edition.pack, situation, id=f"{edition.pack.id}: {situation.that}")
        for edition in EDITIONS
        for situation in edition.situations
    ],
)
def test_every_situation_holds(pack, situation):
    assert run_situation(pack, situation) == []


def test_every_monitor_that_a_measure_can_tell_is_there_and_every_limit_has_a_source():
    found = monitors.get().monitors

    # M7 asks the contract for the last day of a milestone: funding/monitors/early_exits.
    expected = {f"M{n}" for n in range(1, 13)} - {"M7"}
    assert {one.number for one in found} - {""} == expected
    assert all(flag.source and flag.mark for one in found for flag in one.flags)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        pytest.param({"measure": "out_nothing"}, "no measure", id="no such measure"),
        pytest.param({"reads": "height"}, "nothing that", id="not what it says"),
        pytest.param({"key": "height"}, "not told by 'height'", id="no such key"),
        pytest.param({"apart": ("gender",)}, "not told by groups", id="no groups"),
    ],
)
def test_a_monitor_that_does_not_fit_its_measure_is_refused(change, told):
    one = monitors.get().monitor("employer-share")
    assert one is not None
    with pytest.raises(ValidationError, match=told):
        Monitor.model_validate(one.model_dump() | change)


values = st.fractions(0, 5)


@given(st.sampled_from(["below", "above", "any"]), values, values)
def test_too_few_behind_a_figure_never_flag_it(rule, limit, value):
    assert flagged(Check(rule, limit, 20), Seen("", value, 19)) == ()
    assert flagged(Check(rule, limit, 20), Seen("", value, None)) == ()


@given(st.sampled_from(["below", "above", "any", "below_whole", "rising"]), values)
def test_a_figure_that_is_not_shown_is_never_flagged(rule, limit):
    hidden = Seen("one", None, None)
    assert flagged(Check(rule, limit), Seen("", None), [hidden]) == ()


@given(values, values, values)
def test_a_higher_limit_never_flags_more(value, limit, more):
    lower, higher = Check("above", limit), Check("above", limit + more)
    seen = Seen("", value)
    assert set(flagged(higher, seen)) <= set(flagged(lower, seen))


def test_against_the_whole_groups_alone_are_judged():
    check = Check("below_whole", Fraction(4, 5))
    assert flagged(check, Seen("", Fraction(1, 2))) == ()
