"""The profile of a review as a drawing: shapes that can be told apart in grey."""

from xml.etree import ElementTree as ET

import pytest

from braid.fidelity.report import profile
from braid.fidelity.report.profile import Group, Key, Mark, Profile
from braid.web.charts.theme import ACCENT, EDGE, TOKENS


def drawn(*marks, is_joined=True):
    """Return the elements of a drawing of one section."""
    shown = Profile((Group("Staffing", marks),), (), is_joined)
    root = ET.fromstring(profile.svg_file(shown))
    return [(one.tag.rpartition("}")[2], one.attrib, one.text) for one in root]


def mark(score, last=None, how="scored", title="Caseload size"):
    return Mark(1, title, score, "–" if score is None else str(score), how, last)


def kinds(found, tag):
    return [look for kind, look, _text in found if kind == tag]


def joins(found):
    return [look for look in kinds(found, "line") if look["stroke"] == EDGE]


@pytest.mark.parametrize("score", range(1, 6))
def test_a_mark_stands_on_its_score(score):
    found = drawn(mark(score))
    (disc,) = kinds(found, "circle")
    rules = sorted({float(look["x1"]) for look in kinds(found, "line")})
    ticks = [x for x in rules if x >= 0][:5]
    assert float(disc["cx"]) == pytest.approx(ticks[score - 1])
    assert disc["fill"] == ACCENT


def test_last_time_is_a_ring_and_a_line_joins_it():
    found = drawn(mark(4, last=2))
    ring, disc = kinds(found, "circle")
    assert ring["fill"] != disc["fill"] and "stroke" in ring
    (join,) = joins(found)
    assert (join["x1"], join["x2"]) == (ring["cx"], disc["cx"])
    assert "(2)" in [text for _kind, _look, text in found]


def test_a_review_that_is_not_alike_has_a_diamond_and_no_line():
    found = drawn(mark(4, last=2), is_joined=False)
    assert not joins(found) and len(kinds(found, "path")) == 1
    assert len(kinds(found, "circle")) == 1


def test_the_same_score_is_a_ring_around_the_disc():
    ring, disc = kinds(drawn(mark(3, last=3)), "circle")
    assert ring["cx"] == disc["cx"] and float(ring["r"]) > float(disc["r"]) + 2


def test_an_item_without_a_score_is_a_dashed_line_with_no_mark():
    found = drawn(mark(None, how="open"))
    assert not kinds(found, "circle")
    assert any("stroke-dasharray" in look for look in kinds(found, "line"))


def test_what_does_not_fit_is_a_square():
    assert len(kinds(drawn(mark(1, how="no_fit")), "rect")) == 1


@pytest.mark.parametrize("how", ["scored", "open", "no_fit"])
def test_every_colour_is_one_that_a_page_turns_into_its_own(how):
    for _kind, look, _text in drawn(mark(1, last=2, how=how)):
        assert {look[n] for n in ("fill", "stroke") if n in look} <= TOKENS.keys()


def test_words_stay_words_whatever_they_are():
    title = '<script>alert("x")</script> & more'
    found = profile.svg_file(Profile((Group(title, (mark(2, title=title),)),), ()))
    assert "<script" not in found and "&lt;script&gt;" in found


def test_a_page_has_it_for_desks_and_phones_and_says_it_once():
    shown = Profile((Group("Staffing", (mark(2),)),), (Key("now", "this review"),))
    made = profile.drawing(shown, "Lowest: caseload size 2.")
    for drawing, name in ((made.wide, "wide"), (made.narrow, "narrow")):
        root = ET.fromstring(drawing)
        assert root.attrib["class"] == f"chart-drawing chart-{name}"
        assert root.attrib["aria-hidden"] == "true" and "width" not in root.attrib
    assert made.alt == "Lowest: caseload size 2."


def test_a_title_too_long_for_its_room_is_written_in_two_lines():
    title = "Each specialist does every phase of the service from intake to its end"
    texts = [text for _kind, _look, text in drawn(mark(2, title=title)) if text]
    written = [text for text in texts if text in title and len(text) > 3]
    assert len(written) == 2 and " ".join(written) == title
