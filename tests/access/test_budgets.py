"""Read budgets: a robot is stopped, five working days are not."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from braid.access import audit, budgets
from braid.access.models import AuditEntry
from braid.access.policy import Information
from braid.people.models import Episode
from tests.access.sign_in.conftest import PASSWORD, sign_in, with_password
from tests.cast import TODAY
from tests.consents import agree
from tests.factories.people import (
    ApplicantFactory,
    CaseloadSpellFactory,
    EpisodeFactory,
)
from tests.factories.work import ContactFactory, JobFactory

NOW = f"{TODAY.isoformat()}T07:00:00+00:00"
ONE = timedelta(seconds=1)


@pytest.fixture
def clock():
    with time_machine.travel(NOW, tick=False) as travelling:
        yield travelling


@pytest.fixture
def ada(world, clock):
    client = Client()
    sign_in(client, with_password(world.ada.user).email)
    return client


def people(world, number):
    """Return the keys of more people of Ada's unit."""
    found = []
    for _one in range(number):
        episode = EpisodeFactory(
            applicant=ApplicantFactory(organisation=world.havnelund),
            unit=world.north,
            state="active",
        )
        CaseloadSpellFactory(episode=episode, specialist=world.ada.user)
        found.append(episode.applicant_id)
    return found


def opened(client, keys, clock, every=ONE):
    """Open one after the other; return how many pages came."""
    came = 0
    for key in keys:
        came += client.get(f"/people/{key}/").status_code == 200
        clock.shift(every)
    return came


def had_opened(world, number, clock):
    """Write down that Ada opened so many others within the last minutes."""
    for _one in range(number):
        key = ApplicantFactory(organisation=world.havnelund).pk
        audit.record(world.ada.actor, "person_opened", applicant=key)


def confirm(client, answer):
    return client.post(answer["Location"], {"password": PASSWORD})


@pytest.mark.long
def test_a_robot_that_opens_one_a_second_is_stopped_at_sixty(ada, world, clock):
    assert opened(ada, people(world, 70), clock) == 60
    asked = AuditEntry.objects.filter(action="read_budget_spent", outcome="asked")
    assert asked.count() == 10


@pytest.mark.parametrize(
    "address",
    [
        "/people/{person}/",
        "/people/{person}/timeline/",
        "/people/{person}/details/",
        "/people/{person}/account/",
        "/people/{person}/numbers/",
        "/people/{person}/audience/jobs/",
        "/people/{person}/sharing/give/",
        "/episodes/{episode}/words/",
        "/sharing/{entry}/",
        "/sharing/{entry}/until/",
        "/jobs/{job}/",
        "/contacts/{contact}/",
        "/log/audience/?person={episode}",
        "/log/audience/?job={job}",
    ],
)
def test_every_page_about_a_person_counts(ada, world, clock, address):
    had_opened(world, 60, clock)
    address = address.format(
        person=world.pat.pk,
        episode=world.pat_episode.pk,
        entry=agree(world, world.pat, world.cora, Information.IDENTITY, by="ben").pk,
        job=JobFactory(episode=world.pat_episode).pk,
        contact=ContactFactory(episode=world.pat_episode).pk,
    )
    answer = ada.get(address)
    assert answer["Location"].startswith("/account/reauthenticate/")


ROBOTS = {
    "accounts": "/people/{person}/account/",
    "numbers": "/people/{person}/numbers/",
    "audiences": "/people/{person}/audience/jobs/",
    "words": "/episodes/{episode}/words/",
    "states": "/episodes/{episode}/state/",
    "job centres": "/episodes/{episode}/casework/",
    "readers of the log": "/log/audience/?person={episode}",
}


@pytest.mark.parametrize("pages", ROBOTS)
def test_a_robot_over_pages_that_record_nothing_themselves_is_stopped(
    ada, world, clock, settings, pages
):
    settings.BRAID_READ_BUDGET = 3
    keys = people(world, 5)
    episodes = dict(Episode.objects.system("test").values_list("applicant_id", "pk"))
    came = [
        ada.get(ROBOTS[pages].format(person=key, episode=episodes[key])).status_code
        for key in keys
    ]
    assert came == [200, 200, 200, 302, 302]


