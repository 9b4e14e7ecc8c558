"""Contacts, employer contacts and meetings."""

from dataclasses import replace
from datetime import date

import pytest
from tests.exchange.roster.rosters import UNIT, plan_for, plan_with, workbook

from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.records import (
    ContactRecord,
    EmployerContactRecord,
    MeetingRecord,
)

HEAD = "Date;Client ID;Client;ES;How;Where;Mins;Attended?;Notes\n"
WHOLE = "5/2/2026;7;Una Oak;Ada Holm;Face to face;Home visit;45;Y;Went well\n"


def contacts(*rows, setup=UNIT):
    return plan_with(setup, {"contacts": HEAD + "".join(rows)})


def record_of(plan, kind="contacts"):
    return next(row.record for row in plan.rows if row.kind == kind)


def said(plan):
    return [(f.kind, f.action, f.field, f.until_answered) for f in plan.findings]


def test_row_becomes_a_contact():
    plan = contacts(WHOLE)
    assert record_of(plan) == ContactRecord(
        person="7",
        episode="7|2026-01-05",
        day=date(2026, 2, 5),
        specialist="Ada Holm",
        mode="in_person",
        mode_text="Face to face",
        place="home",
        place_text="Home visit",
        minutes=45,
        attended=True,
        note="Went well",
    )
    assert not plan.findings


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        ("How", "Phone", ("mode", "phone")),
        ("How", "Text", ("mode", "message")),
        ("How", "Zoom", ("mode", "video")),
        ("How", "", ("mode", None)),
        ("Where", "CMHT base", ("place", "treatment_office")),
        ("Where", "IPS office", ("place", "ips_office")),
        ("Where", "Café", ("place", "community")),
        ("Where", "Walk", ("place", "community")),
        ("Where", "Workplace", ("place", "employer_site")),
        ("Where", "Jobcentre", ("place", "job_centre")),
        ("Mins", "1:15", ("minutes", 75)),
        ("Mins", "1 h 15 min", ("minutes", 75)),
        ("Mins", "", ("minutes", None)),
        ("Mins", "0", ("minutes", 0)),
        ("Attended?", "DNA", ("attended", False)),
        ("Attended?", "n", ("attended", False)),
        ("Attended?", "", ("attended", None)),
    ],
)
def test_words_become_codes(field, typed, value):
    names = HEAD.strip().split(";")
    cells = dict(zip(names, WHOLE.strip().split(";"), strict=True)) | {field: typed}
    plan = contacts(";".join(cells.values()) + "\n")
    assert getattr(record_of(plan), value[0]) == value[1]
    assert not plan.findings


def test_offices_are_what_the_unit_says():
    setup = replace(UNIT, offices=("library",))
    row = WHOLE.replace("Home visit", "Library")
    assert record_of(contacts(row, setup=setup)).place == "ips_office"
    row = WHOLE.replace("Home visit", "CMHT base")
    assert record_of(contacts(row, setup=setup)).place == "community"


@pytest.mark.parametrize(
    ("cell", "typed", "finding"),
    [
        ("5/2/2026", "", ("missing_date", "ask", "date", "row_out")),
        ("5/2/2026", "31/2/2026", ("impossible_date", "ask", "date", "row_out")),
        ("5/2/2026", "5/2/2036", ("future_date", "ask", "date", "row_out")),
        ("5/2/2026", "soon", ("unreadable_date", "ask", "date", "row_out")),
        ("5/2/2026", "46058", ("serial_number_date", "accept_warn", "date", None)),
        ("Ada Holm", "", ("missing_specialist", "ask", "spec", "field_blank")),
        ("45", "-45", ("minutes_negative", "ask", "minutes", "field_blank")),
        ("45", "1500", ("minutes_out_of_range", "ask", "minutes", "field_blank")),
        ("45", "long", ("minutes_as_text", "ask", "minutes", "field_blank")),
        ("45", "=30+15", ("formula_text", "ask", "minutes", "field_blank")),
        ("Home visit", "Moon", ("unknown_word", "ask", "place", "field_blank")),
        ("Face to face", "Owl", ("unknown_word", "ask", "mode", "field_blank")),
    ],
)
def test_what_is_odd_is_said_once(cell, typed, finding):
    plan = contacts(WHOLE.replace(cell, typed))
    assert said(plan) == [finding]
    assert plan.counts.contacts == (finding[3] != "row_out")


def test_word_of_the_service_is_asked_once():
    rows = [
        WHOLE.replace("Home visit", "Hut").replace("5/2", f"{d}/2") for d in (1, 2, 3)
    ]
    plan = contacts(*rows)
    assert not plan.findings
    (need,) = plan.needs
    assert need.key == "vocabulary.place.Hut"
    assert "3 rows of “Where”" in str(need.sentence)
    told = replace(UNIT, vocabulary={"place": {"Hut": "cafe"}})
    plan = contacts(*rows, setup=told)
    assert not plan.needs
    assert record_of(plan).place == "community"


def test_stated_words_go_before_listed_ones():
    setup = replace(UNIT, vocabulary={"place": {"home visit": "workplace"}})
    assert record_of(contacts(WHOLE, setup=setup)).place == "employer_site"


def test_heading_that_asks_the_other_way_round():
    log = "Date;Client ID;ES;Mins;DNA\n5/2/2026;7;Ada Holm;0;Y\n6/2/2026;7;Ada Holm;30;N\n"
    plan = plan_for(contacts=log)
    told = [row.record.attended for row in plan.rows if row.kind == "contacts"]
    assert told == [False, True]


