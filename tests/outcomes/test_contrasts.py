"""What is said of two sides: each with its limits, and with what its name means."""

import pytest

from braid.method.statistics.two_groups import compare
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
