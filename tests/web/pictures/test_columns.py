"""Columns of shares: what is high is drawn high, and words find room."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from braid.web.pictures.columns import HEIGHT, LABELLED, Share, draw


def shares(*values):
    return [Share(f"Q{n}", value, "") for n, value in enumerate(values)]


@pytest.mark.parametrize(
    ("values", "top"),
    [
        pytest.param((0.2, 0.44), 0.5, id="the next tenth above the largest"),
        pytest.param((0.4,), 0.5, id="a share on a tenth leaves room for its figure"),
        pytest.param((1.0, 0.1), 1.0, id="all of them is the edge"),
        pytest.param((None, None), 0.1, id="nothing known"),
        pytest.param((), 0.1, id="nothing at all"),
    ],
)
def test_scale_ends_above_the_largest_share(values, top):
    assert draw(shares(*values)).top == pytest.approx(top)


def test_share_not_known_has_no_column_and_keeps_its_place():
    picture = draw(shares(0.2, None, 0.4))
    heights = [bar.height for bar in picture.bars]
    assert heights[1] == 0
    assert heights[2] == pytest.approx(2 * heights[0], abs=0.1)
    assert not picture.is_empty
    assert draw(shares(None)).is_empty


def test_last_period_is_always_named():
    picture = draw(shares(*[0.3] * 20))
    assert picture.bars[-1].is_labelled
    assert sum(bar.is_labelled for bar in picture.bars) <= LABELLED


@given(st.lists(st.none() | st.floats(0, 1), min_size=1, max_size=60))
def test_columns_stand_on_the_line_inside_the_picture_in_order(values):
    bars = draw(shares(*values)).bars
    assert all(
        bar.y >= 0 and bar.y + bar.height == pytest.approx(HEIGHT) for bar in bars
    )
    edges = [edge for bar in bars for edge in (bar.x, bar.x + bar.width)]
    assert edges == sorted(edges)
    assert edges[0] >= 0 and edges[-1] <= 100
