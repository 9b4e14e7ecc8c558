"""What the review of accesses is told of people: folded names, streets, and spells."""

from datetime import date, timedelta

import pytest

from braid.access.unusual import Spell
from braid.people import acquaintance
from tests.cast import TODAY
from tests.factories.people import (
    ApplicantFactory,
    EpisodeFactory,
    TreatmentNoteFactory,
)

DAY = timedelta(days=1)


def known(world, applicant):
    return acquaintance.people([applicant.pk])[applicant.pk]


def test_everybody_around_pat_is_told_with_days(world):
    spells = set(known(world, world.pat).spells)
    assert spells == {
        Spell(world.north.pk, date(2026, 8, 3)),
        Spell(world.north.pk, date(2026, 8, 10), None, world.ada.user.pk),
        Spell(world.east.pk, date(2026, 8, 3)),
        Spell(world.job_centre.pk, date(2026, 8, 3)),
        Spell(world.job_centre.pk, date(2026, 8, 3), None, world.dev.user.pk),
    }


def test_an_exit_ends_what_others_did_as_well(world):
    episode = world.pat_episode
    episode.exited_on, episode.state = TODAY, "exited"
    episode.save()
    around = [one for one in known(world, world.pat).spells if one.user is None]
    assert {one.last_day for one in around} == {TODAY - DAY}


def test_an_episode_that_never_began_is_over_on_its_first_day(world):
    applicant = ApplicantFactory(organisation=world.havnelund)
    EpisodeFactory(
        applicant=applicant, unit=world.north, referred_on=TODAY, state="not_started"
    )
    assert known(world, applicant).spells == (Spell(world.north.pk, TODAY, TODAY),)


def test_a_team_that_wrote_notes_works_with_the_person(world):
    applicant = ApplicantFactory(organisation=world.havnelund)
    TreatmentNoteFactory(applicant=applicant, team=world.east, day=TODAY)
    assert known(world, applicant).spells == (Spell(world.east.pk, TODAY),)


def test_who_is_not_there_is_not_told(world):
    assert acquaintance.people([world.north.pk]) == {}


@pytest.mark.parametrize(
    ("name", "surname"),
    [("Lund", "lund"), ("Sørensen", "soerensen"), ("Holm Lund", "lund"), ("", "")],
)
def test_the_last_name_counts_however_it_was_spelled(name, surname):
    assert acquaintance.surname_of(name) == surname


@pytest.mark.parametrize(
    ("address", "postcode", "street"),
    [
        ("Lang Gade 12, 2. tv", "8000", "lang gade tv 8000"),
        ("Lang Gade 99, 1 tv", "8000", "lang gade tv 8000"),
        ("Lang Gade 12", "", ""),
        ("", "8000", ""),
        ("12", "8000", ""),
    ],
)
def test_a_street_is_told_without_its_number(address, postcode, street):
    assert acquaintance.street(address, postcode) == street


def test_surnames_of_an_organisation_are_counted(world):
    ApplicantFactory(organisation=world.havnelund, family_name="LUND")
    assert acquaintance.surnames(world.havnelund.pk) == {"lund": 2, "bruun": 1}
    assert acquaintance.surnames(world.east.organisation_id) == {}
