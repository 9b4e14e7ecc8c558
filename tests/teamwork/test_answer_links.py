"""A link that opens exactly one question, without an account and once."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
import time_machine
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from braid.access import secrets
from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.teamwork.commands import answer_links
from braid.teamwork.commands import questions as commands
from braid.teamwork.models import AnswerLink, Question
from tests.cast import TODAY
from tests.consents import agree, withdraw
from tests.factories.access import BlockFactory
from tests.teamwork.test_questions import ask

IDENTITY, JOBS = Information.IDENTITY, Information.JOBS
NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 7, tzinfo=UTC)


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def asked(world, today):
    agree(world, world.pat, world.dev, IDENTITY, JOBS)
    return ask(world, "ada", "employment", text="Is the <b>badge</b> ordered?")


@pytest.fixture
def made(world, asked):
    return answer_links.make(
        actor=world.ada.actor,
        question=asked,
        who="Iben at the desk",
        sent_to="",
        now=NOW,
        day=TODAY,
    )


def address(made):
    return reverse("teamwork:answer_link", args=[made.link])


def entered(made) -> Client:
    client = Client()
    answer = client.post(address(made), {"code": made.code})
    assert answer.status_code == 302
    assert answer["Location"] == address(made)
    return client


def stored():
    return Question.objects.system("test").get()


def test_ada_makes_a_link_and_dev_answers_by_it(world, as_, asked):
    page = as_("ada").post(
        reverse("teamwork:question_link", args=[asked.pk]), {"who": "Dev, job centre"}
    )
    shown = page.content.decode()
    link = re.search(r"https?://\S*/answer/[\w-]+/", shown).group(0)
    code = re.search(r"\b(\d{4} \d{4})\b", shown).group(1)

    client, path = Client(), urlsplit(link).path
    door = client.get(path).content.decode()
    assert "badge" not in door
    assert "P. L." not in door
    client.post(path, {"code": code})
    page = client.get(path).content.decode()
    assert "P. L." in page
    assert "Pat" not in page
    assert "Lund" not in page
    assert world.ada.user.name in page
    assert "Is the &lt;b&gt;badge&lt;/b&gt; ordered?" in page

    thanks = client.post(path, {"answer": "Since Friday.", "name": "Dev, job centre"})
    assert "Thank you" in thanks.content.decode()
    found = stored()
    assert (found.state, found.answer) == ("answered", "Since Friday.")
    assert (found.answered_words, found.answered_by) == ("Dev, job centre", None)
    entry = AuditEntry.objects.get(action="question_answered_by_link")
    assert (entry.system, entry.applicant_key) == (answer_links.TASK, world.pat.pk)


def test_the_page_is_kept_by_nobody(made):
    client = entered(made)
    for page in (Client().get(address(made)), client.get(address(made))):
        assert "noindex" in page["X-Robots-Tag"]
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] == "strict-origin"


def test_neither_link_nor_code_is_kept(made, asked):
    kept = AnswerLink.objects.system("test").get()
    said = " ".join(str(value) for value in vars(kept).values())
    assert made.link not in said
    assert made.code not in said
    assert len(made.code) == answer_links.DIGITS


def test_a_code_may_be_typed_with_a_space(made):
    typed = f" {made.code[:4]} {made.code[4:]} "
    assert Client().post(address(made), {"code": typed}).status_code == 302


def test_five_wrong_codes_end_a_link(made, asked):
    client, wrong = Client(), f"{(int(made.code) + 1) % 10**8:08}"
    for _each in range(answer_links.TRIES):
        page = client.post(address(made), {"code": wrong})
        assert page.status_code == 422
        assert "open no question" in page.content.decode()
    assert client.post(address(made), {"code": made.code}).status_code == 422
    missed = AuditEntry.objects.filter(action="answer_code_missed", outcome="refused")
    assert missed.count() == answer_links.TRIES
    assert stored().state == "open"


def test_a_link_that_nobody_made_answers_as_a_wrong_code_does(made):
    wrong = {"code": "00000000" if made.code != "00000000" else "11111111"}
    known = Client().post(address(made), wrong)
    unknown = Client().post(reverse("teamwork:answer_link", args=["x" * 43]), wrong)
    assert known.status_code == unknown.status_code == 422

    def bare(page):
        text = page.content.decode().replace(made.link, "").replace("x" * 43, "")
        return re.sub(r'nonce="[^"]*"|value="[A-Za-z0-9]{64}"', "", text)

    assert bare(known) == bare(unknown)


def test_many_tries_from_one_place_have_to_wait(made):
    pages = [
        Client().post(reverse("teamwork:answer_link", args=[f"a{n}"]), {"code": "1"})
        for n in range(21)
    ]
    assert "Too many tries" not in pages[19].content.decode()
    assert "Too many tries" in pages[20].content.decode()


def test_after_two_weeks_a_link_is_over(made):
    with time_machine.travel(NOW + answer_links.LASTS + timedelta(minutes=1)):
        assert Client().post(address(made), {"code": made.code}).status_code == 422


def test_a_link_is_used_once(made):
    first, second = entered(made), entered(made)
    given = {"answer": "Yes.", "name": "Dev"}
    assert first.post(address(made), given).status_code == 200
    late = second.post(address(made), {"answer": "No, because …", "name": "Dev"})
    assert late.status_code == 422
    assert "No, because …" in late.content.decode()
    assert stored().answer == "Yes."


def test_a_new_link_ends_the_one_before(world, asked, made):
    answer_links.make(
        actor=world.ada.actor, question=asked, who="", sent_to="", now=NOW, day=TODAY
    )
    assert Client().post(address(made), {"code": made.code}).status_code == 422


def test_what_is_taken_back_opens_to_nobody(world, asked, made):
    client = entered(made)
    commands.take_back(actor=world.ada.actor, question=asked, today=TODAY)
    page = client.get(address(made))
    assert "This link is over" in page.content.decode()
    assert "badge" not in page.content.decode()


def test_consent_that_ends_meanwhile_sends_nothing_and_loses_nothing(world, made):
    client = entered(made)
    withdraw(world, world.pat, world.dev)
    page = client.post(address(made), {"answer": "Since <Friday>", "name": "Dev"})
    assert page.status_code == 422
    shown = page.content.decode()
    assert "Since &lt;Friday&gt;" in shown
    assert "badge" not in shown
    assert "P. L." not in shown
    assert stored().state == "open"


def test_who_is_blocked_by_name_answers_nothing(world, made):
    client = entered(made)
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=world.pat.pk,
        user=None,
        name="Nosy Neighbour",
        name_hash=secrets.name_hash("Nosy Neighbour"),
    )
    given = {"answer": "Hm.", "name": "nosy  neighbour"}
    page = client.post(address(made), given)
    assert page.status_code == 422
    assert "Hm." in page.content.decode()
    assert stored().state == "open"


def test_an_answer_says_who_gives_it(made):
    client = entered(made)
    page = client.post(address(made), {"answer": "Yes.", "name": ""})
    assert page.status_code == 422
    assert "Yes." in page.content.decode()


def test_a_long_answer_with_signs_of_all_kinds_is_kept_as_text(made):
    text = ("مرحبا 🙂 <script>alert(1)</script> " * 600)[:20_000].strip()
    entered(made).post(address(made), {"answer": text, "name": "Dev"})
    assert stored().answer == text


def test_who_signs_in_is_led_to_the_question_itself(world, as_, asked, made):
    page = as_("dev").get(address(made))
    assert page["Location"] == reverse("teamwork:question", args=[asked.pk])


def test_a_mail_holds_the_link_and_nothing_else(
    world, as_, asked, settings, mailoutbox
):
    settings.BRAID_MAILS = True
    page = as_("ada").post(
        reverse("teamwork:question_link", args=[asked.pk]),
        {"who": "Iben", "sent_to": "iben@example.org"},
    )
    code = re.search(r"\b(\d{4} \d{4})\b", page.content.decode()).group(1)
    assert "/answer/" not in page.content.decode()
    [mail] = mailoutbox
    assert mail.to == ["iben@example.org"]
    assert "/answer/" in mail.body
    text = mail.subject + mail.body
    for word in ("Pat", "Lund", "badge", "Ada", code, code.replace(" ", "")):
        assert word not in text


def test_only_those_who_asked_make_a_link(as_, asked):
    where = reverse("teamwork:question_link", args=[asked.pk])
    assert as_("dev").get(where).status_code == 404
    assert as_("ola").get(where).status_code == 404


def test_no_link_is_made_to_what_they_may_not_read(world, as_, asked):
    withdraw(world, world.pat, world.dev)
    where = reverse("teamwork:question_link", args=[asked.pk])
    page = as_("ada").post(where, {"who": "Iben at the desk"})
    assert page.status_code == 422
    assert "Iben at the desk" in page.content.decode()
    assert AnswerLink.objects.system("test").count() == 0


def test_a_form_of_the_page_is_taken_from_a_browser(made):
    """A browser says where a form comes from; a page that hides it all is refused."""
    client = Client(enforce_csrf_checks=True)
    page = client.get(address(made)).content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page).group(1)
    given = {"code": made.code, "csrfmiddlewaretoken": token}
    hidden = client.post(address(made), given, headers={"origin": "null"})
    assert hidden.status_code == 403
    shown = client.post(address(made), given, headers={"origin": "http://testserver"})
    assert shown.status_code == 302
