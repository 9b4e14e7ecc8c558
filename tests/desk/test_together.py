"""What two sides do together, beside a page: about one person, on one's own day, about me."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from braid.access.models import AuditEntry
from braid.access.policy import Information
from tests.cast import TODAY
from tests.consents import agree
from tests.desk.test_pages import text
from tests.factories.access import BlockFactory
from tests.factories.teamwork import (
    CoverFactory,
    MeetingFactory,
    ProposalFactory,
    QuestionFactory,
    TaskFactory,
)

pytestmark = pytest.mark.django_db

HTMX = {"HTTP_HX_REQUEST": "true"}


@pytest.fixture
def about_pat(world):
    return reverse("desk:person_together", args=[world.pat.pk])


@pytest.fixture
def asked(world):
    return QuestionFactory(
        episode=world.pat_episode,
        unit=world.north,
        by_team=world.north,
        of_team=world.east,
        text="Which day suits a talk of three?",
        kind="attendance",
    )


def test_the_unit_reads_what_was_asked_and_proposed(world, as_, about_pat, asked):
    ProposalFactory(episode=world.pat_episode, kind="course", words="Not again")
    page = text(as_("ada").get(about_pat))
    assert "Which day suits a talk of three?" in page
    assert "a course first" in page and "Not again" in page
    assert "Corridor note" in page and "Ask a question" in page
    entry = AuditEntry.objects.filter(action="person_together_opened").get()
    assert entry.applicant_key == world.pat.pk


def test_the_other_side_reads_each_class_as_far_as_it_is_agreed(
    world, as_, about_pat, asked
):
    ProposalFactory(episode=world.pat_episode, kind="course", words="Not again")
    client = as_("cora")
    assert client.get(about_pat).status_code == 404
    agree(world, world.pat, world.cora, Information.ATTENDANCE)
    page = text(client.get(about_pat))
    assert asked.text in page and "Not again" not in page
    both = (Information.ATTENDANCE, Information.WORK_GOALS)
    agree(world, world.pat, world.cora, *both)
    assert "Not again" in text(client.get(about_pat))


def test_who_is_blocked_meets_a_stranger(world, as_, about_pat, asked):
    BlockFactory(
        organisation=world.havnelund,
        applicant_id=world.pat.pk,
        user=world.ben.user,
        name=world.ben.user.name,
    )
    assert as_("ben").get(about_pat).status_code == 404
    day = text(as_("ben").get(reverse("desk:day_together")))
    assert "wait for an answer" not in day and "waits for an answer" not in day


def test_the_day_shows_meetings_decisions_cover_and_questions(world, as_, asked):
    asked.by_sector, asked.by_team = "mental_health", world.east
    asked.of_sector, asked.of_team = "ips_provider", world.north
    asked.save()
    MeetingFactory(unit=world.north, team=world.east, day=TODAY)
    decided = MeetingFactory(unit=world.north, kind="steering", day=TODAY)
    TaskFactory(
        unit=world.north,
        episode=None,
        meeting=decided,
        for_unit=True,
        text="Plans are shown within two weeks",
    )
    CoverFactory(
        unit=world.north,
        staff=world.ben.user,
        covered_by=world.ada.user,
        first_day=TODAY,
        last_day=TODAY,
    )
    page = text(as_("ada").get(reverse("desk:day_together")))
    assert "East" in page and "Treatment-team meeting · today" in page
    assert "1 question waits for an answer" in page
    assert "Plans are shown within two weeks" in page
    assert f"for {world.ben.user.name}" in page


def test_a_day_without_anything_says_so(as_):
    assert "Nothing waits from meetings or questions." in text(
        as_("ada").get(reverse("desk:day_together"))
    )


@pytest.mark.parametrize("name", ["person_together", "day_together"])
def test_a_part_loads_alone_and_is_a_page_without_scripts(world, as_, name):
    keys = [world.pat.pk] if name == "person_together" else []
    address = reverse(f"desk:{name}", args=keys)
    part, page = as_("ada").get(address, **HTMX), as_("ada").get(address)
    assert b"<html" not in part.content
    assert b"<html" in page.content and b"<h1>" in page.content


def test_an_applicant_reads_every_question_about_themself(world, as_, asked):
    other = QuestionFactory(
        episode=world.quinn_episode, unit=world.north, text="About somebody else"
    )
    page = text(as_("pat_account").get(reverse("desk:own_questions")))
    assert asked.text in page and other.text not in page
    assert as_("ada").get(reverse("desk:own_questions")).status_code == 403


@pytest.mark.parametrize("name", ["person_together", "day_together"])
def test_it_asks_as_often_for_many_as_for_one(world, as_, name):
    keys = [world.pat.pk] if name == "person_together" else []
    address, client = reverse(f"desk:{name}", args=keys), as_("ada")

    def more():
        for _each in range(2):
            ProposalFactory(episode=world.pat_episode)
            MeetingFactory(unit=world.north, team=world.east, day=TODAY)
            QuestionFactory(
                episode=world.pat_episode, unit=world.north, of_team=world.east
            )

    more()
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    more()
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) == len(few) <= 24
