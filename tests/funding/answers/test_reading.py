"""A funder's answer file: read whole, every fault told, nothing taken in half."""

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from braid.funding.answers import rules, tables
from braid.funding.answers.rules import Answer, Held, parsed, planned
from braid.kernel.errors import InputFault

REASONS = frozenset({"evidence_missing", "not_covered"})
TODAY = date(2026, 10, 5)
SENT = date(2026, 9, 1)


def workbook(*rows) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    into = io.BytesIO()
    book.save(into)
    return into.getvalue()


def answers_of(data: bytes):
    rows = [(row.number, row.cells) for row in tables.read(data)]
    return parsed(rows, REASONS)


def codes(data: bytes) -> list[tuple[int, str, str]]:
    return [(one.row, one.column, one.code) for one in answers_of(data)[1]]


PAID = Answer(
    row=2,
    claim="7",
    decision="paid",
    amount=Decimal("8000.00"),
    currency="EUR",
    reference="R-1",
    day=date(2026, 10, 1),
)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(
            b"claim,decision,amount,currency,reference,day\n"
            b"7,paid,8000.00,EUR,R-1,2026-10-01\n",
            id="CSV",
        ),
        pytest.param(
            "\ufeffClaim;Decision;Amount;Currency;Reference;Date\r\n"
            "7;Paid;8000,00;eur;R-1;2026-10-01\r\n".encode(),
            id="CSV of a spreadsheet with commas",
        ),
        pytest.param(
            workbook(
                ["Claim number", "Decision", "Amount", "Currency", "Reference", "Date"],
                [7, "paid", 8000, "EUR", "R-1", datetime(2026, 10, 1)],
            ),
            id="workbook",
        ),
    ],
)
def test_one_answer_reads_the_same_from_each_kind_of_file(data):
    assert answers_of(data) == ((PAID,), ())


def test_a_number_of_a_workbook_is_what_it_shows():
    data = workbook(["claim", "decision", "amount"], [1, "paid", 12.345])
    assert codes(data) == [(2, "amount", "amount_inexact")]
    exact = workbook(["claim", "decision", "amount"], [1, "paid", 1388.43])
    assert answers_of(exact)[0][0].amount == Decimal("1388.43")
    assert tables._cell(0.1 + 0.2) == Decimal("0.3")


def test_a_text_that_could_run_comes_back_as_it_was_written():
    data = b"claim,decision,text\n7,queried,'=1+1\n"
    assert answers_of(data)[0][0].text == "=1+1"


def test_all_faults_of_a_file_are_told_at_once():
    data = (
        b"claim,decision,reason,amount,day\n"
        b",accepted,,,\n"
        b"2,perhaps,,,\n"
        b"3,rejected,bad_weather,,\n"
        b'4,paid,,"1,234.56",\n'
        b"5,paid,,12.345,05/10/2026\n"
        b"6,accepted,,,\n"
    )
    assert codes(data) == [
        (2, "claim", "missing"),
        (3, "decision", "decision_unknown"),
        (4, "reason", "reason_unknown"),
        (5, "amount", "amount_unreadable"),
        (6, "amount", "amount_unreadable"),
        (6, "day", "day_unreadable"),
    ]
    assert [one.claim for one in answers_of(data)[0]] == ["6"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        pytest.param(b"claim,decision,name", ("name", "column_unknown"), id="unknown"),
        pytest.param(b"claim,amount", ("decision", "column_missing"), id="missing"),
        pytest.param(b"claim,claim,decision", ("claim", "column_twice"), id="twice"),
    ],
)
def test_columns_that_do_not_fit_are_told_before_any_row(heading, expected):
    assert codes(heading + b"\n1,accepted,x\n") == [(1, *expected)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        pytest.param(b"", "empty", id="nothing"),
        pytest.param(b"\n \n", "empty", id="lines without anything"),
        pytest.param(b"\x00\xff\x00\xff", "unreadable", id="no text"),
        pytest.param(b"PK\x03\x04 broken", "unsafe", id="a broken archive"),
        pytest.param(b"x" * (tables.LARGEST + 1), "too_large", id="too large"),
        pytest.param(b"a," * 70, "too_large", id="too many columns"),
        pytest.param(b'"a', "unreadable", id="an open quotation"),
    ],
)
def test_what_is_no_table_is_refused(data, reason):
    with pytest.raises(InputFault) as told:
        tables.read(data)
    assert told.value.reason == reason


