"""What the service says when asked: it replaces what was read, or is named as unusable."""

import pytest
from tests.exchange.roster.rosters import UNIT, after_import, plan_with

from braid.exchange.roster.plan import Answer, Place

LOG = (
    "Date;Client ID;Client;ES;How;Where;Mins;Attended?\n"
    "31/2/2026;7;Una Oak;;Owl;Moon;-45;Y\n"
    "6/2/2026;7;Una Oak;Ada Holm;Phone;;20;Y\n"
)
ASKED = Place("contacts.csv", None, 2)
OTHER = Place("contacts.csv", None, 3)


def plan(*answers, **given):
    return plan_with(UNIT, {"contacts": LOG}, answers=answers, **given)


def first(made):
    return next(row for row in made.rows if row.place == ASKED)


ALL = {
    "date": "2026-02-28",
    "spec": "Ben Marsh",
    "mode": "phone",
    "place": "home",
    "minutes": 45,
}


def test_answers_settle_their_questions():
    made = plan(Answer(ASKED, ALL))
    record = first(made).record
    assert not made.findings
    assert (str(record.day), record.specialist) == ("2026-02-28", "Ben Marsh")
    assert (record.mode, record.place, record.minutes) == ("phone", "home", 45)
    assert {s.finding.kind for s in made.settled} == {
        "impossible_date",
        "missing_specialist",
        "unknown_word",
        "minutes_negative",
    }


@pytest.mark.parametrize("field", ALL)
def test_each_question_is_answered_by_itself(field):
    made = plan(Answer(ASKED, {field: ALL[field]}, field))
    assert field not in {f.field for f in made.findings}
    assert len(made.findings) == len(ALL) - 1


def test_questions_may_be_answered_one_after_another():
    made = plan(*(Answer(ASKED, {field: ALL[field]}, field) for field in ALL))
    assert not made.findings


def test_every_question_says_how_it_is_answered():
    for finding in plan().questions:
        assert finding.shape is not None
        assert finding.field in finding.shape.keys
    forms = {f.field: (f.shape.form, f.shape.choices) for f in plan().questions}
    assert forms["spec"] == ("choice", ("Ada Holm", "Ben Marsh"))
    assert forms["date"][0] == "date"
    assert forms["minutes"][0] == "minutes"
    assert "home" in forms["place"][1]


@pytest.mark.parametrize(
    "answer",
    [
        {"date": "31/2/2026"},
        {"spec": "Cy Nobody"},
        {"place": "moon"},
        {"minutes": "long"},
        {"minutes": -5},
        {"minutes": "NaN"},
        {"colour": "red"},
        {"client": "88"},
    ],
)
def test_answer_that_cannot_be_used_is_named(answer):
    made = plan(Answer(ASKED, answer))
    assert [fault.place for fault in made.answer_faults] == [ASKED]
    assert len(made.questions) >= 4


def test_question_with_an_unusable_answer_still_stands():
    made = plan(Answer(ASKED, {"minutes": "long"}))
    assert {f.field for f in made.questions} == ALL.keys()


def test_answer_for_a_row_that_is_not_there_is_named():
    made = plan(Answer(Place("contacts.csv", None, 99), {"reject": True}))
    assert "no such data row" in str(made.answer_faults[0].sentence)


def test_value_may_be_corrected_where_nothing_was_asked():
    made = plan(Answer(OTHER, {"minutes": 25}))
    row = next(row for row in made.rows if row.place == OTHER)
    assert row.record.minutes == 25
    assert not made.answer_faults


def test_truth_may_be_answered_as_such():
    made = plan(Answer(OTHER, {"attended": False, "notes": " Rang twice "}))
    row = next(row for row in made.rows if row.place == OTHER)
    assert (row.record.attended, row.record.note) == (False, "Rang twice")


def test_row_may_be_left_out():
    made = plan(Answer(ASKED, {"reject": True}))
    assert first(made).does == "reject"
    assert [(f.place, f.kind, f.action) for f in made.findings] == [
        (ASKED, "left_out", "reject_row")
    ]
    assert made.totals.rejected == 1


def test_answers_are_remembered_wherever_the_row_stands_next_month():
    known = after_import(plan(Answer(ASKED, ALL)))
    head, asked, other = LOG.splitlines(keepends=True)
    moved = {
        "contacts": head + other + "7/2/2026;7;Una Oak;Ada Holm;Phone;;5;Y\n" + asked
    }
    made = plan_with(UNIT, moved, existing=known)
    assert not made.questions
    assert [row.does for row in made.rows if row.kind == "contacts"] == [
        "nothing",
        "create",
        "nothing",
    ]


def test_row_that_was_left_out_stays_out():
    known = after_import(plan(Answer(ASKED, {"reject": True})))
    made = plan(existing=known)
    assert first(made).does == "reject"


def test_new_answer_goes_before_a_remembered_one():
    known = after_import(plan(Answer(ASKED, ALL)))
    made = plan(Answer(ASKED, {"minutes": 50}), existing=known)
    assert first(made).record.minutes == 50
    assert first(made).does == "update"
