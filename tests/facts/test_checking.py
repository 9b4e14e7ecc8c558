"""Facts that cannot be true are found, and those that should be looked at."""

import ast
import re
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from tests.facts.sound import AS_OF, day, facts, rows

import braid.facts
from braid.facts import checking
from braid.facts.schema import TABLES

NORTH = {"unit_id": "north"}


def found_in(changed):
    with facts(changed) as given:
        return checking.check(given)


def test_a_sound_set_has_nothing_to_say():
    assert found_in(rows()) == []


def plant(table, number=0, **values):
    def change(given):
        given[table][number] |= values

    return change


def add(table, **values):
    return lambda given: given[table].append(values)


def drop(table):
    return lambda given: given[table].clear()


def spell(**values):
    return {"episode_id": "e1", **NORTH, "staff_id": "ben"} | values


ERRORS = {
    "a word outside its list": (
        plant("jobs", placement="dream_job"),
        ("jobs", "j1", "unknown_code"),
    ),
    "a day that must be there": (
        plant("contacts", day=None),
        ("contacts", "c1", "missing_value"),
    ),
    "a key that must be there": (
        plant("refusals", refusal_id=None),
        ("refusals", "", "missing_value"),
    ),
    "a key that names two rows": (
        add("employers", employer_id="bakery", **NORTH),
        ("employers", "bakery", "key_twice"),
    ),
    "a contact of an episode that is not there": (
        plant("contacts", episode_id="e9"),
        ("contacts", "c1", "not_found"),
    ),
    "a caseload of somebody who is not there": (
        plant("caseload", 1, staff_id="ola"),
        ("caseload", "row 2", "not_found"),
    ),
    "a branch of a chain that is not there": (
        plant("employers", parent_id="chain"),
        ("employers", "bakery", "not_found"),
    ),
    "a job that ends before it begins": (
        plant("jobs", last_day=day(5, 3)),
        ("jobs", "j1", "ends_before_start"),
    ),
    "an absence that ends before it begins": (
        plant("absences", last_day=day(6, 30)),
        ("absences", "row 1", "ends_before_start"),
    ),
    "two holders from a day on": (
        add("caseload", **spell(first_day=day(8, 1))),
        ("caseload", "row 4", "two_holders"),
    ),
    "two holders for one day": (
        add("caseload", **spell(first_day=day(3, 1), last_day=day(3, 9))),
        ("caseload", "row 1", "two_holders"),
    ),
    "a short holder inside a long one": (
        add("caseload", **spell(first_day=day(4, 1), last_day=day(4, 2))),
        ("caseload", "row 4", "two_holders"),
    ),
    "terms that overlap": (
        plant("job_terms", last_day=day(6, 29)),
        ("job_terms", "j1 2026-06-29", "overlapping_terms"),
    ),
    "two open episodes in one unit": (
        plant("episodes", 1, exited_on=None),
        ("episodes", "e3", "two_open_episodes"),
    ),
    "off before taken on": (
        plant("episodes", 1, exited_on=day(2, 8)),
        ("episodes", "e2", "exited_before_accepted"),
    ),
    "on a caseload on the first day off": (
        plant("caseload", 2, last_day=day(5, 4)),
        ("caseload", "row 3", "goes_on_after_exit"),
    ),
    "on a caseload without an end": (
        plant("caseload", 2, last_day=None),
        ("caseload", "row 3", "goes_on_after_exit"),
    ),
    "with a treatment team after the exit": (
        plant("treatment", episode_id="e2", last_day=day(6, 1)),
        ("treatment", "row 1", "goes_on_after_exit"),
    ),
    "active after the exit": (
        plant("status", episode_id="e2"),
        ("status", "row 1", "goes_on_after_exit"),
    ),
    "a post of less than nothing": (
        plant("staff_teams", fte=Decimal("-0.2")),
        ("staff_teams", "row 1", "negative"),
    ),
    "minutes below 0": (
        plant("contacts", minutes=-30),
        ("contacts", "c1", "negative"),
    ),
    "a meeting of less than nothing": (
        plant("meetings", minutes=-1),
        ("meetings", "m1", "negative"),
    ),
    "weekly hours below 0": (
        plant("job_terms", weekly_hours=Decimal(-12)),
        ("job_terms", "j1 2026-05-04", "negative"),
    ),
    "a wage below 0": (
        plant("job_terms", pay=Decimal("-0.01")),
        ("job_terms", "j1 2026-05-04", "negative"),
    ),
    "daily hours below 0": (
        plant("jobs", contracted_daily_hours=Decimal(-7)),
        ("jobs", "j1", "negative"),
    ),
    "paid hours below 0": (
        plant("paid_work", hours=Decimal(-48)),
        ("paid_work", "row 1", "negative"),
    ),
    "a week that begins on a Tuesday": (
        plant("log_reviews", week=day(4, 14)),
        ("log_reviews", "ada north 2026-04-14", "no_monday"),
    ),
    "a quarter in other words": (
        plant("unit_quarters", quarter="Q2 2026"),
        ("unit_quarters", "north Q2 2026", "no_quarter"),
    ),
    "a paper about a time that ends first": (
        plant("evidence", period_first=day(5, 4), period_last=day(5, 3)),
        ("evidence", "p1", "period_ends_before_start"),
    ),
    "a group told twice": (
        add("groups", episode_id="e1", **NORTH, key="origin", value="here"),
        ("groups", "e1 origin", "key_twice"),
    ),
    "a rating of no review": (
        plant("ratings", review_id="f9"),
        ("ratings", "f9 01 final ", "not_found"),
    ),
    "two first episodes of one person": (
        plant("episodes", 2, first_of_person=True),
        ("episodes", "e2", "first_twice"),
    ),
}
WARNINGS = {
    "a contact before the referral": (
        plant("contacts", day=day(3, 1)),
        ("contacts", "c1", "outside_episode"),
    ),
    "a contact on the first day off": (
        plant("contacts", episode_id="e2", day=day(5, 4)),
        ("contacts", "c1", "outside_episode"),
    ),
    "an employer contact after the exit": (
        plant("employer_contacts", episode_id="e2", day=day(6, 1)),
        ("employer_contacts", "v1", "outside_episode"),
    ),
    "a plan after the exit": (
        plant("plan_events", episode_id="e2", day=day(6, 1)),
        ("plan_events", "x1 search_plan", "outside_episode"),
    ),
    "two areas on one day": (
        add("residence", episode_id="e1", **NORTH, area="South", first_day=day(6, 1)),
        ("residence", "row 2", "overlapping_areas"),
    ),
    "a job after the exit": (
        plant("jobs", episode_id="e2"),
        ("jobs", "j1", "outside_episode"),
    ),
    "a job before the referral": (
        plant("jobs", first_day=day(1, 5)),
        ("jobs", "j1", "outside_episode"),
    ),
    "entered before referred": (
        plant("episodes", entered_on=day(3, 1), referred_on=day(3, 2)),
        ("episodes", "e1", "entered_before_referred"),
    ),
    "off before the first meaningful contact": (
        plant("episodes", 1, entered_on=day(5, 5)),
        ("episodes", "e2", "exited_before_entered"),
    ),
    "a day of a century ago": (
        plant("jobs", first_day=date(1826, 5, 4), held_at_referral=True),
        ("jobs", "j1", "absurd_year"),
    ),
    "a last day that no one will see": (
        plant("jobs", last_day=date(2206, 5, 4)),
        ("jobs", "j1", "absurd_year"),
    ),
    "born before anybody who lives": (
        plant("episodes", birth_year=1899),
        ("episodes", "e1", "absurd_year"),
    ),
    "attended for 0 minutes": (
        plant("contacts", minutes=0),
        ("contacts", "c1", "no_minutes"),
    ),
    "a job of no kind": (
        plant("jobs", placement=None),
        ("jobs", "j1", "no_placement"),
    ),
    "on the caseload of nobody": (
        plant("caseload", 1, staff_id=None),
        ("episodes", "e1", "no_specialist"),
    ),
    "on the caseload, and no spell of it": (
        drop("caseload"),
        ("episodes", "e1", "no_specialist"),
    ),
    "a contact tomorrow": (
        plant("contacts", day=day(10, 6)),
        ("contacts", "c1", "in_the_future"),
    ),
    "a referral tomorrow": (
        plant("episodes", 2, referred_on=day(10, 6)),
        ("episodes", "e3", "in_the_future"),
    ),
}
PLANTED = {
    **{name: (*case, "error") for name, case in ERRORS.items()},
    **{name: (*case, "warning") for name, case in WARNINGS.items()},
}