def test_another_page_of_who_was_opened_already_costs_nothing(ada, world, clock):
    assert ada.get(f"/people/{world.pat.pk}/").status_code == 200
    had_opened(world, 60, clock)
    words = f"/episodes/{world.pat_episode.pk}/words/"
    assert ada.get(words).status_code == 200
    other = f"/episodes/{world.quinn_episode.pk}/words/"
    assert ada.get(other).status_code == 302


def test_who_was_opened_already_costs_nothing(ada, world, clock):
    assert ada.get(f"/people/{world.pat.pk}/").status_code == 200
    had_opened(world, 59, clock)
    for _again in range(3):
        assert ada.get(f"/people/{world.pat.pk}/").status_code == 200
    assert ada.get(f"/people/{world.quinn.pk}/").status_code == 302


def test_who_confirms_goes_on_to_twice_as_many_and_no_further(ada, world, clock):
    had_opened(world, 60, clock)
    asked = ada.get(f"/people/{world.pat.pk}/")
    clock.shift(ONE)
    assert confirm(ada, asked)["Location"] == f"/people/{world.pat.pk}/"
    assert ada.get(f"/people/{world.pat.pk}/").status_code == 200
    had_opened(world, 59, clock)
    answer = ada.get(f"/people/{world.quinn.pk}/")
    assert answer.status_code == 429
    assert "You opened 120 people within one hour" in answer.content.decode()
    assert "Quinn" not in answer.content.decode()
    refused = AuditEntry.objects.filter(action="read_budget_spent", outcome="refused")
    assert refused.count() == 1


def test_a_confirmation_from_before_does_not_count(ada, world, clock):
    """Somebody who has just signed in is asked as well: a robot may sit in any session."""
    had_opened(world, 60, clock)
    assert ada.get(f"/people/{world.pat.pk}/").status_code == 302
    assert ada.get(f"/people/{world.pat.pk}/").status_code == 302


def test_after_an_hour_the_budget_is_whole_again(ada, world, clock):
    had_opened(world, 60, clock)
    assert ada.get(f"/people/{world.pat.pk}/").status_code == 302
    clock.shift(timedelta(hours=1, seconds=1))
    sign_in(ada, world.ada.user.email)
    assert ada.get(f"/people/{world.pat.pk}/").status_code == 200


def test_somebody_elses_reading_costs_nothing(ada, world, clock):
    for _one in range(70):
        key = ApplicantFactory(organisation=world.havnelund).pk
        audit.record(world.ben.actor, "person_opened", applicant=key)
    assert ada.get(f"/people/{world.pat.pk}/").status_code == 200


def test_the_applicants_own_pages_cost_nothing(world, clock, settings):
    settings.BRAID_READ_BUDGET = 0
    client = Client()
    client.force_login(world.pat_account.user)
    assert client.get("/me/").status_code == 200


def test_it_costs_one_indexed_query(world, clock):
    had_opened(world, 5, clock)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        found = budgets.budget(world.ada.actor, timezone.now())
    assert len(queries) == 1
    assert len(found.opened) == 5
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {queries[0]['sql']}")
        assert "access_audi_actor_i" in str(cursor.fetchall())


@pytest.mark.long
def test_five_working_days_are_never_stopped(world, clock):
    """Twenty-five people a day, the busiest hour with the whole caseload twice."""
    caseload = people(world, 25)
    client = Client()
    user = with_password(world.ada.user)
    for _day in range(5):
        sign_in(client, user.email)
        assert opened(client, caseload * 2, clock, timedelta(minutes=1)) == 50
        clock.shift(timedelta(hours=23))
    assert not AuditEntry.objects.filter(action="read_budget_spent").exists()
