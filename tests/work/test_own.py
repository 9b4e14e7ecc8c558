"""What applicants read of their own work: what comes next, and their jobs."""

from datetime import timedelta

import pytest

from braid.work import queries
from tests.cast import TODAY
from tests.factories.work import (
    ContactFactory,
    EmployerContactFactory,
    EmployerFactory,
    JobFactory,
    JobTermsFactory,
)

DAY = timedelta(days=1)


@pytest.fixture
def bakery(world):
    return EmployerFactory(unit=world.north, name="Bageriet")


def visit(world, bakery, **values):
    return EmployerContactFactory(
        **{
            "unit": world.north,
            "employer": bakery,
            "episode": world.pat_episode,
            "staff": world.ada.user,
            "day": TODAY - 3 * DAY,
            "next_step": "Bring a CV",
            "next_on": TODAY + DAY,
        }
        | values
    )


def ahead(world, name="pat_account", episode=None):
    keys = [(episode or world.pat_episode).pk]
    return queries.ahead(getattr(world, name).actor, keys, TODAY)


def test_what_comes_next_is_steps_and_meetings_by_day(world, bakery):
    visit(world, bakery)
    ContactFactory(
        episode=world.pat_episode,
        staff=world.ada.user,
        day=TODAY + 3 * DAY,
        attended=None,
    )
    step, meeting = ahead(world)
    assert (step.what, step.employer, step.staff) == (
        "Bring a CV",
        "Bageriet",
        "Ada Specialist",
    )
    assert (meeting.is_meeting, meeting.day) == (True, TODAY + 3 * DAY)


@pytest.mark.parametrize(
    "changed",
    [
        pytest.param({"next_on": TODAY - DAY}, id="the day is over"),
        pytest.param({"next_step": ""}, id="nothing was agreed"),
        pytest.param({"episode": None}, id="for nobody in particular"),
    ],
)
def test_what_is_no_step_ahead(world, bakery, changed):
    visit(world, bakery, **changed)
    assert ahead(world) == []


def test_a_later_contact_takes_the_step_away(world, bakery):
    visit(world, bakery)
    visit(world, bakery, day=TODAY, next_step="", next_on=None)
    assert ahead(world) == []


def test_nobody_reads_what_comes_next_for_another(world, bakery):
    visit(world, bakery, episode=world.quinn_episode)
    assert ahead(world, episode=world.quinn_episode) == []
    assert ahead(world, "ola", world.quinn_episode) == []
    assert len(ahead(world, "ada", world.quinn_episode)) == 1


def test_jobs_say_the_hours_of_today_and_what_was_told(world, bakery):
    job = JobFactory(
        episode=world.pat_episode, employer=bakery, disclosure="support_only"
    )
    JobTermsFactory(job=job, first_day=TODAY - 90 * DAY, weekly_hours=10)
    JobTermsFactory(job=job, first_day=TODAY - 5 * DAY, weekly_hours=15)
    JobTermsFactory(job=job, first_day=TODAY + 5 * DAY, weekly_hours=20)
    JobFactory(episode=world.quinn_episode)
    (found,) = queries.own_jobs(
        world.pat_account.actor,
        [world.pat_episode.pk, world.quinn_episode.pk],
        TODAY,
    )
    assert (found.employer, found.weekly_hours, found.told) == (
        "Bageriet",
        15,
        "support_only",
    )
    assert found.is_now(TODAY)
