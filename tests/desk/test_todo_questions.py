"""Questions of another side on the list of what is to be done, without their words."""

from datetime import timedelta

import pytest
from django.urls import reverse

from braid.access.policy import Information
from braid.desk.todo import digest
from braid.desk.todo.items import What, is_due, items
from braid.teamwork.commands import questions as commands
from tests.cast import TODAY
from tests.consents import agree
from tests.teamwork.test_questions import ask

WEEK = timedelta(7)


@pytest.fixture(autouse=True)
def agreed(world):
    for member in (world.cora, world.dev):
        agree(world, world.pat, member, Information.IDENTITY, Information.JOBS)


def of(world, name, **given):
    actor = getattr(world, name).actor
    found = items(actor, TODAY, **given)
    return [item for item in found if item.what == What.QUESTION]


def test_what_is_asked_of_the_unit_is_to_be_done_by_its_staff(world):
    asked = ask(world, "dev", "ips_provider", due_on=TODAY + WEEK)
    [item] = of(world, "ada")
    assert (item.record_id, item.person, item.due_on) == (
        asked.pk,
        world.pat.name,
        TODAY + WEEK,
    )
    assert item.text == "Job centre asks something"
    assert item.url == reverse("teamwork:question", args=[asked.pk])
    assert of(world, "una") == []


def test_what_is_asked_of_one_is_on_that_list_and_on_the_units(world):
    ask(world, "dev", "ips_provider", staff_id=world.ada.user.pk)
    assert len(of(world, "ada")) == 1
    assert of(world, "ben") == []
    assert len(of(world, "ben", whole_unit=True)) == 1


def test_an_answer_is_due_until_it_was_seen(world):
    asked = ask(world, "ada", "mental_health")
    commands.answer(actor=world.cora.actor, question=asked, text="Yes.", today=TODAY)
    [item] = of(world, "ada")
    assert item.text == "East has answered"
    assert is_due(item, TODAY)
    commands.mark_seen(actor=world.ada.actor, question=asked, today=TODAY)
    assert of(world, "ada") == []


def test_the_list_shows_it_without_its_words(world, as_):
    ask(world, "dev", "ips_provider", text="Does the wage cover the rent?")
    page = as_("ada").get(reverse("desk:todo")).content.decode()
    assert "Job centre asks something" in page
    assert "wage" not in page


def test_the_list_of_a_counsellor_has_them_too(world):
    agree(world, world.pat, world.kit, Information.IDENTITY, Information.JOBS)
    asked = ask(world, "ada", "other", staff_id=world.kit.user.pk)
    assert [item.record_id for item in of(world, "kit")] == [asked.pk]


def test_a_mail_counts_a_question_once(world):
    """It stands among what is new."""
    ask(world, "dev", "ips_provider", due_on=TODAY)
    assert [item.due_on for item in of(world, "ada")] == [TODAY]
    assert What.QUESTION not in digest.due(world.ada.actor, TODAY)
