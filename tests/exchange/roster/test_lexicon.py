"""The words of all languages, looked up."""

import pytest
from tests.exchange.roster.rosters import plan_for

from braid.exchange.roster.lexicon import lexicon
from braid.exchange.roster.wording import N_, say
from braid.packs.layouts import FIELDS, LISTS

LANGUAGES = ("da", "de", "en", "nb", "nl", "sv")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_has_a_heading_in_every_language(language):
    found = {
        (kind, field)
        for meanings in lexicon().headings.values()
        for spoken, kind, field in meanings
        if spoken == language
    }
    seldom = {"phone", "moved_to", "moved_off", "key", "fte", "tick_flex_job"}
    missing = {
        (kind, field) for kind, fields in FIELDS.items() for field in fields
    } - found
    assert {field for _, field in missing} <= seldom


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_list_has_words_in_every_language(language):
    assert {name for name in LISTS if not lexicon().values[name].get(language)} == set()


def test_no_heading_means_two_fields_of_one_table_in_one_language():
    for heading, meanings in lexicon().headings.items():
        told = {(language, kind) for language, kind, _ in meanings}
        assert len(told) == len(set(meanings)), heading


def test_own_language_goes_first():
    words = lexicon()
    assert words.meaning("yes_no", "nee", "nl") == "no"
    assert words.meaning("contact_mode", "Samtale", "da") == "f2f"
    assert words.meaning("contact_mode", "Samtale", None) == "f2f"
    assert words.meaning("place", "Mond", "de") is None


def test_twelve_months_in_every_language():
    assert set(lexicon().days.months.values()) == set(range(1, 13))


def test_sentence_is_worded_where_it_is_shown():
    sentence = say(N_("Row %(row)s of “%(sheet)s”."), row=7, sheet="People")
    assert str(sentence) == "Row 7 of “People”."
    assert sentence.text % sentence.values == str(sentence)
    assert str(say(N_("100 % sure"))) == "100 % sure"


def test_messages_hold_nothing_about_persons():
    """The cell stands in `value`, which is masked; a sentence goes anywhere."""
    plan = plan_for(contacts="Date;Client ID;Client;ES;Mins\nsoon;99;Una Oak;;x\n")
    for finding in plan.findings:
        assert "Oak" not in finding.message
        assert "99" not in finding.message
