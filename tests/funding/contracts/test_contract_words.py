"""A contract in words: every key and every word has its sentence, amounts where they may."""

import dataclasses
import typing
from decimal import Decimal

import pytest

from braid.funding.contract_words import Values, passages
from braid.funding.contract_words.conditions import condition_text
from braid.funding.contract_words.milestones import (
    KEYS,
    milestone_sentences,
    proof_text,
)
from braid.funding.contract_words.whole import KEYS as WHOLE
from braid.method.contracts import shape
from braid.method.contracts.vocabulary import WORDS
from braid.packs import contracts

EURO = Values("EUR")
VERSIONS = [each for name in contracts.load() for each in contracts.versions(name)]


def said(contract, values=None):
    found = passages(contract, values or Values(contract.currency))
    return " ".join(sentence for each in found for sentence in each.sentences)


def test_every_key_of_a_file_has_its_words():
    of_whole = {key for passage in WHOLE.values() for key in passage}
    assert of_whole == {each.name for each in dataclasses.fields(shape.Contract)}
    assert set(KEYS) == {each.name for each in dataclasses.fields(shape.Milestone)}


@pytest.mark.parametrize("name", WORDS)
def test_every_word_of_the_vocabulary_is_told(name):
    word = WORDS[name]
    choices = {key: each.choices for key, each in word.arguments.items()}
    given: dict[str, typing.Any] = {
        "kind": choices.get("kind"),
        "basis": choices.get("basis"),
        "at": choices.get("at"),
    }
    for key, values in given.items():
        for value in values or ():
            text = condition_text(_word(name, **{key: value}), EURO)
            assert text
            assert "%" not in text
    assert condition_text(_word(name), EURO)


def _word(name, **given):
    word = WORDS[name]
    usual = {
        "kind": (word.arguments.get("kind") or _NONE).choices[:1],
        "basis": (word.arguments.get("basis") or _NONE).choices[:1],
        "at": (word.arguments.get("at") or _NONE).choices[:1],
    }
    full = {key: values[0] for key, values in usual.items() if values}
    if "since" in word.arguments:
        full["since"] = (shape.Word(word="accepted"),)
    if "in" in word.arguments:
        full["among"] = ("town",)
    if "label" in word.arguments:
        full["label"] = "wish"
    if word.comparison == "required":
        full["at_least"] = Decimal(3)
    return shape.Word(word=name, **{**full, **given})


class _NONE:
    choices = ()


@pytest.mark.parametrize("proof", [*shape.EVIDENCE, *shape.LABELS])
def test_every_kind_of_evidence_is_told(proof):
    assert proof_text(proof if proof in shape.EVIDENCE else shape.Other(other=proof))


@pytest.mark.parametrize("side", shape.COMPARISONS)
def test_whether_the_limit_itself_counts_is_always_said(side):
    word = shape.Word(word="weekly_hours", **{side: Decimal("16.0")})
    told = {
        "at_least": "at least 16 hours",
        "above": "more than 16 hours",
        "at_most": "at most 16 hours",
        "below": "less than 16 hours",
    }
    assert told[side] in condition_text(word, EURO)


@pytest.mark.parametrize("contract", VERSIONS, ids=lambda each: each.contract)
def test_no_amount_is_told_to_whoever_may_not_see_it(contract):
    hidden = Values(
        contract.currency,
        {name: Decimal("123.45") for name in contracts.parameters(contract)},
        shows_amounts=False,
    )
    text = said(contract, hidden)
    for amount in _amounts(contract):
        assert EURO.money(amount).removeprefix("EUR ") not in text
    assert f"{contract.currency} 123" not in text


def _amounts(part):
    if isinstance(part, shape.Known):
        yield part.value
    elif isinstance(part, tuple):
        for each in part:
            yield from _amounts(each)
    elif dataclasses.is_dataclass(part) and not isinstance(part, shape.YearLevel):
        for each in dataclasses.fields(part):
            yield from _amounts(getattr(part, each.name))


def test_what_is_filled_in_takes_the_place_of_not_bound():
    town = contracts.get("nl-municipal-2023")
    assert "It pays: not bound (TRAJECTORY_PRICE)." in said(town)
    bound = Values("EUR", {"TRAJECTORY_PRICE": Decimal("9800.5")})
    assert "It pays: 9,800.50 EUR." in said(town, bound)
    assert "not bound" not in said(town, bound)


def test_a_file_is_read_as_people_would_say_it():
    upper = contracts.get("uk-mhep-haringey-barnet").milestone("sustain_upper")
    assert list(milestone_sentences(upper, Values("GBP"))) == [
        "It is work that lasts.",
        "Reached when the person is in competitive work.",
        "It takes 91 days.",
        "They are counted from the start of the work.",
        "Days of sick leave count.",
        "What it takes: hours a week on average: at least 16 hours. Jobs at the same "
        "time are added up.",
        "Before it, this milestone must be reached: start.",
        "It pays: not bound (SUSTAIN_UPPER).",
        "Of the milestones of the group “sustain” only one is paid.",
    ]
    weeks = contracts.get("uk-ipspc").milestone("sustained")
    text = " ".join(milestone_sentences(weeks, Values("GBP")))
    assert "It takes 13 of 16 weeks. They may begin at any time." in text
    assert "Weeks begin on the weekday of the first day of the job." in text
    assert "Recorded with it, and never paid: hours a week in each week" in text
    assert "It is recorded and counted, and never paid." in text


def test_numbers_are_written_as_the_reader_s_language_has_them():
    from django.utils import translation

    with translation.override("da"):
        assert Values("DKK").money(Decimal("12345.6")) == "12.345,60 DKK"
