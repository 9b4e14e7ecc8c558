"""The braid picture says in words and in its table what it shows."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

import braid.web
from braid.web.pictures.braid_picture import (
    BraidPicture,
    Mark,
    Meeting,
    Strand,
    draw,
)
from braid.web.pictures.plait import crossings, weave

STRANDS = (
    Strand("Water", "strand-health"),
    Strand("Soil", "strand-employment"),
    Strand("Signe", "strand-applicant"),
)
FIRST, LAST = date(2025, 12, 1), date(2026, 10, 5)


def drawn(*days: date, marks: tuple[Mark, ...] = (), **more: bool) -> BraidPicture:
    meetings = [Meeting(day, "Garden evening") for day in days]
    return draw(STRANDS, meetings, marks, first_day=FIRST, last_day=LAST, **more)


def shown(picture: BraidPicture) -> str:
    context = {"picture": picture, "current_year": 2026}
    return render_to_string("web/components/braid_picture.html", context)


@given(st.lists(st.dates(FIRST, LAST), max_size=150))
def test_the_words_count_every_meeting_however_few_are_drawn(days: list[date]):
    picture = drawn(*days)
    assert picture.meetings == len(days) == len(picture.rows)
    assert all(len(each.overs) <= len(days) for each in picture.drawings)
    if len(days) > 1:
        assert f"they met {len(days)} times" in picture.description
    if any(len(each.overs) < len(days) for each in picture.drawings):
        assert "share a crossing" in picture.description


@pytest.mark.parametrize(
    ("days", "sentences"),
    [
        (
            (),
            "From 1 Dec 2025 to 5 Oct 2026 they did not meet: they ran side by side.",
        ),
        (
            (date(2026, 5, 1),),
            "From 1 Dec 2025 to 5 Oct 2026 they met once. "
            "From 1 May 2026 to 5 Oct 2026 they ran side by side.",
        ),
        (
            tuple(FIRST + timedelta(days) for days in range(14, 300, 28)),
            "From 1 Dec 2025 to 5 Oct 2026 they met 11 times.",
        ),
    ],
    ids=["never", "once, then long apart", "every fourth week"],
)
def test_the_description(days: tuple[date, ...], sentences: str):
    assert drawn(*days).description == sentences


def test_what_lies_outside_the_period_is_left_out():
    picture = drawn(
        FIRST - timedelta(1),
        FIRST,
        LAST,
        LAST + timedelta(1),
        marks=(Mark(LAST + timedelta(1), "later"),),
    )
    assert [row.day for row in picture.rows] == [LAST, FIRST]
    assert picture.meetings == 2


def test_the_table_lists_meetings_and_marks_newest_first():
    html = shown(drawn(date(2026, 3, 9), marks=(Mark(date(2026, 5, 18), "sown"),)))
    cells = re.findall(r"<td>(.*?)</td>", html)
    assert cells == [
        '<time datetime="2026-05-18">18 May</time>',
        "<strong>sown</strong>",
        '<time datetime="2026-03-09">9 Mar</time>',
        "Garden evening",
    ]


def test_each_drawing_is_an_image_with_a_name_and_a_description():
    html = shown(drawn(date(2026, 3, 9)))
    assert html.count('role="img"') == 2  # one for wide pages, one for a phone
    title = "<title>When Water, Soil and Signe met</title>"
    assert html.count(title) == 2
    assert html.count("<desc>From 1 Dec 2025 to 5 Oct 2026 they met once.") == 2


def test_strands_carry_their_class_and_their_word_never_a_colour():
    html = shown(drawn(date(2026, 3, 9)))
    for strand in STRANDS:
        assert f'class="strand {strand.css}"' in html
        assert f"{strand.label}</li>" in html
    assert "style=" not in html
    assert not re.search(r"#[0-9a-f]{6}|rgb", html)


def test_a_compact_picture_has_no_words_around_it_but_says_the_same():
    day = date(2026, 3, 9)
    picture = drawn(day, marks=(Mark(day, "sown"),), compact=True)
    html = shown(picture)
    assert "<text" not in html and "<table" not in html
    assert html.count(picture.description) == 3
    assert picture.drawings[0].height < drawn(day).drawings[0].height


def test_names_from_people_are_escaped():
    html = shown(drawn(marks=(Mark(FIRST, "<script>"),)))
    assert "<script>" not in html


def test_numbers_of_the_drawing_are_not_written_by_locale():
    with translation.override("da"):
        html = shown(drawn(date(2026, 3, 9), marks=(Mark(date(2026, 5, 18), "sået"),)))
    assert 'x1="54.55%"' in html
    assert re.search(r"9\. mar\.? ", html)


@pytest.mark.parametrize(
    ("strands", "last", "message"),
    [(STRANDS[:2], LAST, "3 strands, not 2"), (STRANDS, date(2020, 1, 1), "before")],
    ids=["two strands", "ends before it begins"],
)
def test_what_cannot_be_drawn_is_refused(
    strands: tuple[Strand, ...], last: date, message: str
):
    with pytest.raises(ValueError, match=message):
        draw(strands, (), first_day=FIRST, last_day=last)


@pytest.mark.parametrize(
    ("picture", "places", "width", "most", "lanes"),
    [
        ("logo.html", (9.2, 23, 36.8), 46, 13.8, (5, 15, 25)),
        ("favicon.svg", (9, 20, 31), 40, 11, (9, 20, 31)),
    ],
)
def test_the_logo_is_the_same_plait_with_three_crossings(
    picture: str,
    places: tuple[float, ...],
    width: float,
    most: float,
    lanes: tuple[float, ...],
):
    room = Path(braid.web.__file__).parent
    (path,) = room.rglob(picture)
    spans = crossings(places, width=width, least=9, most=most)
    plait = weave(spans, width=width, lanes=lanes)
    assert len(plait.overs) == 3
    assert re.findall(r' d="([^"]+)"', path.read_text(encoding="utf-8")) == [
        *plait.strands,
        *(path for _strand, halo, stroke in plait.overs for path in (halo, stroke)),
    ]
