"""Next month's version of the same files: what is the same thing, and what changed."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.exchange.roster.rosters import (
    CASELOAD,
    UNIT,
    after_import,
    plan_with,
    roster,
)

from braid.exchange.roster.matching import Match, match_rows
from braid.exchange.roster.plan import (
    Answer,
    Existing,
    ExistingEpisode,
    ExistingRow,
    Place,
)

CONTACTS = """\
Date;Client ID;ES;How;Mins
5/2/2026;7;Ada Holm;Phone;10
5/2/2026;7;Ada Holm;Phone;20
6/2/2026;8;Ben Marsh;Phone;30
7/2/2026;7;;Phone;40
"""
JOBS = """\
Client ID;Employer;Type;Start date;End date;Hrs/wk
7;Baker & Co;Competitive;2/3/2026;;16
"""
MEETINGS = "Date;Team;ES;There?\n5/2/2026;East team;Ada Holm;Y\n"
EMPLOYERS = (
    "Date;ES;Employer;How;For client ref\n5/2/2026;Ada Holm;Baker & Co;Phone;7\n"
)
FIRST = {
    "caseload": CASELOAD,
    "contacts": CONTACTS,
    "jobs": JOBS,
    "meetings": MEETINGS,
    "employers": EMPLOYERS,
}


def first():
    return plan_with(UNIT, FIRST)


def later(name, old, new, known=None, **given):
    """Return the plan of a version in which something stands otherwise."""
    assert old in FIRST[name]
    texts = {**FIRST, name: FIRST[name].replace(old, new)}
    return plan_with(UNIT, texts, existing=known or after_import(first()), **given)


def does(plan, kind):
    return [row.does for row in plan.rows if row.kind == kind]


def asked_of(plan):
    """Return the questions that a later version raised."""
    return [f for f in plan.questions if f.kind != "missing_specialist"]


def edited(known, *kinds):
    rows = tuple(replace(row, edited_since=row.kind in kinds) for row in known.rows)
    return replace(known, rows=rows)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("contacts", ";20", ";25"),
        ("contacts", "6/2/2026;8;Ben Marsh;Phone", "6/2/2026;8;Ben Marsh;Video"),
        ("contacts", "7/2/2026;7;;", "7/2/2026;7;Ada Holm;"),
        ("jobs", "2/3/2026;;16", "2/3/2026;1/6/2026;16"),
        ("jobs", "Baker & Co", "Baker and Co."),
        ("jobs", ";16", ";24"),
        ("meetings", ";Y", ";N"),
        ("employers", "Phone", "In person"),
        ("caseload", "12/1/2026", "13/1/2026"),
        ("caseload", "East team;Ada Holm;5/1/2026", "West team;Ada Holm;5/1/2026"),
    ],
)
def test_changed_row_updates_its_record(name, old, new):
    plan = later(name, old, new)
    changes = Counter(row.does for row in plan.rows)
    assert (changes["update"], changes["create"]) == (1, 0)
    assert not plan.vanished
    changed = next(row for row in plan.rows if row.does == "update")
    assert changed.existing


def test_changed_name_updates_the_person_and_no_row():
    plan = later("caseload", "Una", "Unah")
    assert [person.does for person in plan.people] == ["update", "nothing"]
    assert {row.does for row in plan.rows} == {"nothing"}


def test_rows_in_another_order_are_the_same_rows():
    head, *rows = CONTACTS.splitlines(keepends=True)
    plan = later("contacts", CONTACTS, head + "".join(reversed(rows)))
    assert {row.does for row in plan.rows} == {"nothing"}


def test_dates_typed_otherwise_are_the_same_dates():
    plan = later("contacts", "5/2/2026", "2026-02-05")
    assert {row.does for row in plan.rows} == {"nothing"}


def test_new_row_is_created_beside_an_equal_key():
    plan = later("contacts", "6/2/2026", "5/2/2026;7;Ada Holm;Phone;55\n6/2/2026")
    assert does(plan, "contacts") == [
        "nothing",
        "nothing",
        "create",
        "nothing",
        "nothing",
    ]
    assert next(row.occurrence for row in plan.rows if row.does == "create") == 3


def test_row_that_vanished_is_named_and_kept():
    plan = later("contacts", "6/2/2026;8;Ben Marsh;Phone;30\n", "")
    (gone,) = plan.vanished
    assert gone.key == "2026-02-06|ben marsh"
    assert {row.does for row in plan.rows} == {"nothing"}


def test_kind_that_is_not_brought_has_not_vanished():
    texts = {"caseload": CASELOAD, "contacts": CONTACTS}
    plan = plan_with(UNIT, texts, existing=after_import(first()))
    assert not plan.vanished


def test_changed_key_is_a_new_thing_and_the_old_one_vanished():
    plan = later("contacts", "6/2/2026", "16/2/2026")
    assert Counter(does(plan, "contacts")) == {"nothing": 3, "create": 1}
    assert len(plan.vanished) == 1


# Edited in Braid since


def test_record_edited_since_is_asked_and_not_overwritten():
    plan = later("contacts", ";30", ";35", edited(after_import(first()), "contacts"))
    (asked,) = asked_of(plan)
    assert (asked.kind, asked.place) == ("edited_since", Place("contacts.csv", None, 4))
    row = next(row for row in plan.rows if row.place == asked.place)
    assert row.does == "wait"
    assert row.existing
    assert plan.counts.contacts == 4  # it is in Braid, whoever is right


@pytest.mark.parametrize(("keep", "what"), [("file", "update"), ("braid", "nothing")])
def test_answer_says_who_is_right(keep, what):
    known = edited(after_import(first()), "contacts")
    answer = Answer(Place("contacts.csv", None, 4), {"keep": keep})
    plan = later("contacts", ";30", ";35", known, answers=[answer])
    assert not asked_of(plan)
    assert [row.does for row in plan.rows if row.does != "nothing"] == (
        [what] if what != "nothing" else []
    )


def test_record_edited_since_is_left_in_peace_where_the_file_did_not_change():
    known = edited(after_import(first()), "contacts", "jobs", "caseload")
    plan = plan_with(UNIT, FIRST, existing=known)
    assert not asked_of(plan)
    assert {row.does for row in plan.rows} == {"nothing"}


def test_person_edited_since_is_asked():
    known = after_import(first())
    people = tuple(replace(person, edited_since=True) for person in known.people)
    plan = later("caseload", "Una", "Unah", replace(known, people=people))
    assert [f.kind for f in asked_of(plan)] == ["person_edited_since"]
    assert [person.does for person in plan.people] == ["wait", "nothing"]


def test_record_typed_by_hand_is_never_overwritten_nor_missed():
    contact = next(row for row in first().rows if row.kind == "contacts")
    hand = ExistingRow("hand", "contacts", "person 0", contact.key, 1, "", "", True)
    known = after_import(plan_with(UNIT, {"caseload": CASELOAD}))
    plan = plan_with(UNIT, FIRST, existing=replace(known, rows=(*known.rows, hand)))
    assert [f.kind for f in plan.questions if f.kind == "edited_since"] == [
        "edited_since"
    ]
    unsaid = plan_with(
        UNIT,
        {"contacts": CONTACTS.replace("5/2/2026", "8/2/2026")},
        existing=replace(known, rows=(*known.rows, hand)),
    )
    assert not unsaid.vanished


# People who change


def test_person_who_gets_a_number_keeps_their_rows():
    names = (
        "Name;DOB;ES;Referral date;Accepted\n"
        "Oak, Una;3/4/1990;Ada Holm;5/1/2026;12/1/2026\n"
    )
    log = "Date;Name;ES;Mins\n5/2/2026;Oak, Una;Ada Holm;10\n"
    before = plan_with(UNIT, {"caseload": names, "contacts": log})
    numbered = names.replace("Name;DOB", "Client ID;Name;DOB").replace("Oak,", "7;Oak,")
    texts = {"caseload": numbered, "contacts": log}
    plan = plan_with(UNIT, texts, existing=after_import(before))
    assert {row.does for row in plan.rows} == {"nothing"}
    assert [(p.does, p.record.client_number) for p in plan.people] == [("update", "7")]


def test_log_alone_belongs_to_the_episodes_in_braid():
    before = first()
    known = after_import(before)
    episode = before.rows[0].record
    kept = ExistingEpisode(
        "episode 7", "person 0", episode.referred_on, episode.accepted_on, None
    )
    plan = plan_with(
        UNIT,
        {"caseload": "", "contacts": CONTACTS},
        existing=replace(known, episodes=(kept,)),
    )
    record = plan.rows[0].record
    assert plan.existing_episodes[record.episode] == "episode 7"
    assert does(plan, "contacts")[:2] == ["nothing", "nothing"]


def test_whole_workbook_of_next_month():
    """Cells changed, rows added, rows deleted: each is seen for what it is."""
    uk = roster("uk-roster")
    known = after_import(uk.plan())
    (file,) = uk.files
    sheets = []
    for sheet in file.sheets:
        rows = list(sheet.rows)
        if sheet.name == "Contacts":
            rows[100] = changed(rows[100], 6, 99)
            del rows[200]
            rows.insert(300, changed(rows[299], 6, 98))
        if sheet.name == "Job outcomes":
            rows[60] = changed(rows[60], 8, 11)
        numbered = (row._replace(number=n) for n, row in enumerate(rows, 1))
        sheets.append(replace(sheet, rows=tuple(numbered), formulas={}))
    july = replace(file, sheets=tuple(sheets), sha256="other")
    plan = replace(uk, files=(july,)).plan(existing=known)
    assert Counter(row.does for row in plan.rows)["update"] == 2
    assert Counter(row.does for row in plan.rows)["create"] == 1
    assert [gone.kind for gone in plan.vanished] == ["contacts"]


def changed(row, column, value):
    values = list(row.values)
    values[column] = value
    return row._replace(values=tuple(values))


# Laws

ROWS = st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("xyz")), max_size=12)


def matches(rows):
    return [Match("contacts", None, key, value, value) for key, value in rows]


def stored(rows):
    made = matches(rows)
    match_rows(made, (), frozenset(("contacts",)))
    return [
        ExistingRow(f"{row.key}{row.occurrence}", "contacts", None, row.key,
                    row.occurrence, row.fingerprint, row.values_hash)
        for row in made
    ]  # fmt: skip


@given(ROWS, st.randoms())
def test_any_order_of_the_same_rows_changes_nothing(rows, random):
    again = list(rows)
    random.shuffle(again)
    made = matches(again)
    gone = match_rows(made, stored(rows), frozenset(("contacts",)))
    assert {row.does for row in made} <= {"nothing"}
    assert not gone


@given(ROWS, ROWS)
def test_every_record_is_matched_once_or_named(before, after):
    made = matches(after)
    old = stored(before)
    gone = match_rows(made, old, frozenset(("contacts",)))
    met = [row.existing.id for row in made if row.existing]
    assert sorted(met + [g.existing for g in gone]) == sorted(row.id for row in old)
    numbered = [(row.key, row.occurrence) for row in made]
    assert len(set(numbered)) == len(numbered)
    keys = Counter(key for key, _ in after)
    created = Counter(row.key for row in made if row.does == "create")
    for key, count in keys.items():
        held = sum(row.key == key for row in old)
        assert created[key] == max(0, count - held)


def test_nothing_known_is_nothing_matched():
    assert {row.does for row in plan_with(UNIT, FIRST, existing=Existing()).rows} == {
        "create"
    }
