"""In whose words a page speaks: those of the reader's sector, or of who gets a letter."""

from dataclasses import replace

import pytest
from django.template import Context, Template
from django.test import RequestFactory
from django.utils import translation

from braid.access.policy import Actor, Purpose, Role
from braid.access.sector_words import said, sector_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "word"),
    [
        ("ada", "job start"),
        ("ben", "job start"),
        ("cora", "start in ordinary work"),
        ("dev", "placed in employment"),
        ("una", "job start"),
        ("sam", "job start"),
        ("pat_account", "I start work"),
    ],
)
def test_everybody_reads_the_words_of_their_side(world, name, word):
    assert said("job_start", getattr(world, name).actor) == word


def test_a_caseworker_who_decides_about_money_speaks_as_the_benefit_office(world):
    deciding = replace(world.dev.actor, purpose=Purpose.BENEFIT_DECISION)

    assert sector_of(deciding) == "municipality"
    assert said("job_end", deciding) == "return to benefit"


def test_a_letter_speaks_in_the_words_of_who_gets_it(world):
    assert said("exit", world.ada.actor, "applicant") == "the help ends"


def test_the_words_follow_the_language_and_the_country(world):
    with translation.override("da"):
        assert said("search_plan", world.dev.actor) == "Min Plan"
    elsewhere = Actor(
        id=None, role=Role.CASEWORKER, organisation=world.north.pk, country="gb"
    )
    assert said("search_plan", elsewhere) == "claimant commitment"


def test_the_tag_speaks_as_the_reader(world):
    request = RequestFactory().get("/")
    request.actor = world.cora.actor
    template = "{% load sectors %}{% said 'exit' %}, {% said 'exit' 'applicant' %}"

    written = Template(template).render(Context({"request": request}))

    assert written == "end of IPS, the help ends"


def test_without_a_reader_it_speaks_as_the_unit():
    written = Template("{% load sectors %}{% said 'exit' %}").render(Context({}))

    assert written == "exit"