@pytest.mark.parametrize(("change", "place", "severity"), PLANTED.values(), ids=PLANTED)
def test_what_is_planted_is_found(change, place, severity):
    changed = rows()
    change(changed)
    found = {(v.table, v.key, v.rule): v.severity for v in found_in(changed)}
    assert found.get(place) == severity


@pytest.mark.parametrize(("change", "place"), ERRORS.values(), ids=ERRORS)
def test_a_violation_says_a_sentence(change, place):
    changed = rows()
    change(changed)
    (sentence,) = {v.sentence for v in found_in(changed) if v.rule == place[2]}
    assert sentence.endswith(".")


ALLOWED = {
    "a job held at referral": plant("jobs", first_day=day(1, 5), held_at_referral=True),
    "a job that outlasts the episode": plant(
        "jobs", episode_id="e2", first_day=day(4, 1)
    ),
    "a contract that will end": plant("jobs", last_day=day(12, 31)),
    "a contact with nobody in particular": plant("contacts", episode_id=None),
    "missed, so no minutes": plant("contacts", minutes=0, attended=False),
    "minutes unknown": plant("contacts", minutes=None),
    "an episode open in another unit": plant(
        "episodes", 1, exited_on=None, accepted_on=None, unit_id="east"
    ),
    "referred, and on no caseload yet": plant("episodes", 0, accepted_on=None),
    "today": plant("contacts", day=AS_OF),
    "off on the day of acceptance": lambda given: (
        plant("episodes", 1, exited_on=day(2, 9))(given),
        given["caseload"].pop(),
    ),
    "not at work for a while": plant("job_terms", weekly_hours=Decimal(0)),
    "a claim that takes money back": plant("claims", amount=Decimal(-2500)),
    "a working day that is to come": plant("calendar", day=day(12, 24)),
    "a payslip that takes back too much": plant("paid_work", gross=Decimal(-120)),
    "the first year and the last": plant(
        "jobs",
        first_day=date(1900, 1, 1),
        last_day=date(2200, 12, 31),
        held_at_referral=True,
    ),
}


