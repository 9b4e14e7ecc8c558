"""What holds of every history about work that lasts and people who are followed."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.method.measures.engine import as_multiset
from tests.method.measures.histories import HISTORIES, D

from braid.method.competitive import Switches
from braid.method.measures import Asked, get

law = settings(deadline=None, max_examples=25, suppress_health_check=list(HealthCheck))
EVER = (Asked("ever", date(2024, 1, 1), D, D),)
CODED = {"profile": "as_coded", "min_paid_hours": None}
FOLLOWED = {"profile": "as_coded", "length": 90}


def rows(word, facts, asked=EVER, **given):
    return get(word).reference(facts, asked, **given)


def total(found, amount):
    return sum(row[amount] for row in found)


@law
@given(HISTORIES, st.sampled_from([0, 14, 60]), st.sampled_from(["complete", "beyond"]))
def test_what_lasts_26_weeks_lasted_13_on_one_cohort(facts, gap, boundary):
    """Law 3: of the starts whose 26 weeks are over."""
    rule = {"max_gap_days": gap, "boundary": boundary, **CODED}
    short, long = (rows("sustained_days", facts, n=n, **rule) for n in (91, 182))
    cohort = {row["job_id"] for row in long if row["mature_starts"]}
    short = [row for row in short if row["job_id"] in cohort]
    long = [row for row in long if row["job_id"] in cohort]
    assert total(long, "sustained") <= total(short, "sustained")
    assert total(short, "sustained") <= total(short, "mature_starts")


OUTCOMES = ("sustained", "not_sustained", "unknown")


@law
@given(HISTORIES)
@pytest.mark.parametrize(
    ("word", "given_"),
    [
        ("sustained_days", {"n": 30, "max_gap_days": 14}),
        ("sustained_periods", {"n": 2, "of": 4}),
        ("sustained_periods", {"n": 1, "of": 3, "unit": "month"}),
    ],
    ids=["days", "weeks", "months"],
)
def test_every_start_has_one_outcome(word, given_, facts):
    """Law 12: numerator within denominator, and nothing falls between."""
    for row in rows(word, facts, **given_, **CODED):
        assert row["starts"] == row["mature_starts"] + row["immature"]
        assert row["mature_starts"] == sum(row[name] for name in OUTCOMES)
        assert (row["left_out"] == "died") is (row["starts"] == 0)


@law
@given(HISTORIES, st.integers(1, 30))
def test_a_longer_gap_let_pass_never_lowers_what_lasts(facts, gap):
    before, after = (
        {
            row["job_id"]
            for row in rows("sustained_days", facts, n=40, max_gap_days=days, **CODED)
            if row["sustained"] or row["unknown"] or row["immature"]
        }
        for days in (0, gap)
    )
    assert before <= after


@law
@given(HISTORIES, st.integers(1, 40))
def test_splitting_a_job_in_two_changes_nothing(facts, days):
    """Law 10: the second part from the next day on, nothing recorded of hours."""
    jobs = []
    for job in facts["jobs"]:
        cut = job["first_day"] + timedelta(days)
        open_or_long = job["last_day"] is None or cut <= job["last_day"]
        if job["employer_id"] is None or not open_or_long or cut > D:
            jobs.append(job)
            continue
        jobs.append({**job, "last_day": cut - timedelta(1), "last_confirmed_on": None})
        jobs.append({**job, "job_id": f"{job['job_id']}+", "first_day": cut})
    bare = {**facts, "paid_work": [], "job_terms": [], "absences": []}
    split = {**bare, "jobs": jobs}
    for word in ("research", "work_or_education"):
        one, other = (rows(word, each, **FOLLOWED) for each in (bare, split))
        assert as_multiset(one) == as_multiset(other)


@law
@given(HISTORIES, st.integers(-20, 20))
@pytest.mark.parametrize(
    ("word", "given_"),
    [
        ("sustained_days", {"n": 30, **CODED}),
        ("sustained_periods", {"n": 2, "of": 4, "unit": "iso_week", **CODED}),
        ("research", FOLLOWED),
        ("work_or_education", FOLLOWED),
    ],
    ids=["days", "weeks", "research", "work or education"],
)
def test_moving_all_days_by_whole_weeks_changes_nothing(word, given_, facts, weeks):
    """Law 11."""
    by = timedelta(7 * weeks)
    moved = {
        name: [
            {k: v + by if isinstance(v, date) else v for k, v in row.items()}
            for row in table
        ]
        for name, table in facts.items()
    }
    then = (Asked("ever", EVER[0].first_day + by, D + by, D + by),)
    one, other = rows(word, facts, **given_), rows(word, moved, then, **given_)
    assert as_multiset(one) == as_multiset(other)


@law
@given(HISTORIES)
def test_work_or_education_is_never_less_than_either(facts):
    """Law 9, of what is counted together."""
    for row in rows("work_or_education", facts, **FOLLOWED):
        both = row["work_or_education"]
        assert max(row["work"], row["education"]) <= both
        assert row["work"] + row["education_only"] == both
        assert both <= row["work_internship_or_education"] <= row["people"]


@law
@given(HISTORIES)
def test_hours_that_are_agreed_never_lower_what_was_paid(facts):
    """Law 9, of hours: any hours are at least those that were paid."""
    paid, agreed = (
        rows("research", facts, source=source, **FOLLOWED)
        for source in ("paid", "paid_or_agreed")
    )
    assert total(paid, "hours_total") <= total(agreed, "hours_total")


@law
@given(HISTORIES, st.sampled_from(["wage_subsidy", "flex_job", "wage_compensation"]))
def test_letting_a_placement_count_never_lowers_who_ever_worked(facts, placement):
    """Law 20."""
    on = Switches(**{placement: True})
    for word, amount in (("research", "workers"), ("work_or_education", "work")):
        before, after = (
            total(rows(word, facts, switches=which, **FOLLOWED), amount)
            for which in (Switches(), on)
        )
        assert before <= after


@law
@given(HISTORIES)
def test_a_figure_asked_again_is_the_same_and_late_facts_change_only_the_next(facts):
    """Laws 7 and 8: rows depend on the facts given, and on nothing else."""
    before = rows("sustained_days", facts, n=30, **CODED)
    late = {**facts, "jobs": facts["jobs"][: len(facts["jobs"]) // 2]}
    rows("sustained_days", late, n=30, **CODED)
    assert rows("sustained_days", facts, n=30, **CODED) == before


@law
@given(HISTORIES)
def test_somebody_stands_once_by_the_start_that_came_furthest(facts):
    each = rows("sustained_days", facts, n=30, **CODED)
    people = rows("sustained_days", facts, n=30, scope="person", **CODED)
    lasted = {(row["unit_id"], row["person_key"]) for row in each if row["sustained"]}
    assert total(people, "sustained") == len(lasted)
