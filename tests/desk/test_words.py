"""What others call it: every event side by side, and the search for a word."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from braid.access.policy import Information
from tests.consents import agree

pytestmark = pytest.mark.django_db


def text(answer):
    return answer.content.decode()


def test_the_readers_own_word_stands_out(as_):
    page = text(as_("cora").get("/words/"))

    assert "<strong>start in ordinary work</strong>" in page
    assert "<span>job start</span>" in page
    assert "use yours: Treatment" in page


def test_a_word_is_found_whoever_uses_it(as_):
    page = text(as_("ada").get("/words/?q=ACTIVE+offer"))

    assert "episode in IPS" in page
    assert "job start" not in page


def test_a_word_that_nobody_uses_is_told_with_the_way_back(as_):
    page = text(as_("ada").get("/words/?q=xyzzy"))

    assert "Nobody here calls anything that" in page
    assert 'href="/words/"' in page


def test_what_is_searched_for_is_shown_as_text(as_):
    page = text(as_("ada").get("/words/", {"q": '"><script>alert(1)</script>'}))

    assert "<script>alert" not in page


def test_in_danish_it_is_danish(as_, world):
    world.cora.user.language = "da"
    world.cora.user.save()

    assert "start i ordinært arbejde" in text(as_("cora").get("/words/"))


def test_it_asks_the_database_for_nothing_of_its_own(as_):
    client = as_("ada")
    client.get("/words/")
    with CaptureQueriesContext(connection) as whole:
        client.get("/words/")
    with CaptureQueriesContext(connection) as none:
        client.get("/words/?q=xyzzy")

    assert len(whole) == len(none) <= 6


def test_a_shared_person_is_told_in_the_words_of_the_reader(as_, world):
    agree(world, world.pat, world.dev, Information.IDENTITY, Information.ATTENDANCE)

    page = text(as_("dev").get(f"/people/{world.pat.pk}/"))

    assert "allocation to an offer" in page
    assert "first conversation" in page
    assert "First meaningful contact" not in page
