"""The glossary between sectors: its situations, its fallbacks, and what it must say."""

import pytest

from braid.kernel.errors import PackFault, PackFaults
from braid.packs import jurisdictions, loader, words
from braid.packs.shapes import Situation
from braid.packs.words import SECTORS, Words, run_situation

COUNTRIES = ("dk", "gb", "nl", "us")
EDITIONS = loader.editions("words")
NEEDED = {
    *("job_start", "job_end", "referral", "receipt", "accepted", "declined"),
    *("first_contact", "search_plan", "benefits_counselling", "employer_contact"),
    *("internship", "work_trial", "wage_subsidy", "step_down", "exit", "disclosure"),
    *("treatment_team_meeting", "specialist", "caseworker", "clinician", "question"),
}


@pytest.mark.parametrize(
    ("pack", "situation"),
    [
        pytest.param(edition.pack, situation, id=f"{edition.pack.id}: {situation.that}")
        for edition in EDITIONS
        for situation in edition.situations
    ],
)
def test_every_situation_holds(pack, situation):
    assert run_situation(pack, situation) == []


def test_every_country_of_the_house_has_words():
    assert set(words.load()) == set(jurisdictions.load()) == {"default", *COUNTRIES}


@pytest.mark.parametrize("country", ["default", *COUNTRIES])
def test_every_event_is_said_in_every_language_by_every_sector(country):
    pack = words.get(country)

    assert set(pack.events) >= NEEDED
    for name in pack.events:
        for language in pack.languages:
            said = pack.of(name, language)
            assert all(said.by(sector).strip() for sector in SECTORS), name


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_country_has_words_of_its_own_that_nobody_has_checked_yet(country):
    pack, house = words.get(country), words.get("default")

    assert pack.reviewed is False
    assert pack.country == country.upper()
    assert pack.events != house.events
    # A word that only one file knows would be missing elsewhere.
    assert set(pack.events) == set(house.events)


@pytest.mark.parametrize(
    ("event", "sector", "country", "language", "word"),
    [
        ("job_start", "health", "dk", "da", "start i ordinært arbejde"),
        ("job_start", "health", "DK", "da-dk", "start i ordinært arbejde"),
        ("job_start", "applicant", "dk", "en", "I start work"),
        ("job_start", "employment", "nl", "nl", "plaatsing"),
        ("job_start", "employment", "us", "en", "competitive integrated employment"),
        ("job_start", "employment", "us", "fi", "competitive integrated employment"),
        ("job_start", "ips", "se", "sv", "job start"),
        ("employer_contact", "employment", "dk", "da", "virksomhedskontakt"),
    ],
    ids=[
        "the clinic's word",
        "letters and dialect do not matter",
        "the person's own word",
        "a country's own language",
        "a country's own word",
        "a language without words",
        "a country without words",
        "a sector without a word speaks as the unit",
    ],
)
def test_say(event, sector, country, language, word):
    assert words.say(event, sector, country, language) == word


def test_an_event_that_nobody_knows_is_told_with_those_that_are():
    with pytest.raises(PackFault, match=r"'picnic'.*Known are: .*job_start.*add"):
        words.say("picnic", "ips", "dk", "da")


def broken(**changes):
    said = words.get("default").model_dump()
    for path, value in changes.items():
        *outer, last = path.split("__")
        part = said
        for name in outer:
            part = part[name]
        part[last] = value
    return said


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"languages": ["en", "da", "fi"]}, r"no words for .*job_start \(fi\)"),
        ({"events__exit__group": "weather"}, "Input should be"),
        ({"events__exit__said__en__ips": ""}, "at least 1 character"),
        ({"events__exit__said__en__hospital": "x"}, "Extra inputs"),
        ({"events": {}}, "at least 1 item"),
        ({"languages": []}, "at least 1 item"),
    ],
    ids=lambda value: value if isinstance(value, str) else ", ".join(value),
)
def test_a_pack_that_leaves_something_open_does_not_load(changes, message):
    with pytest.raises(ValueError, match=message):
        Words.model_validate(broken(**changes))


def test_every_fault_of_a_file_is_told_with_path_and_line(tmp_path):
    folder = tmp_path / "words"
    folder.mkdir()
    file = folder / "xx.yaml"
    file.write_text(
        "id: xx\nversion: '1'\nextends: default\nsource: {title: House}\n"
        "colour: green\nevents:\n  exit:\n    group: weather\n"
    )
    try:
        with pytest.raises(PackFaults) as caught:
            loader.use_folders([tmp_path])
            words.load()
    finally:
        loader.use_folders([])

    told = str(caught.value)
    assert f"{file}:5" in told
    assert f"{file}:8" in told
    assert "situations" in told


@pytest.mark.parametrize(
    ("given", "expect", "said"),
    [
        ({"ask": "weather"}, {"x": 1}, "'ask' is one of"),
        ({"ask": "language", "language": "da"}, {}, "nothing is expected"),
        ({"ask": "language"}, {"x": 1}, "cannot be asked"),
        ({"ask": "said", "event": "picnic", "language": "en"}, {"x": 1}, "picnic"),
        (
            {"ask": "said", "event": "exit", "language": "en"},
            {"ips": "the end"},
            "ips is 'exit'",
        ),
    ],
    ids=["unknown question", "no answer", "wrong question", "no event", "other answer"],
)
def test_a_situation_that_does_not_hold_is_told(given, expect, said):
    situation = Situation(that="x", input=given, expect=expect)

    assert said in run_situation(words.get("default"), situation)[0]
