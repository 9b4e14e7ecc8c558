"""Charts are light, plain SVG in the colours of the design system."""

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from braid import web
from braid.web.charts import drawing, theme
from braid.web.charts.pictures import (
    Bar,
    Bars,
    Column,
    Columns,
    Curve,
    Curves,
    Level,
    Step,
)

STYLES = Path(web.__file__).parent / "static" / "web"


def columns(number=8):
    return Columns(
        tuple(Column(f"20{n}Q1", n / 20, f"{5 * n} %") for n in range(10, 10 + number)),
        (Level(0.5, "50 % excellent", "50 %"),),
    )


def curve(name="North", steps=700):
    told = tuple(
        Step(day, day / 1000, day / 1100, min(1, day / 900)) for day in range(steps)
    )
    return Curve(name, told, float(steps), (91, 182, 365))


PICTURES = [
    pytest.param(columns(), id="columns"),
    pytest.param(Columns((*columns().columns, Column("x", None, "*"))), id="a gap"),
    pytest.param(Curves((curve(), curve("Coast")), (0, 365), "days"), id="curves"),
    pytest.param(Bars((Bar("Bakery", 4, "4"), Bar("Shop", None, "*"))), id="bars"),
    pytest.param(Bars((Bar("Women", 0.4, "40 %", 0.3, 0.5),)), id="dots"),
]


def elements(drawn):
    return list(ET.fromstring(drawn).iter())


@pytest.mark.parametrize("picture", PICTURES)
def test_a_chart_on_a_page_is_light_in_both_widths(picture):
    drawn = drawing.draw(picture, "what was found")
    assert len(drawn.wide.encode()) + len(drawn.narrow.encode()) <= drawing.HEAVIEST


@pytest.mark.parametrize("picture", PICTURES)
def test_a_chart_has_neither_scripts_nor_styles_nor_addresses(picture):
    drawn = drawing.draw(picture, "what was found")
    for element in elements(drawn.wide):
        name = element.tag.rpartition("}")[2]
        assert name in drawing.SHAPES
        known = drawing.LOOK | {"class", "aria-hidden", "focusable", "paint-order"}
        assert set(element.attrib) <= known


@pytest.mark.parametrize("picture", PICTURES)
def test_every_colour_of_a_chart_becomes_a_token_on_the_page(picture):
    css = (STYLES / "pictures.css").read_text()
    drawn = drawing.draw(picture, "what was found")
    for element in elements(drawn.wide):
        for look in ("fill", "stroke"):
            colour = element.get(look)
            if colour and colour not in ("none", "transparent"):
                token = theme.TOKENS[colour]
                rule = (
                    f'.chart-drawing [{look}="{colour}"] {{ {look}: var(--{token}); }}'
                )
                assert rule in css


def test_the_colours_of_files_are_those_of_the_design_system_by_day():
    tokens = (STYLES / "braid.css").read_text()
    for colour, token in theme.TOKENS.items():
        assert re.search(rf"--{token}: light-dark\({colour},", tokens)


def test_what_somebody_wrote_stays_text():
    bars = Bars((Bar("<script>alert(1)</script>", 1, "1"),))
    drawn = drawing.draw(bars, "what was found").wide
    assert "<script" not in drawn
    assert "<script>alert(1)</script>" in [e.text for e in elements(drawn)]


def test_equal_pictures_are_drawn_once():
    one, other = (drawing.draw(columns(), "what was found") for _ in range(2))
    assert one.wide is other.wide


def test_curves_differ_by_more_than_their_colour():
    drawn = drawing.draw(Curves((curve(), curve("Coast")), (0,), "days"), "found").wide
    lines = [e for e in elements(drawn) if e.get("stroke-width") == "3"]
    assert len({line.get("stroke-dasharray") for line in lines}) == 2
    assert {"North", "Coast"} <= {e.text for e in elements(drawn)}


def test_names_of_curves_that_end_together_stand_apart():
    drawn = drawing.draw(Curves((curve(), curve("Coast")), (0,), "days"), "found").wide
    places = {e.text: e.get("transform") for e in elements(drawn) if e.text}
    assert places["North"] != places["Coast"]


@pytest.mark.parametrize("is_named", [True, False])
def test_a_curve_left_alone_of_two_keeps_its_name(is_named):
    alone = Curves((curve(),), (0,), "days", is_named=is_named)
    told = {e.text for e in elements(drawing.draw(alone, "found").wide)}
    assert ("North" in told) is is_named


def test_a_file_says_what_it_shows_and_needs_nothing_else():
    caption = drawing.Caption("Working", ("In 2026Q3: 41 %.", "Made of " + "x " * 60))
    file = drawing.svg_file(columns(), caption)
    told = " ".join(e.text for e in elements(file) if e.text)
    assert "Working" in told and "In 2026Q3: 41 %." in told
    assert "href" not in file
    assert drawing.png_file(columns(), caption).startswith(b"\x89PNG")


def test_a_column_that_is_not_shown_keeps_its_place_and_has_its_mark():
    """A year with a gap must not look like a year without that quarter."""
    gap = Column("2026Q2", None, "*")
    drawn = drawing.draw(
        Columns((Column("2026Q1", 0.4, "40 %"), gap, Column("2026Q3", 0.5, "50 %"))),
        "what was found",
    )
    words = [e.text for e in elements(drawn.wide) if e.tag.endswith("text")]
    quarters = [word for word in words if word and word.startswith("2026")]
    assert quarters == ["2026Q1", "2026Q2", "2026Q3"]
    assert "*" in words
