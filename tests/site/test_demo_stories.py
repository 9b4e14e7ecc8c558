"""Ada's stories: the same clocks run on whatever weekday the demo is made."""

from datetime import date, timedelta
from functools import lru_cache
from uuid import UUID

import pytest

from braid.kernel.moments import Clock
from braid.method import clocks
from braid.method.clocks import ContactFacts, EpisodeFacts, JobSpell, Talks
from braid.packs import jurisdictions
from braid.site.demo import stories
from braid.site.demo.cast import ADA
from braid.site.demo.values import Life
from tests.site.test_demo_region import drawn

DAY = timedelta(days=1)
MONDAY = date(2026, 10, 5)
WEEK = [MONDAY + days * DAY for days in range(7)]
ODD_DAYS = [date(2027, 1, 1), date(2027, 3, 29), date(2028, 2, 29), date(2028, 12, 25)]
NOBODY = UUID(int=0)

# Who needs Ada, for what, and in how many days at the earliest and at the latest.
NEEDS = {
    "Mads": (clocks.AFTER_START, 0, 3),
    "Signe": (clocks.FIRST_MONTH, 0, 2),
    "Yusuf": (clocks.JOB_LOSS, 0, 3),
    "Pernille": (clocks.INACTIVITY, 1, 3),
    "Emil": (clocks.RAPID_SEARCH, 6, 8),
    "Tove": (clocks.STABLE_WORK, 1, 7),
    "Birgit": (clocks.STEP_DOWN_REVIEW, 1, 9),
    "Omar": (clocks.FIRST_CONTACT, 20, 22),
}
CALM = {"Nadia", "Kasper", "Mai", "Amina", "Rasmus", "Lene", "Mikkel", "Åse", "Jonas"}


@lru_cache(maxsize=1)
def _limits():
    return jurisdictions.get("dk").limits


def _running(life: Life, today: date) -> tuple[Clock, ...]:
    contacts = [ContactFacts(c.day, c.mode, c.attended) for c in life.contacts]
    visits = [visit.day for visit in life.visits if visit.mode == "in_person"]
    facts = EpisodeFacts(
        episode_id=NOBODY,
        referred_on=life.referred_on,
        entered_on=life.entered_on,
        exited_on=life.exited_on,
        state=life.state_on(today),
        last_attended_on=clocks.last_attended_on(contacts),
        in_person_days=clocks.in_person_days(contacts),
        first_employer_contact_on=min(visits, default=None),
        step_down_offered_on=life.step_down_offered_on,
        seeks_job=life.at_referral != "employed_retention",
        # All were talked with in time: `test_demo_fill.py` asks the demo itself.
        talks=Talks(True, life.entered_on, today),
    )
    spells = [
        JobSpell(NOBODY, job.employer, job.first_day, job.last_day, job.end_known_on)
        for job in life.jobs
    ]
    return clocks.running(facts, spells, _limits(), today)


@lru_cache(maxsize=16)
def _on_adas_caseload(today: date) -> dict[str, Life]:
    told = {life.person for life in stories.tell(today)}
    return {
        life.person.given_name: life
        for life in drawn("demo", 1, today)[0].lives
        if life.person in told and life.holder_on(today) == ADA
    }


def _urgent(life: Life, today: date) -> dict[str, int]:
    """Return the clocks that warn or are late, with the days that are left."""
    return {
        clock.kind: (clock.due_on - today).days
        for clock in _running(life, today)
        if clock.due_on < today or (clock.warn_on and clock.warn_on <= today)
    }


days = pytest.mark.parametrize(
    "today", [*WEEK, *ODD_DAYS], ids=lambda day: f"{day:%a %d %b}"
)


@days
def test_every_story_is_on_adas_caseload(today):
    assert _on_adas_caseload(today).keys() == NEEDS.keys() | CALM


@days
@pytest.mark.parametrize("name", NEEDS)
def test_who_needs_ada_is_seen_in_time(name, today):
    kind, earliest, latest = NEEDS[name]
    urgent = _urgent(_on_adas_caseload(today)[name], today)
    assert urgent.keys() == {kind}
    assert earliest <= urgent[kind] <= latest


@days
@pytest.mark.parametrize("name", sorted(CALM - {"Nadia"}))
def test_nothing_is_urgent_for_the_others(name, today):
    assert _urgent(_on_adas_caseload(today)[name], today) == {}


@days
def test_nadia_begins_on_a_tuesday_to_come_and_they_meet_before(today):
    nadia = _on_adas_caseload(today)["Nadia"]
    (job,) = nadia.jobs
    assert job.first_day.weekday() == 1
    assert 1 <= (job.first_day - today).days <= 7
    due = {clock.kind: clock.due_on for clock in _running(nadia, today)}
    assert due[clocks.BEFORE_START] == job.first_day - DAY
    assert _urgent(nadia, today).keys() <= {clocks.BEFORE_START}


@days
def test_a_subsidy_turned_into_an_ordinary_job_without_a_gap(today):
    subsidised, ordinary = _on_adas_caseload(today)["Kasper"].jobs
    assert (subsidised.placement, ordinary.placement) == ("wage_subsidy", "competitive")
    assert subsidised.employer == ordinary.employer
    assert subsidised.last_day + DAY == ordinary.first_day


def test_not_ready_was_said_of_mai_and_she_is_here():
    mai = _on_adas_caseload(MONDAY)["Mai"]
    (refusal,) = mai.refusals
    assert refusal.reason == "not_ready"
    assert refusal.day < mai.accepted_on
    assert MONDAY - refusal.day < timedelta(days=91)


def test_jonas_was_referred_twice():
    episodes = [
        life
        for life in drawn("demo", 1, MONDAY)[0].lives
        if life.person == _on_adas_caseload(MONDAY)["Jonas"].person
    ]
    earlier, again = sorted(episodes, key=lambda life: life.referred_on)
    assert earlier.exit_reason == "own_wish"
    assert again.exited_on is None


def test_health_and_work_ran_side_by_side_for_signe_at_first():
    signe = _on_adas_caseload(MONDAY)["Signe"]
    joint = [contact.day for contact in signe.contacts if contact.with_clinician]
    assert min(joint) - signe.entered_on > timedelta(days=80)
    assert len(joint) >= 4


def test_ada_has_a_full_caseload():
    held = [life.holder_on(MONDAY) for life in drawn("demo", 1, MONDAY)[0].lives]
    assert held.count(ADA) == pytest.approx(20, abs=2)
