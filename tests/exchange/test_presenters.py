"""What is shown of a plan: sentences in the reader's language, places, answers."""

from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from braid.exchange import labels, presenters
from braid.exchange.forms import AnswerForm
from braid.exchange.preview import plain
from braid.exchange.roster.wording import say
from braid.packs.layouts import FIELDS, LISTS


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        (say("Nothing in it."), "Nothing in it."),
        (say("On %(day)s.", day=date(2026, 6, 30)), "On 30 Jun 2026."),
        (say("On %(day)s.", day="2026-06-30"), "On 30 Jun 2026."),
        (say("It is %(what)s.", what=say("a %(n)s", n=3)), "It is a 3."),
        (say("One of %(words)s.", words=("a", "b")), "One of a, b."),
        ("A text as it is, 100%", "A text as it is, 100%"),
    ],
    ids=["bare", "a day", "a day as text", "a sentence within", "a list", "text"],
)
def test_sentence_reads_the_same_from_plan_and_preview(said, shown):
    with translation.override("en"):
        assert presenters.sentence(said) == shown
        assert presenters.sentence(plain(said)) == shown


def test_preview_is_json_whatever_a_plan_holds():
    held = {"day": date(2026, 6, 30), "hours": Decimal("7.5"), "some": frozenset({1})}
    assert plain(held) == {"day": "2026-06-30", "hours": "7.5", "some": [1]}


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"reject": True}, "Leave this row out"),
        ({"merge_into": "N-1"}, "The same person as N-1"),
        ({"client": "N-1"}, "This row is about N-1"),
        ({"keep": "file"}, "Right is what the file says"),
        ({"date": "2026-06-30"}, "day: 30 Jun 2026"),
        ({"type": "wage_subsidy"}, "kind of job: wage subsidy"),
        (None, ""),
    ],
)
def test_answer_is_told_in_words(answer, shown):
    with translation.override("en"):
        assert presenters.answer_text(answer) == shown


def test_every_field_and_word_of_a_roster_has_a_name():
    fields = {name for names in FIELDS.values() for name in names}
    assert fields <= set(labels.FIELDS)
    asked = ("place", "contact_mode", "placement_type", "permanent", "outcome")
    words = {word for name in asked for word in LISTS[name]}
    assert words <= set(labels.WORDS)


@pytest.mark.parametrize(
    ("shape", "value", "answer"),
    [
        ({"keys": ["date", "reject"], "form": "date"}, "2026-06-30", "2026-06-30"),
        ({"keys": ["minutes"], "form": "minutes"}, "35", 35),
        ({"keys": ["hours"], "form": "hours"}, "22.5", 22.5),
        ({"keys": ["wage"], "form": "amount"}, "140", 140.0),
        ({"keys": ["last", "name", "reject"], "form": "text"}, "Holt", "Holt"),
        ({"keys": ["merge_into", "separate"], "form": "person"}, "N-1", "N-1"),
        (
            {"keys": ["keep"], "form": "choice", "choices": ["braid", "file"]},
            "file",
            "file",
        ),
    ],
    ids=["day", "minutes", "hours", "pay", "name", "person", "which is right"],
)
def test_answer_form_returns_what_the_plan_takes(shape, value, answer):
    form = AnswerForm({"shape": {"choices": [], **shape}}, {"value": value})
    assert form.is_valid(), form.errors
    assert form.answer() == {shape["keys"][0]: answer}


def test_question_that_only_a_press_answers_has_no_field():
    shape = {"keys": ["keep", "reject"], "form": "decision", "choices": []}
    assert not AnswerForm({"shape": shape}).fields
    assert labels.decisions(shape) == ["keep", "reject"]


def test_question_that_only_another_file_answers_has_no_field():
    assert not AnswerForm({"shape": {"keys": [], "form": "file", "choices": []}}).fields
