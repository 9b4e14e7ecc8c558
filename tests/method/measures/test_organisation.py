"""Posts, working time, meetings and caseworkers: what counts, and on which days."""

from datetime import date
from decimal import Decimal

import pytest
from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import (
    ON_D,
    YEAR,
    D,
    contact,
    episode,
    facts,
    held_by,
    post,
    row,
    treated_by,
)

from braid.kernel.dates import Period
from braid.method.measures import Asked
from braid.method.measures.reference.divisions import divisions

DAYS_91 = Asked("91 days", date(2026, 4, 1), D, D)
DAYS_182 = Asked("182 days", date(2025, 12, 31), D, D)
ADA, BEN, MIA = post("ada"), post("ben"), post("mia", role="supervisor")
NORTH = row("teams", team_id="north", kind="ips_unit")
EAST = row("teams", team_id="east", kind="treatment_team")
WEST = row("teams", team_id="west", kind="treatment_team")


def meeting(name, kind, on, *present, absent=(), **values):
    """Return a meeting and who was there; with nobody named that is not known."""
    met = row("meetings", meeting_id=name, kind=kind, day=on, **values)
    there = [(who, True) for who in present] + [(who, False) for who in absent]
    return [
        met,
        *(
            row("attendance", meeting_id=name, staff_id=who, present=was)
            for who, was in there
        ),
    ]


def time(number, who, on, activity="employment", minutes=60):
    return row(
        "time_entries",
        entry_id=f"t{number}",
        staff_id=who,
        day=on,
        minutes=minutes,
        activity=activity,
    )


def leave(who, *days):
    return [time(f"{who}{day}", who, day, "leave") for day in days]


# Stretches of time


@pytest.mark.parametrize(
    ("first", "every", "expected"),
    [
        pytest.param(
            date(2026, 6, 16),
            "week",
            [("2026-06-24", "2026-06-30"), ("2026-06-17", "2026-06-23")],
            id="weeks are counted back, what is left over is none",
        ),
        pytest.param(
            date(2026, 4, 2),
            "month",
            [("2026-05-01", "2026-05-31"), ("2026-06-01", "2026-06-30")],
            id="a month must lie wholly in the period",
        ),
        pytest.param(
            date(2026, 1, 1),
            "quarter",
            [("2026-01-01", "2026-03-31"), ("2026-04-01", "2026-06-30")],
            id="quarters of the calendar",
        ),
        pytest.param(
            date(2025, 7, 1),
            "half_year",
            [("2025-07-01", "2025-12-31"), ("2026-01-01", "2026-06-30")],
            id="half-years across the turn of the year",
        ),
        pytest.param(date(2026, 6, 30), "week", [], id="a day has no week"),
    ],
)
def test_the_stretches_of_a_period(first, every, expected):
    found = divisions(Period(first, D), every)
    assert [(f"{each.first_day}", f"{each.last_day}") for each in found] == expected


# Working time


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [ADA],
            {"specialists": 1, "days_in_post": 91, "days_worked": 91},
            id="in post",
        ),
        pytest.param(
            [post("ada", last="2026-04-30"), post("ada", first="2026-05-01")],
            {"specialists": 1, "days_in_post": 91, "days_worked": 91},
            id="a post that follows another is one",
        ),
        pytest.param(
            [post("ada", first="2026-06-30")],
            {"specialists": 1, "days_in_post": 1, "days_worked": 1},
            id="a day in post is a seventh of a week",
        ),
        pytest.param(
            [ADA, *leave("ada", "2026-05-04", "2026-05-05", "2026-05-06")],
            {"specialists": 1, "days_in_post": 91, "days_worked": 84},
            id="a week of leave",
        ),
        pytest.param(
            [ADA, *leave("ada", "2026-05-04", "2026-05-05")],
            {"specialists": 1, "days_in_post": 91, "days_worked": 91},
            id="two days off are no week of leave",
        ),
        pytest.param(
            [
                ADA,
                *leave("ada", "2026-05-04", "2026-05-05", "2026-05-06"),
                time(1, "ada", "2026-05-07"),
            ],
            {"specialists": 1, "days_in_post": 91, "days_worked": 91},
            id="a week with a day of work is worked",
        ),
        pytest.param([MIA], {}, id="a supervisor is no specialist"),
        pytest.param(
            [NORTH, EAST, post("ada", team="east")],
            {},
            id="a treatment team is no unit",
        ),
    ],
)
def test_weeks_worked(rows, expected):
    assert sums("weeks_worked", facts(*rows), DAYS_91) == expected


