"""Lines over periods: what is high is drawn high, and what is not known breaks the line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.web.pictures.lines import HEIGHT, KINDS, LABELLED, Line, Point, draw


def line(*values, name="North"):
    return Line(
        name, tuple(Point(f"Q{n}", value, "") for n, value in enumerate(values))
    )


def test_the_largest_value_of_all_lines_is_the_upper_edge():
    picture = draw([line(1, 2), line(4, 0)])
    assert [dot.y for dot in picture.lines[0].dots] == [HEIGHT * 0.75, HEIGHT * 0.5]
    assert [dot.y for dot in picture.lines[1].dots] == [0, HEIGHT]


def test_what_is_not_known_breaks_the_line_and_keeps_its_place():
    drawn = draw([line(1, 1, None, 1)]).lines[0]
    assert [dot.x for dot in drawn.dots] == [12.5, 37.5, 87.5]
    assert [(part.x1, part.x2) for part in drawn.segments] == [(12.5, 37.5)]


def test_the_newest_that_is_known_bears_its_value():
    picture = draw([line(1, 2, None)])
    assert picture.lines[0].last.point.label == "Q1"
    assert draw([line(None)]).is_empty
    assert draw([]).is_empty


def test_lines_of_a_picture_have_the_same_periods():
    with pytest.raises(ValueError, match="different periods"):
        draw([line(1, 2), line(1)])


@given(
    st.lists(
        st.lists(st.none() | st.floats(0, 1e6), min_size=8, max_size=8),
        min_size=1,
        max_size=8,
    )
)
def test_every_picture_stays_within_its_frame(values):
    picture = draw([line(*each) for each in values])
    assert len(picture.lines) <= KINDS
    assert len({each.kind for each in picture.lines}) == len(picture.lines)
    assert 0 < len(picture.labels) <= LABELLED
    for each in picture.lines:
        assert all(0 <= dot.x <= 100 and 0 <= dot.y <= HEIGHT for dot in each.dots)
