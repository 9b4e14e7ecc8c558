"""The words about work or education within a fixed time, as Ibis expressions."""

from typing import Any

import ibis

from braid.method.measures.cohorts import (
    FOLLOWED,
    beside,
    by_person,
    followed,
    followed_once,
    held_by_jobs,
    jobs_followed,
    numbered_people,
    person_key,
    told_apart,
)
from braid.method.measures.equity import with_group
from braid.method.measures.hours import amounts_by_number, by_number
from braid.method.measures.populations import FOREVER, Relations, one, shaped
from braid.method.measures.reference.cohorts import Cohort
from braid.method.measures.reference.followed import (
    ENOUGH_MONTHS,
    INTERNSHIPS,
    WORK_OR_EDUCATION,
    Look,
    MonthsRule,
)
from braid.method.measures.reference.hours import HoursRule
from braid.method.measures.reference.stays import part
from braid.method.measures.teams import later
from braid.method.measures.words import Word
from braid.method.measures.worked_periods import is_met


def work_or_education(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is WORK_OR_EDUCATION."""
    of, look = part(Cohort, given), part(Look, given)
    people = _with_days(followed(tables, asked, of), look)
    over = people.filter(people.is_over)
    rows = over
    for name, spells in {
        "work": _worked(over, tables, asked, of, look),
        "education": _of_people(over, tables, _education(tables)),
        "internship": _of_people(over, tables, _internships(tables)),
    }.items():
        spells = spells.filter(
            spells.since <= spells.look_last, spells.look_first <= spells.until
        )
        rows = beside(rows, by_person(spells, **{name: spells.count()}))
    work, education, internship = (
        rows[name] > 0 for name in ("work", "education", "internship")
    )
    counted = rows.mutate(
        people=1,
        work=one(work),
        education=one(education),
        education_only=one(education & ~work.fill_null(False)),
        work_or_education=one(work.fill_null(False) | education.fill_null(False)),
        internship=one(internship),
        work_internship_or_education=one(
            work.fill_null(False)
            | education.fill_null(False)
            | internship.fill_null(False)
        ),
    )
    return _with_immature(
        WORK_OR_EDUCATION, counted, people.filter(~people.is_over), tables, of.group
    )


def _with_immature(
    word: Word, rows: ibis.Table, early: ibis.Table, tables: Relations, group: str
) -> ibis.Table:
    """Return the rows of a word about people, with those whose time is not over."""
    early = early.mutate(immature=1)
    return ibis.union(
        *(shaped(with_group(each, tables, group), word) for each in (rows, early))
    )


def _with_days(people: ibis.Table, look: Look) -> ibis.Table:
    """Return people with the days that are looked at, and whether these are over."""
    if look.look == "ever":
        first, last = people.origin, people.last_followed
    else:
        first = later(people.closes_on, ibis.literal(-look.tolerance))
        last = later(people.closes_on, ibis.literal(look.tolerance))
    return people.mutate(look_first=first, look_last=last, is_over=last <= people.as_of)


def _worked(
    people: ibis.Table, tables: Relations, asked: ibis.Table, of: Cohort, look: Look
) -> ibis.Table:
    """Return the time in jobs that count, or of it what a register shows."""
    jobs = jobs_followed(people, tables, asked, of, "look_first", "look_last")
    if look.evidence == "record":
        return jobs.mutate(since=jobs.starts, until=jobs.ends)
    paid = tables["paid_work"]
    paid = paid.filter(
        paid["source"] == "register", (paid.hours != 0).fill_null(True)
    ).select(paid_of="job_id", paid_from="first_day", paid_to="last_day")
    rows = jobs.join(paid, [jobs.job_id == paid.paid_of, paid.paid_to <= jobs.as_of])
    rows = rows.mutate(
        since=ibis.greatest(rows.starts, rows.paid_from),
        until=ibis.least(rows.ends, rows.paid_to),
    )
    return rows.filter(rows.since <= rows.until)


def _education(tables: Relations) -> ibis.Table:
    rows = tables["education"]
    return rows.filter(rows.mainstream)


def _internships(tables: Relations) -> ibis.Table:
    rows = tables["jobs"]
    return rows.filter(rows.placement.isin(INTERNSHIPS), ~rows.held_at_referral)


def _of_people(people: ibis.Table, tables: Relations, spells: ibis.Table) -> ibis.Table:
    """Return the spells of all episodes of the people followed."""
    owners = tables["episodes"].select("episode_id", "unit_id", "person_key")
    spells = spells.select(
        "episode_id", since="first_day", until=spells.last_day.fill_null(FOREVER)
    )
    spells = spells.join(owners, "episode_id").drop("episode_id")
    rows = people.select(*FOLLOWED, "look_first", "look_last")
    return rows.join(spells, ["unit_id", "person_key"])


def enough_months(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is ENOUGH_MONTHS."""
    of, rule = part(Cohort, given), part(MonthsRule, given)
    everybody = followed_once(tables, asked, of)
    over = everybody.last_followed <= everybody.as_of
    people = everybody.filter(over)
    jobs = told_apart(jobs_followed(people, tables, asked, of))
    hours = HoursRule(rule.counted, rule.source, "none")
    held, unsure = (
        by_number(rows, "month", "origin") for rows in held_by_jobs(jobs, tables, hours)
    )
    key = person_key()
    amounts = amounts_by_number(held, "month", "origin", key)
    enough = amounts.filter(is_met(amounts.amount, rule.each))
    enough = enough.select(*key, "number")
    possible = enough.union(unsure.select(*key, "number"), distinct=True)
    rows = numbered_people(people, jobs)
    rows = beside(rows, by_person(enough, key, months=enough.count()), key)
    rows = beside(rows, by_person(possible, key, possible=possible.count()), key)
    months, could = rows.months.fill_null(0), rows.possible.fill_null(0)
    counted = rows.mutate(
        people=1,
        months=months,
        reached=one(months >= rule.n),
        unknown=one((months < rule.n) & (could >= rule.n)),
    )
    return _with_immature(
        ENOUGH_MONTHS, counted, everybody.filter(~over), tables, of.group
    )