def test_time_counts_while_in_post_and_leave_is_no_work():
    rows = [
        post("ada", last="2026-06-29"),
        time(1, "ada", "2026-06-29"),
        time(2, "ada", "2026-06-30"),
        time(3, "ada", "2026-06-01", "travel", 30),
        time(4, "ada", "2026-06-02", "leave", 444),
        time(5, "mia", "2026-06-01"),
    ]
    assert sums("working_time", facts(*rows), DAYS_91) == {
        "worked_minutes": 90,
        "employment_minutes": 60,
        "leave_minutes": 444,
    }


def test_a_phase_is_delivered_once_and_not_by_a_contact_that_failed():
    rows = [
        ADA,
        contact(1, "ada", "2026-06-30", phase="coaching"),
        contact(2, "ada", "2026-06-01", phase="coaching"),
        contact(3, "ada", "2026-06-01", phase="intake", attended=False),
        contact(4, "ada", "2026-06-01", phase="follow_along", attended=None),
        contact(5, "ada", "2026-06-01"),
        contact(6, "ben", "2026-06-01", phase="intake"),
        contact(7, None, "2026-06-01", phase="intake"),
    ]
    assert sums("phases_delivered", facts(*rows), YEAR) == {
        "phases": 2,
        "contacts": 3,
        "contacts_without_phase": 1,
    }


# Treatment teams


UNA, VIC, WES = (
    [episode(who), held_by(who, "ada"), treated_by(who, team)]
    for who, team in (("una", "east"), ("vic", "west"), ("wes", "west"))
)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [],
            {"caseload": 3, "from_top_two": 3, "with_team": 3},
            id="no attachment recorded: among all teams",
        ),
        pytest.param(
            [post("ada", team="east", role="other")],
            {"caseload": 3, "from_top_two": 1, "with_team": 3, "attached_teams": 1},
            id="attached to one: only that",
        ),
        pytest.param(
            [post("ada", team="east"), post("ada", team="east", role="other")],
            {"caseload": 3, "from_top_two": 1, "with_team": 3, "attached_teams": 1},
            id="two roles in one team are one attachment",
        ),
        pytest.param(
            [post("ada", team="west", last="2026-06-29")],
            {"caseload": 3, "from_top_two": 3, "with_team": 3},
            id="an attachment that is over is none",
        ),
    ],
)
def test_the_teams_of_a_caseload(rows, expected):
    known = [NORTH, EAST, WEST, ADA, *UNA, *VIC, *WES, *rows]
    assert sums("attached_caseloads", facts(*known), ON_D) == expected


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            meeting("m", "supervision", "2026-06-30", "ada"),
            {"stretches_with": 1, "stretches_recorded": 1},
            id="there",
        ),
        pytest.param(
            meeting("m", "supervision", "2026-06-30", absent=["ada"]),
            {"stretches_recorded": 1},
            id="not there",
        ),
        pytest.param(
            meeting("m", "supervision", "2026-06-30"),
            {"stretches_unknown": 1, "stretches_recorded": 1},
            id="not known who was",
        ),
        pytest.param(
            [
                *meeting("m", "supervision", "2026-06-30"),
                *meeting("n", "supervision", "2026-06-24", "ada"),
            ],
            {"stretches_with": 1, "stretches_recorded": 1},
            id="two meetings in a week, at one of them",
        ),
        pytest.param(
            meeting("m", "steering", "2026-06-30", "ada"), {}, id="of another kind"
        ),
        pytest.param(
            meeting("m", "supervision", "2026-06-30", "ada", unit_id=None),
            {},
            id="of nobody's unit",
        ),
    ],
)
def test_weeks_with_a_meeting(rows, expected):
    found = sums("meetings_attended", facts(ADA, *rows), DAYS_91)
    of_whole = {
        name.replace("stretches", "whole"): number
        for name, number in expected.items()
        if name != "stretches_recorded"
    }
    assert found == {"whole_stretches": 13} | expected | of_whole


