"""Words of a picture never touch, and there are enough of them to read it by."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.web.pictures.words import (
    CHARACTER,
    MARK_ROWS,
    TICK_WIDTH,
    Axis,
    Word,
    place_marks,
    place_ticks,
)

DAYS = st.dates(date(1990, 1, 1), date(2060, 12, 31))
WIDTHS = st.sampled_from([280.0, 600.0])


@st.composite
def axes(draw: st.DrawFn) -> Axis:
    first = draw(DAYS)
    return Axis(first, first + timedelta(draw(st.integers(0, 9000))))


@st.composite
def marked(draw: st.DrawFn) -> tuple[Axis, list[tuple[date, str]]]:
    axis = draw(axes())
    length = (axis.last_day - axis.first_day).days
    ago = st.integers(0, length).map(lambda days: axis.first_day + timedelta(days))
    texts = st.text("abcdefgh ", min_size=1, max_size=24)
    return axis, draw(st.lists(st.tuples(ago, texts), max_size=12))


def reach(word: Word, width: float) -> tuple[float, float]:
    """Return where a mark's word begins and ends, in pixels."""
    line, length = word.x * width / 100, len(word.text) * CHARACTER
    return (line - length, line) if word.anchor == "end" else (line, line + length)


@given(marked(), WIDTHS)
def test_words_of_marks_neither_touch_nor_leave_the_picture(
    case: tuple[Axis, list[tuple[date, str]]], width: float
):
    axis, marks = case
    words = place_marks(marks, axis, width=width)
    assert len(words) == len(marks)  # a line each, with or without its word
    for row in MARK_ROWS:
        spans = sorted(
            reach(word, width) for word in words if word.text and word.y == row
        )
        assert all(one[1] <= next_[0] for one, next_ in pairwise(spans))
        assert all(start >= -1 and end <= width + 1 for start, end in spans)


@given(axes(), WIDTHS)
def test_ticks_never_touch(axis: Axis, width: float):
    ticks = place_ticks(axis, width=width)
    first_row = [tick.x * width / 100 for tick in ticks if tick.y == ticks[0].y]
    assert len(first_row) >= 2
    assert all(b - a >= TICK_WIDTH - 0.1 for a, b in pairwise(first_row))


def test_two_marks_close_together_stand_in_two_rows():
    axis = Axis(date(2026, 1, 1), date(2026, 12, 31))
    marks = [(date(2026, 5, 18), "job start"), (date(2026, 5, 25), "20 hours")]
    first, second = place_marks(marks, axis, width=600)
    assert (first.text, second.text) == ("job start", "20 hours")
    assert first.y != second.y


def test_a_third_keeps_its_line_and_loses_its_word():
    axis = Axis(date(2026, 1, 1), date(2026, 12, 31))
    marks = [(date(2026, 5, day), "job start") for day in (18, 19, 20)]
    words = place_marks(marks, axis, width=600)
    assert [word.text for word in words] == ["job start", "job start", ""]
    assert words[2].x > words[1].x


def test_a_word_at_the_right_edge_stands_left_of_its_line():
    axis = Axis(date(2026, 1, 1), date(2026, 12, 31))
    (word,) = place_marks([(date(2026, 12, 30), "job start")], axis, width=600)
    assert (word.text, word.anchor) == ("job start", "end")
    assert word.dx < 0


@pytest.mark.parametrize(
    ("first", "last", "width", "texts"),
    [
        (
            date(2026, 9, 28),
            date(2026, 10, 5),
            600,
            ["28 Sept 2026", "5 Oct 2026"],
        ),
        (
            date(2025, 11, 20),
            date(2026, 2, 20),
            600,
            ["Dec", "2025", "Jan", "2026", "Feb"],
        ),
        (
            date(2025, 3, 1),
            date(2026, 10, 5),
            600,
            ["Apr", "2025", "Jul", "Oct", "Jan", "2026", "Apr", "Jul"],
        ),
        (
            date(2021, 3, 15),
            date(2026, 10, 5),
            280,
            ["2022", "2023", "2024", "2025", "2026"],
        ),
    ],
    ids=["a week by its days", "months", "quarters", "years on a phone"],
)
def test_ticks_follow_the_length_of_the_period(
    first: date, last: date, width: float, texts: list[str]
):
    ticks = place_ticks(Axis(first, last), width=width)
    assert [tick.text for tick in ticks] == texts


def test_one_day_is_a_picture_too():
    axis = Axis(date(2026, 1, 1), date(2026, 1, 1))
    assert axis.share(date(2026, 1, 1)) == 0.5


def test_a_picture_does_not_end_before_it_begins():
    with pytest.raises(ValueError, match="before the first day") as caught:
        Axis(date(2026, 1, 2), date(2026, 1, 1))
    assert "2026" not in str(caught.value)
