"""Tags and filters of the design system."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest
from django.template import Context, RequestContext, Template
from django.utils import timezone, translation

from braid.web.templatetags.braid_web import icon_names, initials

TODAY = date(2026, 10, 5)


def render(text: str, **context: object) -> str:
    return Template("{% load braid_web %}" + text).render(Context(context))


@pytest.mark.parametrize(
    ("language", "year", "text"),
    [
        ("en", None, "5 Oct 2026"),
        ("en", 2026, "5 Oct"),
        ("en", 2025, "5 Oct 2026"),
        ("en-us", None, "Oct 5, 2026"),
        ("da", None, "5. okt. 2026"),
        ("da", 2026, "5. okt."),
        ("nl", None, "5 okt 2026"),
        ("xx", None, "5 Oct 2026"),
    ],
)
def test_a_day_is_written_as_its_reader_does(
    language: str, year: int | None, text: str
):
    with translation.override(language):
        html = render("{% day day year %}", day=TODAY, year=year)
    assert html == f'<time datetime="2026-10-05">{text}</time>'


def test_no_day_is_nothing():
    assert render("{% day day %}{% instant day %}", day=None) == ""


def test_an_instant_is_told_in_the_zone_of_the_place():
    late = datetime(2026, 10, 5, 22, 30, tzinfo=UTC)
    with timezone.override("Europe/Copenhagen"):
        assert render("{% instant at 2026 %}", at=late) == (
            '<time datetime="2026-10-06T00:30+02:00">6 Oct, 00:30</time>'
        )
        assert "6 Oct 2026" in render("{% day at %}", at=late)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Signe Lund", "SL"),
        ("Signe L.", "SL"),
        ("Ada", "AD"),
        ("Pernille Østergaard-Jørgensen", "PØ"),
        ("Jan van der Berg", "JB"),
        ("  åse  ", "ÅS"),
        ("12 (?)", ""),
        ("", ""),
    ],
)
def test_initials(name: str, letters: str):
    assert initials(name) == letters


def test_an_icon_is_silent_unless_it_has_a_label():
    assert 'aria-hidden="true"' in render('{% icon "house" %}')
    labelled = render('{% icon "house" "Home" %}')
    assert 'role="img" aria-label="Home"' in labelled
    assert labelled.endswith('icons.svg#house"/></svg>')


def test_an_icon_that_is_not_there_is_refused():
    assert {"house", "x-lg"} <= icon_names()
    with pytest.raises(ValueError, match="no 'unicorn'"):
        render('{% icon "unicorn" %}')


def test_a_term_twice_on_a_page_has_two_popovers():
    text = "{% term 'mulch' definition %}, "
    first, second = (render(text, definition="Covers <b>soil</b>.") for _ in "12")
    assert first != second
    assert first.endswith("</span>, ")
    assert "Covers &lt;b&gt;soil" in first


def test_a_card_holds_what_stands_between_its_tags():
    html = render(
        "{% card title source='Until now.' anchor='top' %}<p>{{ word }}</p>{% endcard %}",
        title="Fruit & veg",
        word="<pears>",
    )
    assert '<section class="card" id="top">' in html
    assert "<h2>Fruit &amp; veg</h2>" in html
    assert "<p>&lt;pears&gt;</p>" in html
    assert '<p class="source">Until now.</p>' in html


def test_page_url_keeps_what_else_the_address_says(request_of_page: HttpRequest):
    template = Template("{% load braid_web %}{% page_url 'page' 4 %}")
    html = template.render(RequestContext(request_of_page))
    assert html == "?sort=name&amp;page=4"
    assert template.render(Context({})) == "?page=4"


@pytest.mark.parametrize(
    ("tags", "url"),
    [("undo:/beds/1/undo/", "/beds/1/undo/"), ("", ""), ("other", "")],
    ids=["with undo", "without", "tags of others"],
)
def test_undo_url_of_a_message(tags: str, url: str):
    message = Message(25, "Done.", extra_tags=tags)
    assert render("{{ message|undo_url }}", message=message) == url
