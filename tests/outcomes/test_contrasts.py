"""What is said of two sides: each with its limits, and with what its name means."""

import pytest

from braid.method import survival
from braid.method.statistics.two_groups import compare
from braid.outcomes import charts
from braid.outcomes.comparing import Waits
from braid.outcomes.presenters import contrasts


@pytest.mark.parametrize(
    ("counts", "what", "value"),
    [
        pytest.param(
            (85, 156, 43, 156), "one more", "3.7 (2.7 to 6.1)", id="far from nought"
        ),
        pytest.param(
            (43, 156, 85, 156), "one fewer", "3.7 (2.7 to 6.1)", id="the other way"
        ),
        pytest.param(
            (24, 59, 27, 59),
            "one fewer",
            "19.7 (from 7.8 up for one more, or from 4.4 up for one fewer)",
            id="through infinity",
        ),
    ],
)
def test_the_number_needed_has_its_interval(counts, what, value):
    *_others, needed = contrasts._statistics(compare(*counts))
    assert what in needed.what and needed.value == value


def test_where_both_sides_are_alike_no_number_is_needed():
    said = [one.what for one in contrasts._statistics(compare(5, 10, 5, 10))]
    assert not any("Number needed" in what for what in said)


def test_every_name_of_statistics_is_explained():
    assert all(one.means for one in contrasts._statistics(compare(85, 156, 43, 156)))


def test_a_side_without_an_event_is_a_level_line_and_no_test_is_made_up():
    """Five were followed for 54 days and all stayed; of the others two left later."""
    stayed = survival.LifeTable.of([survival.Observation(54, False, 5)])
    left = survival.LifeTable.of(
        [survival.Observation(120, True, 2), survival.Observation(200, False, 3)]
    )
    found = Waits(
        charts.by_name("tenure"),
        (survival.curve_of(stayed), survival.curve_of(left)),
        survival.log_rank({"one": stayed, "other": left}),
        54,
        (54.0, 54.0),
    )
    card = contrasts._waits(found, ("2026Q3", "2025Q3"))
    level, other = card.picture.curves
    assert (level.name, level.last_time, level.at(54).value) == ("2026Q3", 54, 1.0)
    assert (other.name, other.at(182).value) == ("2025Q3", 0.6)
    assert card.grid.columns == ("By day", "2026Q3", "2025Q3")
    assert [cell.text for cell in card.grid.rows[0]][:2] == ["day 91", "–"]
    *_means, tested = card.statistics
    assert tested.what == "Log-rank chi-square"
    assert tested.value.startswith("not defined: while both sides were followed")
