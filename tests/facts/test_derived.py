"""Days in work and paid work by week: they follow from the facts, and from nothing else."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.facts import busy
from tests.facts.sound import AS_OF, day, facts, rows
from tests.facts.test_snapshots import MADE, write

from braid.facts import derived, rewriting
from braid.facts.schema import DERIVED

NORTH = {"unit_id": "north"}


def spells(changed, profile="as_coded"):
    with facts(changed) as found:
        told = found.derived("work_spells").to_pylist()
    return [
        (one["first_day"], one["last_day"]) for one in told if one["profile"] == profile
    ]


def weeks(*paid):
    changed = rows()
    changed["paid_work"] = [
        {"job_id": "j1", **NORTH, "source": "payslip", **one} for one in paid
    ]
    with facts(changed) as found:
        return {
            one["week"]: (one["hours"], one["gross"])
            for one in found.derived("job_weeks").to_pylist()
        }


def beside(changed, **job):
    changed["jobs"].append(changed["jobs"][0] | {"job_id": "j2"} | job)
    return changed


SPELLS = {
    "an open job": (lambda given: given, [(day(5, 4), None)]),
    "a second one that overlaps": (
        lambda given: beside(given, first_day=day(6, 1), last_day=day(6, 5)),
        [(day(5, 4), None)],
    ),
    "one before, on adjoining days": (
        lambda given: beside(given, first_day=day(4, 1), last_day=day(5, 3)),
        [(day(4, 1), None)],
    ),
    "one before, a day apart": (
        lambda given: beside(given, first_day=day(4, 1), last_day=day(5, 2)),
        [(day(4, 1), day(5, 2)), (day(5, 4), None)],
    ),
    "one beside it that does not count": (
        lambda given: beside(
            given,
            first_day=day(4, 1),
            last_day=day(4, 9),
            placement="unpaid_internship",
        ),
        [(day(5, 4), None)],
    ),
}


@pytest.mark.parametrize(("change", "expected"), SPELLS.values(), ids=SPELLS)
def test_days_in_competitive_work_are_merged(change, expected):
    assert spells(change(rows())) == expected


def test_where_a_test_is_open_only_the_services_own_code_counts():
    assert spells(rows(), "strict") == []


def test_pay_of_a_month_is_spread_over_the_days_of_the_job_in_it():
    found = weeks(
        {"first_day": day(5, 1), "last_day": day(5, 31), "hours": Decimal(56)}
    )
    assert found == {
        date(2026, 5, 4) + timedelta(7 * n): (Decimal(14), None) for n in range(4)
    }  # from 4 May on: 28 days, 2 hours each


def test_a_week_with_two_slips_has_the_sum_and_what_is_unknown_adds_nothing():
    found = weeks(
        {"first_day": day(5, 4), "last_day": day(5, 6), "hours": Decimal(9)},
        {
            "first_day": day(5, 7),
            "last_day": day(5, 10),
            "hours": None,
            "gross": Decimal(-80),
        },
    )
    assert found == {date(2026, 5, 4): (Decimal(9), Decimal(-80))}


def test_what_was_paid_before_the_job_began_is_in_no_week():
    assert weeks({"first_day": day(4, 1), "last_day": day(4, 30)}) == {}


@settings(max_examples=25)
@given(st.integers(1, 10**9), st.integers(0, 100), st.integers(0, 100))
def test_the_shares_of_the_weeks_add_up_to_the_amount(amount, begins, lasts):
    hours = Decimal(amount) / 10_000
    first = day(5, 4) + timedelta(begins)
    last = min(first + timedelta(lasts), AS_OF)
    found = weeks({"first_day": first, "last_day": last, "hours": hours})
    assert sum(share for share, _gross in found.values()) == hours


def test_spells_agree_with_days_counted_one_by_one():
    with busy.facts() as found:
        told = found.derived("work_spells").to_pylist()
        jobs = found.table("jobs").to_pylist()
    expected = Counter()
    for job in jobs:
        if job["placement"] == "competitive" and job["first_day"] <= busy.AS_OF:
            last = min(job["last_day"] or busy.AS_OF, busy.AS_OF)
            days = (last - job["first_day"]).days + 1
            for number in range(days):
                expected[job["episode_id"], job["first_day"] + timedelta(number)] = 1
    counted = Counter()
    for spell in told:
        if spell["profile"] == "as_coded":
            last = min(spell["last_day"] or busy.AS_OF, busy.AS_OF)
            for number in range((last - spell["first_day"]).days + 1):
                counted[
                    spell["episode_id"], spell["first_day"] + timedelta(number)
                ] += 1
    assert counted == expected
    assert expected


# Beside a frozen set


@pytest.mark.parametrize("name", DERIVED)
def test_a_frozen_set_has_them_as_files(tmp_path, name):
    write(tmp_path / "set")
    with facts() as fresh:
        assert derived.read(tmp_path / "set", name).equals(fresh.derived(name))


def test_who_is_taken_out_of_a_set_is_in_none_of_them(tmp_path):
    write(tmp_path / "set")
    assert derived.read(tmp_path / "set", "work_spells").num_rows == 1
    assert rewriting.without(tmp_path / "set", "p1", MADE)
    for name in DERIVED:
        assert derived.read(tmp_path / "set", name).num_rows == 0
