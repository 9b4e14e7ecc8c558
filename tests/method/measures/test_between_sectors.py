"""What both sides do together, and what leads away from jobs: whose team, which day."""

import pytest
from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import (
    WEEKS_8,
    contact,
    episode,
    facts,
    job,
    post,
    row,
    treated_by,
)

from braid.method.measures import Asked

NO_WEEK = Asked("a working week", *[WEEKS_8.last_day] * 3)


def casework(who, team, first="2026-01-12", last=None):
    return row("casework", episode_id=who, team_id=team, first_day=first, last_day=last)


def meeting(name, on, team="east", **values):
    return row(
        "meetings",
        **{"meeting_id": name, "team_id": team, "day": on, "kind": "treatment_team"}
        | values,
    )


def was_there(name, who="ada", present=True):
    return row("attendance", meeting_id=name, staff_id=who, present=present)


def question(number, on, answered=None, who="una"):
    return row(
        "questions",
        question_id=f"q{number}",
        episode_id=who,
        asked_by_sector="ips_provider",
        asked_of_sector="mental_health",
        asked_on=on,
        answered_on=answered,
    )


UNA = (episode("una"), treated_by("una", "east"))


# Whose team


def test_a_question_is_of_the_team_that_treated_the_person_on_that_day():
    moved = facts(
        episode("una"),
        treated_by("una", "east", last="2026-05-31"),
        treated_by("una", "west", first="2026-06-01"),
        casework("una", "quay"),
        question(1, "2026-05-31", "2026-06-01"),
        question(2, "2026-06-01", "2026-06-02"),
        question(3, "2026-06-01", "2026-06-02", who=None),
    )
    rows = rows_of("questions", moved, WEEKS_8)
    found = {row["question_id"]: (row["team_id"], row["job_centre_id"]) for row in rows}
    assert found == {"q1": ("east", "quay"), "q2": ("west", "quay"), "q3": (None, None)}


def test_what_the_job_centre_asks_the_unit_is_between_no_two_sides():
    _, asked = question(1, "2026-06-01", "2026-06-02")
    one_side = facts(("questions", asked | {"asked_of_sector": "employment"}))
    assert rows_of("questions", one_side, WEEKS_8) == []


@pytest.mark.parametrize(
    ("exited", "team"),
    [
        pytest.param("2026-06-10", "east", id="the refusal ended the episode"),
        pytest.param(None, "east", id="the episode goes on"),
    ],
)
def test_a_refusal_that_ends_an_episode_is_of_the_team_of_the_day_before(exited, team):
    last = None if exited is None else "2026-06-09"
    refused = facts(
        episode("una", accepted=None, referred_on="2026-06-01", exited=exited),
        treated_by("una", team, first="2026-06-01", last=last),
        row(
            "refusals",
            refusal_id="r",
            episode_id="una",
            day="2026-06-10",
            by_role="clinician",
            stage="referral",
            reason="symptoms",
        ),
    )
    rows = rows_of("refusals_and_referrals", refused, WEEKS_8)
    assert [(row["team_id"], row["breaches"]) for row in rows if row["refusal_id"]] == [
        (team, 1)
    ]


# Meetings


def test_two_teams_of_a_unit_count_their_weeks_each():
    both = facts(
        *UNA,
        episode("ben", accepted="2026-06-15"),
        treated_by("ben", "west", first="2026-06-15"),
        post("ada"),
        meeting("m1", "2026-06-15"),
        was_there("m1"),
        meeting("m2", "2026-06-16", team="west"),
        was_there("m2", present=False),
    )
    assert sums("meeting_weeks", both, WEEKS_8) == {
        "weeks": 7 + 2,
        "with_specialist": 1,
    }


@pytest.mark.parametrize(
    "there",
    [
        pytest.param((post("ada", last="2026-06-14"),), id="no longer in post"),
        pytest.param((post("ada", role="supervisor"),), id="the supervisor"),
        pytest.param((post("ada", team="south"),), id="of another unit"),
    ],
)
def test_only_a_specialist_of_the_unit_makes_a_week_one_with_ips(there):
    held = facts(*UNA, *there, meeting("m1", "2026-06-15"), was_there("m1"))
    assert sums("meeting_weeks", held, WEEKS_8) == {"weeks": 7}


def test_a_period_without_a_whole_week_has_no_weeks():
    held = facts(*UNA, post("ada"), meeting("m1", "2026-06-30"), was_there("m1"))
    assert rows_of("meeting_weeks", held, NO_WEEK) == []


# Talks and offices


@pytest.mark.parametrize(
    ("values", "met"),
    [
        pytest.param({}, 1, id="all three, and it took place"),
        pytest.param({"with_clinician": None}, 0, id="whether the clinician came"),
        pytest.param({"with_applicant": False}, 0, id="without the person"),
        pytest.param({"attended": None}, 0, id="whether it took place"),
        pytest.param({"day": WEEKS_8.as_of.replace(month=5, day=5)}, 0, id="too early"),
    ],
)
def test_a_talk_of_three_is_known_to_have_been_one(values, met):
    said = {"episode_id": "una", "with_applicant": True, "with_clinician": True}
    talked = facts(*UNA, contact(1, "ada", "2026-06-01", **said | values))
    assert sums("joint_contacts", talked, WEEKS_8).get("met_together", 0) == met


def test_somebody_who_came_back_is_one_person_with_the_later_team():
    back = facts(
        episode("una 1", person="una", exited="2026-05-20"),
        treated_by("una 1", "east", last="2026-05-19"),
        episode("una 2", person="una", accepted="2026-06-01"),
        treated_by("una 2", "west", first="2026-06-01"),
    )
    (found,) = rows_of("joint_contacts", back, WEEKS_8)
    assert (found["episode_id"], found["team_id"]) == ("una 2", "west")


def test_a_meeting_by_video_brings_nobody_to_the_office():
    seen = facts(
        *UNA,
        post("ada"),
        meeting("m1", "2026-06-15", mode="video"),
        was_there("m1"),
        meeting("m2", "2026-06-16"),
        was_there("m2"),
        meeting("m3", "2026-06-17", mode="in_person"),
        was_there("m3"),
    )
    assert sums("office_days", seen, WEEKS_8) == {
        "days": 40,
        "at_office": 1,
        "meeting_mode_unknown": 1,
    }


# Drift


def test_days_of_two_placements_at_once_are_counted_for_the_one_that_began_first():
    twice = facts(
        episode("una", accepted="2026-06-01"),
        job("una", "shop", "2026-06-01", "2026-06-10", placement="work_trial"),
        job("una", "hall", "2026-06-08", "2026-06-12", placement="volunteering"),
        job("una", "depot", "2026-06-02", "2026-06-04", placement="unpaid_internship"),
    )
    rows = rows_of("time_before_work", twice, WEEKS_8)
    spent = {row["job_id"]: row["days_before_work"] for row in rows if row["job_id"]}
    assert spent == {"shop": 10, "hall": 2}
    assert sum(row["days"] for row in rows) == 30


def test_a_placement_held_at_referral_is_no_drift():
    held = facts(
        episode("una", accepted="2026-06-01"),
        job("una", "shop", "2026-06-02", placement="flex_job", held_at_referral=True),
    )
    assert sums("time_before_work", held, WEEKS_8) == {"days": 30}
    assert rows_of("jobs_begun", held, WEEKS_8) == []
