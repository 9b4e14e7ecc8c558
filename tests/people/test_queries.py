"""Finding people, whatever the spelling, and proposing duplicates without merging."""

from datetime import date

import pytest

from braid.people import queries
from tests.factories.people import ApplicantFactory, EpisodeFactory


@pytest.fixture
def aase(world):
    applicant = ApplicantFactory(
        organisation=world.havnelund,
        given_name="Åse",
        family_name="Wærum",
        birth_date=date(1987, 8, 15),
    )
    return EpisodeFactory(applicant=applicant, unit=world.north, state="active")


@pytest.mark.parametrize(
    "typed",
    [
        pytest.param("Åse", id="as it is written"),
        pytest.param("aase", id="aa for å"),
        pytest.param("ase waerum", id="ae for æ, ring forgotten"),
        pytest.param("Wærum", id="family name"),
        pytest.param("ase", id="ring forgotten in a short name"),
        pytest.param("Warum", id="a letter wrong"),
        pytest.param("wærm", id="a letter missing"),
    ],
)
def test_people_are_found_however_they_are_spelled(world, aase, typed):
    found = queries.search_people(world.ada.actor, typed)
    assert found[0].episode_id == aase.pk


def test_a_stranger_finds_nobody(world, aase):
    assert queries.search_people(world.ola.actor, "Åse") == []


@pytest.mark.parametrize(
    ("name", "born", "proposed"),
    [
        pytest.param(
            "Aase Waerum",
            date(1987, 8, 15),
            True,
            id="spelled otherwise, same birth date",
        ),
        pytest.param("Åse Wærum", None, True, id="same name, birth date not given"),
        pytest.param(
            "Åse Wærum", date(1960, 1, 1), False, id="same name, born another day"
        ),
        pytest.param(
            "Mads Kjær", date(1987, 8, 15), False, id="same birth date, another name"
        ),
    ],
)
def test_like_people_are_proposed_when_referring(world, aase, name, born, proposed):
    like = queries.possible_duplicates(world.ada.actor, name=name, birth_date=born)
    assert bool(like) is proposed
