"""What is planted about Pat never stands in an address, a log, an error, a cookie.

Pages show what their readers may see; nothing else of an answer does, and no error page
shows anything at all.
"""

import io
import logging
import re
from urllib.parse import unquote_plus

import pytest
from django.conf import settings as site
from django.test import Client
from django.urls import reverse

from braid.people import commands
from braid.people.models import Note
from braid.site.log_lines import PlainFormatter
from tests.crawl import addresses, opened, things_of

NAME, FAMILY, NUMBER = "Quillon", "Zarkovine", "1707614285"
WORDS = "hears the heating speak at night"
PLANTED = (NAME, FAMILY, NUMBER, "170761-4285", WORDS, "quillon@example.org")
MEMBERS = ("ada", "ben", "sam", "pat_account", "")
ENDS = {"account_logout", "desk:own_end"}  # whoever asks for these is gone
ADDRESS = re.compile(r'(?:href|action|src|hx-get|hx-post|formaction)="([^"]*)"')


def planted_in(text):
    plain = unquote_plus(text).casefold()
    return [mark for mark in PLANTED if mark.casefold() in plain]


@pytest.fixture
def planted(world, today):
    pat = world.pat
    pat.given_name, pat.family_name = NAME, FAMILY
    pat.email, pat.phone = "quillon@example.org", "+45 17076142"
    pat.save()
    Note.objects.system("test")
    commands.add_identifier(
        actor=world.ada.actor, applicant=pat, system="dk-cpr", value=NUMBER
    )
    commands.write_note(
        actor=world.ada.actor,
        episode=world.pat_episode,
        day=today,
        kind="conversation",
        text=WORDS,
    )
    return things_of(world)


@pytest.fixture
def log():
    """Everything that is logged, in the lines that the program writes."""
    lines = io.StringIO()
    handler = logging.StreamHandler(lines)
    handler.setFormatter(PlainFormatter("%(levelname)s %(name)s %(message)s"))
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield lines
    root.removeHandler(handler)
    root.setLevel(before)


def signed_in(as_, member):
    client = as_(member) if member else Client()
    client.raise_request_exception = False
    return client


def body_of(answer):
    return "" if answer.streaming else answer.content.decode(errors="replace")


def leaks(client, answer):
    """Yield where something planted stands that is no part of a page."""
    for name, value in answer.items():
        if name != "Content-Disposition" and planted_in(str(value)):
            yield f"header {name}"
    for name, cookie in client.cookies.items():
        if planted_in(f"{name} {cookie.value}"):
            yield f"cookie {name}"
    body = body_of(answer)
    if answer.status_code >= 400 and answer.status_code != 422 and planted_in(body):
        yield f"error page {answer.status_code}"
    for address in ADDRESS.findall(body):
        if not address.startswith(("mailto:", "tel:")) and planted_in(address):
            yield f"address {address}"


@pytest.mark.parametrize("member", MEMBERS)
def test_a_crawl_leaks_nothing(world, as_, planted, log, member):
    client = signed_in(as_, member)
    found, read = {}, 0
    for name, _address, answer in opened(client, planted, ENDS):
        read += bool(planted_in(body_of(answer)))
        if told := list(leaks(client, answer)):
            found[f"GET {name}"] = told
    assert found == {}
    assert planted_in(log.getvalue()) == []
    if member in {"ada", "ben", "pat_account"}:
        assert read  # the marks do stand in pages of who may read them


@pytest.mark.parametrize("member", ["ada", "pat_account", ""])
def test_what_is_sent_leaks_nothing(world, as_, planted, log, member):
    """Every form is sent with the marks in fields of every likely name."""
    client = signed_in(as_, member)
    fields = (
        *("q", "name", "given_name", "family_name", "email", "login", "password"),
        *("text", "words", "note", "value", "code", "reason", "title", "goal"),
    )
    sent = dict.fromkeys(fields, f"{NAME} {FAMILY} {NUMBER} {WORDS}")
    found = {}
    for name, address in addresses(planted[:2]):
        if name in ENDS:
            continue
        answer = client.post(address, sent)
        if told := list(leaks(client, answer)):
            found[f"POST {name}"] = told
    assert found == {}
    assert planted_in(log.getvalue()) == []


def test_a_search_stands_in_the_body_only(world, as_, planted, log):
    client = as_("ada")
    page = client.get(reverse("desk:today")).content.decode()
    forms = re.findall(r'<form[^>]*role="search"[^>]*>', page)
    assert forms and all('method="post"' in form for form in forms)
    found = client.post(reverse("desk:search"), {"q": NUMBER})
    assert FAMILY in found.content.decode()
    assert planted_in(log.getvalue()) == []


def test_a_page_that_breaks_tells_nobody_what_it_held(
    world, as_, planted, log, monkeypatch
):
    from braid.desk import queries

    def broken(*_given, **_named):
        try:
            raise KeyError(f"{NAME} {FAMILY}")
        except KeyError as error:
            raise ValueError(f"cannot count {NUMBER}: {WORDS}") from error

    monkeypatch.setattr(queries, "caseload", broken)
    client = signed_in(as_, "ada")
    answer = client.get(reverse("desk:today"))
    assert answer.status_code == 500
    assert planted_in(body_of(answer)) == []
    lines = log.getvalue()
    assert "ValueError" in lines and "KeyError" in lines
    assert "test_nothing_personal.py" in lines
    assert planted_in(lines) == []


def test_the_program_logs_with_that_formatter():
    plain = site.LOGGING["formatters"]["plain"]
    assert plain["()"] == "braid.site.log_lines.PlainFormatter"
    assert {h["formatter"] for h in site.LOGGING["handlers"].values()} == {"plain"}


@pytest.mark.parametrize("code", [400, 403, 404, 413, 429, 500, 503])
def test_every_error_has_a_page_that_needs_nothing(code):
    from django.template.loader import render_to_string

    page = render_to_string(f"{code}.html")
    assert "<h1>" in page
    assert planted_in(page) == []
