"""Services in languages and layouts never seen: recognised, counted, little asked."""

from collections import Counter
from dataclasses import asdict, replace
from datetime import date
from functools import cache

import pytest
from tests.exchange.roster.unseen.services import (
    AS_OF,
    french,
    german,
    norwegian,
    spanish,
    swedish,
)

from braid.exchange.roster.lexicon import lexicon
from braid.exchange.roster.plan import Layout
from braid.exchange.roster.planning import make_plan
from braid.exchange.roster.setup import Setup
from braid.packs.layouts import folded_heading

SERVICES = {"nb": norwegian, "sv": swedish, "de": german}
COUNTS = {
    "nb": {
        "clients": 6,
        "referrals": 6,
        "episodes": 5,
        "contacts": 10,
        "employer_contacts": 5,
        "employer_contacts_f2f": 3,
        "jobs": 4,
        "jobs_by_type": {"competitive": 2, "internship": 1, "wage_subsidy": 1},
    },
    "sv": {
        "clients": 5,
        "referrals": 5,
        "episodes": 5,
        "contacts": 7,
        "employer_contacts": 3,
        "employer_contacts_f2f": 2,
        "jobs": 4,
        "jobs_by_type": {"competitive": 2, "internship": 1, "wage_subsidy": 1},
    },
    "de": {
        "clients": 5,
        "referrals": 5,
        "episodes": 4,
        "contacts": 6,
        "employer_contacts": 3,
        "employer_contacts_f2f": 2,
        "jobs": 4,
        "jobs_by_type": {"competitive": 2, "internship": 1, "unknown": 1},
    },
}
KINDS = {
    "nb": ["caseload", "contacts", "employer_contacts", "jobs"],
    "sv": [*["caseload", "contacts"] * 2, "jobs", "employer_contacts"],
    "de": ["jobs", "employer_contacts", "caseload", "contacts"],
}
ASKED = {
    "nb": [("Kontakter 2026", 3, "place"), ("Jobb", 5, "hours")],
    "sv": [("Arbete", 5, "hours")],
    "de": [(None, 5, "tick_competitive")],
}
LEFT_ASIDE = {"nb": ["Fastlege"], "sv": [], "de": ["Minijob"]}
"""Columns that nothing fits: named on the page, and no field is made up for them."""


@cache
def plan_of(language):
    files = sorted(SERVICES[language](), key=lambda file: file.name)
    return make_plan(files, Setup(), AS_OF)


@pytest.mark.parametrize("language", SERVICES)
def test_counts_are_those_counted_by_hand(language):
    assert asdict(plan_of(language).counts) == COUNTS[language]


@pytest.mark.parametrize("language", SERVICES)
def test_kinds_and_columns_are_recognised(language):
    plan = plan_of(language)
    assert [table.kind for table in plan.tables] == KINDS[language]
    assert {table.language for table in plan.tables} == {language}
    unknown = [heading for table in plan.tables for heading in table.unknown]
    assert unknown == LEFT_ASIDE[language]


@pytest.mark.parametrize("language", SERVICES)
def test_only_what_is_in_doubt_is_asked(language):
    plan = plan_of(language)
    asked = [(f.place.sheet, f.place.row, f.field) for f in plan.questions]
    assert asked == ASKED[language]
    assert not [f for f in plan.findings if f.action == "reject_row"]


@pytest.mark.parametrize(
    ("language", "keys"),
    [
        ("nb", {"specialists", "treatment_teams"}),
        # First meetings on the 14th, 16th and 29th could be years in another order.
        ("sv", {"specialists", "treatment_teams", "date_order"}),
        ("de", {"specialists", "treatment_teams", "encoding"}),
    ],
)
def test_little_must_be_stated_once(language, keys):
    needs = {need.key: need.guess for need in plan_of(language).needs}
    assert set(needs) == keys
    assert needs.get("date_order") in (None, "ymd")


def test_some_headings_are_on_no_list():
    """The guess goes by likeness and values too, else these services prove little."""
    met = [
        column.heading
        for language in SERVICES
        for table in plan_of(language).tables
        for column in table.columns
        if column.field and not lexicon().is_heading(folded_heading(column.heading))
    ]
    assert len(set(met)) >= 5


