"""Windows of support around a job as stories: when to meet, and whether they met."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.method.clock_cast import LIMITS

from braid.kernel.dates import Period
from braid.method.support_windows import WindowState, sustained, windows

START = date(2026, 9, 7)  # a Monday
DAY = timedelta(1)


def seen(*met, today, job=None, **options):
    found = windows(job or Period(START), LIMITS, met, today, **options)
    return {(one.kind, one.number): one.state.value for one in found}


@pytest.mark.parametrize(
    ("met", "today", "window", "state"),
    [
        pytest.param((), START - 8 * DAY, ("before_start", 1), "ahead", id="too early"),
        pytest.param((), START - 7 * DAY, ("before_start", 1), "open", id="a week off"),
        pytest.param(
            (START - 7 * DAY,), START - DAY, ("before_start", 1), "met", id="a week ago"
        ),
        pytest.param(
            (START - 8 * DAY,), START, ("before_start", 1), "missed", id="earlier still"
        ),
        pytest.param(
            (START,), START, ("before_start", 1), "missed", id="first day is no eve"
        ),
        pytest.param((START,), START, ("after_start", 1), "met", id="on the first day"),
        pytest.param(
            (START + 3 * DAY,),
            START + 9 * DAY,
            ("after_start", 1),
            "met",
            id="third day after",
        ),
        pytest.param(
            (START + 4 * DAY,),
            START + 9 * DAY,
            ("after_start", 1),
            "missed",
            id="fourth day after",
        ),
        pytest.param((), START + 3 * DAY, ("after_start", 1), "open", id="still time"),
        pytest.param(
            (START,), START + 7 * DAY, ("first_month", 2), "open", id="week two begins"
        ),
        pytest.param(
            (START + 6 * DAY,),
            START + 6 * DAY,
            ("first_month", 1),
            "met",
            id="last day of week one",
        ),
        pytest.param(
            (START + 7 * DAY,),
            START + 8 * DAY,
            ("first_month", 1),
            "missed",
            id="a day late for week one",
        ),
        pytest.param((), START, ("first_month", 4), "ahead", id="week four to come"),
        pytest.param(
            (date(2026, 10, 5),),
            date(2026, 10, 5),
            ("stable_work", 1),
            "met",
            id="month two begins on day 29",
        ),
        pytest.param(
            (date(2026, 10, 4),),
            date(2026, 10, 5),
            ("stable_work", 1),
            "open",
            id="week four is not month two",
        ),
        pytest.param(
            (),
            date(2026, 11, 5),
            ("stable_work", 1),
            "missed",
            id="a month without",
        ),
    ],
)
def test_a_window_is_met_open_missed_or_ahead(met, today, window, state):
    assert seen(*met, today=today)[window] == state


def test_months_are_shown_as_far_as_they_have_begun():
    found = seen(today=date(2027, 1, 5))
    assert [number for kind, number in found if kind == "stable_work"] == [1, 2, 3, 4]


def test_a_job_that_ended_asks_for_nothing_after_its_last_day():
    job = Period(START, START + 8 * DAY)
    found = windows(job, LIMITS, [], START + 60 * DAY)
    assert [(one.kind, one.number) for one in found] == [
        ("before_start", 1),
        ("after_start", 1),
        ("first_month", 1),
        ("first_month", 2),
    ]
    assert found[-1].last_day == START + 8 * DAY


def test_what_was_over_before_the_service_began_is_not_asked_for():
    found = seen(today=START + 20 * DAY, since=START + 7 * DAY)
    assert set(found) == {("first_month", n) for n in (2, 3, 4)}


def test_a_meeting_that_is_only_planned_meets_nothing():
    assert seen(START + DAY, today=START)[("after_start", 1)] == "open"


def test_without_limits_there_are_no_windows():
    assert windows(Period(START), {}, [START], START) == ()


@given(
    days=st.lists(st.integers(-30, 400), max_size=40),
    today=st.integers(-20, 400),
    length=st.none() | st.integers(0, 300),
)
def test_a_window_is_met_exactly_when_a_day_of_it_was(days, today, length):
    """Law: met iff some day up to today lies inside; else the calendar decides."""
    job = Period(START, None if length is None else START + length * DAY)
    now = START + today * DAY
    met = [START + one * DAY for one in days]
    for one in windows(job, LIMITS, met, now):
        inside = [day for day in met if one.first_day <= day <= one.last_day]
        past = [day for day in inside if day <= now]
        assert (one.state == WindowState.MET) == bool(past)
        assert one.met_on == (min(past) if past else None)
        if not past:
            assert (one.state == WindowState.MISSED) == (now > one.last_day)
            assert (one.state == WindowState.AHEAD) == (now < one.first_day)
        if job.last_day is not None:
            assert one.first_day <= job.last_day


@given(today=st.integers(28, 900))
def test_weeks_and_months_follow_each_other_without_a_gap(today):
    found = windows(Period(START), LIMITS, [], START + today * DAY)
    course = [one for one in found if one.kind in ("first_month", "stable_work")]
    for one, following in itertools.pairwise(course):
        assert following.first_day == one.last_day + DAY
    assert course[-1].first_day <= START + today * DAY <= course[-1].last_day


def test_proof_of_lasting_work_is_asked_for_a_week_before():
    thirteen, twenty_six = sustained(Period(START))
    assert (thirteen.weeks, thirteen.day, thirteen.ask_on) == (
        13,
        date(2026, 12, 7),
        date(2026, 11, 30),
    )
    assert twenty_six.day == date(2027, 3, 8)


@pytest.mark.parametrize(
    ("days", "weeks"),
    [
        pytest.param(90, [], id="ended a day too soon"),
        pytest.param(91, [13], id="thirteen whole weeks"),
        pytest.param(182, [13, 26], id="twenty-six whole weeks"),
    ],
)
def test_a_job_that_ended_is_asked_about_as_far_as_it_lasted(days, weeks):
    job = Period(START, START + (days - 1) * DAY)
    assert [one.weeks for one in sustained(job)] == weeks
