"""Minutes of contacts: kept ones, by who made them, and where."""

import pytest
from tests.method.measures.engine import rows_of, sums
from tests.method.measures.rows import WEEKS_8, contact, facts, post

ADA = post("ada")


@pytest.mark.parametrize(
    ("made", "expected"),
    [
        pytest.param(
            contact(1, "ada", "2026-06-30"),
            {"community_minutes": 60, "f2f_minutes": 60, "all_minutes": 60},
            id="in the community, on the last day",
        ),
        pytest.param(
            contact(1, "ada", "2026-05-06"),
            {"community_minutes": 60, "f2f_minutes": 60, "all_minutes": 60},
            id="on the first of 56 days",
        ),
        pytest.param(contact(1, "ada", "2026-05-05"), {}, id="the day before"),
        pytest.param(
            contact(1, "ada", "2026-06-01", place="home"),
            {"community_minutes": 60, "f2f_minutes": 60, "all_minutes": 60},
            id="at home",
        ),
        pytest.param(
            contact(1, "ada", "2026-06-01", place="treatment_office"),
            {"f2f_minutes": 60, "all_minutes": 60},
            id="at an office",
        ),
        pytest.param(
            contact(1, "ada", "2026-06-01", place=None),
            {"f2f_minutes": 60, "all_minutes": 60, "place_unknown_minutes": 60},
            id="somewhere",
        ),
        pytest.param(
            contact(1, "ada", "2026-06-01", mode="video", place="remote"),
            {"all_minutes": 60},
            id="by video",
        ),
        pytest.param(
            contact(1, "ada", "2026-06-01", mode="phone"),
            {"all_minutes": 60},
            id="a telephone call made in a café is no meeting",
        ),
        pytest.param(
            contact(1, "ada", "2026-06-01", mode=None),
            {"all_minutes": 60, "mode_unknown_minutes": 60},
            id="in a way not known",
        ),
        pytest.param(
            contact(1, "ada", "2026-06-01", attended=False), {}, id="not kept"
        ),
        pytest.param(
            contact(1, "ada", "2026-06-01", attended=None),
            {"attendance_unknown": 1},
            id="kept or not",
        ),
        pytest.param(
            contact(1, "ada", "2026-06-01", minutes=None),
            {"minutes_unknown": 1},
            id="minutes not known add nothing",
        ),
        pytest.param(contact(1, "ada", "2026-06-01", minutes=0), {}, id="no minutes"),
        pytest.param(
            contact(1, None, "2026-06-01"),
            {"specialist_unknown": 1},
            id="made by somebody",
        ),
        pytest.param(
            contact(1, "eva", "2026-06-01"),
            {},
            id="made by somebody who is no specialist",
        ),
    ],
)
def test_a_contact(made, expected):
    assert sums("contact_minutes", facts(ADA, made), WEEKS_8) == expected


@pytest.mark.parametrize(
    ("held", "minutes"),
    [
        pytest.param(
            post("ada", last="2026-05-06"), 60, id="left on the first day of the window"
        ),
        pytest.param(post("ada", last="2026-05-05"), None, id="left the day before"),
        pytest.param(post("ada", first="2026-06-30"), 60, id="came on the last day"),
        pytest.param(post("ada", team="south"), None, id="in post in another unit"),
    ],
)
def test_in_post_on_one_day_of_the_window_is_enough(held, minutes):
    found = sums(
        "contact_minutes", facts(held, contact(1, "ada", "2026-05-06")), WEEKS_8
    )
    assert found.get("all_minutes") == minutes


def test_contacts_are_whose_who_made_them():
    """A person was moved in mid-quarter; each contact stays with who made it."""
    both = facts(
        ADA,
        post("ben"),
        contact(1, "ada", "2026-05-10", episode_id="una"),
        contact(2, "ben", "2026-06-10", episode_id="una", minutes=30),
    )
    rows = rows_of("contact_minutes", both, WEEKS_8)
    assert {row["staff_id"]: row["f2f_minutes"] for row in rows} == {
        "ada": 60,
        "ben": 30,
    }


def test_two_posts_of_one_specialist_count_a_contact_once():
    twice = facts(
        post("ada", last="2026-05-31"),
        post("ada", first="2026-06-01", fte="0.5"),
        contact(1, "ada", "2026-06-10"),
    )
    assert sums("contact_minutes", twice, WEEKS_8)["f2f_minutes"] == 60
