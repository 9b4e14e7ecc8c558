"""The picture of amounts in parts: heights, patterns, and what is not known."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.web.pictures.stacks import HEIGHT, Stack, draw

AMOUNTS = st.floats(0, 1e6, allow_nan=False)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS, AMOUNTS), min_size=1, max_size=9))
def test_parts_stand_on_each_other_within_the_picture(columns):
    picture = draw([Stack("h", parts, "") for parts in columns], ["a", "b", "c"])
    for column in picture.columns:
        heights = sum(part.height for part in column.parts)
        assert heights == pytest.approx(HEIGHT - column.top, abs=0.4)
        assert 0 <= column.top <= HEIGHT


@pytest.mark.parametrize(
    ("parts", "heights"),
    [
        pytest.param((50.0, 50.0), [110.0, 110.0], id="two halves"),
        pytest.param((-20.0, 120.0), [220.0], id="what one owes, another pays"),
        pytest.param((0.0, 100.0), [220.0], id="nothing is not drawn"),
        pytest.param(None, [], id="not known, no column"),
    ],
)
def test_how_parts_are_drawn(parts, heights):
    picture = draw([Stack("h", parts, ""), Stack("h", (100.0,), "")], ["a", "b"])
    assert [part.height for part in picture.columns[0].parts] == heights


def test_the_line_of_today_lies_at_its_amount():
    stacks = [Stack("h", (100.0,), "")]
    assert draw(stacks, ["a"], line=50.0).line_y == HEIGHT / 2
    assert draw(stacks, ["a"]).line_y is None


def test_every_source_has_its_pattern():
    sources = [f"source {number}" for number in range(6)]
    picture = draw([Stack("h", (1.0,) * 6, "")], sources)
    kinds = [part.kind for part in reversed(picture.columns[0].parts)]
    assert sorted(kinds) == [key.kind for key in picture.keys] == list(range(6))
