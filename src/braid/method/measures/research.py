"""The word about the eight measures of work that research reports, in Ibis."""

from decimal import Decimal
from typing import Any

import ibis

from braid.method.measures.cohorts import (
    beside,
    by_person,
    followed_once,
    held_by_jobs,
    jobs_followed,
    numbered_people,
    person_key,
    told_apart,
)
from braid.method.measures.equity import with_group
from braid.method.measures.hours import (
    amounts_by_number,
    by_number,
    share_within,
)
from braid.method.measures.populations import Relations, one, shaped
from braid.method.measures.reference.cohorts import Cohort
from braid.method.measures.reference.hours import HoursRule
from braid.method.measures.reference.research import (
    DECIMALS,
    RESEARCH,
    TWENTY,
    ResearchRule,
)
from braid.method.measures.reference.stays import part
from braid.method.measures.sustained import blocks_of
from braid.method.sustained.spreading import SCALE


def research(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is RESEARCH."""
    of, rule = part(Cohort, given), part(ResearchRule, given)
    source = given.get("source", "paid")
    everybody = followed_once(tables, asked, of)
    over = everybody.last_followed <= everybody.as_of
    people = everybody.filter(over)
    jobs = told_apart(jobs_followed(people, tables, asked, of))
    rows = numbered_people(people, jobs)
    for found in (
        _at_work(jobs),
        _longest(jobs),
        *_hours(jobs, tables, HoursRule("hours", source, "none")),
        _wages(jobs, tables, HoursRule("gross", source, "none")),
    ):
        rows = beside(rows, found, person_key())
    rows = ibis.union(
        shaped(with_group(_measured(rows, rule), tables, of.group), RESEARCH),
        shaped(
            with_group(everybody.filter(~over), tables, of.group).mutate(immature=1),
            RESEARCH,
        ),
    )
    return rows


def _of_each(rows: ibis.Table, **amounts: ibis.Value) -> ibis.Table:
    return by_person(rows, person_key(), **amounts)


def _clipped(jobs: ibis.Table) -> ibis.Table:
    """Return jobs with only the days followed."""
    return jobs.mutate(
        starts=ibis.greatest(jobs.starts, jobs.origin),
        ends=ibis.least(jobs.ends, jobs.last_followed),
    )


def _at_work(jobs: ibis.Table) -> ibis.Table:
    """Return the first day at work, and how many there were."""
    blocks = blocks_of(_clipped(jobs), (*person_key(), "origin"), 0)
    first = blocks["first"].min().delta(blocks.origin.min(), unit="day")
    return _of_each(blocks, to_first=first, at_work=blocks.worked.sum())


def _longest(jobs: ibis.Table) -> ibis.Table:
    """Return the days of the longest time with one employer."""
    blocks = blocks_of(_clipped(jobs), (*person_key(), "who"), 0)
    return _of_each(blocks, longest=blocks.worked.max())


def _hours(
    jobs: ibis.Table, tables: Relations, rule: HoursRule
) -> tuple[ibis.Table, ibis.Table]:
    """Return the weeks and hours of each person, and who has hours not recorded."""
    held, unsure = held_by_jobs(jobs, tables, rule)
    weekly = amounts_by_number(
        by_number(held, "iso_week", "origin"), "iso_week", "origin", person_key()
    )
    hours = _of_each(
        weekly,
        hours=weekly.amount.sum(),
        most=weekly.amount.max(),
        paid_weeks=one(weekly.amount >= SCALE).sum(),
    )
    return hours, _of_each(unsure, unsure=unsure.count())


def _wages(jobs: ibis.Table, tables: Relations, rule: HoursRule) -> ibis.Table:
    held, _ = held_by_jobs(jobs, tables, rule)
    after = (held.last_followed + ibis.interval(days=1)).cast("date")
    return _of_each(held, wages=share_within(held, held.origin, after).sum())


def _measured(rows: ibis.Table, rule: ResearchRule) -> ibis.Table:
    """Return people with the amounts of the word."""
    works = rows.at_work.notnull()
    total = rows.hours.fill_null(0)
    weeks, of_days = rows.paid_weeks.fill_null(0), 1
    if rule.weeks == "days":
        weeks, of_days = rows.at_work.fill_null(0), 7
    mean = (weeks > 0).ifelse(_quotient(total * of_days, weeks.nullif(0)), 0)
    most = mean if rule.twenty == "mean" else rows.most.fill_null(0)
    amounts = {
        "weeks_worked": _quotient(weeks * SCALE, ibis.literal(of_days)),
        "longest_tenure": _quotient(rows.longest.fill_null(0) * SCALE, ibis.literal(7)),
        "hours_per_week": mean,
        "hours_total": total,
        "wages_total": rows.wages.fill_null(0),
    }
    return rows.mutate(
        people=1,
        workers=one(works),
        days_to_first_job=rows.to_first.fill_null(0),
        workers_with_weeks=one(weeks > 0),
        worked_20h=one(most >= TWENTY),
        hours_unknown=one(rows.unsure > 0),
        **{name: _exact(amounts[name]) for name in DECIMALS},
    )


def _quotient(amount: ibis.Value, by: ibis.Value) -> ibis.Value:
    return (2 * amount + by) // (2 * by)


def _exact(amount: ibis.Value) -> ibis.Value:
    """Return ten-thousandths as an amount."""
    one = ibis.literal(Decimal("0.0001"), "decimal(18, 4)")
    return amount.cast("decimal(18, 0)") * one
