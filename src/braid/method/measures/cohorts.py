"""People who entered in a period and are followed from that day on, in Ibis."""

import ibis

from braid.method.measures.hours import JOB, job_key, spreads
from braid.method.measures.in_work import jobs_known
from braid.method.measures.kept import alike, are_kept, kept_of_periods, numbered
from braid.method.measures.populations import (
    Relations,
    caseload_bounds,
    first_of,
    windows,
)
from braid.method.measures.reference.cohorts import Cohort
from braid.method.measures.reference.hours import HoursRule
from braid.method.measures.stays import PERSON, employer_of
from braid.method.measures.teams import later

HELD = ("amount", "over", "is_sick")
FOLLOWED = ("period", "unit_id", "person_key")


def person_key() -> tuple[str, ...]:
    """Return what tells people followed apart in what is found of their jobs."""
    return alike("person", FOLLOWED)


def followed(tables: Relations, asked: ibis.Table, of: Cohort) -> ibis.Table:
    """Return everybody who entered in a period, once, by the first such episode.

    They are followed from `origin` to the day before `closes_on`.
    """
    episodes, periods = caseload_bounds(tables, of.basis), windows(asked)
    rows = episodes.filter(episodes.enters < episodes.exits)
    rows = rows.join(
        periods, [rows.enters >= periods.opens, rows.enters <= periods.closes]
    )
    rows = rows.select(
        "period", "as_of", "episode_id", "unit_id", "person_key", "exits",
        origin="enters",
    )  # fmt: skip
    rows = first_of(rows, FOLLOWED, day=rows.origin, episode=rows.episode_id)
    rows = rows.mutate(closes_on=_closes_on(rows.origin, of))
    last = (rows.closes_on - ibis.interval(days=1)).cast("date")
    return rows.mutate(last_followed=last)


@kept_of_periods
def followed_once(tables: Relations, asked: ibis.Table, of: Cohort) -> ibis.Table:
    """Return the same, worked out once where more than their jobs is asked for."""
    return followed(tables, asked, of)


def _closes_on(origin: ibis.Value, of: Cohort) -> ibis.Value:
    if of.length_in == "months":
        months = ibis.literal(of.length).cast("int32").as_interval("M")
        return (origin + months).cast("date")
    return later(origin, ibis.literal(of.length))


def jobs_followed(
    people: ibis.Table,
    tables: Relations,
    asked: ibis.Table,
    of: Cohort,
    first: str = "origin",
    last: str = "last_followed",
) -> ibis.Table:
    """Return the jobs of those people that count and touch the days they are looked at.

    `first` and `last` name the columns with these days. Jobs held at referral are none
    of them. `ends` is at most `as_of`.
    """
    jobs = jobs_known(tables, asked, of.basis, of.profile, of.switches)
    jobs = jobs.filter(jobs.counts, ~jobs.held_at_referral, jobs.starts <= jobs.ends)
    jobs = jobs.mutate(who=employer_of(jobs), ends=ibis.least(jobs.ends, jobs.as_of))
    jobs = jobs.select(*PERSON, "job_id", "who", "placement", "starts", "ends")
    own = dict.fromkeys((*FOLLOWED, "as_of", "origin", "last_followed", first, last))
    rows = people.select(*own).join(jobs, list(PERSON))
    return rows.filter(rows.starts <= rows[last], rows[first] <= rows.ends)


@kept_of_periods
def told_apart(jobs: ibis.Table) -> ibis.Table:
    """Return `jobs_followed` with `person_key`."""
    return numbered(jobs, "person", FOLLOWED)


def held_by_jobs(
    jobs: ibis.Table, tables: Relations, rule: HoursRule
) -> tuple[ibis.Table, ibis.Table]:
    """Return what jobs held for each person, up to the last day followed.

    And the days of them for which nothing is recorded. See `hours.spreads`.
    """
    stays = jobs.select(*JOB, "starts", "ends").distinct()
    held, unsure = (_cut(jobs, rows) for rows in spreads(stays, tables, rule))
    return held, unsure


@kept_of_periods
def _cut(jobs: ibis.Table, rows: ibis.Table) -> ibis.Table:
    """Return what jobs held for each person, cut at the last day followed."""
    days = ("origin", "last_followed")
    own = jobs.select(*dict.fromkeys((*person_key(), *JOB, *days)))
    rows = own.join(rows, list(JOB))
    rows = rows.mutate(last=ibis.least(rows["last"], rows.last_followed))
    rows = rows.filter(rows["first"] <= rows["last"], rows.origin <= rows["last"])
    rows = numbered(rows.rename(job_id_of="job_id"), "job", ("job_id_of",))
    named = dict.fromkeys((*person_key(), *days, *job_key(), "first", "last"))
    return rows.select(*named, *(name for name in HELD if name in rows.columns))


def numbered_people(people: ibis.Table, jobs: ibis.Table) -> ibis.Table:
    """Return people as what is found of their jobs, `told_apart`, tells them."""
    if not are_kept():
        return people
    numbers = jobs.select("person", *FOLLOWED).distinct()
    return people.left_join(numbers, list(FOLLOWED))[[*people.columns, "person"]]


def beside(
    rows: ibis.Table, found: ibis.Table, key: tuple[str, ...] = FOLLOWED
) -> ibis.Table:
    """Return people with what was found of each; null where nothing was."""
    same = [rows[name] == found[f"{name}_of"] for name in key]
    return rows.left_join(found, same).drop(*(f"{name}_of" for name in key))


def by_person(
    rows: ibis.Table, key: tuple[str, ...] = FOLLOWED, **amounts: ibis.Value
) -> ibis.Table:
    """Return amounts of each person, to be put `beside` the people followed."""
    keys = {f"{name}_of": rows[name] for name in key}
    return rows.group_by(**keys).agg(**amounts)
