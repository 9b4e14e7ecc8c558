"""People who entered in a period and are followed from that day on, in Ibis."""

import ibis

from braid.method.measures.hours import JOB, spreads
from braid.method.measures.in_work import jobs_known
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

FOLLOWED = ("period", "unit_id", "person_key")


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


def held_by_jobs(
    jobs: ibis.Table, tables: Relations, rule: HoursRule
) -> tuple[ibis.Table, ibis.Table]:
    """Return what jobs held for each person, up to the last day followed.

    And the days of them for which nothing is recorded. See `hours.spreads`.
    """
    stays = jobs.select(*JOB, "starts", "ends").distinct()
    own = jobs.select(*FOLLOWED, "as_of", "job_id", "origin", "last_followed")
    held, unsure = (_cut(own, rows) for rows in spreads(stays, tables, rule))
    return held, unsure


def _cut(own: ibis.Table, rows: ibis.Table) -> ibis.Table:
    rows = own.join(rows, list(JOB))
    rows = rows.mutate(last=ibis.least(rows["last"], rows.last_followed))
    rows = rows.filter(rows["first"] <= rows["last"], rows.origin <= rows["last"])
    return rows.rename(job_id_of="job_id")


def beside(rows: ibis.Table, found: ibis.Table) -> ibis.Table:
    """Return people with what was found of each; null where nothing was."""
    same = [rows[name] == found[f"{name}_of"] for name in FOLLOWED]
    return rows.left_join(found, same).drop(*(f"{name}_of" for name in FOLLOWED))


def by_person(rows: ibis.Table, **amounts: ibis.Value) -> ibis.Table:
    """Return amounts of each person, to be put `beside` the people followed."""
    keys = {f"{name}_of": rows[name] for name in FOLLOWED}
    return rows.group_by(**keys).agg(**amounts)
