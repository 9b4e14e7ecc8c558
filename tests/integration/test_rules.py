"""The quarters of a trend, and decisions that are still open."""

from datetime import date

import pytest

from braid.integration.rules import open_decisions, quarters, until


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
