"""Jobs and placements: type, terms over time, where they belong."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from tests.exchange.roster.rosters import UNIT, plan_for, plan_with

from braid.exchange.roster.plan import Answer, Place
from braid.exchange.roster.records import JobRecord, Terms

HEAD = (
    "Client ID;Employer;Job title;Type;Contract;Start date;End date;Hrs/wk;Hourly pay;"
    "Paid hours;Hours changed on;New hrs/wk;Why ended;Notes\n"
)
WHOLE = (
    "7;Baker & Co;Baker;Competitive;Permanent;2/2/2026;1/6/2026;16;12.50;;1/4/2026;20;"
    "Resigned;Early shifts\n"
)


def row(**cells):
    names = HEAD.strip().split(";")
    values = dict(zip(names, WHOLE.strip().split(";"), strict=True))
    values |= {name.replace("_", " "): value for name, value in cells.items()}
    return ";".join(values[name] for name in names) + "\n"


def jobs(*rows, setup=UNIT, **given):
    return plan_with(setup, {"jobs": HEAD + "".join(rows)}, **given)


def record_of(plan):
    return next(row.record for row in plan.rows if row.kind == "jobs")


def said(plan):
    return [(f.kind, f.action, f.field, f.until_answered) for f in plan.findings]


def test_row_becomes_a_job():
    plan = jobs(WHOLE, setup=replace(UNIT, country="GB"))
    pay = (Decimal("12.5"), "hour", "GBP")
    assert record_of(plan) == JobRecord(
        person="7",
        episode="7|2026-01-05",
        employer="Baker & Co",
        title="Baker",
        placement="competitive",
        placement_text="Competitive",
        permanence="permanent",
        first_day=date(2026, 2, 2),
        last_day=date(2026, 6, 1),
        terms=(
            Terms(date(2026, 2, 2), date(2026, 3, 31), Decimal(16), *pay),
            Terms(date(2026, 4, 1), date(2026, 6, 1), Decimal(20), *pay),
        ),
        pay_text="",
        paid_hours=None,
        held_at_referral=False,
        end_reason="quit",
        end_reason_text="Resigned",
        note="Early shifts",
    )
    assert not plan.findings


@pytest.mark.parametrize(
    ("word", "code"),
    [
        ("Work experience (unpaid)", "unpaid_internship"),
        ("Wage subsidy scheme", "wage_subsidy"),
        ("Supported workshop", "set_aside"),
        ("Volunteering", "volunteering"),
        ("self-employed", "self_employed"),
        ("Apprenticeship", "apprenticeship"),
    ],
)
def test_type_becomes_a_placement(word, code):
    plan = jobs(row(Type=word))
    assert record_of(plan).placement == code
    assert sum(plan.counts.jobs_by_type.values()) == 1


def test_counts_speak_the_words_of_rosters():
    plan = jobs(row(Type="Internship"), row(Type="Other", Employer="Mill"))
    assert plan.counts.jobs_by_type == {"internship": 1, "unknown": 1}


@pytest.mark.parametrize(
    ("cells", "finding"),
    [
        pytest.param(
            {"Type": "Other - see notes"},
            ("placement_type_unknown", "ask", "type", "field_blank"),
            id="a type that says nothing",
        ),
        pytest.param(
            {"Type": ""},
            ("placement_type_unknown", "ask", "type", "field_blank"),
            id="no type",
        ),
        pytest.param(
            {"End_date": "1/1/2026", "Hours_changed_on": ""},
            ("end_before_start", "ask", "end", "row_out"),
            id="end before start",
        ),
        pytest.param(
            {"Start_date": ""},
            ("missing_date", "ask", "start", "row_out"),
            id="no start",
        ),
        pytest.param(
            {"Start_date": "1/7/2026", "End_date": "", "Hours_changed_on": ""},
            ("future_date", "ask", "start", "row_out"),
            id="start ahead",
        ),
        pytest.param(
            {"End_date": "1/9/2026"},
            ("planned_date", "accept_warn", "end", None),
            id="end that is planned",
        ),
        pytest.param(
            {"Hrs/wk": "3 d/wk"},
            ("hours_as_text", "ask", "hours", "field_blank"),
            id="days",
        ),
        pytest.param(
            {"Hrs/wk": "0"}, ("hours_zero", "ask", "hours", "field_blank"), id="none"
        ),
        pytest.param(
            {"Hrs/wk": "400"},
            ("hours_out_of_range", "ask", "hours", "field_blank"),
            id="too many",
        ),
        pytest.param(
            {"New_hrs/wk": "-2"},
            ("hours_out_of_range", "ask", "new_hours", "field_blank"),
            id="below zero",
        ),
        pytest.param(
            {"Hrs/wk": "=7.5*3"},
            ("formula_text", "ask", "hours", "field_blank"),
            id="formula as text",
        ),
        pytest.param(
            {"Hours_changed_on": "1/1/2026"},
            ("change_outside_job", "ask", "changed_on", "field_blank"),
            id="change before the start",
        ),
        pytest.param(
            {"Hourly_pay": "£12.50 p/h"},
            ("currency_text", "accept_warn", "wage", None),
            id="pay with words",
        ),
        pytest.param(
            {"Hourly_pay": "0"},
            ("pay_out_of_range", "ask", "wage", "field_blank"),
            id="no pay",
        ),
        pytest.param(
            {"Paid_hours": "-3"},
            ("hours_out_of_range", "ask", "paid_hours", "field_blank"),
            id="paid hours below zero",
        ),
        pytest.param(
            {"Paid_hours": "one shift"},
            ("hours_as_text", "ask", "paid_hours", "field_blank"),
            id="paid hours in words",
        ),
        pytest.param(
            {"Hourly_pay": "tbc"},
            ("pay_as_text", "ask", "wage", "field_blank"),
            id="pay unknown",
        ),
        pytest.param(
            {"Client_ID": "8", "Start_date": "2/4/2026", "Hours_changed_on": ""},
            ("job_after_discharge", "accept_warn", "start", None),
            id="after discharge",
        ),
        pytest.param(
            {"Client_ID": "99"}, ("orphan_row", "ask", "cid", "row_out"), id="nobody's"
        ),
    ],
)
def test_what_is_odd_is_said_once(cells, finding):
    plan = jobs(row(**cells))
    assert said(plan) == [finding]
    assert plan.counts.jobs == (finding[3] != "row_out")


@pytest.mark.parametrize(
    "cells",
    [
        pytest.param({"End_date": "", "Hours_changed_on": ""}, id="goes on"),
        pytest.param({"Contract": "", "Hourly_pay": ""}, id="no contract, no pay"),
        pytest.param({"Hourly_pay": "£12.50"}, id="pay with a sign"),
        pytest.param({"End_date": "30/6/2026"}, id="last day is the day of the file"),
        pytest.param({"Start_date": "2/2/2015"}, id="held for long"),
        pytest.param({"Hrs/wk": "16 hrs"}, id="hours with a word"),
        pytest.param(
            {"Client_ID": "8", "Start_date": "1/2/2026", "End_date": "1/6/2026"},
            id="goes on after discharge",
        ),
    ],
)
def test_what_is_right_is_taken_silently(cells):
    assert not jobs(row(**cells)).findings


def test_words_that_all_amounts_have_are_the_columns_habit():
    rows = [
        row(Hourly_pay=f"kr. {n},00", Employer=f"Mill {n}") for n in (120, 130, 140)
    ]
    plan = jobs(*rows, setup=replace(UNIT, country="DK", decimal_mark=","))
    assert not plan.findings
    assert record_of(plan).terms[0].currency == "DKK"


@pytest.mark.parametrize(
    ("country", "sign", "currency"),
    [("SE", "kr. 120", "SEK"), ("NO", "120 kr", "NOK"), ("DK", "120", "DKK"),
     ("DK", "€ 12", "EUR"), (None, "£ 12", "GBP"), (None, "12", None)],
)  # fmt: skip
def test_currency_follows_sign_and_country(country, sign, currency):
    plan = jobs(row(Hourly_pay=sign), setup=replace(UNIT, country=country))
    assert record_of(plan).terms[0].currency == currency


def test_job_held_at_referral_is_told():
    plan = jobs(row(Start_date="2/2/2015"))
    assert record_of(plan).held_at_referral
    assert not record_of(jobs(WHOLE)).held_at_referral


# A type in ticks

TICKS = (
    "Client ID;Employer;Competitive job;Work experience;Wage subsidy;Volunteering;"
    "Start date;Hrs/wk\n"
)


@pytest.mark.parametrize(
    ("ticks", "placement", "finding"),
    [
        ("x;;;", "competitive", None),
        (";X;;", "unpaid_internship", None),
        (";;yes;no", "wage_subsidy", None),
        (";;;", None, ("placement_type_unknown", "tick_competitive")),
        ("x;;x;", None, ("placement_type_twice", "tick_wage_subsidy")),
    ],
)
def test_type_is_ticked(ticks, placement, finding):
    others = "7;Mill;x;;;;2/3/2026;16\n7;Inn;;x;;;2/3/2026;16\n7;Zoo;;;;x;2/3/2026;8\n"
    plan = plan_for(jobs=f"{TICKS}7;Baker;{ticks};2/2/2026;16\n{others}")
    assert record_of(plan).placement == placement
    assert [(f.kind, f.field) for f in plan.findings] == ([finding] if finding else [])


def test_answer_settles_a_type_ticked_twice():
    twice = "7;Baker;x;;x;;2/2/2026;16\n7;Inn;;x;;x;1/3/2026;4\n"
    text = f"{TICKS}{twice}7;Mill;x;;;;2/3/2026;16\n"
    answers = [
        Answer(Place("jobs.csv", None, 2), {"type": "competitive"}),
        Answer(Place("jobs.csv", None, 3), {"type": "internship"}),
    ]
    plan = plan_with(UNIT, {"jobs": text}, answers=answers)
    assert not plan.findings
    assert plan.counts.jobs_by_type == {"competitive": 2, "internship": 1}


def test_answer_that_still_ends_before_the_start_leaves_the_question():
    bad = row(End_date="1/1/2026", Hours_changed_on="")
    place = Place("jobs.csv", None, 2)
    plan = jobs(bad, answers=[Answer(place, {"end": "2026-01-15"})])
    assert said(plan) == [("end_before_start", "ask", "end", "row_out")]
    plan = jobs(bad, answers=[Answer(place, {"end": None})])
    assert not plan.findings
    assert record_of(plan).last_day is None


def test_list_without_a_type_is_named_once():
    plan = plan_for(jobs="Client ID;Employer;Start date;Hrs/wk\n7;Baker;2/2/2026;16\n")
    assert [(f.kind, f.place.row) for f in plan.findings] == [("no_type_column", 1)]


# The first job that the caseload list states

PEOPLE = (
    "Client ID;Surname;DOB;ES;Referral date;Working at referral;Accepted;First job start\n"
    "7;Oak;3/4/1990;Ada Holm;5/1/2026;no;12/1/2026;{stated}\n"
)


@pytest.mark.parametrize(
    ("stated", "rows", "conflict"),
    [
        pytest.param("2/2/2026", [WHOLE], False, id="the same"),
        pytest.param("9/2/2026", [WHOLE], True, id="another day"),
        pytest.param("", [WHOLE], False, id="not stated"),
        pytest.param("9/2/2026", [], False, id="no job listed"),
        pytest.param(
            "9/2/2026", [row(Type="Volunteering")], False, id="no competitive"
        ),
        pytest.param("9/2/2026", [row(Type="Other")], False, id="type waits"),
        pytest.param("9/2/2026", [row(Start_date="2/2/2015")], False, id="held before"),
        pytest.param("9/2/2026", [row(End_date="1/1/2026")], False, id="row waits"),
    ],
)
def test_first_job_is_held_against_the_job_list(stated, rows, conflict):
    texts = {"caseload": PEOPLE.format(stated=stated), "jobs": HEAD + "".join(rows)}
    kinds = [f.kind for f in plan_with(UNIT, texts).findings]
    assert ("first_job_conflict" in kinds) is conflict
