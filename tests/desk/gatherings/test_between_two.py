"""Supervision and field mentoring: between two, and nobody else's."""

import re

import pytest

from braid.desk.gatherings import frozen
from braid.teamwork import models
from tests.cast import TODAY
from tests.desk.gatherings.saying import DAY, WEEK, at, every, specialist
from tests.factories.teamwork import (
    MeetingFactory,
    ObservationFactory,
    TaskFactory,
)
from tests.factories.work import ContactFactory

pytestmark = pytest.mark.django_db


def test_ada_and_ben_read_her_supervision_and_nobody_else(as_, world, supervision):
    specialist(world, "Aki Berg")
    for member in ("ada", "ben"):
        assert as_(member).get(at("gathering", supervision.pk)).status_code == 200
    for member in ("aki", "cora", "dev", "una", "ola"):
        assert as_(member).get(at("gathering", supervision.pk)).status_code in (
            403,
            404,
        )


def test_what_was_said_in_supervision_stays_between_the_two(as_, world, supervision):
    """Neither by its goal nor by its line does another specialist come to it."""
    specialist(world, "Aki Berg")
    ben = as_("ben")
    ben.post(
        at("gathering_person_new", supervision.pk),
        {"person": str(world.pat_episode.pk), "asked": "Go along to the interview"},
    )
    ben.post(
        at("gathering_decision_new", supervision.pk),
        {"text": "Three first visits a week", "staff": str(world.ada.user.pk)},
    )
    goal = every(models.Task).get()
    assert goal.staff == world.ada.user
    aki = as_("aki")
    for address in (
        at("gathering_person", supervision.pk, world.pat_episode.pk),
        at("gathering_decision", supervision.pk, goal.pk),
        at("gathering_edit", supervision.pk),
        at("task", goal.pk),
    ):
        assert aki.get(address).status_code == 404, address
    assert (
        aki.post(at("gathering_decision_done", supervision.pk, goal.pk)).status_code
        == 404
    )
    assert aki.post(at("task_done", goal.pk)).status_code == 404
    assert "Three first visits" in as_("ada").get(at("todo")).content.decode()


def test_the_figures_of_that_day_are_kept_as_they_stood(as_, world, supervision):
    ben = as_("ben")
    ben.post(at("gathering_figures", supervision.pk))
    kept = every(models.Meeting).get(pk=supervision.pk).figures
    assert kept["as_of"] == "2026-10-05"
    caseload = kept["lines"][0]
    assert (caseload["label"], caseload["value"]) == ("Caseload", "2")
    assert "left out" in caseload["definition"]
    assert [line["source"] for line in kept["lines"][2:5]] == [
        "on 5 Oct 2026",
        "Monday until 5 Oct 2026",
        "the 91 days until 5 Oct 2026",
    ]
    assert [line["label"] for line in kept["lines"]] == [
        str(one.label) for one in frozen.OF_A_SPECIALIST
    ]
    world.pat_episode.state = "paused"
    world.pat_episode.save()
    page = as_("ada").get(at("gathering", supervision.pk)).content.decode()
    assert '<span class="stat-value">2</span>' in page
    assert "Kept as they stood" in page


def test_goals_of_last_time_that_are_not_done_come_again(as_, world, supervision):
    before = MeetingFactory(
        unit=world.north,
        kind="supervision",
        specialist=world.ada.user,
        led_by=world.ben.user,
        day=TODAY - WEEK,
        closed_on=TODAY - WEEK,
    )
    task = TaskFactory(
        unit=world.north,
        episode=None,
        meeting=before,
        staff=world.ada.user,
        text="Ring the bakery",
    )
    ada = as_("ada")
    page = ada.get(at("gathering", supervision.pk)).content.decode()
    assert "From before, not done yet" in page
    assert "Ring the bakery" in page
    ada.post(at("gathering_decision_done", supervision.pk, task.pk))
    task.refresh_from_db()
    assert task.done_on == TODAY


