"""A blank workbook: what is filled into it is imported without a question."""

import io
import json
import zipfile
from datetime import date

import openpyxl
import pytest
from click.testing import CliRunner
from django.urls import reverse
from pydantic import ValidationError
from tests.exchange.looking import counts

from braid.exchange.blank import COLUMNS, LANGUAGE_OF, blank_workbook
from braid.exchange.cli import roster
from braid.exchange.roster.lexicon import lexicon
from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.reading.opening import open_file
from braid.exchange.roster.setup import Setup
from braid.packs.layouts import BlankTexts

TODAY = date(2026, 6, 30)
COUNTRIES = ["DK", "NL", "GB", "US", "NO", "SE", "DE", "AT", "FR", None]

PEOPLE = [
    {"cid": "1", "last": "Oak", "first": "Una", "dob": date(1990, 4, 3)},
    {"cid": "2", "last": "Elm", "first": "Per", "dob": date(1985, 9, 9)},
]
COURSE = {
    "team": "East team",
    "spec": "Ada Holm",
    "referral": date(2026, 1, 5),
    "accepted": date(2026, 1, 12),
    "first_contact": date(2026, 1, 14),
}
FILLED = {
    "lists": [
        {"spec": "Ada Holm", "fte": 1, "start": date(2024, 1, 1), "team": "East team"},
        {"spec": "Ben Marsh", "fte": 0.8, "start": date(2025, 1, 1), "team": "West"},
    ],
    "caseload": [
        {**PEOPLE[0], **COURSE, "source": "clinician", "status": "no"},
        {
            **PEOPLE[1],
            **COURSE,
            "source": "self",
            "status": "yes",
            "prev_spec": "Ben Marsh",
            "moved_on": date(2026, 3, 2),
            "discharge": date(2026, 5, 1),
            "reason": "moved",
            "notes": "Mornings",
        },
    ],
    "contacts": [
        {
            "date": date(2026, 1, day),
            "cid": "1",
            "name": "Oak, Una",
            "spec": "Ada Holm",
            "mode": mode,
            "place": place,
            "minutes": 45,
            "attended": "yes",
        }
        for day, mode, place in ((14, "f2f", "home"), (21, "phone", None))
    ],
    "employer_contacts": [
        {
            "date": date(2026, 2, 3),
            "spec": "Ada Holm",
            "employer": "Mill",
            "person": "Owner",
            "mode": "f2f",
            "cid": "1",
            "outcome": "interview",
        }
    ],
    "jobs": [
        {
            "cid": "1",
            "name": "Oak, Una",
            "employer": "Mill",
            "title": "Baker",
            "type": "competitive",
            "permanent": "yes",
            "start": date(2026, 3, 2),
            "hours": 16.5,
            "wage": 140,
        },
        {
            "cid": "2",
            "name": "Elm, Per",
            "employer": "Zoo",
            "type": "volunteering",
            "start": date(2026, 2, 2),
            "end": date(2026, 4, 30),
            "hours": 8,
            "end_reason": "other",
        },
    ],
    "meetings": [
        {
            "date": date(2026, 2, 2),
            "team": "East team",
            "spec": "Ada Holm",
            "attended": "yes",
        }
    ],
}


def opened(made):
    return openpyxl.load_workbook(io.BytesIO(made.data))


def plan_of(data, name="start.xlsx"):
    return make_plan([open_file(name, data)], Setup(), TODAY)


def columns_of(plan):
    return {t.kind: tuple(c.field for c in t.columns) for t in plan.tables}


def words_offered(book, sheet, letter):
    """Return the words that a column offers, as its rule points at them."""
    rule = next(
        rule
        for rule in sheet.data_validations.dataValidation
        if str(rule.sqref).startswith(f"{letter}2:")
    )
    title, _, place = rule.formula1.rpartition("!")
    cells = book[title.strip("'")][place.replace("$", "")]
    return [cell.value for (cell,) in cells]


