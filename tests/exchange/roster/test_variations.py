"""The same service, keeping its files otherwise: the same people, contacts and faults."""

import json
import random
from collections import Counter
from dataclasses import asdict, replace
from functools import cache
from pathlib import Path

import pytest
from tests.exchange.roster.rosters import (
    csv_bytes,
    grid,
    plan_of,
    roster,
    workbook,
)

from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.setup import Setup

RENAMED = {
    "Caseload": "Client ID;Line;Last name;First name;Date of Birth;Treatment team;"
    "Employment Specialist;Date of referral;Source of referral;Working at referral?;"
    "Enrolled on;First appointment;Vocational profile date;First job;Transferred from;"
    "Handover date;Date closed;Closure reason;Comments",
    "Contacts": "Service date;Client no.;Name;Worker;Contact method;Location;"
    "Duration (mins);Kept;Remarks",
    "Employer contacts": "Date;Staff;Company;Contact person;Type of contact;"
    "On behalf of (ref);Result",
    "Job outcomes": "Client no.;Name;Company name;Position;Kind of job;"
    "Permanent/temporary;Started;Last day;Weekly hours;Rate of pay;Total paid hours;"
    "Date hours changed;New weekly hours;Reason for leaving;Comments",
    "Team meetings": "Meeting date;Treatment team;Specialist;Present",
}
TRANSLATED = json.loads((Path(__file__).parent / "translated.json").read_text("utf-8"))
"""The Danish files in other languages: headings of each file, words of the cells."""


KEPT_ROWS = {"Contacts": 400, "Employer contacts": 300, "Team meetings": 50}
"""The logs are cut to their last rows, where their faults stand."""


@cache
def uk_sheets():
    (file,) = roster("uk-roster").files
    sheets = {sheet.name: grid(file, sheet.name) for sheet in file.sheets}
    for name, last in KEPT_ROWS.items():
        sheets[name] = [*sheets[name][:4], *sheets[name][-last:]]
    return sheets


@cache
def usual_plan():
    return uk_plan(uk_sheets())


def uk_plan(sheets=None, files=None, setup=None):
    uk = roster("uk-roster")
    files = files or [open_file("book.xlsx", workbook(sheets))]
    return make_plan(files, setup or uk.setup, uk.as_of)


def assert_same(plan):
    """Hold a plan against that of the service's own workbook."""
    wanted = usual_plan()
    assert asdict(plan.counts) == asdict(wanted.counts)
    assert kinds_of(plan) == kinds_of(wanted)


def kinds_of(plan):
    return Counter(finding.kind for finding in plan.findings)


def test_usual_workbook_has_the_faults_of_the_whole_one():
    """But for its formula, which is lost where a workbook is written anew."""
    assert kinds_of(plan_of("uk-roster")) - kinds_of(usual_plan()) == {
        "formula_cell": 1
    }


def with_rows(change):
    return {
        name: rows if name == "Lists" else change(name, rows)
        for name, rows in uk_sheets().items()
    }


@pytest.mark.parametrize("seed", range(2))
def test_columns_in_another_order(seed):
    rng = random.Random(seed)

    def shuffled(_, rows):
        order = rng.sample(range(len(rows[3])), len(rows[3]))
        return [[row[at] for at in order] for row in rows]

    assert_same(uk_plan(with_rows(shuffled)))


def test_headings_in_other_words_on_sheets_without_names():
    def renamed(name, rows):
        return [*rows[:3], RENAMED[name].split(";"), *rows[4:]]

    sheets = {f"Sheet{n}": rows for n, rows in enumerate(with_rows(renamed).values())}
    plan = uk_plan(sheets)
    assert_same(plan)
    assert not any(table.unknown for table in plan.tables)


@pytest.mark.parametrize(
    ("delimiter", "encoding", "days"),
    [
        ("\t", "utf-16", "%Y-%m-%d"),
        ("|", "cp1252", "%d %b %Y"),
        (",", "utf-8-sig", "%d.%m.%Y"),
        (";", "utf-8", "%d-%m-%y"),
    ],
)
def test_sheets_saved_as_csv_files(delimiter, encoding, days):
    files = [
        open_file(
            f"{name}.csv",
            csv_bytes(rows if name == "Lists" else rows[3:], delimiter, encoding, days),
            encoding="windows-1252",
        )
        for name, rows in uk_sheets().items()
    ]
    assert_same(uk_plan(files=files))
    assert_same(uk_plan(files=files, setup=Setup(encoding="windows-1252")))


def test_one_list_on_two_sheets():
    sheets = {}
    for name, rows in uk_sheets().items():
        if name in ("Caseload", "Contacts", "Job outcomes"):
            half = len(rows) // 2
            sheets[f"{name} 1"] = rows[:half]
            sheets[f"{name} 2"] = [*rows[:4], *rows[half:]]
        else:
            sheets[name] = rows
    assert_same(uk_plan(sheets))


