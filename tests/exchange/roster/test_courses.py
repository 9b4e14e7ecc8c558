"""Which of a person's episodes something belongs to."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.exchange.roster.courses import Course, of_day, of_spell

FIRST = Course("first", date(2025, 1, 6), date(2025, 1, 13), date(2025, 6, 2))
SECOND = Course("second", date(2025, 10, 6), date(2025, 10, 13), None)
WAITING = Course("waiting", date(2026, 3, 2), None, None)
COURSES = (SECOND, FIRST)


@pytest.mark.parametrize(
    ("day", "key"),
    [
        pytest.param(date(2024, 1, 1), "first", id="before anything"),
        pytest.param(date(2025, 1, 8), "first", id="between referral and acceptance"),
        pytest.param(date(2025, 3, 1), "first", id="on the caseload"),
        pytest.param(date(2025, 6, 2), "first", id="on the day of discharge"),
        pytest.param(date(2025, 8, 1), "first", id="after discharge"),
        pytest.param(date(2025, 10, 8), "second", id="after the second referral"),
        pytest.param(date(2026, 5, 1), "second", id="on the second caseload"),
    ],
)
def test_day_belongs_to_an_episode(day, key):
    assert of_day(COURSES, day).key == key


def test_caseload_goes_before_a_later_referral():
    assert of_day((FIRST, SECOND, WAITING), date(2026, 5, 1)).key == "second"


@pytest.mark.parametrize(
    ("first", "last", "key"),
    [
        pytest.param(date(2022, 1, 1), None, "first", id="held when referred"),
        pytest.param(date(2022, 1, 1), date(2022, 5, 1), "first", id="long over"),
        pytest.param(date(2025, 2, 1), None, "first", id="begun on the caseload"),
        pytest.param(date(2025, 7, 1), None, "first", id="begun after discharge"),
        pytest.param(date(2025, 11, 1), None, "second", id="begun on the second"),
    ],
)
def test_job_belongs_to_an_episode(first, last, key):
    assert of_spell(COURSES, first, last).key == key


def test_job_held_at_the_only_episode_left_is_of_that_one():
    assert of_spell((SECOND,), date(2020, 1, 1), None).key == "second"


def test_nobody_without_episodes_has_one():
    assert of_day((), date(2025, 1, 1)) is None
    assert of_spell((), date(2025, 1, 1), None) is None


@given(st.permutations([FIRST, SECOND, WAITING]), st.dates(date(2023, 1, 1)))
def test_order_of_the_list_does_not_matter(courses, day):
    assert of_day(courses, day) == of_day((FIRST, SECOND, WAITING), day)
