"""The course of an episode in the facts: states, spells and what came first."""

from datetime import date, timedelta

import pytest
from tests.factories.people import (
    CaseloadSpellFactory,
    EpisodeEntryFactory,
    EpisodeFactory,
    TreatmentSpellFactory,
)

from braid.facts import extraction

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def extracted(world, table, units=None):
    wanted = [world.north.pk] if units is None else units
    return extraction.extract(wanted)[table].to_pylist()


REFERRED, ACCEPTED, EXIT = date(2026, 3, 2), date(2026, 3, 9), date(2026, 6, 1)
COURSES = {
    "still active": (
        [("active", ACCEPTED)],
        None,
        [("active", ACCEPTED, None)],
    ),
    "waiting first, then active": (
        [("waiting", REFERRED), ("active", ACCEPTED)],
        None,
        [("waiting", REFERRED, ACCEPTED - DAY), ("active", ACCEPTED, None)],
    ),
    "an exit ends the state the day before": (
        [("active", ACCEPTED), ("exited", EXIT)],
        EXIT,
        [("active", ACCEPTED, EXIT - DAY)],
    ),
    "the exit was corrected afterwards": (
        [("active", ACCEPTED), ("exited", EXIT)],
        EXIT + 7 * DAY,
        [("active", ACCEPTED, EXIT + 6 * DAY)],
    ),
    "paused and taken up again on one day": (
        [("active", ACCEPTED), ("paused", EXIT), ("active", EXIT)],
        None,
        [("active", ACCEPTED, EXIT - DAY), ("active", EXIT, None)],
    ),
    "a later entry overrules from an earlier day": (
        [("active", ACCEPTED), ("paused", EXIT), ("stepped_down", EXIT - 7 * DAY)],
        None,
        [
            ("active", ACCEPTED, EXIT - 8 * DAY),
            ("stepped_down", EXIT - 7 * DAY, None),
        ],
    ),
    "waited and not started": (
        [("waiting", REFERRED), ("not_started", ACCEPTED)],
        None,
        [("waiting", REFERRED, ACCEPTED - DAY)],
    ),
    "a state from the day of the exit has no day": (
        [("active", ACCEPTED), ("paused", EXIT), ("exited", EXIT)],
        EXIT,
        [("active", ACCEPTED, EXIT - DAY)],
    ),
    "a state whose day nobody knows": ([("active", None)], None, []),
}


@pytest.mark.parametrize(
    ("entries", "exited_on", "expected"), COURSES.values(), ids=COURSES
)
def test_states_last_from_their_day_until_the_next(world, entries, exited_on, expected):
    episode = EpisodeFactory(
        unit=world.north, referred_on=REFERRED, exited_on=exited_on
    )
    course = [("referred", REFERRED), *entries]
    for number, (state, day) in enumerate(course, start=1):
        EpisodeEntryFactory(episode=episode, number=number, state=state, day=day)
    found = [
        (row["state"], row["first_day"], row["last_day"])
        for row in extracted(world, "status")
        if row["episode_id"] == str(episode.pk)
    ]
    assert sorted(found, key=lambda row: row[1]) == expected


SPELLS = {
    "open while the episode is open": (ACCEPTED, None, None, (ACCEPTED, None)),
    "ended before the exit": (
        ACCEPTED,
        EXIT - 9 * DAY,
        EXIT,
        (ACCEPTED, EXIT - 9 * DAY),
    ),
    "still open after the exit": (ACCEPTED, None, EXIT, (ACCEPTED, EXIT - DAY)),
    "ends after the exit": (ACCEPTED, EXIT + DAY, EXIT, (ACCEPTED, EXIT - DAY)),
    "began on the first day off": (EXIT, None, EXIT, None),
}


@pytest.mark.parametrize("table", ["caseload", "treatment"])
@pytest.mark.parametrize(
    ("first_day", "last_day", "exited_on", "expected"), SPELLS.values(), ids=SPELLS
)
def test_nobody_is_on_a_caseload_from_the_first_day_off(
    world, table, first_day, last_day, exited_on, expected
):
    episode = EpisodeFactory(unit=world.north, exited_on=exited_on)
    factories = {"caseload": CaseloadSpellFactory, "treatment": TreatmentSpellFactory}
    factories[table](episode=episode, first_day=first_day, last_day=last_day)
    found = [
        (row["first_day"], row["last_day"])
        for row in extracted(world, table)
        if row["episode_id"] == str(episode.pk)
    ]
    assert found == ([expected] if expected else [])


def test_who_was_not_started_is_off_from_that_day(world):
    episode = EpisodeFactory(unit=world.north, referred_on=REFERRED)
    TreatmentSpellFactory(episode=episode, first_day=REFERRED)
    EpisodeEntryFactory(episode=episode, number=2, state="not_started", day=ACCEPTED)
    of_episode = {
        table: next(
            row
            for row in extracted(world, table)
            if row["episode_id"] == str(episode.pk)
        )
        for table in ("episodes", "treatment")
    }
    assert of_episode["episodes"]["exited_on"] == ACCEPTED
    assert of_episode["treatment"]["last_day"] == ACCEPTED - DAY


def test_the_first_episode_of_a_person_is_the_earliest_in_any_unit(world):
    earlier = EpisodeFactory(
        applicant=world.pat, unit=world.elsewhere, referred_on=date(2025, 1, 6)
    )
    undated = EpisodeFactory(applicant=world.quinn, unit=world.north, referred_on=None)
    everything = extracted(world, "episodes", [world.north.pk, world.elsewhere.pk])
    first = {row["episode_id"]: row["first_of_person"] for row in everything}
    assert first == {
        str(earlier.pk): True,
        str(world.pat_episode.pk): False,
        str(world.quinn_episode.pk): True,
        str(undated.pk): False,
    }
    of_north = extracted(world, "episodes")
    assert {row["episode_id"]: row["first_of_person"] for row in of_north} == {
        key: value for key, value in first.items() if key != str(earlier.pk)
    }


def test_only_one_of_two_episodes_of_one_day_is_the_first(world):
    EpisodeFactory(applicant=world.pat, unit=world.elsewhere)
    both = [
        row["first_of_person"]
        for row in extraction.extract(None)["episodes"].to_pylist()
        if row["person_key"] == str(world.pat.pk)
    ]
    assert sorted(both) == [False, True]
