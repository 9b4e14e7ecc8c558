"""Words about drift away from jobs, as Ibis expressions."""

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.in_work import with_verdict
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    caseload_bounds,
    one,
    shaped,
)
from braid.method.measures.reference.drift import (
    COURSE,
    JOBS_BEGUN,
    NO_SWITCHES,
    PROPOSALS_AND_PEOPLE,
    TIME_BEFORE_WORK,
)
from braid.method.measures.teams import around, episodes_in, in_period, people_in


def jobs_begun(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is JOBS_BEGUN."""
    jobs = with_verdict(tables["jobs"], profile, switches)
    jobs = in_period(jobs.filter(~jobs.held_at_referral), asked, "first_day")
    episodes = caseload_bounds(tables, basis).select("episode_id", "enters", "exits")
    rows = around(
        jobs.join(episodes, "episode_id"), tables, ("period", "job_id"), "first_day"
    )
    on = (rows.enters <= rows.first_day) & (rows.first_day < rows.exits)
    why = ibis.cases(
        (~on.fill_null(False), "outside_caseload"),
        (rows.in_queue & rows.placement.isnull(), "placement_unknown"),
        (rows.in_queue, "tests_open"),
    )
    return shaped(
        rows.mutate(
            begun=one(why.isnull()),
            non_competitive=one(why.isnull() & ~rows.counts),
            left_out=why,
        ),
        JOBS_BEGUN,
    )


def proposals_and_people(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is PROPOSALS_AND_PEOPLE."""
    made = around(
        in_period(tables["proposals"], asked), tables, ("period", "proposal_id")
    )
    made = made.mutate(
        proposals=1,
        wish_unknown=one(made.wanted.isnull()),
        not_wanted=one(~made.wanted),
        wanted=one(made.wanted),
        left_out=ibis.null(),
    )
    people = people_in(tables, asked, basis).mutate(people=1, left_out=ibis.null())
    return ibis.union(*(shaped(rows, PROPOSALS_AND_PEOPLE) for rows in (made, people)))


def time_before_work(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is TIME_BEFORE_WORK."""
    episodes = episodes_in(tables, asked, basis)
    episodes = around(episodes, tables, ("period", "episode_id"))
    episodes = episodes.select(
        *("period", "unit_id", "episode_id", "team_id", "job_centre_id"),
        first=ibis.greatest(episodes.enters, episodes.opens),
        last="day",
    )
    length = episodes["last"].delta(episodes["first"], unit="day") + 1
    on = episodes.mutate(days=length, left_out=ibis.null())
    spent = _with_new_days(episodes, _before_work(tables, profile, switches))
    return ibis.union(*(shaped(rows, TIME_BEFORE_WORK) for rows in (on, spent)))


def _before_work(tables: Relations, profile: Profile, switches: Switches) -> ibis.Table:
    jobs = with_verdict(tables["jobs"], profile, switches)
    jobs = jobs.filter(~jobs.counts, ~jobs.in_queue, ~jobs.held_at_referral)
    courses = tables["education"]
    courses = courses.filter(
        (courses.level == COURSE).fill_null(False) | ~courses.mainstream
    )
    courses = courses.mutate(job_id=ibis.null("string"))
    return ibis.union(
        *(
            rows.select(
                "job_id",
                spell_of=rows.episode_id,
                begins=rows.first_day,
                ends=rows.last_day.fill_null(FOREVER),
            )
            for rows in (jobs, courses)
        )
    )


def _with_new_days(episodes: ibis.Table, spells: ibis.Table) -> ibis.Table:
    """Return the spells of episodes with the days that no earlier spell has."""
    rows = episodes.join(
        spells,
        [
            episodes.episode_id == spells.spell_of,
            spells.begins <= episodes["last"],
            episodes["first"] <= spells.ends,
            spells.begins <= spells.ends,
        ],
    )
    rows = rows.mutate(
        begins=ibis.greatest(rows.begins, rows["first"]),
        ends=ibis.least(rows.ends, rows["last"]),
        job=rows.job_id.fill_null(""),
    )
    earlier = ibis.window(
        group_by=["period", "episode_id"],
        order_by=["begins", "ends", "job"],
        preceding=(None, 1),
        following=None,
    )
    rows = rows.mutate(counted_to=rows.ends.max().over(earlier))
    days = rows.ends.delta(rows.begins, unit="day") + 1
    new = rows.ends.delta(rows.counted_to, unit="day").fill_null(days)
    rows = rows.mutate(days_before_work=ibis.least(days, new), left_out=ibis.null())
    return rows.filter(rows.days_before_work > 0)
