"""Words about jobs, as Ibis expressions."""

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known
from braid.method.measures.kept import are_kept, kept
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    caseload_bounds,
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
    rows = _beside_jobs(tables, asked, basis, jobs)
    people = _people(rows, tables["episodes"], jobs)
    if group != "none":
        on = on_caseload_in(tables, asked, basis)
        people = _with_group(people, on, tables, group)
    return shaped(
        people.mutate(served=1, undetermined=one(people.undecided > people.working)),
        SERVED,
    )


def _beside_jobs(
    tables: Relations, asked: ibis.Table, basis: str, jobs: ibis.Table
) -> ibis.Table:
    """Return who is on the caseload in each period, once for each job there is.

    Whether it is held then, and counts, say `working` and `undecided`.
    """
    episodes = caseload_bounds(tables, basis)
    episodes = episodes.filter(episodes.enters < episodes.exits)
    # Beside its jobs an episode is put once, not for each of many periods.
    rows = episodes.cross_join(asked.select(known_on="as_of").distinct())
    rows = rows.left_join(
        jobs,
        [
            rows.known_on == jobs.by_day,
            rows.unit_id == jobs.of_unit,
            rows.person_key == jobs.of_person,
            jobs.starts < rows.exits,
            jobs.ends >= rows.enters,
        ],
    )
    periods = windows(asked)
    rows = rows.join(
        periods,
        [
            rows.known_on == periods.as_of,
            rows.enters <= periods.closes,
            periods.opens < rows.exits,
        ],
    )
    held = (rows.starts <= rows.closes) & (rows.ends >= rows.opens)
    return rows.select(
        *("period", "known_on", "unit_id", "person_key"),
        working=one(held & rows.counts),
        undecided=one(held & ~rows.counts),
    )


PERSON = ["unit_id", "person_key"]


def _people(rows: ibis.Table, episodes: ibis.Table, jobs: ibis.Table) -> ibis.Table:
    """Return each person once a period."""
    many = _with_many(episodes, jobs)
    several = rows.semi_join(many, PERSON) if are_kept() else rows
    several = several.group_by("period", *PERSON).agg(
        working=several.working.max(), undecided=several.undecided.max()
    )
    if not are_kept():
        return several
    # Of one episode and one job nothing is to be put together.
    single = rows.anti_join(many, PERSON)
    return several.union(single.select(several.columns))


@kept
def _with_many(episodes: ibis.Table, jobs: ibis.Table) -> ibis.Table:
    """Return the people with several episodes, or with several jobs known on a day."""
    rows = episodes.select(*PERSON)
    again = rows.group_by(*PERSON).agg(number=rows.count())
    held = jobs.group_by("by_day", unit_id="of_unit", person_key="of_person").agg(
        number=jobs.count()
    )
    again, held = again.filter(again.number > 1), held.filter(held.number > 1)
    return again.select(*PERSON).union(held.select(*PERSON), distinct=True)


def _with_group(
    people: ibis.Table, on: ibis.Table, tables: Relations, group: str
) -> ibis.Table:
    """Return people with the group of their episode that began last."""
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
