"""Small numbers, the quarters of a trend, and decisions that are still open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.integration.rules import SMALL, hidden, open_decisions, quarters, until

COUNTS = st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 20), max_size=7)


@pytest.mark.parametrize(
    ("behind", "whole", "away", "whole_is_away"),
    [
        pytest.param({"a": 9, "b": 12}, 21, "", False, id="all large enough"),
        pytest.param({"a": 0, "b": 12}, 12, "", False, id="nothing hides nobody"),
        pytest.param({"a": 3, "b": 4, "c": 9}, 16, "ab", False, id="two together"),
        pytest.param({"a": 3, "b": 12, "c": 9}, 24, "ac", False, id="one takes one"),
        pytest.param({"a": 3}, 9, "a", True, id="none to take: not the whole either"),
        pytest.param({}, 4, "", True, id="the whole is small"),
        pytest.param({}, 0, "", False, id="nobody at all"),
    ],
)
def test_small_numbers_are_not_shown(behind, whole, away, whole_is_away):
    assert hidden(behind, whole) == (frozenset(away), whole_is_away)


@given(COUNTS, st.integers(0, 20))
def test_what_is_hidden_does_not_follow_from_the_rest(behind, without_team):
    whole = sum(behind.values()) + without_team
    away, is_whole_away = hidden(behind, whole)
    shown = [count for name, count in behind.items() if name not in away]
    assert all(count == 0 or count >= SMALL for count in shown)
    if not is_whole_away and away:
        assert sum(behind[name] for name in away) >= SMALL


def test_a_trend_has_two_years_the_oldest_first():
    found = quarters(date(2026, 10, 5))
    assert (found[0], found[-1], len(found)) == ("2025Q1", "2026Q4", 8)


def test_a_quarter_ends_today_while_it_goes_on():
    day = date(2026, 10, 5)
    assert until("2026Q4", day).last_day == day
    assert until("2026Q3", day).last_day == date(2026, 9, 30)


MEETINGS = [
    {"meeting_id": "m", "day": date(2026, 9, 7)},
    {"meeting_id": "later", "day": date(2026, 10, 2)},
]


@pytest.mark.parametrize(
    ("task", "counted"),
    [
        pytest.param({"meeting_id": "m"}, (1, 0), id="without a day"),
        pytest.param({"due_on": date(2026, 9, 30)}, (1, 0), id="due on the day itself"),
        pytest.param({"due_on": date(2026, 9, 29)}, (1, 1), id="late"),
        pytest.param({"done_on": date(2026, 9, 30)}, (0, 0), id="done that day"),
        pytest.param({"done_on": date(2026, 10, 1)}, (1, 0), id="done afterwards"),
        pytest.param({"meeting_id": "later"}, (0, 0), id="decided afterwards"),
        pytest.param({"meeting_id": None}, (0, 0), id="of no meeting"),
    ],
)
def test_a_decision_is_open_until_it_was_carried_out(task, counted):
    row = {"meeting_id": "m", "due_on": None, "done_on": None} | task
    assert open_decisions([row], MEETINGS, date(2026, 9, 30)) == counted
