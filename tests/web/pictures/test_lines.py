"""Lines over periods: what is high is drawn high, and what is not known breaks the line."""

import re

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from braid.web.pictures.lines import (
    GAP,
    HEIGHT,
    KINDS,
    LABELLED,
    NARROWEST,
    SIGN,
    Line,
    Point,
    draw,
)


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


SHAPES = {
    "it fell steeply": (9, 0),
    "it rose steeply": (0, 9),
    "it is nought": (0, 0),
    "it stays where it was": (5, 5, 5),
    "its newest is not known": (9, 4, None),
    "of many periods": tuple(range(20)),
    "another line comes from above": (1, 1),
}


@pytest.mark.parametrize("values", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("figure", ["7", "100 %", "12.5 days"])
@pytest.mark.parametrize("width", [NARROWEST, 900])
def test_the_newest_figure_stands_where_no_line_and_no_axis_is(values, figure, width):
    points = tuple(Point(f"Q{n}", value, figure) for n, value in enumerate(values))
    picture = draw([Line("North", points), line(*[9] * len(values), name="East")])
    left = picture.edge / 100 * width + GAP
    marks = [dot.x for each in picture.lines for dot in each.dots]
    assert max(marks) < picture.edge  # and lines run between marks alone
    assert left + SIGN * len(figure) <= width
    assert 0 <= picture.lines[0].last.text_y <= HEIGHT  # the periods stand below
    page = render_to_string("web/components/lines.html", {"picture": picture})
    assert f'class="column-base" x1="0" x2="{picture.edge}%"' in page
    (place,) = re.findall(r'<text class="line-figure" x="([\d.]+)%" dx="(\d+)"', page)
    assert (float(place[0]), int(place[1])) == (picture.edge, GAP)


def test_a_picture_without_a_figure_takes_all_the_room():
    assert draw([line(1, 2)]).edge == 100
