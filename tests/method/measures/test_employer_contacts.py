"""Employer contacts: how many, in how many days, and how soon the first."""

import pytest
from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import (
    WEEKS_8,
    YEAR,
    D,
    day,
    employer_contact,
    episode,
    facts,
    post,
)

from braid.method.measures import Asked

ADA = post("ada")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(
            employer_contact(1, "ada", "2026-06-30", "una"),
            {"contacts": 1},
            id="for an applicant",
        ),
        pytest.param(
            employer_contact(1, "ada", "2026-06-30"),
            {"contacts": 1},
            id="for nobody in particular",
        ),
        pytest.param(
            employer_contact(1, "ada", "2026-05-05"), {}, id="before the window"
        ),
        pytest.param(
            employer_contact(1, "ada", "2026-06-01", mode="phone"),
            {},
            id="by telephone",
        ),
        pytest.param(
            employer_contact(1, "ada", "2026-06-01", mode=None),
            {"mode_unknown": 1},
            id="in a way not known",
        ),
        pytest.param(
            employer_contact(1, None, "2026-06-01"),
            {"specialist_unknown": 1},
            id="by somebody",
        ),
        pytest.param(
            employer_contact(1, "eva", "2026-06-01"),
            {},
            id="by somebody who is no specialist",
        ),
        pytest.param(
            employer_contact(1, "ada", "2026-06-01", made_by="both"),
            {"contacts": 1},
            id="together with the applicant",
        ),
        pytest.param(
            employer_contact(1, "ada", "2026-06-01", made_by="applicant"),
            {},
            id="by the applicant alone",
        ),
    ],
)
def test_an_employer_contact(made, expected):
    found = sums("employer_contacts_and_posts", facts(ADA, made), WEEKS_8)
    assert found == expected | {"days_in_post": 56}


@pytest.mark.parametrize(
    ("held", "days"),
    [
        pytest.param([post("ada")], 56, id="all the time"),
        pytest.param([post("ada", first="2026-06-30")], 1, id="came on the last day"),
        pytest.param([post("ada", last="2026-05-06")], 1, id="left on the first"),
        pytest.param([post("ada", last="2026-05-05")], None, id="left before"),
        pytest.param(
            [
                post("ada", last="2026-05-31"),
                post("ada", first="2026-06-01", fte="0.5"),
            ],
            56,
            id="two posts after one another",
        ),
        pytest.param(
            [post("ada"), post("ada", first="2026-06-01", fte="0.2")],
            56,
            id="two posts at once are no more days",
        ),
        pytest.param(
            [
                post("ada", last="2026-05-15"),
                post("ada", first="2026-05-10", last="2026-05-19"),
            ],
            14,
            id="two posts that overlap",
        ),
        pytest.param(
            [post("ada"), post("ben", first="2026-06-30")], 57, id="two specialists"
        ),
    ],
)
def test_days_in_post(held, days):
    found = sums("employer_contacts_and_posts", facts(*held), WEEKS_8)
    assert found.get("days_in_post") == days


UNA = episode("una", accepted="2026-06-01")


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [UNA, employer_contact(1, "ada", "2026-06-21", "una")],
            {"with_contact": 1, "days": 20},
            id="after twenty days",
        ),
        pytest.param(
            [UNA, employer_contact(1, "ada", "2026-06-01", "una")],
            {"with_contact": 1},
            id="on the day of the first meeting",
        ),
        pytest.param(
            [UNA, employer_contact(1, "ada", "2026-05-31", "una")],
            {"without_contact": 1, "days_open": 29},
            id="before it does not count",
        ),
        pytest.param(
            [UNA, employer_contact(1, "ada", "2026-06-21", "una", mode="phone")],
            {"without_contact": 1, "days_open": 29},
            id="a call does not count",
        ),
        pytest.param(
            [UNA, employer_contact(1, "ada", "2026-06-21")],
            {"without_contact": 1, "days_open": 29},
            id="for nobody in particular",
        ),
        pytest.param(
            [UNA, employer_contact(1, None, "2026-06-21", "una", made_by="applicant")],
            {"with_contact": 1, "days": 20},
            id="made by the applicant",
        ),
        pytest.param(
            [
                UNA,
                employer_contact(1, "ada", "2026-06-25", "una"),
                employer_contact(2, "ada", "2026-06-04", "una"),
            ],
            {"with_contact": 1, "days": 3},
            id="the earliest of two",
        ),
        pytest.param(
            [
                episode("una", accepted="2026-06-01", exited="2026-06-21"),
                employer_contact(1, "ada", "2026-06-21", "una"),
            ],
            {"without_contact": 1, "days_open": 20},
            id="on the day of exit is too late, and open days end there",
        ),
        pytest.param(
            [
                episode("una", accepted="2026-06-01", exited="2026-06-21"),
                employer_contact(1, "ada", "2026-06-20", "una"),
            ],
            {"with_contact": 1, "days": 19},
            id="on the last day",
        ),
        pytest.param(
            [
                UNA,
                episode(
                    "una 0", person="una", accepted="2024-01-01", exited="2024-06-01"
                ),
                employer_contact(1, "ada", "2026-06-11", "una 0"),
            ],
            {"with_contact": 1, "days": 10},
            id="made for the person, filed under an earlier episode",
        ),
    ],
)
def test_days_to_the_first_employer_contact(rows, expected):
    found = sums("first_employer_contact", facts(*rows), YEAR)
    assert found == {"episodes": 1} | expected


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        pytest.param(
            episode("una", accepted="2025-06-30", entered_on=day("2025-07-01")),
            {"episodes": 1, "without_contact": 1, "days_open": 364},
            id="met on the first of 365 days",
        ),
        pytest.param(
            episode("una", accepted="2025-06-30"), {}, id="met the day before"
        ),
        pytest.param(
            episode("una", accepted=None, entered_on=day("2026-06-01")),
            {},
            id="met, never accepted",
        ),
        pytest.param(
            episode("una", accepted="2026-06-01", entered_on=None),
            {"first_meeting_missing": 1},
            id="accepted, no first meeting",
        ),
    ],
)
def test_the_cohort(who, expected):
    assert sums("first_employer_contact", facts(who), YEAR) == expected


def test_a_cohort_is_followed_to_the_last_day_of_the_facts():
    may = Asked("2026-05", day("2026-05-01"), day("2026-05-31"), D)
    una = episode("una", accepted="2026-05-31")
    later = facts(una, employer_contact(1, "ada", "2026-06-30", "una"))
    (row,) = rows_of("first_employer_contact", later, may)
    assert (row["days"], row["employer_contact_id"]) == (30, "e1")
