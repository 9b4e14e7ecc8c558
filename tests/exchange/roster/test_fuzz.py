"""Any file at all: refused in a sentence, or a plan in which no row is lost."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.exchange.roster.fuzzing import WILD, assert_accounted, damaged
from tests.exchange.roster.rosters import TODAY, UNIT, after_import

from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.setup import Setup
from braid.kernel.errors import InputFault

SEEDS = st.integers(0, 2**32)
some = settings(max_examples=30)  # each makes, writes and reads a whole file


def planned_or_refused(data, setup=UNIT):
    """Return the plan of a file, accounted for, or None if it was refused politely."""
    try:
        file = open_file("wild", data)
    except InputFault as fault:
        assert "“wild”" in str(fault)
        assert str(fault).count(". ") <= 2
        assert fault.reason in (
            "damaged", "unsafe", "too_large", "not_a_table", "encoding_wrong",
        )  # fmt: skip
        return None
    plan = make_plan([file], setup, TODAY)
    assert_accounted(plan, [file])
    return plan


@pytest.mark.parametrize("form", WILD)
@some
@given(seed=SEEDS)
def test_wild_file_loses_no_row(form, seed):
    planned_or_refused(WILD[form](random.Random(seed)))


@pytest.mark.parametrize("form", WILD)
@some
@given(seed=SEEDS)
def test_wild_file_of_a_unit_that_stated_nothing(form, seed):
    planned_or_refused(WILD[form](random.Random(seed)), Setup())


@pytest.mark.parametrize("form", WILD)
@some
@given(seed=SEEDS)
def test_damaged_file_is_refused_or_loses_no_row(form, seed):
    rng = random.Random(seed)
    planned_or_refused(damaged(rng, WILD[form](rng)))


@pytest.mark.parametrize("form", WILD)
@some
@given(seed=SEEDS)
def test_wild_file_a_second_time_changes_nothing(form, seed):
    data = WILD[form](random.Random(seed))
    first = planned_or_refused(data)
    if first is None:
        return
    again = make_plan(
        [open_file("wild", data)], UNIT, TODAY, existing=after_import(first)
    )
    assert {row.does for row in again.rows} <= {"nothing", "reject", "wait"}
    assert not again.vanished


@given(st.binary(max_size=400))
def test_any_bytes_do_no_harm(data):
    planned_or_refused(data, Setup())


@given(st.text(alphabet=st.sampled_from('ab1;,\t|"\n\r=.-/ æ€'), max_size=300))
def test_any_text_below_headings_is_accounted_for(text):
    head = "Ref;Surname;DOB;Accepted;Date;Mins;Employer\n"
    planned_or_refused((head + text).encode(), Setup())