@pytest.mark.parametrize("change", ALLOWED.values(), ids=ALLOWED)
def test_what_may_be_is_left_alone(change):
    changed = rows()
    change(changed)
    assert found_in(changed) == []


def test_many_violations_of_a_rule_are_counted_after_the_first_hundred():
    changed = rows()
    changed["contacts"] = [
        changed["contacts"][0] | {"contact_id": f"c{n}", "minutes": 0}
        for n in range(130)
    ]
    told = [v for v in found_in(changed) if v.rule == "no_minutes"]
    assert len(told) == 101
    assert told[-1].key == ""
    assert "30 further rows" in told[-1].sentence


def test_violations_come_in_the_order_of_the_tables():
    changed = rows()
    plant("jobs", placement=None)(changed)
    plant("episodes", 2, first_of_person=True)(changed)
    plant("contacts", minutes=0)(changed)
    order = list(TABLES)
    found = [order.index(violation.table) for violation in found_in(changed)]
    assert found == sorted(found)
    assert len(set(found)) == 3


def test_a_table_that_could_not_be_read_accuses_nobody():
    changed = rows()
    for name in ("staff", "caseload"):
        changed[name] = []
    with facts(changed) as given:
        assert {v.rule for v in checking.check(given)} == {"not_found", "no_specialist"}
        assert checking.check(given, unknown={"staff", "caseload"}) == []


SLUG_STANDS = {"Rule": 0, "_fault": 1, "Violation": 2}


def rules_in_the_code():
    for path in Path(braid.facts.__path__[0]).glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            called = node.func if isinstance(node, ast.Call) else None
            place = SLUG_STANDS.get(getattr(called, "id", ""))
            if place is not None and isinstance(node.args[place], ast.Constant):
                yield node.args[place].value


def test_the_reference_knows_every_rule():
    page = Path(__file__).parents[2] / "docs" / "reference" / "facts.md"
    part = page.read_text().partition("## What is checked")[2].partition("## Tables")[0]
    told = re.findall(r"`([a-z_]+)`", "".join(re.findall(r"^\| (`.*?) \|", part, re.M)))
    assert sorted(told) == sorted(set(rules_in_the_code()))
