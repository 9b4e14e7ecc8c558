"""The four rosters: what a careful importer finds in them, and nothing else."""

from collections import Counter
from dataclasses import asdict, replace

import pytest
from tests.exchange.roster.rosters import (
    SETS,
    after_import,
    answered_plan_of,
    place_of,
    plan_of,
    roster,
)

from braid.exchange.roster.lexicon import lexicon
from braid.exchange.roster.setup import Setup

FAULTS = [
    pytest.param(name, fault, id=f"{name} {fault['id']} {fault['kind']}")
    for name in SETS
    for fault in roster(name).truth["faults"]
]
TOLD = [param for param in FAULTS if param.values[1]["action"] != "accept"]
SILENT = [param for param in FAULTS if param.values[1]["action"] == "accept"]
WITH_VALUE = [
    param
    for param in FAULTS
    if param.values[1]["action"] != "ask" and param.values[1].get("answer")
]
FACTS = {
    "date": "day",
    "first": "given_name",
    "last": "family_name",
    "spec": "specialist",
}


def findings_at(plan, fault):
    return [f for f in plan.findings if f.place == place_of(fault)]


@pytest.mark.parametrize(("name", "fault"), TOLD)
def test_fault_is_found_where_it_stands(name, fault):
    found = findings_at(plan_of(name), fault)
    assert [
        (f.column, f.heading, f.kind, f.action, f.until_answered) for f in found
    ] == [
        (
            fault["column"],
            fault["heading"],
            fault["kind"],
            fault["action"],
            fault.get("until_answered"),
        )
    ]
    assert found[0].field == fault["field"]
    assert found[0].message


@pytest.mark.parametrize(("name", "fault"), SILENT)
def test_what_is_right_is_taken_silently(name, fault):
    plan = plan_of(name)
    assert not findings_at(plan, fault)
    row = next(row for row in plan.rows if row.place == place_of(fault))
    assert (row.mark, row.does) == ("accept", "create")


@pytest.mark.parametrize("name", SETS)
def test_nothing_else_is_said(name):
    told = {(place_of(param), param["kind"]) for param in roster(name).truth["faults"]}
    said = {(f.place, f.kind): f.message for f in plan_of(name).findings}
    assert {key: text for key, text in said.items() if key not in told} == {}


@pytest.mark.parametrize("name", SETS)
def test_rows_are_marked_as_the_faults_say(name):
    marks = Counter(fault["action"] for fault in roster(name).truth["faults"])
    totals = plan_of(name).totals
    assert (totals.warned, totals.rejected, totals.asked) == (
        marks["accept_warn"],
        marks["reject_row"],
        marks["ask"],
    )
    assert totals.read == sum(roster(name).truth["data_rows"].values())


@pytest.mark.parametrize(("name", "fault"), WITH_VALUE)
def test_value_to_store_is_read(name, fault):
    plan = plan_of(name)
    row = next(row for row in plan.rows if row.place == place_of(fault))
    person = next((p.record for p in plan.people if p.record.key == row.person), None)
    for field, wanted in fault["answer"].items():
        if field == "wage":
            found = float(row.record.terms[0].pay)
        elif field == "name":
            found, wanted = f"{person.family_name}, {person.given_name}", wanted
        elif field in ("last", "phone"):
            found = getattr(person, FACTS.get(field, field))
        else:
            found = getattr(row.record, FACTS[field])
        assert str(found) == str(wanted)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("guessed", [True, False], ids=["guessed", "by name"])
def test_headings_mean_what_the_service_says(name, guessed):
    words = replace(lexicon(), named=()) if guessed else None
    plan = roster(name).plan(words=words)
    assert plan.layout_id == (None if guessed else name)
    expected = roster(name).truth["expected_mapping"]
    for table in plan.tables:
        if table.kind == "lists":
            continue
        of_file = expected[table.file]
        wanted = of_file.get(table.sheet) or of_file.get(table.caption) or of_file
        assert {c.heading: c.field for c in table.columns} == wanted
        assert not table.unknown