# Caseworkers


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param([], {}, id="nothing"),
        pytest.param(
            [contact(1, "ada", "2026-06-30", with_caseworker=True)],
            {
                "weeks_with_contact": 1,
                "months_with_contact": 1,
                "quarters_with_contact": 1,
            },
            id="a contact with a caseworker",
        ),
        pytest.param(
            [contact(1, "ada", "2026-06-30")],
            {"weeks_unknown": 1, "months_unknown": 1, "quarters_unknown": 1},
            id="a contact of which that is not known",
        ),
        pytest.param(
            [contact(1, "ada", "2026-06-30", with_caseworker=False)],
            {},
            id="without one",
        ),
        pytest.param(
            [
                contact(1, "ada", "2026-06-30"),
                contact(2, "ada", "2026-06-24", with_caseworker=True),
            ],
            {
                "weeks_with_contact": 1,
                "months_with_contact": 1,
                "quarters_with_contact": 1,
            },
            id="what is known outweighs what is not",
        ),
        pytest.param(
            meeting("m", "job_centre", "2026-03-31", mode="in_person"),
            {
                "months_face_to_face": 1,
                "months_with_contact": 1,
                "quarters_face_to_face": 1,
                "quarters_with_contact": 1,
                "job_centre_meetings": 1,
            },
            id="a meeting in person is about nobody in a week",
        ),
        pytest.param(
            meeting("m", "job_centre", "2026-03-31"),
            {
                "months_face_unknown": 1,
                "quarters_face_unknown": 1,
                "job_centre_meetings": 1,
            },
            id="a meeting of which it is not known how it was held",
        ),
    ],
)
def test_weeks_months_and_quarters_with_caseworkers(rows, expected):
    found = sums("caseworker_contact", facts(ADA, *rows), DAYS_182)
    assert found == {"weeks": 26, "months": 6, "quarters": 2} | expected


def test_months_are_31_30_and_30_days_counted_back():
    rows = rows_of("caseworker_contact", facts(ADA), DAYS_182)
    months = sorted(r["day"] for r in rows if r["grain"] == "month")
    assert months == [
        *("2025-12-31", "2026-01-30", "2026-03-01"),
        *("2026-04-01", "2026-05-01", "2026-05-31"),
    ]


# The supervisor


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            meeting("m", "vocational_unit", "2026-06-30", "ada", "ben", "mia"),
            {"weeks_supervised": 1, "weeks_met": 1},
            id="two specialists and the supervisor",
        ),
        pytest.param(
            meeting("m", "vocational_unit", "2026-06-30", "ada", "mia"),
            {"weeks_met": 1},
            id="one specialist is no group",
        ),
        pytest.param(
            meeting("m", "vocational_unit", "2026-06-30", "ada", "ben"),
            {"weeks_met": 1},
            id="without the supervisor",
        ),
        pytest.param(
            meeting("m", "vocational_unit", "2026-06-30"),
            {"weeks_unsaid": 1, "weeks_met": 1},
            id="not known who was there",
        ),
    ],
)
def test_weeks_with_group_supervision(rows, expected):
    found = sums("group_supervision", facts(ADA, BEN, MIA, *rows), DAYS_182)
    assert found == {"unit_weeks": 26} | expected


def test_posts_count_people_and_the_supervisors_share():
    rows = [
        *(ADA, BEN, post("ben", first="2026-06-01"), post("mia", role="supervisor")),
        post("tom", role="supervisor", fte=None),
    ]
    assert sums("posts_of_unit", facts(*rows), ON_D) == {
        "specialists_in_post": 2,
        "supervisors_in_post": 2,
        "supervisor_fte": Decimal("1.0"),
        "supervisor_fte_unknown": 1,
    }


def test_a_paused_episode_is_no_load_at_a_month_end_and_a_post_weighs_each_month():
    rows = [
        ADA,
        episode("una", accepted="2026-05-31"),
        episode("vic", accepted="2026-06-01", exited="2026-06-30"),
        row("status", episode_id="una", state="paused", first_day="2026-06-30"),
    ]
    assert sums("caseload_at_month_ends", facts(*rows), DAYS_91) == {
        "episodes": 1,
        "fte": 3,
        "paused": 1,
    }