@pytest.mark.parametrize(
    ("heading", "typed", "minutes"),
    [("Mins", "45", 45), ("Hours", "0.75", 45), ("Duration (hrs)", "2", 120),
     ("Duration (min)", "30", 30), ("Duration", "45", 45)],
)  # fmt: skip
def test_unit_of_durations_is_told_by_heading_or_values(heading, typed, minutes):
    setup = replace(UNIT, duration_unit=None)
    log = f"Date;Client ID;ES;{heading}\n5/2/2026;7;Ada Holm;{typed}\n"
    plan = plan_with(setup, {"contacts": log})
    assert record_of(plan).minutes == minutes
    assert not plan.needs


def test_unit_of_durations_that_nothing_proves_is_asked():
    setup = replace(UNIT, duration_unit=None)
    log = "Date;Client ID;ES;Duration\n5/2/2026;7;Ada Holm;1\n6/2/2026;7;Ada Holm;2\n"
    plan = plan_with(setup, {"contacts": log})
    assert [(need.key, need.guess) for need in plan.needs] == [
        ("duration_unit", "minutes")
    ]


def test_log_without_a_specialists_column_is_named_once():
    plan = plan_for(contacts="Date;Client ID;Mins\n5/2/2026;7;30\n6/2/2026;7;30\n")
    assert said(plan) == [("no_specialist_column", "accept_warn", None, None)]
    assert plan.findings[0].place.row == 1


@pytest.mark.parametrize("sheet", ["Ada Holm", "Ada"])
def test_sheet_called_like_a_specialist_is_theirs(sheet):
    rows = [["Date", "Client ID", "Mins"], ["5/2/2026", 7, 30]]
    people = [["Client ID", "Surname", "Accepted"], [7, "Oak", "12/1/2026"]]
    file = open_file("a.xlsx", workbook({"Caseload": people, sheet: rows}))
    plan = make_plan([file], UNIT, date(2026, 6, 30))
    assert record_of(plan).specialist == "Ada Holm"


def test_section_called_like_a_specialist_is_theirs():
    log = (
        "Date;Client ID;How;Mins\nAda Holm\n5/2/2026;7;Phone;30\n"
        "Ben Marsh\n6/2/2026;7;Phone;30\n"
    )
    plan = plan_for(contacts=log)
    told = [row.record.specialist for row in plan.rows if row.kind == "contacts"]
    assert told == ["Ada Holm", "Ben Marsh"]


# Employers and meetings


def test_row_becomes_an_employer_contact():
    log = (
        "Date;ES;Employer;Spoke to;How;For client ref;Outcome\n"
        "5/2/2026;Ada Holm;Baker & Co;Owner;In person;7;Interview offered\n"
    )
    plan = plan_for(employers=log)
    assert record_of(plan, "employer_contacts") == EmployerContactRecord(
        day=date(2026, 2, 5),
        specialist="Ada Holm",
        employer="Baker & Co",
        spoke_to="Owner",
        mode="in_person",
        mode_text="In person",
        person="7",
        episode="7|2026-01-05",
        outcome="interview",
        outcome_text="Interview offered",
    )
    assert plan.counts.employer_contacts_f2f == 1


def test_face_to_face_may_be_a_question():
    log = (
        "Date;ES;Employer;Face to face\n"
        "5/2/2026;Ada Holm;Baker;yes\n6/2/2026;Ada Holm;Baker;no\n"
    )
    plan = plan_for(employers=log)
    told = [row.record.mode for row in plan.rows if row.kind == "employer_contacts"]
    assert told == ["in_person", None]
    assert not plan.findings


def test_ticks_say_yes():
    log = "Date;ES;Employer;Face to face\n5/2/2026;Ada Holm;Baker;x\n"
    assert record_of(plan_for(employers=log), "employer_contacts").mode == "in_person"
    log = "Date;Client ID;ES;Mins;Kept\n5/2/2026;7;Ada Holm;30;✓\n"
    assert record_of(plan_for(contacts=log)).attended


def test_row_becomes_a_seat_at_a_meeting():
    log = "Date;Team;ES;There?\n5/2/2026;East team;Ada Holm;N\n"
    plan = plan_for(meetings=log)
    day = date(2026, 2, 5)
    assert record_of(plan, "meetings") == MeetingRecord(
        day, "East team", "Ada Holm", False
    )


@pytest.mark.parametrize("blank", ["", "-", "n/a"])
@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("contacts", "Date;Client ID;Client;ES;Mins\n{};7;Una Oak;Ada Holm;30\n"),
        ("employers", "Date;ES;Employer;How\n{};Ada Holm;Mill;Phone\n"),
        (
            "jobs",
            "Client ID;Employer;Type;Start date;Hrs/wk\n7;Mill;Competitive;{};16\n",
        ),
        ("meetings", "Date;Team;ES;There?\n{};East team;Ada Holm;yes\n"),
    ],
)
def test_row_without_its_day_is_asked_and_never_dropped(name, row, blank):
    plan = plan_for(**{name: row.format(blank)})
    (finding,) = [f for f in plan.findings if f.place.file == f"{name}.csv"]
    assert (finding.kind, finding.until_answered) == ("missing_date", "row_out")
    assert next(r for r in plan.rows if r.place == finding.place).mark == "ask"