@pytest.mark.parametrize("name", SETS)
def test_data_rows_are_told_from_the_rest(name):
    truth = roster(name).truth
    counted = {}
    none = {}
    for table in plan_of(name).tables:
        if table.kind == "lists":
            continue
        place = table.file if table.sheet is None else f"{table.file}/{table.sheet}"
        named = place if place in truth["data_rows"] else f"{place}/{table.caption}"
        counted[named] = table.rows
        rows = {n for s in table.skipped for n in range(s.first, s.last + 1)}
        none[place] = none.get(place, set()) | rows
    assert counted == truth["data_rows"]
    for place, listed in truth["rows_that_are_not_data"].items():
        last = max(none[place])  # below it the sheet is empty
        assert none[place] == {n for n in expanded(listed) if n <= last}


def expanded(listed):
    for entry in listed:
        first, _, last = str(entry).partition("-")
        yield from range(int(first), int(last or first) + 1)


@pytest.mark.parametrize("name", SETS)
def test_counts_before_the_questions_are_answered(name):
    wanted = roster(name).truth["figures"]["before_answers"]["counts"]
    assert asdict(plan_of(name).counts) == wanted


@pytest.mark.parametrize("name", SETS)
def test_counts_after_every_question_is_answered(name):
    plan = answered_plan_of(name)
    wanted = roster(name).truth["figures"]["after_answers"]["counts"]
    assert asdict(plan.counts) == wanted
    assert not plan.questions
    assert not plan.answer_faults


@pytest.mark.parametrize("name", SETS)
def test_stating_nothing_leads_to_the_same_counts(name):
    """The files prove what they need; what they do not is asked once, as a need."""
    bare = replace(roster(name), setup=Setup()).plan()
    assert asdict(bare.counts) == asdict(plan_of(name).counts)
    assert Counter(f.kind for f in bare.findings) == Counter(
        f.kind for f in plan_of(name).findings
    )
    # Who lists the staff with their posts in the workbook has said it.
    listed = name == "uk-roster"
    assert ("specialists" in {need.key for need in bare.needs}) is not listed
    if listed:
        assert set(bare.setup.specialists) == set(roster(name).setup.specialists)
    assert not plan_of(name).needs


@pytest.mark.parametrize("name", SETS)
def test_same_files_a_second_time_change_nothing(name):
    first = answered_plan_of(name)
    again = roster(name).plan(existing=after_import(first))
    assert {row.does for row in again.rows} == {"nothing", "reject"}
    assert {person.does for person in again.people} == {"nothing"}
    assert not again.vanished
    assert not again.questions


@pytest.mark.parametrize("name", SETS)
def test_answers_given_later_fill_what_was_left_open(name):
    first = plan_of(name)
    later = roster(name).plan(
        existing=after_import(first), answers=roster(name).answers()
    )
    wanted = roster(name).truth["figures"]["after_answers"]["counts"]
    assert asdict(later.counts) == wanted
    asked = Counter(f.until_answered for f in first.questions)
    does = Counter(row.does for row in later.rows)
    assert does["update"] == asked["field_blank"]
    assert 0 < does["create"] <= asked["row_out"]
    assert not later.vanished


@pytest.mark.parametrize("name", SETS)
def test_same_input_gives_the_same_plan(name):
    assert roster(name).plan() == plan_of(name)
    assert answered_plan_of(name).plan_hash != plan_of(name).plan_hash


def test_moved_person_on_two_sheets_is_one_episode():
    plan = plan_of("nl-xlsx")
    told = {
        (row["sheet"], row["row"])
        for row in roster("nl-xlsx").truth["second_rows_of_moved_clients"]
    }
    joined = {(r.place.sheet, r.place.row): r for r in plan.rows if r.joins}
    assert joined.keys() == told
    row = joined["Naïma", 10]
    main = next(r for r in plan.rows if r.place == row.joins)
    before, after = main.record.caseload
    assert (before.specialist, before.last_day.isoformat()) == (
        "Naïma Vlietstra",
        "2025-10-31",
    )
    assert (after.specialist, after.first_day.isoformat()) == (
        "Jorrit Bleekers",
        "2025-11-01",
    )


def test_meetings_are_counted_with_who_was_there():
    rows = [row for row in plan_of("uk-roster").rows if row.kind == "meetings"]
    told = roster("uk-roster").truth["team_meetings"]
    assert len(rows) == told["rows"]
    assert sum(row.record.present for row in rows) == told["attended"]