def fill(made):
    """Return the workbook with the rows of FILLED, words chosen from what it offers."""
    book = opened(made)
    for sheet, (kind, fields) in zip(book.worksheets[1:], COLUMNS.items(), strict=True):
        for row in FILLED[kind]:
            sheet.append([_typed(book, sheet, kind, fields, row, f) for f in fields])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _typed(book, sheet, kind, fields, row, field):
    value = row.get(field)
    list_name = LIST_NAMES.get((kind, field))
    if value is None or list_name is None:
        return value
    letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[fields.index(field)]
    offered = words_offered(book, sheet, letter)
    return next(w for w in offered if lexicon().meaning(list_name, w) == value)


LIST_NAMES = {
    ("caseload", "status"): "in_work_at_referral",
    ("caseload", "source"): "referral_source",
    ("caseload", "reason"): "exit_reason",
    ("contacts", "mode"): "contact_mode",
    ("contacts", "place"): "place",
    ("contacts", "attended"): "yes_no",
    ("employer_contacts", "mode"): "employer_contact_mode",
    ("employer_contacts", "outcome"): "outcome",
    ("jobs", "type"): "placement_type",
    ("jobs", "permanent"): "permanent",
    ("jobs", "end_reason"): "end_reason",
    ("meetings", "attended"): "yes_no",
}


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_column_is_recognised(country):
    plan = plan_of(blank_workbook(country).data)
    assert columns_of(plan) == COLUMNS
    assert len(plan.tables) == len(COLUMNS)
    assert not any(table.unknown for table in plan.tables)


@pytest.mark.parametrize("country", COUNTRIES)
def test_what_is_filled_in_is_imported_without_a_question(country):
    plan = plan_of(fill(blank_workbook(country)))
    assert {
        table.kind: tuple(c.field for c in table.columns) for table in plan.tables
    } == COLUMNS
    assert plan.questions == plan.needs == ()
    assert {row.mark for row in plan.rows} == {"accept"}
    assert plan.totals.read == sum(
        len(rows) for kind, rows in FILLED.items() if kind != "lists"
    )
    assert plan.counts.clients == plan.counts.episodes == 2
    assert (plan.counts.contacts, plan.counts.employer_contacts_f2f) == (2, 1)
    assert plan.counts.jobs_by_type == {"competitive": 1, "volunteering": 1}
    assert [(post.name, post.fte) for post in plan.setup.specialists] == [
        ("Ada Holm", 1.0),
        ("Ben Marsh", 0.8),
    ]
    contact = next(row.record for row in plan.rows if row.kind == "contacts")
    assert (contact.mode, contact.place, contact.minutes) == ("in_person", "home", 45)


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_word_that_is_offered_is_understood(country):
    made = blank_workbook(country)
    book = opened(made)
    for sheet, (kind, fields) in zip(book.worksheets[1:], COLUMNS.items(), strict=True):
        for number, field in enumerate(fields):
            if (kind, field) in LIST_NAMES:
                letter = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]
                offered = words_offered(book, sheet, letter)
                assert len(offered) == len(set(offered)) > 1
                for word in offered:
                    name = LIST_NAMES[kind, field]
                    assert lexicon().meaning(name, word, made.language), word


@pytest.mark.parametrize("country", COUNTRIES)
def test_nothing_in_it_passes_for_data(country):
    plan = plan_of(blank_workbook(country).data)
    assert (plan.rows, plan.people, plan.questions) == ((), (), ())
    assert str(plan.files[0].notes[0]) == (
        "“start.xlsx” has headings and no rows yet. Write a row for each person, contact "
        "or job, save the file and bring it again."
    )


def test_language_and_dates_are_those_of_the_country():
    assert {code: blank_workbook(code).language for code in ("DK", "gb", "FR")} == {
        "DK": "da",
        "gb": "en",
        "FR": "en",
    }
    forms = {}
    for code in ("DK", "US", "SE"):
        sheet = opened(blank_workbook(code)).worksheets[2]
        forms[code] = sheet.column_dimensions["D"].number_format
    assert forms == {"DK": "dd-mm-yyyy", "US": "mm/dd/yyyy", "SE": "yyyy-mm-dd"}
    assert set(LANGUAGE_OF.values()) <= set(lexicon().values["yes_no"])


