"""Points between two scales: shapes tell kinds apart, lines join, gaps have limits."""

import re
from xml.etree import ElementTree as ET

from braid.web.charts.drawing import SHAPES, draw
from braid.web.charts.pictures import Level, Point, Points

ONE = Points(
    (
        Point(1, 90, 0, line="North"),
        Point(2, 104, 0, "North", "North"),
        Point(1, 80, 1, "Coast"),
        Point(2, 70, 2, "South"),
        Point(3, None, 0, "East", low=95, high=99),
    ),
    across=(0, 4),
    up=(60, 125),
    up_label="total",
    ticks=((1, "2025"), (3, "2026")),
    levels=(Level(100, "Good 100", "100"),),
)


def words(svg):
    root = ET.fromstring(svg)
    return [node.text for node in root.iter() if node.text and node.text.strip()]


def test_names_levels_and_ticks_are_words_in_the_drawing():
    said = words(draw(ONE, "North rose.").wide)
    assert {"North", "Coast", "South", "Good 100", "2025", "2026", "total"} <= set(said)


def test_a_phone_has_no_names_beside_points():
    narrow = set(words(draw(ONE, "North rose.").narrow))
    assert not narrow & {"North", "Coast", "South"}
    assert "2026" in narrow


def test_each_kind_has_a_shape_of_its_own():
    svg = draw(ONE, "").wide
    shapes = {
        re.sub(r"[-\d.,]+", "n", path)
        for path in re.findall(r' d="([^"]+)"[^>]*stroke-width="2"', svg)
    }
    assert len(shapes) >= 3


def test_a_drawing_holds_shapes_and_nothing_that_runs():
    root = ET.fromstring(draw(ONE, "").wide)
    names = {node.tag.rpartition("}")[2] for node in root.iter()}
    assert names <= SHAPES


def test_shares_are_written_in_per_cent():
    picture = Points(
        (Point(80, 0.3), Point(110, 0.5)), (75, 115), (0, 0.6), is_share=True
    )
    assert any(text.endswith("%") for text in words(draw(picture, "").wide))
