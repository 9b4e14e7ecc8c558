"""Names with telephone numbers in them, texts that look like formulas."""

import pytest

from braid.exchange.roster.values.texts import (
    FullName,
    clean,
    is_formula,
    split_name,
    split_phone,
)


@pytest.mark.parametrize(
    ("typed", "name", "phone"),
    [
        ("Adeyinka-Holt 07700 900142", "Adeyinka-Holt", "07700 900142"),
        ("Kjærulf tlf 00 12 34 56", "Kjærulf", "tlf 00 12 34 56"),
        ("Tillinghast 555-0142", "Tillinghast", "555-0142"),
        ("Prikkelaar, Zoë 06-00000012", "Prikkelaar, Zoë", "06-00000012"),
        ("Oak (+45 12 34 56 78)", "Oak", "(+45 12 34 56 78"),
        ("Oak, tel.: 0114 496 0000", "Oak", "tel.: 0114 496 0000"),
        ("Oak", "Oak", ""),
        ("Oak 2", "Oak 2", ""),
        ("Oak-Elm", "Oak-Elm", ""),
        ("D'Arcy 1990", "D'Arcy 1990", ""),
    ],
)
def test_telephone_number_is_taken_out_of_a_name(typed, name, phone):
    found = split_phone(typed)
    assert found[0] == name
    assert found[1].strip("()") == phone.strip("()")


@pytest.mark.parametrize(
    "text",
    ["=cmd|'/c calc'!A1", "=1+1", "= SUM(A1)", "@SUM(1+1)", "+cmd|'/c'!A", "-1+2*3",
     "-cmd|x", "\uff1d1+1", "+1-2"],
)  # fmt: skip
def test_text_that_a_program_might_run_is_seen(text):
    assert is_formula(text)


@pytest.mark.parametrize(
    "text",
    ["- called twice", "-", "+45 12 34 56 78", "@ home with mother", "(see letter)",
     "a=b", "", "-5", "+ one more visit", "@anna will call"],
)  # fmt: skip
def test_harmless_text_is_left_in_peace(text):
    assert not is_formula(text)


@pytest.mark.parametrize(
    ("typed", "given", "family"),
    [
        ("Niall Adeyinka-Holt", "Niall", "Adeyinka-Holt"),
        ("Adeyinka-Holt, Niall", "Niall", "Adeyinka-Holt"),
        ("Aafke van den Akkerveld", "Aafke", "van den Akkerveld"),
        ("Anna Maria Oak", "Anna Maria", "Oak"),
        ("OAK Una", "Una", "OAK"),
        ("UNA OAK", "UNA", "OAK"),
        ("Oak", "", "Oak"),
        ("Oak,", "", "Oak"),
    ],
)
def test_halves_of_a_name(typed, given, family):
    assert split_name(typed) == FullName(given, family)


def test_spaces_of_every_kind_are_one():
    assert clean("\ufeff Moorside\xa0 AOT\xa0\n") == "Moorside AOT"
