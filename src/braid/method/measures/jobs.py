"""Words about jobs, as Ibis expressions."""

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    first_of,
    on_caseload,
    on_caseload_in,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.jobs import (
    BANDS,
    CURRENT_JOBS,
    EDGE,
    NO_SWITCHES,
    SERVED,
)


def current_jobs(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is CURRENT_JOBS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    periods = windows(asked).rename(known_on="as_of")
    rows = jobs.join(
        periods,
        [
            jobs.as_of == periods.known_on,
            jobs.first_day <= periods.closes,
            jobs.last_day >= periods.closes,
        ],
    ).select(
        "period",
        "closes",
        "unit_id",
        "person_key",
        "job_id",
        "episode_id",
        "in_queue",
        volunteering=(jobs.placement == "volunteering").fill_null(False),
        permanent=jobs.permanence == "permanent",
        competitive=jobs.counts & (jobs.starts <= periods.closes).fill_null(False),
    )
    on = on_caseload(tables, asked, basis)
    rows = rows.semi_join(on, ["period", "unit_id", "person_key"])
    rows = _with_band(rows, tables)
    return shaped(
        rows.mutate(
            current_jobs=one(~rows.volunteering),
            competitive_and_permanent=one(rows.competitive & rows.permanent),
            undetermined=one(rows.in_queue),
            volunteering_left_out=one(rows.volunteering),
            left_out=rows.volunteering.ifelse("volunteering", None),
            **{name: one(rows.band == name) for name in BANDS},
        ),
        CURRENT_JOBS,
    )


def _with_band(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return jobs with the `band` of the hours by the terms in force on the day.

    Null for a job that is not competitive.
    """
    terms = tables["job_terms"]
    terms = terms.select(
        "weekly_hours",
        terms_of=terms.job_id,
        since=terms.first_day,
        until=terms.last_day.fill_null(FOREVER),
    )
    found = rows.left_join(
        terms,
        [
            rows.job_id == terms.terms_of,
            terms.since <= rows.closes,
            rows.closes <= terms.until,
        ],
    )
    age = found.closes.delta(found.since, unit="day")
    found = first_of(found, ["period", "job_id"], age=age)
    hours = found.weekly_hours
    return found.select(
        *rows.columns,
        band=ibis.cases(
            (~found.competitive, None),
            (hours < ibis.literal(EDGE), "under_16"),
            (hours >= ibis.literal(EDGE), "16_and_over"),
            else_="unknown_hours",
        ),
    )


def served(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is SERVED."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    jobs = jobs.filter(jobs.starts <= jobs.ends, jobs.counts | jobs.in_queue).select(
        "counts",
        "starts",
        "ends",
        by_day=jobs.as_of,
        of_unit=jobs.unit_id,
        of_person=jobs.person_key,
    )
    on = on_caseload_in(tables, asked, basis)
    rows = on.left_join(
        jobs,
        [
            on.as_of == jobs.by_day,
            on.unit_id == jobs.of_unit,
            on.person_key == jobs.of_person,
            jobs.starts < on.exits,
            jobs.starts <= on.closes,
            jobs.ends >= on.enters,
            jobs.ends >= on.opens,
        ],
    )
    people = rows.group_by("period", "unit_id", "person_key").agg(
        working=one(rows.counts).max(),
        undecided=one(~rows.counts).max(),
    )
    people = _with_group(people, on, tables, group)
    return shaped(
        people.mutate(served=1, undetermined=one(people.undecided > people.working)),
        SERVED,
    )


def _with_group(
    people: ibis.Table, on: ibis.Table, tables: Relations, group: str
) -> ibis.Table:
    """Return people with the group of their episode that began last."""
    if group == "none":
        return people
    latest = first_of(
        on,
        ["period", "unit_id", "person_key"],
        age=on.closes.delta(on.enters, unit="day"),
        episode=on.episode_id,
    ).select("period", "unit_id", "person_key", "episode_id")
    told = with_group(latest, tables, group).drop("episode_id")
    return people.left_join(told, ["period", "unit_id", "person_key"])[
        [*people.columns, "group"]
    ]