def test_all_lists_under_one_another_on_one_sheet():
    rows = []
    for name, own in uk_sheets().items():
        if name != "Lists":
            rows += [[name], *own[3:], [None], [None]]
    assert_same(uk_plan({"Everything": rows}))


def test_headings_repeated_on_every_page():
    def repeated(_, rows):
        out = rows[:4]
        for n, row in enumerate(rows[4:]):
            out = [*out, rows[3]] if n and n % 60 == 0 else out
            out.append(row)
        return out

    assert_same(uk_plan(with_rows(repeated)))


def test_columns_more_titles_more_and_notes_below():
    def more(_, rows):
        body = [
            ["Colour" if n == 3 else "green" if n > 3 and any(row) else None, *row]
            for n, row in enumerate(rows)
        ]
        notes = [[None], [None, "* please keep this up to date, ask Sadia if unsure"]]
        return [["Calder Vale"], ["For internal use only"], *body, *notes]

    plan = uk_plan(with_rows(more))
    assert_same(plan)
    assert all("Colour" in t.unknown for t in plan.tables if t.kind != "lists")


def test_formulas_filled_down_below_the_data_are_no_rows():
    sheets = dict(uk_sheets())
    sheets["Contacts"] = [*sheets["Contacts"][:-2], *[[None] * 9] * 50]
    file = open_file("book.xlsx", workbook(sheets))
    contacts = next(s for s in file.sheets if s.name == "Contacts")
    last = contacts.rows[-1].number
    filled = [
        contacts.rows[0]._replace(number=n, values=(None, None, None, 0))
        for n in range(last + 1, last + 200)
    ]
    formulas = {(row.number, 3): "IF(A1=0,0,1)" for row in filled}
    wide = replace(contacts, rows=(*contacts.rows, *filled), formulas=formulas)
    sheets = tuple(wide if s is contacts else s for s in file.sheets)
    assert_same(uk_plan(files=[replace(file, sheets=sheets)]))


def test_logs_without_client_numbers_find_people_by_name():
    def nameless(name, rows):
        if name not in ("Contacts", "Job outcomes"):
            return rows
        at = rows[3].index("Ref")
        return [[*row[:at], *row[at + 1 :]] for row in rows]

    plan = uk_plan(with_rows(nameless))
    found = Counter(r.record.person for r in plan.rows if is_logged(r))
    wanted = Counter(r.record.person for r in usual_plan().rows if is_logged(r))
    # Two people have one name: whose rows are theirs is asked, row by row.
    twins = {"IPS-0001", "IPS-0008"}
    assert found == Counter({k: n for k, n in wanted.items() if k not in twins})
    asked = [f for f in plan.questions if f.kind == "name_of_two"]
    assert len(asked) == sum(wanted[key] for key in twins)


def is_logged(row):
    return row.kind in ("contacts", "jobs") and row.record is not None


def test_specialists_as_sections_instead_of_a_column():
    rows = uk_sheets()["Contacts"]
    at = rows[3].index("ES")
    named = {post.name for post in roster("uk-roster").setup.specialists}
    typed = [row for row in rows[4:] if row[at] in named]

    def without(row):
        return [*row[:at], *row[at + 1 :]]

    body = [without(row) for row in rows[:4]]
    for name in sorted({row[at] for row in typed}):
        body.append([name])
        body += [without(row) for row in typed if row[at] == name]
    plain = {**uk_sheets(), "Contacts": [*rows[:4], *typed]}
    found, wanted = uk_plan({**plain, "Contacts": body}), uk_plan(plain)
    assert specialists_of(found) == specialists_of(wanted)
    assert kinds_of(found) == kinds_of(wanted)


def specialists_of(plan):
    records = [row.record for row in plan.rows if row.kind == "contacts" and row.record]
    return Counter(record.specialist for record in records)


@pytest.mark.parametrize("language", TRANSLATED)
def test_other_languages_nothing_stated(language):
    headings, words = TRANSLATED[language]["headings"], TRANSLATED[language]["words"]
    files = []
    for file in roster("dk-csv").files:
        rows = [[words.get(value, value) for value in row] for row in grid(file)[1:]]
        rows.insert(0, headings[file.name].split(";"))
        name = f"{len(files)}.csv"
        files.append(open_file(name, csv_bytes(rows, ";")))
    plan = make_plan(files, Setup(), roster("dk-csv").as_of)
    assert {table.language for table in plan.tables} == {language}
    assert not any(table.unknown for table in plan.tables)
    found, wanted = asdict(plan.counts), asdict(plan_of("dk-csv").counts)
    # What is a flex-job in Denmark is another kind of job elsewhere.
    types = found.pop("jobs_by_type"), wanted.pop("jobs_by_type")
    assert found == wanted
    assert types[0].pop("set_aside") == types[1].pop("flex_job")
    assert types[0] == types[1]
    kinds = Counter(f.kind for f in plan_of("dk-csv").findings)
    assert Counter(f.kind for f in plan.findings) == kinds
    assert {need.key for need in plan.needs} == {"specialists", "treatment_teams"}
