"""Clocks tell their state; moments know on which strand they lie."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.kernel.moments import Clock, Moment, Strand

EPISODE = UUID(int=1)
CLOCK = Clock(
    kind="rapid_search",
    episode_id=EPISODE,
    started_on=date(2026, 1, 1),
    due_on=date(2026, 1, 31),
    warn_on=date(2026, 1, 16),
    stops="in_person_employer_contact",
)


@pytest.mark.parametrize(
    ("today", "state", "days_left"),
    [
        pytest.param("2026-01-15", "ok", 16, id="time enough"),
        pytest.param("2026-01-16", "soon", 15, id="the warning day"),
        pytest.param("2026-01-30", "soon", 1, id="the day before"),
        pytest.param("2026-01-31", "due", 0, id="the last day in time"),
        pytest.param("2026-02-01", "overdue", -1, id="the day after"),
    ],
)
def test_clock_state(today, state, days_left):
    day = date.fromisoformat(today)
    assert CLOCK.state(day) == state
    assert CLOCK.days_left(day) == days_left


def test_clock_without_a_warning_day_is_ok_until_it_is_due():
    clock = replace(CLOCK, warn_on=None)
    assert clock.state(date(2026, 1, 30)) == "ok"
    assert clock.state(date(2026, 1, 31)) == "due"


@given(st.integers(-60, 60))
def test_clock_state_never_gets_better_as_days_go_by(offset):
    order = ["ok", "soon", "due", "overdue"]
    day = CLOCK.due_on + timedelta(offset)
    today, tomorrow = CLOCK.state(day), CLOCK.state(day + timedelta(1))
    assert order.index(tomorrow) >= order.index(today)


def test_moment_is_a_value_whatever_its_wording_holds():
    moment = Moment(
        day=date(2026, 1, 5),
        kind="team_meeting",
        strand=Strand.HEALTH,
        record_kind="meeting",
        record_id=UUID(int=2),
        values={"minutes": 30},
        meets=frozenset({Strand.HEALTH, Strand.EMPLOYMENT}),
    )
    assert moment == replace(moment, values={"minutes": 45})
    assert len({moment, replace(moment, values={})}) == 1
    assert moment.strand == "health"
