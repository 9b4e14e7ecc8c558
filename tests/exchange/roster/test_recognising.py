"""Headings nobody listed, values that speak, a mapping that was kept."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.exchange.roster.rosters import (
    TODAY,
    UNIT,
    file_of,
    plan_for,
    plan_of,
    plan_with,
)

from braid.exchange.roster.plan import Answer, Layout, Place
from braid.exchange.roster.planning import make_plan


def table_of(text, name="list", **given):
    plan = make_plan([file_of(f"{name}.csv", text)], UNIT, TODAY, **given)
    return plan.tables[0]


def fields(table):
    return {column.heading: column.field for column in table.columns}


PEOPLE = """
1;Oak;Una;3/4/1990;East team;5/1/2026;12/1/2026
2;Elm;Per;9/9/1985;West team;6/1/2026;13/1/2026
3;Ash;Ida;1/2/1979;East team;7/1/2026;14/1/2026
"""


HEADINGS = json.loads((Path(__file__).parent / "headings.json").read_text("utf-8"))
"""One list of people under the headings of many services, some with slips in them."""


@pytest.mark.parametrize("headings", HEADINGS)
def test_same_list_is_recognised_under_many_headings(headings):
    table = table_of(headings + PEOPLE)
    assert table.kind == "caseload"
    assert list(fields(table).values()) == [
        "cid",
        "last",
        "first",
        "dob",
        "team",
        "referral",
        "accepted",
    ]


def test_values_speak_where_a_heading_says_nothing():
    rows = "".join(
        f"{day}/1/2026;1;Ada Holm;Face to face;Home visit;45;Y\n" for day in range(1, 9)
    )
    table = table_of("Date;Client ID;Column1;Column2;Column3;Mins;Column4\n" + rows)
    assert table.kind == "contacts"
    assert list(fields(table).values())[2:] == [
        "spec",
        "mode",
        "place",
        "minutes",
        None,
    ]
    assert all(c.confidence < 0.6 for c in table.columns if "Column" in c.heading)


def test_values_speak_against_a_heading():
    rows = "".join(f"{n};Oak;Una;yes;{n}/1/2026\n" for n in range(1, 9))
    table = table_of("Client ID;Surname;Forename;Discharged;Accepted\n" + rows)
    assert fields(table)["Discharged"] is None
    assert table.unknown == ("Discharged",)


def test_columns_nobody_knows_are_listed_and_left_out():
    table = table_of(
        "Client ID;Surname;Forename;DOB;Shoe size;Accepted\n1;Oak;Una;3/4/1990;38;5/1/2026\n"
    )
    assert table.unknown == ("Shoe size",)


def test_group_heading_tells_columns_apart():
    text = (
        "Client;;;Job;\nID;Surname;Forename;Start;End\n"
        "1;Oak;Una;3/4/2026;\n2;Elm;Per;4/4/2026;\n"
    )
    table = table_of(text)
    assert [column.group for column in table.columns] == ["Client"] * 3 + ["Job"] * 2


@pytest.mark.parametrize(
    ("headings", "kind"),
    [
        ("Date;Client ID;ES;How;Where;Mins", "contacts"),
        ("Date;ES;Company;Contact person;Method;Result", "employer_contacts"),
        ("Client ID;Company;Position;Started;Ended;Hours per week", "jobs"),
        ("Meeting date;Team;ES;Present", "meetings"),
        ("Ref;Surname;DOB;Referred;Discharged", "caseload"),
        ("ES;FTE;From;To", "lists"),
    ],
)
def test_kind_follows_from_the_headings(headings, kind):
    assert table_of(f"{headings}\n").kind == kind


def test_table_of_an_unknown_kind_is_named_and_not_read():
    plan = plan_for(shopping="Item;Price;Colour\nTea;3.50;green\n")
    table = next(t for t in plan.tables if t.file == "shopping.csv")
    assert (table.kind, table.unknown) == ("unknown", ("Item", "Price", "Colour"))
    assert not [row for row in plan.rows if row.place.file == "shopping.csv"]


# A caseload list with columns for a job

WIDE = (
    "No;Name;DOB;Team;ES;Referral date;Accepted;"
    "Employer;Job title;Job type;Job start;Hrs/wk;Date left job;Discharged\n"
    "1;Una Oak;3/4/1990;East team;Ada Holm;5/1/2026;12/1/2026;"
    "Mill;Baker;Competitive;2/2/2026;16;;\n"
    "2;Per Elm;9/9/1985;West team;Ben Marsh;6/1/2026;13/1/2026;;;;;;;\n"
    "3;Ida Ash;1/2/1979;East team;Ada Holm;7/1/2026;14/1/2026;"
    "Inn;Cook;Volunteering;1/2/2026;400;1/3/2026;\n"
    "1;Una Oak;3/4/1990;East team;Ada Holm;5/1/2026;12/1/2026;"
    "Zoo;Vet;Competitive;2/5/2026;20;;\n"
)


def test_rows_may_tell_of_a_course_and_of_a_job():
    plan = make_plan([file_of("wide.csv", WIDE)], UNIT, TODAY)
    assert [(t.kind, t.unknown) for t in plan.tables] == [
        ("caseload", ()),
        ("jobs", ()),
    ]
    assert plan.counts.clients == plan.counts.referrals == 3
    assert plan.counts.jobs_by_type == {"competitive": 2, "volunteering": 1}
    jobs = [row.record for row in plan.rows if row.kind == "jobs"]
    assert [(j.employer, j.episode) for j in jobs] == [
        ("Mill", "Oak, Una (1990-04-03)|2026-01-05"),
        ("Inn", "Ash, Ida (1979-02-01)|2026-01-07"),
        ("Zoo", "Oak, Una (1990-04-03)|2026-01-05"),
    ]
    assert [(f.place.row, f.kind) for f in plan.findings] == [(4, "hours_out_of_range")]


def test_answer_for_a_row_that_tells_two_things_finds_its_own():
    place = Place("wide.csv", None, 4)
    answers = [Answer(place, {"hours": 40, "team": "West team"})]
    plan = make_plan([file_of("wide.csv", WIDE)], UNIT, TODAY, answers=answers)
    assert not plan.questions
    assert not plan.answer_faults
    records = {row.kind: row.record for row in plan.rows if row.place == place}
    assert records["jobs"].terms[0].weekly_hours == 40
    assert records["caseload"].treatment_team == "West team"


def test_mapping_of_both_is_kept():
    first = make_plan([file_of("wide.csv", WIDE)], UNIT, TODAY)
    assert [table.kind for table in first.layout.tables] == ["caseload", "jobs"]
    again = make_plan([file_of("july.csv", WIDE)], UNIT, TODAY, layout=first.layout)
    assert again.counts == first.counts
    jobs_only = Layout(
        (replace(first.layout.tables[0], kind="ignore"), first.layout.tables[1])
    )
    plan = make_plan([file_of("wide.csv", WIDE)], UNIT, TODAY, layout=jobs_only)
    assert {row.kind for row in plan.rows} == {"jobs"}


@pytest.mark.parametrize("name", ["uk-roster", "us-csv", "nl-xlsx", "dk-csv"])
def test_plain_lists_are_taken_as_one_thing(name):
    plan = plan_of(name)
    places = {(t.file, t.sheet, t.heading_row) for t in plan.tables}
    assert len(places) == len(plan.tables)


# A mapping that was kept or corrected


ODD = (
    "Kode;Hvem;Født;Kom til\n1;Una Oak;3/4/1990;5/1/2026\n2;Per Elm;9/9/1985;6/1/2026\n"
)


def corrected(**meant):
    table = make_plan([file_of("odd.csv", ODD)], UNIT, TODAY).layout.tables[0]
    columns = tuple(replace(c, field=meant.get(c.heading)) for c in table.columns)
    return replace(table, kind="caseload", columns=columns)


MEANT = {"Kode": "cid", "Hvem": "name", "Født": "dob", "Kom til": "accepted"}


def test_corrected_mapping_goes_before_any_guess():
    layout = Layout((corrected(**MEANT),))
    plan = make_plan([file_of("odd.csv", ODD)], UNIT, TODAY, layout=layout)
    assert fields(plan.tables[0]) == MEANT
    assert plan.counts.clients == 2
    assert plan.rows[0].record.accepted_on == date(2026, 1, 5)
    assert plan.layout == layout


def test_kept_mapping_survives_json_and_another_file_name():
    layout = Layout.from_dict(Layout((corrected(**MEANT),)).as_dict())
    plan = make_plan([file_of("odd-july.csv", ODD)], UNIT, TODAY, layout=layout)
    assert fields(plan.tables[0]) == MEANT


def test_kept_mapping_bears_a_column_more():
    layout = Layout((corrected(**MEANT),))
    more = ODD.replace("\n", ";Note\n", 1).replace("26\n", "26;x\n")
    plan = make_plan([file_of("odd.csv", more)], UNIT, TODAY, layout=layout)
    assert fields(plan.tables[0]) == {**MEANT, "Note": "notes"}


def test_table_may_be_left_aside():
    layout = Layout((replace(corrected(**MEANT), kind="ignore"),))
    plan = make_plan([file_of("odd.csv", ODD)], UNIT, TODAY, layout=layout)
    assert not plan.rows


def test_two_columns_with_one_heading_keep_their_own_meaning():
    text = ODD.replace("Kom til", "Hvem")
    table = corrected(**MEANT)
    columns = [
        replace(column, heading="Hvem" if n == 3 else column.heading)
        for n, column in enumerate(table.columns)
    ]
    layout = Layout((replace(table, columns=tuple(columns)),))
    plan = make_plan([file_of("odd.csv", text)], UNIT, TODAY, layout=layout)
    assert [c.field for c in plan.tables[0].columns] == list(MEANT.values())


def test_layout_can_be_chosen_by_name():
    text = "Borgernr;Efternavn;Fornavn;Startdato\n1;Oak;Una;5/1/2026\n"
    plan = plan_with(UNIT, {"caseload": text}, layout_id="dk-csv")
    assert plan.layout_id == "dk-csv"
    assert plan.counts.episodes == 1