def test_supervision_and_mentoring_have_an_agenda_from_the_record(
    as_, world, supervision, mentoring
):
    """Whom Ada has not met, what of hers is due, and the skill agreed last time."""
    ContactFactory(episode=world.quinn_episode, staff=world.ada.user, day=TODAY - DAY)
    ContactFactory(
        episode=world.pat_episode, staff=world.ada.user, day=TODAY - 40 * DAY
    )
    for due_on, text in ((TODAY, "Ring the bakery"), (TODAY + DAY, "Ring the mill")):
        TaskFactory(
            unit=world.north,
            episode=None,
            staff=world.ada.user,
            due_on=due_on,
            text=text,
        )
    before = MeetingFactory(
        unit=world.north,
        kind="field_mentoring",
        specialist=world.ada.user,
        day=TODAY - 30 * DAY,
    )
    ObservationFactory(meeting=before, next_skill="Ask for a second visit")
    for meeting in (supervision, mentoring):
        agenda = _agenda(as_("ben"), meeting)
        for words in ("Pat Lund", "Ring the bakery", "Ask for a second visit"):
            assert words in agenda
        assert "Ring the mill" not in agenda
        assert "Quinn" not in agenda
    supervision.closed_on = TODAY
    supervision.save()
    assert _agenda(as_("ben"), supervision) == ""


def test_an_agenda_on_which_nothing_stands_says_so(as_, world, mentoring):
    for episode in (world.pat_episode, world.quinn_episode):
        ContactFactory(episode=episode, staff=world.ada.user, day=TODAY - DAY)
    assert "Nobody waits for a contact" in _agenda(as_("ada"), mentoring)


def _agenda(client, meeting):
    page = client.get(at("gathering", meeting.pk)).content.decode()
    return "".join(re.findall(r'id="agenda">(.*?)</section>', page, re.S))


def test_closing_supervision_says_that_both_were_there(as_, world, supervision):
    as_("ben").post(at("gathering_close", supervision.pk))
    there = every(models.Attendance).filter(present=True)
    assert {row.staff_id for row in there} == {world.ada.user.pk, world.ben.user.pk}
    page = as_("ada").get(at("gathering", supervision.pk)).content.decode()
    assert "Fidelity item 8b: 1 of the last 4 weeks." in page


def test_a_goal_that_somebody_changed_meanwhile(as_, world, supervision):
    task = TaskFactory(
        unit=world.north, episode=None, meeting=supervision, staff=world.ada.user
    )
    address = at("gathering_decision", supervision.pk, task.pk)
    sent = {"text": "Ada's words", "staff": str(world.ada.user.pk), "row_version": "1"}
    assert as_("ada").post(address, sent).status_code == 302
    answer = as_("ben").post(address, {**sent, "text": "Ben's words"})
    assert answer.status_code == 422
    assert "Ada Specialist" in answer.content.decode()
    task.refresh_from_db()
    assert task.text == "Ada's words"


def test_what_was_seen_in_the_field_and_the_next_skill(as_, world, mentoring):
    address = at("gathering_observation", mentoring.pk)
    sent = {
        "skill": "The first visit",
        "employer_kind": "a bakery",
        "seen": "Asked for twenty minutes and got them.",
        "feedback": "Less talk, more questions.",
        "next_skill": "Asking for the next step",
        "next_on": "2026-11-02",
    }
    assert as_("ben").post(address, sent).status_code == 302
    page = as_("ada").get(at("gathering", mentoring.pk)).content.decode()
    assert "Less talk, more questions." in page
    bad = as_("ben").post(address, {**sent, "next_on": "2026-10-05", "row_version": 1})
    assert bad.status_code == 422
    as_("ada").post(address, {**sent, "seen": "More", "row_version": "1"})
    stale = as_("ben").post(address, {**sent, "seen": "Less", "row_version": "1"})
    assert stale.status_code == 422
    assert every(models.Observation).get().seen == "More"


def test_the_day_that_was_agreed_for_mentoring_goes_before_the_clock(as_, world):
    held = MeetingFactory(
        unit=world.north,
        kind="field_mentoring",
        specialist=world.ada.user,
        day=TODAY - 30 * DAY,
        closed_on=TODAY,
    )
    ObservationFactory(meeting=held, next_on=TODAY - DAY, skill="The first visit")
    page = as_("ada").get(at("gatherings")).content.decode()
    assert "1 day late" in page


def test_skills_practised_before_are_listed(as_, world, mentoring):
    held = MeetingFactory(
        unit=world.north,
        kind="field_mentoring",
        specialist=world.ada.user,
        day=TODAY - 30 * DAY,
    )
    ObservationFactory(meeting=held, skill="Thanking an employer")
    page = as_("ada").get(at("gathering", mentoring.pk)).content.decode()
    assert "Thanking an employer" in page


def test_there_is_nothing_to_observe_in_a_meeting_of_the_unit(as_, unit_meeting):
    address = at("gathering_observation", unit_meeting.pk)
    assert as_("ben").get(address).status_code == 404
