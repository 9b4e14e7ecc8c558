"""The clocks of profile, plan, disclosure, counselling and promised days."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.method.clock_cast import LIMITS, PAT, bakery, clock_of, kinds_of

from braid.method.clocks import Talks

ENTERED = date(2026, 1, 12)
UNTALKED = replace(PAT, talks=Talks())
TALKED = {"profile", "disclosure_talk", "search_plan"}
DAYS = st.dates(date(2026, 1, 1), date(2027, 12, 31))


def talking(**talks):
    return replace(PAT, talks=replace(PAT.talks, **talks))


def test_after_entry_profile_plan_and_disclosure_are_to_be_talked_about():
    assert kinds_of(UNTALKED, [], ENTERED) >= TALKED
    assert not TALKED & kinds_of(PAT, [], ENTERED)


@pytest.mark.parametrize("kind", sorted(TALKED))
@pytest.mark.parametrize(
    ("day", "state"),
    [
        pytest.param(date(2026, 1, 20), "ok", id="a week in"),
        pytest.param(date(2026, 2, 5), "soon", id="warned"),
        pytest.param(date(2026, 2, 11), "due", id="on the thirtieth day"),
        pytest.param(date(2026, 2, 12), "overdue", id="the day after"),
    ],
)
def test_each_has_thirty_days_from_entry(kind, day, state):
    assert clock_of(kind, UNTALKED, [], day).state(day) == state


@pytest.mark.parametrize(
    ("episode", "jobs", "kinds"),
    [
        pytest.param(UNTALKED, [bakery(date(2026, 1, 19))], {"profile"}, id="in work"),
        pytest.param(
            UNTALKED,
            [bakery(date(2026, 1, 19), date(2026, 1, 25))],
            TALKED,
            id="out of work again",
        ),
        pytest.param(
            replace(UNTALKED, seeks_job=False), [], {"profile"}, id="keeps a job"
        ),
        pytest.param(replace(UNTALKED, state="paused"), [], set(), id="paused"),
        pytest.param(replace(UNTALKED, entered_on=None), [], set(), id="not entered"),
    ],
)
def test_whom_they_are_asked_for(episode, jobs, kinds):
    assert kinds_of(episode, jobs, date(2026, 2, 1)) & TALKED == kinds


def test_an_agreed_plan_is_looked_at_again_every_quarter():
    agreed = talking(plan_seen_on=date(2026, 2, 2))
    clock = clock_of("plan_review", agreed, [], date(2026, 4, 20))
    assert (clock.due_on, clock.state(date(2026, 4, 20))) == (date(2026, 5, 3), "soon")
    again = talking(plan_seen_on=date(2026, 4, 20))
    due_on = clock_of("plan_review", again, [], date(2026, 4, 20)).due_on
    assert due_on == date(2026, 7, 19)


@pytest.mark.parametrize(
    ("seen_on", "due_on"),
    [
        pytest.param(
            date(2026, 1, 20), date(2026, 7, 1), id="looked at before the job"
        ),
        pytest.param(
            date(2026, 5, 20), date(2026, 8, 18), id="looked at shortly before"
        ),
        pytest.param(date(2026, 6, 2), date(2026, 8, 31), id="looked at since"),
    ],
)
def test_after_a_job_there_is_a_month_to_look_at_the_plan_again(seen_on, due_on):
    """Nobody was asked while in work, so nothing is late on the day after."""
    job = bakery(date(2026, 2, 2), date(2026, 6, 1))
    episode = talking(plan_seen_on=seen_on)
    assert clock_of("plan_review", episode, [job], date(2026, 6, 2)).due_on == due_on


@pytest.mark.parametrize("state", ["active", "paused", "stepped_down", "waiting"])
def test_counselling_waits_until_its_day_whatever_the_state(state):
    waiting = replace(talking(counselling_due_on=date(2026, 3, 10)), state=state)
    assert clock_of("counselling", waiting, [], date(2026, 2, 20)) is None
    clock = clock_of("counselling", waiting, [], date(2026, 3, 11))
    assert (clock.started_on, clock.due_on) == (date(2026, 2, 24), date(2026, 3, 10))
    assert clock.state(date(2026, 3, 11)) == "overdue"


def test_a_not_yet_is_asked_again_on_the_day_that_was_said():
    said = replace(talking(ask_again_on=date(2026, 2, 2)), entered_on=None)
    said = replace(said, state="referred")
    assert (
        clock_of("ask_again", said, [], date(2026, 2, 2)).state(date(2026, 2, 2))
        == "due"
    )
    for entered_on in (None, ENTERED):  # taken on is enough, met or not
        taken_on = replace(said, state="active", entered_on=entered_on)
        assert clock_of("ask_again", taken_on, [], date(2026, 2, 3)) is None


def test_a_pause_is_looked_at_again_on_the_day_that_was_said():
    paused = replace(talking(look_again_on=date(2026, 3, 2)), state="paused")
    assert clock_of("look_again", paused, [], date(2026, 2, 28)).due_on == date(
        2026, 3, 2
    )


@given(DAYS, DAYS)
def test_a_promised_day_is_never_moved(today, promised):
    clock = clock_of("counselling", talking(counselling_due_on=promised), [], today)
    if clock is not None:
        assert clock.due_on == promised
        assert clock.started_on == promised - timedelta(LIMITS["counselling"].limit)
        assert clock.started_on <= today


@given(DAYS)
def test_what_is_done_runs_no_more(today):
    assert not TALKED & kinds_of(PAT, [], today)