def test_headings_stay_in_sight_and_say_what_belongs_below():
    book = opened(blank_workbook("GB"))
    sheet = book["Caseload"]
    assert sheet.freeze_panes == "A2"
    accepted = next(cell for cell in sheet[1] if cell.value == "Accepted on")
    assert "taken on to the caseload" in accepted.comment.text


def test_cells_take_what_belongs_in_them():
    sheet = opened(blank_workbook("GB"))["Contacts"]
    rules = {
        str(rule.sqref).split(":")[0]: rule
        for rule in sheet.data_validations.dataValidation
    }
    assert (rules["A2"].type, rules["A2"].showErrorMessage) == ("date", True)
    assert (rules["G2"].type, rules["G2"].error) == ("decimal", "Write a number.")
    assert rules["D2"].formula1 == "'Staff'!$A$2:$A$200"
    assert not rules["D2"].showErrorMessage  # somebody new may be written


def test_workbook_holds_no_macros_and_no_links():
    names = zipfile.ZipFile(io.BytesIO(blank_workbook("DK").data)).namelist()
    assert not [n for n in names if "vba" in n.lower() or "externalLink" in n]


TEXTS = {
    "sheet": "a",
    "about_columns": "b",
    "about_words": "c",
    "how_to": [],
    "wanted": {"day": "d", "word": "w", "number": "n"},
    "notes": {},
}


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"wanted": {"day": "d", "word": "w"}}, "'number' is no text of 'wanted'"),
        ({"notes": {"weather": {}}}, "'weather' is no kind of table"),
        ({"notes": {"jobs": {"team": "x"}}}, "'team' is no field of 'jobs'"),
    ],
)
def test_texts_that_fit_no_column_are_refused(parts, told):
    BlankTexts.model_validate(TEXTS)
    with pytest.raises(ValidationError, match=told):
        BlankTexts.model_validate(TEXTS | parts)


# From the pages and the shell


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("query", "name"),
    [("", "ips-dk.xlsx"), ("?country=nl", "ips-nl.xlsx"), ("?country=<x>", "ips.xlsx")],
)
def test_page_hands_it_out(ben, query, name):
    before = counts()
    response = ben.get(reverse("exchange:blank") + query)
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="{name}"'
    assert len(open_file(name, response.content).sheets) == len(COLUMNS) + 1
    assert counts() == before


@pytest.mark.django_db
@pytest.mark.parametrize("who", ["ada", "ola", "cora", "dev", "femi"])
def test_page_is_for_those_who_import(as_, who):
    assert as_(who).get(reverse("exchange:blank")).status_code in (403, 404)


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["imports", "new"])
def test_pages_that_begin_an_import_offer_it(ben, name):
    page = ben.get(reverse(f"exchange:{name}")).content.decode()
    assert f'href="{reverse("exchange:blank")}"' in page


def test_shell_writes_it(tmp_path):
    path = tmp_path / "start.xlsx"
    run = CliRunner().invoke(
        roster, ["blank", "--country", "DK", "--out", str(path), "--json"]
    )
    assert run.exit_code == 0
    assert json.loads(run.stdout) == {"file": str(path), "language": "da"}
    assert plan_of(path.read_bytes()).tables[0].language == "da"


def test_shell_leaves_a_file_alone_that_is_there_already(tmp_path):
    path = tmp_path / "start.xlsx"
    path.write_bytes(b"mine")
    run = CliRunner().invoke(roster, ["blank", "--out", str(path)])
    assert run.exit_code == 2
    assert path.read_bytes() == b"mine"
    assert "Name another file." in run.output


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("--country", "FR", "--out", "a.xlsx"), 0, "no words of 'FR' yet"),
        (("--out", "a.ods"), 2, "ends in .xlsx"),
    ],
)
def test_shell_says_what_it_does_not_write(tmp_path, monkeypatch, words, code, says):
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke(roster, ["blank", *words])
    assert run.exit_code == code
    assert says in run.stderr
    assert not (tmp_path / "a.ods").exists()


def test_danish_words_are_those_that_people_say():
    book = openpyxl.load_workbook(io.BytesIO(blank_workbook("DK").data))
    words = {row[0].value for row in book.worksheets[0].iter_rows(max_col=1)}
    assert {"SMS", "På afstand"} <= words
    assert not words & {"Sms", "Ikke fysisk"}
