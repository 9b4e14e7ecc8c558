"""A unit whose outcomes are known by heart: sixteen people over four quarters."""

from datetime import date, timedelta

import pytest

from braid.facts import commands
from braid.outcomes import charts, periods, queries, views
from tests.cast import TODAY
from tests.factories.access import TeamFactory
from tests.factories.people import (
    ApplicantFactory,
    CaseloadSpellFactory,
    EpisodeFactory,
    TreatmentSpellFactory,
)
from tests.factories.work import JobFactory, JobTermsFactory

ACCEPTED = (date(2025, 11, 10), date(2026, 2, 9), date(2026, 5, 11), date(2026, 7, 6))


def person(unit, specialist, team, number, *, name="Person"):
    """Bring somebody in: women at even numbers, accepted in a quarter each in turn."""
    accepted = ACCEPTED[number % 4]
    episode = EpisodeFactory(
        applicant=ApplicantFactory(
            organisation=unit.organisation,
            given_name=f"{name}{number}",
            family_name="Q",
            gender="man" if number % 2 else "woman",
        ),
        unit=unit,
        referred_on=accepted - timedelta(7),
        accepted_on=accepted,
        entered_on=accepted + timedelta(7),
        at_referral="out_of_work",
        state="active",
    )
    if specialist is not None:
        CaseloadSpellFactory(episode=episode, specialist=specialist, first_day=accepted)
    TreatmentSpellFactory(episode=episode, team=team, first_day=accepted)
    return episode


def at_work(episode, after, last_day=None):
    """Let somebody start an ordinary job so many days after acceptance."""
    first_day = episode.accepted_on + timedelta(after)
    job = JobFactory(
        episode=episode,
        first_day=first_day,
        last_day=last_day,
        occupation="5120",
        held_at_referral=False,
    )
    JobTermsFactory(job=job, first_day=first_day)
    return job


@pytest.fixture
def working(world):
    """Of sixteen people at North ten start a job after 40 to 60 days; three ended."""
    for number in range(16):
        episode = person(world.north, world.ada.user, world.east, number)
        if number < 10:
            ended = TODAY - timedelta(3) if number in (0, 4, 8) else None
            at_work(episode, 40 + 2 * number, ended)
    return world


@pytest.fixture
def frozen(working, settings, tmp_path, monkeypatch):
    """The same with a second unit of three people, frozen by the steward.

    Read of three quarters, and of one group: what hangs together does so of few as well.
    """
    settings.BRAID_DATA = tmp_path
    monkeypatch.setattr(periods, "QUARTERS", 3)
    monkeypatch.setattr(queries, "EQUITY_KEYS", ("gender",))
    monkeypatch.setattr(queries, "SECTIONS", (charts.IN_WORK, charts.TIME))
    monkeypatch.setattr(views, "SECTIONS", (charts.IN_WORK, charts.TIME))
    coast = TeamFactory(
        organisation=working.havnelund, name="Coast", slug="coast", kind="ips_unit"
    )
    for number in range(3):
        episode = person(coast, None, working.east, number, name="Coastal")
        if number < 2:
            at_work(episode, 30)
    commands.build(actor=working.sam.actor, today=TODAY)
    return working
