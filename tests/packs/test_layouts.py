"""Layout packs: words a language, layouts known by name, and what is wrong with one."""

import pytest
from pydantic import ValidationError

from braid.packs import loader
from braid.packs.layouts import (
    EVERY,
    FIELDS,
    LISTS,
    LayoutPack,
    folded,
    folded_heading,
    run_situation,
)
from braid.packs.shapes import Situation

SOURCE = {"title": "Made for a test"}


def pack(**parts) -> LayoutPack:
    return LayoutPack.model_validate(
        {"id": "xx", "version": "1", "source": SOURCE, **parts}
    )


def test_packs_of_the_house_hold():
    report = loader.check()
    assert [fault for fault in report.faults if "/layouts/" in fault.path] == []
    assert {"layouts/en@2026.1", "layouts/da@2026.1"} <= set(report.packs)


@pytest.mark.parametrize("name", sorted(loader.load("layouts")))
def test_pack_says_what_it_is(name):
    found = loader.get("layouts", name)
    assert found.language
    assert found.label
    assert bool(found.tables) != bool(found.headings)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Client_ID", "client id:"),
        ("ClientID", "Client ID"),
        ("Fødselsdato", "FODSELSDATO"),
        ("Geburtsdatum (TT.MM.JJJJ)", "geburtsdatum tt mm jjjj"),
        ("Größe", "grosse"),
        ("Client #", "client nr"),
        ("Attended?", "attended"),
        ("Hrs/wk", "hrs wk"),
        ("Tidl.\u00a0jobkonsulent", "tidl jobkonsulent"),
    ],
)
def test_headings_that_look_alike_are_one(one, other):
    assert folded_heading(one) == folded_heading(other)


def test_values_are_not_taken_apart():
    assert folded("McAllister") == "mcallister"
    assert folded("Café") == "cafe"
    assert folded("€ 12") == "€ 12"


def test_word_for_every_kind_gives_way_to_a_kinds_own():
    words = pack(
        headings={
            EVERY: {"employer": ["firm"], "notes": ["note"]},
            "jobs": {"title": ["firm"]},
        }
    )
    assert set(words.fields_of("Firm")) == {
        ("jobs", "title"),
        ("employer_contacts", "employer"),
    }
    assert {kind for kind, _ in words.fields_of("note")} == {
        kind for kind, fields in FIELDS.items() if "notes" in fields
    }


def test_value_stands_for_a_roster_word_or_for_none():
    words = pack(values={"place": {"home": ["At home"]}})
    assert words.meaning("place", "AT HOME") == "home"
    assert words.meaning("place", "moon") is None
    assert words.meaning("outcome", "At home") is None


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"kinds": {"weather": ["sun"]}}, "'weather' is no kind of table"),
        ({"headings": {"weather": {}}}, "'weather' is no kind of table"),
        (
            {"headings": {"contacts": {"wage": ["pay"]}}},
            "'wage' is no field of 'contacts'",
        ),
        ({"headings": {EVERY: {"colour": ["red"]}}}, "'colour' is no field"),
        ({"values": {"weather": {}}}, "'weather' is no list"),
        ({"values": {"place": {"moon": ["moon"]}}}, "'moon' is no word of 'place'"),
        (
            {"tables": [{"kind": "jobs", "headings": {"Day": "date"}}]},
            "'date' is no field",
        ),
        ({"tables": [{"kind": "weather", "headings": {}}]}, "'weather' is no kind"),
        ({"months": [["a"]] * 13}, "12"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_words_that_nobody_defined_are_refused(parts, told):
    with pytest.raises(ValidationError, match=told):
        pack(**parts)


def test_situation_that_does_not_hold_says_what_was_found():
    words = pack(headings={"jobs": {"start": ["begin"]}})
    asked = {"kind": "jobs", "headings": ["Begin", "End"]}
    situation = Situation(that="x", input=asked, expect={"Begin": "start", "End": None})
    assert run_situation(words, situation) == []
    wrong = situation.model_copy(update={"expect": {"Begin": "end"}})
    assert run_situation(words, wrong) == ["found {'Begin': 'start', 'End': None}"]


def test_every_roster_word_of_a_list_is_one_word():
    assert all(" " not in word for words in LISTS.values() for word in words)
