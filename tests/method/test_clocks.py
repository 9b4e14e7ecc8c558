"""Clocks as stories: a person is referred, enters, searches, is in touch or not."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.method.clock_cast import (
    EPISODE,
    LIMITS,
    PAT,
    SETTLED,
    START,
    bakery,
    clock_of,
    kinds_of,
)

from braid.kernel.dates import days_between
from braid.method.clocks import (
    KINDS,
    ContactFacts,
    EpisodeFacts,
    JobSpell,
    in_person_days,
    last_attended_on,
    running,
)

# C1 first contact


def test_a_referral_waits_for_the_first_meaningful_contact():
    referred = replace(PAT, entered_on=None, state="referred", last_attended_on=None)
    (clock,) = running(referred, [], LIMITS, date(2026, 1, 6))
    assert clock.kind == "first_contact"
    assert clock.stops == "first_meaningful_contact"
    assert (clock.started_on, clock.due_on) == (date(2026, 1, 5), date(2026, 2, 4))
    assert clock.warn_on == date(2026, 1, 12)
    assert clock.source == "source of first_contact"
    assert clock.limit_days == 30


@pytest.mark.parametrize(
    ("changes", "today"),
    [
        pytest.param({"referred_on": None}, "2026-01-06", id="referral day not known"),
        pytest.param({}, "2026-01-04", id="referred tomorrow"),
        pytest.param({"state": "not_started"}, "2026-01-06", id="was not started"),
        pytest.param(
            {"exited_on": date(2026, 1, 6)}, "2026-01-06", id="off the caseload"
        ),
    ],
)
def test_no_first_contact_is_waited_for(changes, today):
    facts = {"entered_on": None, "state": "referred"} | changes
    referred = replace(PAT, **facts)
    assert running(referred, [], LIMITS, date.fromisoformat(today)) == ()


def test_an_entry_planned_for_tomorrow_is_still_waited_for():
    assert kinds_of(PAT, [], date(2026, 1, 11)) == {"first_contact"}


def test_the_first_contact_clock_stops_at_entry():
    assert "first_contact" not in kinds_of(PAT, [], date(2026, 1, 12))


# C5 rapid search


def test_rapid_search_runs_thirty_days_from_entry():
    clock = clock_of("rapid_search", PAT, [], date(2026, 1, 13))
    assert (clock.started_on, clock.due_on) == (date(2026, 1, 12), date(2026, 2, 11))
    assert clock.stops == "in_person_employer_contact"
    assert clock.state(date(2026, 1, 26)) == "ok"
    assert clock.state(date(2026, 1, 27)) == "soon"
    assert clock.state(date(2026, 2, 12)) == "overdue"


@pytest.mark.parametrize(
    ("episode", "jobs", "runs"),
    [
        pytest.param(PAT, [], True, id="nobody met an employer"),
        pytest.param(SETTLED, [], False, id="an employer was met"),
        pytest.param(
            replace(PAT, first_employer_contact_on=date(2026, 1, 8)),
            [],
            False,
            id="an employer was met before entry",
        ),
        pytest.param(
            replace(PAT, first_employer_contact_on=date(2026, 2, 2)),
            [],
            True,
            id="a meeting is planned",
        ),
        pytest.param(
            PAT, [bakery(date(2026, 1, 20))], False, id="found a job without help"
        ),
        pytest.param(
            PAT,
            [bakery(date(2025, 6, 1))],
            True,
            id="searches beside a job held at entry",
        ),
        pytest.param(
            replace(PAT, seeks_job=False),
            [bakery(date(2025, 6, 1))],
            False,
            id="came to keep the job",
        ),
        pytest.param(
            replace(PAT, state="waiting"), [], True, id="waits for a specialist"
        ),
        pytest.param(replace(PAT, state="paused"), [], False, id="paused"),
    ],
)
def test_rapid_search(episode, jobs, runs):
    assert ("rapid_search" in kinds_of(episode, jobs, date(2026, 2, 1))) is runs


# C13 inactivity


def test_inactivity_counts_from_the_last_attended_contact():
    episode = replace(SETTLED, last_attended_on=date(2026, 2, 3))
    clock = clock_of("inactivity", episode, [], date(2026, 2, 10))
    assert (clock.started_on, clock.due_on) == (date(2026, 2, 3), date(2026, 3, 3))
    assert clock.stops == "attended_contact"


@pytest.mark.parametrize(
    "last",
    [None, date(2025, 12, 1)],
    ids=["no contact recorded", "contact before entry"],
)
def test_inactivity_counts_from_entry_at_the_earliest(last):
    clock = clock_of(
        "inactivity", replace(PAT, last_attended_on=last), [], date(2026, 2, 1)
    )
    assert clock.started_on == date(2026, 1, 12)


@pytest.mark.parametrize("state", ["waiting", "paused", "stepped_down", "referred"])
def test_inactivity_is_for_active_episodes_only(state):
    assert "inactivity" not in kinds_of(replace(PAT, state=state), [], date(2026, 6, 1))


CONTACTS = [
    ContactFacts(date(2026, 2, 1), "phone", True),
    ContactFacts(date(2026, 2, 3), "in_person", True),
    ContactFacts(date(2026, 2, 3), "in_person", True),
]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param(("video", True), "2026-02-09", id="video call"),
        pytest.param(("phone", True), "2026-02-09", id="phone call"),
        pytest.param((None, True), "2026-02-09", id="attended, mode not known"),
        pytest.param(("message", True), "2026-02-03", id="a message is no contact"),
        pytest.param(("in_person", False), "2026-02-03", id="did not come"),
        pytest.param(("phone", None), "2026-02-03", id="not recorded whether answered"),
    ],
)
def test_last_attended_on(later, expected):
    contacts = [*CONTACTS, ContactFacts(date(2026, 2, 9), *later)]
    assert last_attended_on(contacts) == date.fromisoformat(expected)


def test_last_attended_on_of_nobody_met():
    assert last_attended_on([]) is None


def test_in_person_days_are_days_and_not_contacts():
    missed = ContactFacts(date(2026, 2, 5), "in_person", False)
    assert in_person_days([*CONTACTS, missed]) == (date(2026, 2, 3),)


# All of them


def test_the_nearest_due_day_comes_first():
    found = running(PAT, [bakery(START)], LIMITS, date(2026, 2, 25))
    dues = [clock.due_on for clock in found]
    assert len(dues) >= 2
    assert dues == sorted(dues)


@pytest.mark.parametrize("day", ["2026-06-01", "2026-06-30"])
def test_nothing_runs_from_the_first_day_off_the_caseload(day):
    exited = replace(SETTLED, exited_on=date(2026, 6, 1))
    assert running(exited, [bakery(START)], LIMITS, date.fromisoformat(day)) == ()
    assert running(exited, [bakery(START)], LIMITS, date(2026, 5, 31))


def test_without_limits_nothing_runs():
    jobs = [bakery(START), JobSpell(UUID(int=9), "Garage", date(2026, 3, 20))]
    for day in (date(2026, 1, 6), date(2026, 3, 16), date(2026, 4, 20)):
        assert running(PAT, jobs, {}, day) == ()


DAYS = st.dates(date(2025, 6, 1), date(2027, 12, 31))
OPTIONAL = st.none() | DAYS


@st.composite
def episodes(draw):
    days = draw(st.lists(DAYS, max_size=5))
    return EpisodeFacts(
        episode_id=EPISODE,
        referred_on=draw(OPTIONAL),
        entered_on=draw(OPTIONAL),
        exited_on=draw(OPTIONAL),
        state=draw(st.sampled_from(["referred", "waiting", "active", "stepped_down"])),
        last_attended_on=max(days, default=None),
        in_person_days=tuple(sorted(days)),
        first_employer_contact_on=draw(OPTIONAL),
        step_down_offered_on=draw(OPTIONAL),
        seeks_job=draw(st.booleans()),
    )


@st.composite
def jobs(draw):
    first = draw(DAYS)
    last = draw(st.none() | st.integers(0, 500))
    return JobSpell(
        job_id=draw(st.uuids()),
        employer=draw(st.sampled_from(["North bakery", "Garage"])),
        first_day=first,
        last_day=None if last is None else first + timedelta(last),
        end_known_on=draw(OPTIONAL),
    )


@given(episodes(), st.lists(jobs(), max_size=3), DAYS)
def test_a_running_clock_has_begun_and_ends_after_it_began(episode, held, today):
    for clock in running(episode, held, LIMITS, today):
        assert clock.kind in KINDS
        assert clock.started_on <= clock.due_on
        assert clock.started_on <= max(today, episode.last_attended_on or today)
        assert (
            clock.warn_on is None or clock.started_on <= clock.warn_on <= clock.due_on
        )
        assert clock.limit_days == days_between(clock.started_on, clock.due_on)


@given(episodes(), st.lists(jobs(), max_size=3), DAYS)
def test_meeting_the_person_today_leaves_no_meeting_overdue(episode, held, today):
    met = replace(
        episode,
        last_attended_on=today,
        in_person_days=(*(d for d in episode.in_person_days if d < today), today),
    )
    for clock in running(met, held, LIMITS, today):
        if clock.stops in ("in_person_contact", "attended_contact"):
            assert clock.due_on >= today


@given(
    episodes(),
    st.lists(jobs(), max_size=3, unique_by=lambda job: job.first_day),
    DAYS,
)
def test_the_order_of_jobs_does_not_matter(episode, held, today):
    def told(given_jobs):
        found = running(episode, given_jobs, LIMITS, today)
        return sorted((c.kind, c.due_on, c.about) for c in found)

    assert told(held) == told(held[::-1])
