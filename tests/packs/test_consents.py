"""Consent texts of the countries: their situations, and what a pack must say."""

import pytest

from braid.access import consent_rules
from braid.access.agreements import offered
from braid.access.choices import InformationChoice, PurposeChoice
from braid.access.policy import Information, Purpose
from braid.kernel.errors import PackFaults
from braid.packs import consents, jurisdictions, loader
from braid.packs.consents import ConsentText, run_situation
from braid.packs.shapes import Situation

COUNTRIES = ("dk", "gb", "nl", "us")
EDITIONS = loader.editions("consents")


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


def test_every_country_of_the_house_has_texts():
    assert set(consents.load()) == set(jurisdictions.load()) == {"default", *COUNTRIES}


@pytest.mark.parametrize("country", ["default", *COUNTRIES])
def test_a_pack_speaks_the_words_of_the_policy(country):
    pack = consents.get(country)

    assert set(pack.purposes) <= set(PurposeChoice.values)
    for purpose in pack.asked_for:
        assert set(pack.may_ask_for(purpose)) <= set(InformationChoice.values)


@pytest.mark.parametrize("country", ["default", *COUNTRIES])
def test_nothing_is_offered_that_the_policy_never_opens(country):
    pack = consents.get(country)

    for purpose in pack.asked_for:
        for information in pack.may_ask_for(purpose):
            assert consent_rules.may_be_agreed(
                Purpose(purpose), Information(information)
            )


def test_a_pack_that_asks_for_too_much_is_not_followed():
    asks = consents.get("default").model_dump()
    asks["purposes"]["benefit_control"] |= {
        "rests_on": "consent",
        "may_ask_for": ["jobs", "treatment", "conversation", "health_at_work"],
    }
    for wording in asks["wordings"].values():
        wording["purposes"]["benefit_control"] = "Control"

    pack = ConsentText.model_validate(asks)

    assert offered(pack, Purpose.BENEFIT_CONTROL) == [Information.JOBS]


@pytest.mark.parametrize("country", COUNTRIES)
def test_no_text_is_called_reviewed_before_somebody_reviewed_it(country):
    assert consents.get(country).reviewed is False


@pytest.mark.parametrize(
    ("country", "found"),
    [("DK", "dk"), ("dk", "dk"), ("se", "default")],
    ids=["as people write it", "as an organisation has it", "without a pack"],
)
def test_of_country(country, found):
    assert consents.of_country(country).id == found


def broken(**changes):
    said = consents.get("default").model_dump()
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
        ({"purposes__treatment__rests_on": "law"}, "if and only if"),
        ({"purposes__treatment__may_ask_for": []}, "if and only if"),
        ({"purposes__treatment__source": ""}, "at least 1 character"),
        ({"period_months__value": 13}, "at most the longest one"),
        ({"period_months__value": 0}, "at least a month"),
        ({"wordings__da__information": {}}, "no words for"),
        ({"wordings__da__purposes": {}}, "no words for"),
        ({"wordings__da__labels": {}}, "a label is missing"),
        ({"wordings": {}}, "at least 1 item"),
    ],
    ids=lambda value: value if isinstance(value, str) else ", ".join(value),
)
def test_a_pack_that_leaves_something_open_does_not_load(changes, message):
    with pytest.raises(ValueError, match=message):
        ConsentText.model_validate(broken(**changes))


@pytest.mark.parametrize(
    ("given", "expect", "said"),
    [
        ({"ask": "weather"}, {"x": 1}, "'ask' is one of"),
        ({"ask": "numbers"}, {}, "nothing is expected"),
        ({"ask": "numbers", "of": 1}, {"x": 1}, "cannot be asked"),
        ({"ask": "numbers"}, {"remind_days": 1}, "remind_days is 30"),
    ],
    ids=["unknown question", "no answer", "wrong question", "another answer"],
)
def test_a_situation_that_does_not_hold_is_told(given, expect, said):
    situation = Situation(that="x", input=given, expect=expect)

    assert said in run_situation(consents.get("default"), situation)[0]


def test_a_pack_without_situations_does_not_load(tmp_path, monkeypatch):
    folder = tmp_path / "consents"
    folder.mkdir()
    folder.joinpath("xx.yaml").write_text(
        "id: xx\nversion: '1'\nextends: default\nsource: {title: House}\n"
    )
    try:
        with pytest.raises(PackFaults):
            loader.use_folders([tmp_path])
            consents.load()
    finally:
        loader.use_folders([])