def record(language, kind, number):
    rows = [row for row in plan_of(language).rows if row.kind == kind and row.record]
    return rows[number].record


def test_days_are_read_in_the_order_of_their_column():
    assert record("nb", "contacts", 1).day == date(2026, 1, 15)  # after a weekday
    assert record("sv", "caseload", 0).accepted_on == date(2026, 1, 12)
    assert record("sv", "contacts", 3).day == date(2026, 3, 25)
    assert record("de", "contacts", 4).day == date(2026, 2, 3)  # in words


def test_durations_hours_and_pay_are_read_as_they_are_typed():
    assert [record("nb", "contacts", n).minutes for n in (0, 1, 3)] == [60, 45, 90]
    assert [record("sv", "contacts", n).minutes for n in (0, 3, 5)] == [60, 60, 90]
    assert [record("sv", "jobs", n).terms[0].weekly_hours for n in (0, 2)] == [
        20,
        38.25,
    ]
    pay = record("de", "jobs", 0).terms[0]
    assert (float(pay.pay), pay.currency) == (14.8, "EUR")


def test_sheets_name_their_specialists():
    of_sheet = Counter(
        (row.place.sheet, row.record.specialist)
        for row in plan_of("sv").rows
        if row.kind == "contacts"
    )
    assert of_sheet == {("Karin Ek", "Karin Ek"): 4, ("Olof Sand", "Olof Sand"): 3}


# Languages without any list of words


UNLISTED = {
    "French": (french, {"suivi.csv": "caseload", "entretiens.csv": "contacts"}),
    "Spanish": (spanish, {"usuarios.csv": "caseload", "empleos.csv": "jobs"}),
}
BY_VALUES = {
    "French": {"Dossier": "cid", "Naissance": "dob", "Jour": "date"},
    "Spanish": {"Expediente": "cid", "Nacimiento": "dob", "Salario": "wage"},
}
"""Of 15 and 16 columns; “Dossier” and “Salario” are like a word of other lists."""
MEANT = {
    "suivi.csv": "cid last first dob team spec referral accepted discharge",
    "entretiens.csv": "date cid spec mode place minutes",
    "usuarios.csv": "cid last first dob team spec referral accepted discharge",
    "empleos.csv": "cid employer title start end hours wage",
}


@cache
def unlisted(name):
    files, _ = UNLISTED[name]
    return make_plan(files(), Setup(), AS_OF)


def corrected(name):
    files, kinds = UNLISTED[name]
    tables = tuple(
        replace(table, kind=kinds[table.file]) for table in unlisted(name).layout.tables
    )
    return files(), Layout(tables)


@pytest.mark.parametrize("name", UNLISTED)
def test_tables_of_an_unlisted_language_are_found_and_shown(name):
    plan = unlisted(name)
    assert [(table.kind, table.heading_row) for table in plan.tables] == [
        ("unknown", 1),
        ("unknown", 1),
    ]
    assert all(len(table.unknown) == len(table.columns) for table in plan.tables)
    assert not plan.rows


@pytest.mark.parametrize("name", UNLISTED)
def test_kind_alone_is_enough_for_the_values_to_speak(name):
    files, layout = corrected(name)
    plan = make_plan(files, Setup(), AS_OF, layout=layout)
    found = {
        column.heading: column.field
        for table in plan.tables
        for column in table.columns
        if column.field
    }
    assert found == BY_VALUES[name]


@pytest.mark.parametrize(
    ("name", "counts"),
    [
        ("French", {"clients": 4, "episodes": 4, "contacts": 4, "jobs": 0}),
        ("Spanish", {"clients": 4, "episodes": 4, "contacts": 0, "jobs": 3}),
    ],
)
def test_mapping_said_once_is_all_that_it_takes(name, counts):
    files, layout = corrected(name)
    tables = tuple(
        replace(
            table,
            columns=tuple(
                replace(column, field=field)
                for column, field in zip(
                    table.columns, MEANT[table.file].split(), strict=True
                )
            ),
        )
        for table in layout.tables
    )
    plan = make_plan(files, Setup(), AS_OF, layout=Layout(tables))
    found = asdict(plan.counts)
    assert {key: found[key] for key in counts} == counts
    assert {f.kind for f in plan.findings if f.action == "ask"} <= {"unknown_word"}
