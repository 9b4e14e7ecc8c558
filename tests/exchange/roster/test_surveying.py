"""What the files prove is not asked; what they do not is asked once."""

from dataclasses import replace
from datetime import date

import pytest
from tests.exchange.roster.rosters import (
    CASELOAD,
    TODAY,
    UNIT,
    csv_bytes,
    file_of,
    plan_with,
    roster,
    workbook,
)

from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.setup import Setup, SpecialistPost
from braid.exchange.roster.surveying import day_of_file

BARE = replace(UNIT, date_order=None, decimal_mark=None)
HEAD = "Date;Client ID;ES;Mins\n"


def needs(plan):
    return {need.key: need.guess for need in plan.needs}


def log(*days):
    return HEAD + "".join(f"{day};7;Ada Holm;30\n" for day in days)


def days_of(plan):
    return [str(row.record.day) for row in plan.rows if row.kind == "contacts"]


@pytest.mark.parametrize(
    ("days", "read"),
    [
        (("3/2/2026", "13/2/2026"), ["2026-02-03", "2026-02-13"]),
        (("2/3/2026", "2/13/2026"), ["2026-02-03", "2026-02-13"]),
        (("2026-02-03", "4 Feb 2026"), ["2026-02-03", "2026-02-04"]),
        (("03.02.2026",), ["2026-02-03"]),
    ],
)
def test_order_of_days_that_a_column_proves_is_not_asked(days, read):
    people = CASELOAD.replace("5/1/2026", "25/1/2026").replace("12/1/", "30/1/")
    people = people.replace("6/1/2026", "26/1/2026").replace("3/4/1990", "13/4/1990")
    people = people.replace("2/3/2026", "28/3/2026")
    plan = plan_with(BARE, {"caseload": people, "contacts": log(*days)})
    assert days_of(plan) == read
    assert not needs(plan)


def test_order_of_days_that_nothing_proves_is_asked_once():
    plan = plan_with(BARE, {"contacts": log("3/2/2026", "4/2/2026")})
    assert needs(plan) == {"date_order": "dmy"}
    assert days_of(plan) == ["2026-02-03", "2026-02-04"]
    told = plan_with(
        replace(BARE, date_order="mdy"), {"contacts": log("3/2/2026", "4/2/2026")}
    )
    assert days_of(told) == ["2026-03-02", "2026-04-02"]


def test_other_columns_make_the_guess_better():
    people = (
        CASELOAD.replace("12/1/2026", "1/30/2026")
        .replace("13/1/2026", "1/31/2026")
        .replace("9/9/1985", "9/19/1985")
        .replace("3/4/1990", "3/14/1990")
    )
    plan = plan_with(BARE, {"caseload": people, "contacts": log("3/2/2026")})
    assert needs(plan) == {"date_order": "mdy"}
    assert days_of(plan) == ["2026-03-02"]


def test_decimal_mark_is_asked_only_where_it_matters():
    jobs = "Client ID;Employer;Type;Start date;Hrs/wk;Hourly pay\n7;Mill;Job;2/2/2026;20;{}\n"
    setup = replace(UNIT, decimal_mark=None)
    assert not needs(plan_with(setup, {"jobs": jobs.format("12,50")}))
    plan = plan_with(setup, {"jobs": jobs.format("1,250")})
    assert needs(plan) == {"decimal_mark": "."}
    assert plan.rows[-1].record.terms[0].pay == 1250


def test_specialists_and_teams_are_asked_with_what_the_files_show():
    lists = "ES;FTE;From;To;;Teams\nAda Holm;1;2/1/2024;;;East team\nCy New;0.5;2/3/2026;;;\n"
    bare = replace(UNIT, specialists=(), treatment_teams=())
    plan = plan_with(bare, {"lists": lists})
    asked = needs(plan)
    assert asked["specialists"] == (
        SpecialistPost("Ada Holm", 1.0, date(2024, 1, 2), None),
        SpecialistPost("Cy New", 0.5, date(2026, 3, 2), None),
        SpecialistPost("Ben Marsh"),
    )
    assert set(asked["treatment_teams"]) == {"East team", "West team"}
    assert plan.setup.specialists == asked["specialists"]


def test_encoding_that_is_guessed_is_asked():
    data = CASELOAD.replace("Oak", "Øk").encode("cp1252")
    plan = make_plan([open_file("a.csv", data)], UNIT, TODAY)
    assert needs(plan) == {"encoding": "cp1252"}
    stated = replace(UNIT, encoding="cp1252")
    file = open_file("a.csv", data, encoding="cp1252")
    assert not needs(make_plan([file], stated, TODAY))


