"""Clocks of people in work: before the start, the first month, stable work, its end."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from tests.method.clock_cast import (
    BAKERY,
    LIMITS,
    SETTLED,
    START,
    bakery,
    clock_of,
    kinds_of,
    met_on,
)

from braid.method.clocks import JobSpell, running

# C8 before the start


@pytest.mark.parametrize(
    ("today", "met", "runs"),
    [
        pytest.param("2026-02-22", None, False, id="eight days before"),
        pytest.param("2026-02-23", None, True, id="seven days before"),
        pytest.param("2026-03-01", None, True, id="the eve"),
        pytest.param("2026-03-02", None, False, id="the first day"),
        pytest.param("2026-02-26", "2026-02-23", False, id="met in the week before"),
        pytest.param("2026-02-26", "2026-02-22", True, id="met before that week"),
    ],
)
def test_a_face_to_face_contact_within_the_week_before_a_start(today, met, runs):
    episode = met_on(SETTLED, date.fromisoformat(met)) if met else SETTLED
    clock = clock_of(
        "before_start", episode, [bakery(START)], date.fromisoformat(today)
    )
    assert (clock is not None) is runs


def test_the_contact_before_a_start_is_due_on_its_eve_and_names_the_employer():
    clock = clock_of("before_start", SETTLED, [bakery(START)], date(2026, 2, 23))
    assert (clock.started_on, clock.due_on) == (date(2026, 2, 23), date(2026, 3, 1))
    assert (clock.about, clock.job_id) == ("North bakery", BAKERY)
    assert clock.limit_days == 6


def test_a_country_without_that_clock_does_not_ask():
    limits = {k: v for k, v in LIMITS.items() if k != "before_start"}
    found = kinds_of(SETTLED, [bakery(START)], date(2026, 2, 25), limits)
    assert "before_start" not in found


# C9 and C10: after the start, and each week of the first month


def test_after_a_start_only_the_first_meeting_is_asked_for():
    found = kinds_of(SETTLED, [bakery(START)], START)
    assert "after_start" in found
    assert "first_month" not in found


def test_the_first_meeting_after_a_start_is_due_within_three_days():
    clock = clock_of("after_start", SETTLED, [bakery(START)], START)
    assert clock.due_on == date(2026, 3, 5)
    assert clock.warn_on == date(2026, 3, 4)


def test_a_missed_first_meeting_stays_overdue_through_the_first_month():
    clock = clock_of("after_start", SETTLED, [bakery(START)], date(2026, 3, 20))
    assert clock.state(date(2026, 3, 20)) == "overdue"
    assert "first_month" not in kinds_of(SETTLED, [bakery(START)], date(2026, 3, 20))


@pytest.mark.parametrize(
    ("today", "met", "due_on"),
    [
        pytest.param("2026-03-04", ["2026-03-03"], None, id="week 1, met"),
        pytest.param(
            "2026-03-09", ["2026-03-03"], "2026-03-15", id="week 2 begins on a Monday"
        ),
        pytest.param(
            "2026-03-10", ["2026-03-03", "2026-03-09"], None, id="week 2, met"
        ),
        pytest.param(
            "2026-03-29",
            ["2026-03-03", "2026-03-09"],
            "2026-03-29",
            id="last day of week 4",
        ),
        pytest.param("2026-03-30", ["2026-03-03"], None, id="the first month is over"),
    ],
)
def test_each_week_of_the_first_month_has_its_meeting(today, met, due_on):
    episode = met_on(SETTLED, *map(date.fromisoformat, met))
    clock = clock_of("first_month", episode, [bakery(START)], date.fromisoformat(today))
    assert (clock.due_on.isoformat() if clock else None) == due_on


def test_a_meeting_planned_for_next_week_does_not_stop_this_week():
    episode = met_on(SETTLED, date(2026, 3, 3), date(2026, 3, 17))
    assert "first_month" in kinds_of(episode, [bakery(START)], date(2026, 3, 10))


def test_a_job_held_at_entry_has_no_first_month():
    """Employed since the day before entry: monthly support, not weekly."""
    found = kinds_of(SETTLED, [bakery(date(2026, 1, 11))], date(2026, 1, 13))
    assert not found & {"after_start", "first_month"}
    assert "stable_work" in found


# C11 stable work


@pytest.mark.parametrize(
    ("today", "met", "started", "due"),
    [
        pytest.param(
            "2026-03-30", "2026-03-10", "2026-03-30", "2026-04-30", id="month 2 begins"
        ),
        pytest.param(
            "2026-04-20", "2026-04-15", "2026-04-15", "2026-05-15", id="met in month 2"
        ),
        pytest.param(
            "2026-09-20",
            "2026-04-15",
            "2026-04-15",
            "2026-05-15",
            id="not met all summer",
        ),
    ],
)
def test_a_meeting_every_month_from_month_two(today, met, started, due):
    episode = met_on(SETTLED, date.fromisoformat(met))
    clock = clock_of("stable_work", episode, [bakery(START)], date.fromisoformat(today))
    assert clock.started_on == date.fromisoformat(started)
    assert clock.due_on == date.fromisoformat(due)
    assert clock.about == "North bakery"


def test_a_second_job_in_its_first_month_asks_for_more_than_the_first():
    garage = JobSpell(UUID(int=8), "Garage", date(2026, 6, 1))
    found = kinds_of(SETTLED, [bakery(START), garage], date(2026, 6, 2))
    assert "after_start" in found
    assert "stable_work" not in found


def test_of_two_settled_jobs_the_longer_held_one_asks_once():
    garage = JobSpell(UUID(int=8), "Garage", date(2026, 4, 1))
    found = running(SETTLED, [garage, bakery(START)], LIMITS, date(2026, 7, 1))
    assert [c.about for c in found if c.kind == "stable_work"] == ["North bakery"]


def test_nobody_asks_about_a_job_that_is_over():
    job = bakery(START, last_day=date(2026, 3, 4))
    assert "after_start" in kinds_of(SETTLED, [job], date(2026, 3, 4))
    assert "after_start" not in kinds_of(SETTLED, [job], date(2026, 3, 5))


# C12 job loss


@pytest.mark.parametrize(
    ("contact", "today", "runs"),
    [
        pytest.param("2026-05-10", "2026-05-12", True, id="no contact since"),
        pytest.param("2026-05-11", "2026-05-12", False, id="told in a conversation"),
        pytest.param("2026-05-13", "2026-05-13", False, id="called two days later"),
        pytest.param("2026-05-10", "2026-05-10", False, id="not known yet"),
        pytest.param("2026-05-10", "2026-08-01", True, id="still open in summer"),
    ],
)
def test_after_a_job_loss_became_known_there_is_a_contact(contact, today, runs):
    episode = replace(SETTLED, last_attended_on=date.fromisoformat(contact))
    job = bakery(START, date(2026, 5, 8), end_known_on=date(2026, 5, 11))
    clock = clock_of("job_loss", episode, [job], date.fromisoformat(today))
    assert (clock is not None) is runs
    assert clock is None or clock.due_on == date(2026, 5, 14)


def test_a_job_loss_counts_before_any_contact_was_ever_attended():
    episode = replace(SETTLED, last_attended_on=None)
    job = bakery(START, date(2026, 5, 8), end_known_on=date(2026, 5, 11))
    assert "job_loss" in kinds_of(episode, [job], date(2026, 5, 12))


@pytest.mark.parametrize(
    "known_on",
    [
        pytest.param(None, id="nobody wrote down when it became known"),
        pytest.param(date(2026, 1, 2), id="known before entry"),
    ],
)
def test_no_job_loss_clock(known_on):
    job = bakery(date(2025, 6, 1), date(2026, 1, 31), end_known_on=known_on)
    episode = replace(SETTLED, last_attended_on=None)
    assert "job_loss" not in kinds_of(episode, [job], date(2026, 2, 10))


@pytest.mark.parametrize("state", ["paused", "stepped_down"])
def test_a_job_loss_is_the_one_clock_of_a_resting_episode(state):
    episode = replace(SETTLED, state=state)
    job = bakery(START, date(2026, 5, 8), end_known_on=date(2026, 5, 11))
    assert kinds_of(episode, [job], date(2026, 9, 12)) == {"job_loss"}


# C22 step-down review


@pytest.mark.parametrize(
    ("jobs", "offered_on", "due"),
    [
        pytest.param([bakery(START)], None, "2027-03-02", id="one job"),
        pytest.param(
            [
                bakery(START, date(2026, 8, 31)),
                JobSpell(UUID(int=8), "Garage", date(2026, 9, 1)),
            ],
            None,
            "2027-03-02",
            id="changed jobs without a day between",
        ),
        pytest.param(
            [
                bakery(START, date(2026, 8, 31)),
                JobSpell(UUID(int=8), "Garage", date(2026, 9, 2)),
            ],
            None,
            "2027-09-02",
            id="a day out of work begins the year again",
        ),
        pytest.param(
            [bakery(date(2020, 1, 1))],
            None,
            "2027-01-12",
            id="held at entry, counts from entry",
        ),
        pytest.param([bakery(START)], date(2026, 10, 1), None, id="was offered"),
        pytest.param(
            [bakery(START)],
            date(2026, 2, 1),
            "2027-03-02",
            id="was offered in an earlier job",
        ),
    ],
)
def test_after_a_year_in_work_step_down_is_offered(jobs, offered_on, due):
    episode = replace(SETTLED, step_down_offered_on=offered_on)
    clock = clock_of("step_down_review", episode, jobs, date(2026, 11, 1))
    assert (clock.due_on.isoformat() if clock else None) == due