def test_a_workbook_with_a_document_type_is_refused():
    into = io.BytesIO(workbook(["claim", "decision"]))
    evil = io.BytesIO()
    with zipfile.ZipFile(into) as old, zipfile.ZipFile(evil, "w") as new:
        for part in old.namelist():
            text = old.read(part)
            if part.endswith("sheet1.xml"):
                text = b'<!DOCTYPE a [<!ENTITY b "c">]>' + text.split(b"?>")[-1]
            new.writestr(part, text)
    with pytest.raises(InputFault) as told:
        tables.read(evil.getvalue())
    assert told.value.reason == "unsafe"


# Against the claims as they stand.


def held(state="submitted", **other) -> dict[str, Held]:
    said = {"amount": Decimal("8000.00"), "currency": "EUR", "sent_on": SENT}
    return {"7": Held(state, **said | other)}


def wrong(answer: Answer, claims=None) -> list[str]:
    _moves, faults = planned([answer], claims or held(), TODAY)
    return [fault.code for fault in faults]


def said(decision: str, **other) -> Answer:
    return Answer(row=2, claim="7", decision=decision, **other)


def test_what_is_paid_at_once_is_accepted_on_the_way():
    ((move,), faults) = planned([PAID], held(), TODAY)
    assert (move.states, move.differs, faults) == (
        ("accepted", "paid"),
        Decimal("0.00"),
        (),
    )


def test_what_was_accepted_before_is_only_paid():
    ((move,), _faults) = planned([PAID], held("accepted"), TODAY)
    assert move.states == ("paid",)


def test_the_same_answer_again_does_nothing():
    ((move,), faults) = planned([PAID], held("paid"), TODAY)
    assert (move.states, faults) == ((), ())


def test_less_than_was_claimed_is_taken_in_and_shown():
    less = said(
        "paid",
        amount=Decimal("7000.00"),
        reference="R-1",
        day=date(2026, 10, 1),
    )
    ((move,), faults) = planned([less], held(), TODAY)
    assert (move.differs, faults) == (Decimal("-1000.00"), ())


WRONG = [
    pytest.param(said("rejected"), {}, ["no_reason", "no_words"], id="no reason"),
    pytest.param(said("queried"), {}, ["no_words"], id="a question without words"),
    pytest.param(
        said("paid"), {}, ["no_amount", "no_reference", "no_day"], id="a bare payment"
    ),
    pytest.param(
        said("accepted", currency="DKK"), {}, ["currency_other"], id="other currency"
    ),
    pytest.param(
        said("accepted", day=date(2026, 10, 6)), {}, ["day_to_come"], id="tomorrow"
    ),
    pytest.param(
        said("accepted", day=date(2026, 8, 31)),
        {},
        ["day_before_sent"],
        id="before it was sent",
    ),
    pytest.param(
        said("accepted"), {"state": "rejected"}, ["step_not_next"], id="rejected before"
    ),
    pytest.param(
        said("accepted"), {"state": "draft"}, ["step_not_next"], id="never sent"
    ),
    pytest.param(PAID, {"state": "queried"}, ["step_not_next"], id="asked back"),
    pytest.param(PAID, {"undecided": True}, ["duplicate_funding"], id="double funding"),
    pytest.param(
        PAID, {"amount": Decimal("-10.00")}, ["sign_other"], id="the other way round"
    ),
]


@pytest.mark.parametrize(("answer", "claim", "expected"), WRONG)
def test_what_does_not_fit_the_claim_is_told(answer, claim, expected):
    assert wrong(answer, held(**claim)) == expected


def test_a_claim_of_another_agreement_is_unknown():
    assert wrong(Answer(row=2, claim="8", decision="accepted")) == ["claim_unknown"]


def test_a_claim_that_is_answered_twice_is_told_in_both_rows():
    twice = [said("accepted"), Answer(row=3, claim="7", decision="disputed", text="x")]
    moves, faults = planned(twice, held(), TODAY)
    assert moves == ()
    assert [(fault.row, fault.code) for fault in faults] == [
        (2, "claim_twice"),
        (3, "claim_twice"),
    ]


_STATES = ["draft", "released", "submitted", "queried", "accepted", "paid", "rejected"]


@given(st.sampled_from(_STATES), st.sampled_from(sorted(rules.DECISIONS)))
def test_a_file_takes_no_claim_anywhere_that_a_funder_could_not(state, decision):
    answer = said(
        decision,
        reason="not_covered",
        text="x",
        amount=Decimal("8000.00"),
        reference="R",
        day=TODAY,
    )
    moves, _faults = planned([answer], held(state), TODAY)
    for move in moves:
        at = state
        for to in move.states:
            assert (at, to) in rules.STEPS
            at = to
