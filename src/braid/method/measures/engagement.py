"""Words about talks on disclosure and vocational profiles, as Ibis expressions."""

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.in_work import jobs_known
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    caseload_bounds,
    on_caseload,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.caseloads import SET_ASIDE
from braid.method.measures.reference.engagement import (
    DISCLOSURE_TALKS,
    NO_SWITCHES,
    PROFILE_UPDATES,
    PROFILES_KEPT,
    TWICE,
    TWO_MONTHS,
    UPDATES,
    WITHIN,
)
from braid.method.measures.teams import later


def disclosure_talks(
    tables: Relations,
    asked: ibis.Table,
    after: int = TWO_MONTHS,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is DISCLOSURE_TALKS."""
    on = on_caseload(tables, asked, basis)
    rows = on.anti_join(_on_day(tables, asked, "status"), ["period", "episode_id"])
    bounds = caseload_bounds(tables, basis).select("enters", bounds_of="episode_id")
    rows = rows.join(bounds, [rows.episode_id == bounds.bounds_of])
    jobs = jobs_known(tables, asked, basis, profile, switches)
    rows = _with_jobs(rows, jobs, asked)
    trouble = _on_day(tables, asked, "job_problems").rename(
        hard_in="period", hard_for="episode_id"
    )
    rows = rows.left_join(
        trouble,
        [rows.period == trouble.hard_in, rows.episode_id == trouble.hard_for],
    )
    rows = _with_talks(rows, tables)
    since = ibis.greatest(
        rows.enters, later(rows.ended_on, ibis.literal(1)).fill_null(rows.enters)
    )
    waited = rows.closes.delta(since, unit="day") >= after
    due = rows.hard_for.notnull() | ((rows.works == 0) & waited)
    return shaped(
        rows.mutate(
            episodes=1,
            talk_due=one(due),
            talked_twice=one(due & (rows.talks >= TWICE)),
        ),
        DISCLOSURE_TALKS,
    )


def _on_day(tables: Relations, asked: ibis.Table, name: str) -> ibis.Table:
    """Return the episodes that are set aside, or with trouble in a job, on a last day."""
    spells, periods = tables[name], windows(asked)
    if name == "status":
        spells = spells.filter(spells.state.isin(SET_ASIDE))
    else:
        jobs = tables["jobs"].select("episode_id", of_job="job_id")
        spells = spells.join(jobs, [spells.job_id == jobs.of_job])
    found = spells.join(
        periods,
        [
            spells.first_day <= periods.closes,
            periods.closes <= spells.last_day.fill_null(FOREVER),
        ],
    )
    return found.select("period", "episode_id").distinct()


def _with_jobs(rows: ibis.Table, jobs: ibis.Table, asked: ibis.Table) -> ibis.Table:
    """Return people with whether they work on the day, and when their last job ended."""
    periods = windows(asked).select("closes", in_period="period", known_by="as_of")
    jobs = jobs.filter(jobs.counts, jobs.starts <= jobs.ends)
    found = jobs.join(
        periods, [jobs.as_of == periods.known_by, jobs.starts <= periods.closes]
    )
    over = found.ends < found.closes
    held = found.group_by(
        "in_period", of_unit=found.unit_id, of_person=found.person_key
    ).agg(
        at_work=one(~over).max(),
        ended_on=over.ifelse(found.ends, None).max(),
    )
    rows = rows.left_join(
        held,
        [
            rows.period == held.in_period,
            rows.unit_id == held.of_unit,
            rows.person_key == held.of_person,
        ],
    )
    return rows.mutate(works=rows.at_work.fill_null(0)).drop("in_period", "of_unit")


def _with_talks(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return people with the number of talks on disclosure up to the day."""
    talks = tables["plan_events"]
    talks = talks.filter(talks.kind == "disclosure_discussion")
    talks = talks.select(talk_of="episode_id", talk_on="day")
    days = rows.select("period", "closes", "episode_id")
    found = days.join(
        talks, [days.episode_id == talks.talk_of, talks.talk_on <= days.closes]
    )
    count = found.group_by(talks_in="period", talks_of="episode_id").agg(
        talks=found.count()
    )
    rows = rows.left_join(
        count,
        [rows.period == count.talks_in, rows.episode_id == count.talks_of],
    )
    return rows.mutate(talks=rows.talks.fill_null(0))


def profiles_kept(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is PROFILES_KEPT."""
    events, episodes = tables["plan_events"], tables["episodes"]
    events = events.filter(events.kind == "profile_started")
    started = events.select("episode_id", "day").union(
        episodes.select("episode_id", day="profile_started_on")
    )
    started = started.group_by(started_of=started.episode_id).agg(
        started_on=started.day.min()
    )
    on = on_caseload(tables, asked, basis)
    rows = on.left_join(started, [on.episode_id == started.started_of])
    return shaped(
        rows.mutate(open_episodes=1, with_profile=one(rows.started_on <= rows.closes)),
        PROFILES_KEPT,
    )


def profile_updates(
    tables: Relations,
    asked: ibis.Table,
    within: int = WITHIN,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is PROFILE_UPDATES."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    jobs = jobs.filter(jobs.counts, jobs.starts <= jobs.ends)
    rows = ibis.union(
        *(
            _job_events(jobs, asked, event, day)
            for event, day in (("start", "starts"), ("end", "ends"))
        )
    )
    rows = rows.mutate(until=later(rows.day, ibis.literal(within)))
    made = tables["plan_events"]
    made = made.filter(made.kind.isin(UPDATES["end"])).select(
        "kind", made_for="episode_id", made_on="day"
    )
    found = rows.left_join(
        made,
        [
            rows.episode_id == made.made_for,
            rows.day <= made.made_on,
            made.made_on <= ibis.least(rows.until, rows.as_of),
        ],
    )
    follows = found.kind.isin(UPDATES["start"]) | (found.event == "end")
    found = found.group_by(*rows.columns).agg(
        updated=one(found.kind.notnull() & follows).max()
    )
    due = (found.updated == 1) | (found.until <= found.as_of)
    return shaped(
        found.mutate(job_events=one(due), left_out=due.ifelse(None, "too_early")),
        PROFILE_UPDATES,
    )


def _job_events(
    jobs: ibis.Table, asked: ibis.Table, event: str, day: str
) -> ibis.Table:
    """Return the starts or the ends in each period of people on the caseload after it."""
    periods = windows(asked).rename(known_on="as_of")
    rows = jobs.join(
        periods,
        [
            jobs.as_of == periods.known_on,
            periods.opens <= jobs[day],
            jobs[day] <= periods.closes,
            jobs.enters <= jobs[day],
            periods.closes < jobs.exits,
        ],
    )
    return rows.select(
        *("period", "as_of", "unit_id", "job_id", "episode_id"),
        day=rows[day],
        event=ibis.literal(event),
    )