def test_wrong_day_of_the_file_is_asked_once():
    days = [f"{n}/6/2026" for n in range(1, 29)]
    texts = {"contacts": log(*days)}
    plan = plan_with(UNIT, texts)
    assert not needs(plan)
    files = [file_of(f"{name}.csv", text) for name, text in texts.items()]
    files.append(file_of("caseload.csv", CASELOAD))
    assert "as_of" in needs(make_plan(files, UNIT, date(2026, 5, 31)))


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        ([["North IPS"], ["As at 30/06/2026"]], date(2026, 6, 30)),
        ([["Opgjort pr. 31. maj 2026"]], date(2026, 5, 31)),
        ([["Peildatum", "30-06-2026"]], date(2026, 6, 30)),
        ([["As at", date(2026, 6, 30)]], date(2026, 6, 30)),
        ([["North IPS"]], None),
    ],
)
def test_files_say_of_which_day_they_are(lines, day):
    rows = [*lines, [], ["Ref", "Surname", "DOB"], ["7", "Oak", date(1990, 4, 3)]]
    file = open_file("a.xlsx", workbook({"People": rows}))
    assert day_of_file([file], Setup(), date(2026, 11, 1)) == day


def test_stated_day_goes_before_what_the_files_say():
    setup = replace(UNIT, as_of=TODAY)
    assert day_of_file([file_of("a.csv", "x")], setup, date(2026, 11, 1)) == TODAY


@pytest.mark.parametrize(
    ("name", "day"), [("uk-roster", "2026-06-30"), ("dk-csv", None)]
)
def test_day_of_a_whole_roster(name, day):
    found = day_of_file(roster(name).files, Setup(), date(2026, 11, 1))
    assert (str(found) if found else None) == day


def test_sheet_without_a_table_is_named():
    sheets = {
        "People": [["Ref", "Surname", "DOB"], ["7", "Oak", date(1990, 4, 3)]],
        "Help": [["Please keep this up to date."]],
    }
    plan = make_plan([open_file("a.xlsx", workbook(sheets))], UNIT, TODAY)
    assert [str(note) for note in plan.files[0].notes] == [
        "The sheet “Help” holds no table; nothing of it was read."
    ]


def test_same_file_twice_is_one_file():
    data = csv_bytes([["Ref", "Surname", "DOB"], ["7", "Oak", date(1990, 4, 3)]])
    files = [open_file("a.csv", data), open_file("copy of a.csv", data)]
    plan = make_plan(files, UNIT, TODAY)
    assert [file.name for file in plan.files] == ["a.csv"]
    assert plan.totals.read == 1


def test_hidden_columns_are_shown_as_such():
    table = roster("uk-roster").plan().tables[0]
    assert [c.heading for c in table.columns if c.hidden] == ["Row key"]
    assert table.columns[4].samples[0] == "1984-03-16"
    assert table.columns[4].group == "Referral"


# What a service does throughout is spoken of once


def ten(**cells):
    names = ("day", "cid", "spec", "minutes")
    base = {"cid": "7", "spec": "Ada Holm", "minutes": "30"}
    return HEAD + "".join(
        ";".join(({"day": f"{n}/2/2026"} | base | cells)[name] for name in names) + "\n"
        for n in range(1, 13)
    )


def test_short_form_used_throughout_is_told_once():
    plan = plan_with(UNIT, {"contacts": ten(spec="AH")})
    assert [(f.kind, f.place.row, f.heading) for f in plan.findings] == [
        ("specialist_abbreviated", 1, "ES")
    ]
    assert plan.findings[0].message == "In 12 rows a short form was read as Ada Holm."
    assert {r.record.specialist for r in plan.rows if r.kind == "contacts"} == {
        "Ada Holm"
    }


def test_specialist_missing_in_the_setup_is_asked_once():
    plan = plan_with(UNIT, {"contacts": ten(spec="Kofi Lathbury")})
    assert not plan.findings
    assert needs(plan)["specialists"][-1] == SpecialistPost("Kofi Lathbury")
    told = replace(UNIT, specialists=needs(plan)["specialists"])
    assert not plan_with(told, {"contacts": ten(spec="Kofi Lathbury")}).needs


def test_team_missing_in_the_setup_is_asked_once():
    people = (
        CASELOAD.splitlines()[0]
        + "\n"
        + "".join(
            f"{n};Oak{n};Una;{n}/4/1990;North team;Ada Holm;5/1/2026;no;12/1/2026;\n"
            for n in range(1, 13)
        )
    )
    plan = plan_with(UNIT, {"caseload": people})
    assert not [f for f in plan.findings if f.field == "team"]
    assert needs(plan)["treatment_teams"][-1] == "North team"


def test_days_left_without_a_date_format_are_told_once():
    rows = [["Date", "Client ID", "ES", "Mins"]]
    rows += [[46058 + n, 7, "Ada Holm", 30] for n in range(12)]
    people = [line.split(";") for line in CASELOAD.splitlines()]
    file = open_file("a.xlsx", workbook({"Caseload": people, "Contacts": rows}))
    plan = make_plan([file], UNIT, TODAY)
    assert [(f.kind, f.place.row) for f in plan.findings] == [("serial_number_date", 1)]
    assert days_of(plan)[0] == "2026-02-05"


def test_list_that_does_not_say_when_people_were_taken_on_is_named():
    people = (
        "Client ID;Surname;DOB;ES;Referral date\n7;Oak;3/4/1990;Ada Holm;5/1/2026\n"
    )
    plan = plan_with(UNIT, {"caseload": people})
    assert [f.kind for f in plan.findings] == ["no_start_column"]
    assert (plan.counts.referrals, plan.counts.episodes) == (1, 0)
