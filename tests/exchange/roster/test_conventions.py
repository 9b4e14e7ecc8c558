"""Order of days and decimal mark: proven a column, else asked once, never guessed past."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.exchange.roster.rosters import CASELOAD, UNIT, file_of, plan_with

from braid.exchange.roster.planning import make_plan

OPEN = replace(UNIT, date_order=None, decimal_mark=None)
HEAD = "Client ID;Client;Employer;Type;Start date;End date;Hrs/wk;Hourly pay"


def jobs(*rows):
    about = (f"7;Una Oak;Mill {n};Competitive;{row}" for n, row in enumerate(rows))
    return "\n".join([HEAD, *about])


def plan_of(setup, *rows):
    return plan_with(setup, {"caseload": in_iso(CASELOAD), "jobs": jobs(*rows)})


def in_iso(text):
    """Return a list with its days as 2026-01-05, which leaves nothing to doubt."""
    day = re.compile(r"\b(\d{1,2})/(\d{1,2})/(\d{4})\b")
    return day.sub(lambda m: f"{m[3]}-{int(m[2]):02}-{int(m[1]):02}", text)


def terms(plan):
    rows = [row.record for row in plan.rows if row.kind == "jobs" and row.record]
    return [(job.first_day, job.last_day) for job in rows]


def said(plan):
    return [(f.kind, f.place.row, f.field) for f in plan.findings]


def needs(plan):
    return {need.key: need.guess for need in plan.needs}


def test_columns_of_different_order_each_go_by_their_own_proof():
    plan = plan_of(OPEN, "13/2/2026;3/14/2026;16;", "5/2/2026;4/6/2026;16;")
    assert terms(plan) == [
        (date(2026, 2, 13), date(2026, 3, 14)),
        (date(2026, 2, 5), date(2026, 4, 6)),
    ]
    assert not needs(plan)
    assert not said(plan)


@pytest.mark.parametrize(
    ("start", "guess", "end"),
    [("13/2/2026", "dmy", date(2026, 6, 4)), ("2/13/2026", "mdy", date(2026, 4, 6))],
    ids=["beside day first", "beside month first"],
)
def test_column_that_proves_nothing_is_asked_and_follows_its_neighbour(
    start, guess, end
):
    plan = plan_of(OPEN, f"{start};4/6/2026;16;")
    assert needs(plan) == {"date_order": guess}
    assert terms(plan)[0][1] == end


def test_statement_is_for_columns_that_prove_nothing():
    setup = replace(OPEN, date_order="dmy")
    rows = [f"{n}/2/2026;3/{n}/2026;16;" for n in (13, 14, 15)]
    plan = plan_of(setup, *rows, "5/2/2026;4/6/2026;16;")
    assert terms(plan)[3] == (date(2026, 2, 5), date(2026, 4, 6))
    assert said(plan) == [("date_order_of_column", 1, "end")]


def test_single_text_against_the_statement_is_told_and_the_rest_asked():
    plan = plan_of(
        replace(OPEN, date_order="dmy"),
        "5/2/2026;3/14/2026;16;",
        "6/2/2026;4/6/2026;16;",
    )
    assert said(plan) == [
        ("month_before_day", 2, "end"),
        ("ambiguous_date", 3, "end"),
    ]
    assert terms(plan) == [
        (date(2026, 2, 5), date(2026, 3, 14)),
        (date(2026, 2, 6), None),
    ]


def test_texts_among_real_days_are_read_in_their_own_order():
    plan = plan_of(
        OPEN, "2026-02-05;13/4/2026;16;", "20260206;5.4.2026;16;", "46060;;16;"
    )
    assert terms(plan) == [
        (date(2026, 2, 5), date(2026, 4, 13)),
        (date(2026, 2, 6), date(2026, 4, 5)),
        (date(2026, 2, 7), None),
    ]
    assert said(plan) == [("serial_number_date", 4, "start")]


def test_decimal_mark_is_that_of_the_column():
    rows = [f"{n}/2/2026;;22,5;1.250" for n in (13, 14)]
    plan = plan_of(OPEN, *rows, "15/2/2026;;1,125;11.5")
    hours = [r.record.terms[0].weekly_hours for r in plan.rows if r.kind == "jobs"]
    assert [float(h) for h in hours] == [22.5, 22.5, 1.125]
    pay = [float(r.record.terms[0].pay) for r in plan.rows if r.kind == "jobs"]
    assert pay == [1.25, 1.25, 11.5]
    assert "decimal_mark" not in needs(plan)


def test_mark_that_nothing_proves_is_asked():
    plan = plan_of(OPEN, "13/2/2026;;16;1.250")
    assert needs(plan) == {"decimal_mark": "."}


@pytest.mark.parametrize(
    ("typed", "fte"),
    [
        ("1", 1.0),
        ("0,8", 0.8),
        ("80 %", 0.8),
        ("0.5", 0.5),
        ("37", None),
        ("full", None),
    ],
)
def test_share_of_full_time_is_a_share(typed, fte):
    listed = f"ES;FTE;From;To\nAda Holm;{typed};2024-01-01;\nBen Marsh;1;2024-01-01;\n"
    files = [file_of("list.csv", CASELOAD), file_of("staff.csv", listed)]
    plan = make_plan(files, replace(UNIT, specialists=()), date(2026, 6, 30))
    assert plan.setup.specialists[0].fte == fte
    # Staff with their posts in a list are not asked for again.
    assert ("specialists" in needs(plan)) is (fte is None)


def test_list_with_numbers_and_no_names_finds_nobody_by_an_empty_name():
    people = "Client ID;DOB;Referral date;Accepted\n7;3/4/1990;5/1/2026;12/1/2026\n"
    log = "Date;Client ID;ES;Mins\n12/1/2026;7;Ada Holm;30\n13/1/2026;;Ada Holm;30\n"
    plan = plan_with(UNIT, {"caseload": people, "contacts": log})
    assert plan.counts.contacts == 1
    assert said(plan)[1:] == [("orphan_row", 3, "last")]
