"""The word behind the employment rate, as an Ibis expression."""

from decimal import Decimal

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known, with_start, work_spells
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    caseload_bounds,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.employment_rate import ARRIVALS, NO_SWITCHES
from braid.method.measures.reference.starts import FOUR_HOURS
from braid.method.measures.starts import with_counted


def arrivals(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
    followed: str = "cohort",
    anchor: str = "at_start",
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is ARRIVALS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    episodes, periods = caseload_bounds(tables, basis), windows(asked)
    rows = episodes.join(periods, [episodes.enters <= periods.as_of])
    rows = _with_since(rows, jobs, basis, anchor)
    rows = rows.mutate(
        came=rows.enters >= rows.opens,
        fell=((rows.since >= rows.opens) & (rows.since <= rows.closes)).fill_null(
            False
        ),
    )
    rows = rows.mutate(came=rows.came & (rows.enters <= rows.closes))
    starts = with_counted(
        with_start(work_spells(jobs, basis), min_paid_hours), people="everyone"
    )
    rows = _with_started(rows, starts.filter(starts.counted), followed)
    rows = rows.filter(rows.came | rows.fell | rows.started)
    people = _people(rows)
    return shaped(with_group(people, tables, group), ARRIVALS)


def _with_since(
    rows: ibis.Table, jobs: ibis.Table, basis: str, anchor: str
) -> ibis.Table:
    """Return episodes with `since`: the day from which they are out of work, or null."""
    own = (rows.at_referral == "out_of_work").ifelse(rows.enters, None)
    if anchor == "at_start":
        return rows.mutate(since=own)
    held = work_spells(jobs, basis, held_at_referral=True)
    held = held.filter(held.counts)
    held = held.group_by(held_by=held.as_of, held_in=held.episode_id).agg(
        last_held=held.spell_ends.max()
    )
    # A job that goes on ends in the year 9999.
    held = held.filter(held.last_held < FOREVER)
    freed = (held.last_held + ibis.interval(days=1)).cast("date")
    held = held.select("held_by", "held_in", freed=freed)
    found = rows.left_join(
        held, [rows.as_of == held.held_by, rows.episode_id == held.held_in]
    )
    # Where one is null the greatest of the two is the other.
    later = found.freed.isnull().ifelse(None, ibis.greatest(found.enters, found.freed))
    retention = (found.at_referral == "employed_retention") & (later < found.exits)
    since = ibis.cases(
        (found.at_referral == "out_of_work", found.enters),
        (retention.fill_null(False), later),
    )
    return found.select(*rows.columns, since=since)


def _with_started(rows: ibis.Table, starts: ibis.Table, followed: str) -> ibis.Table:
    """Return episodes with `started`: whether a start of theirs is counted."""
    starts = starts.select("starts", start_in="episode_id", start_by="as_of")
    wanted = [
        rows.as_of == starts.start_by,
        rows.episode_id == starts.start_in,
        starts.starts >= rows.since,
    ]
    if followed == "cohort":
        wanted.append(rows.fell)
    else:
        wanted += [rows.opens <= starts.starts, starts.starts <= rows.closes]
    begun = rows.join(starts, wanted).select("period", "episode_id").distinct()
    begun = begun.rename(by_period="period", by_episode="episode_id")
    found = rows.left_join(
        begun, [rows.period == begun.by_period, rows.episode_id == begun.by_episode]
    )
    return found.select(*rows.columns, started=found.by_episode.notnull())


def _people(rows: ibis.Table) -> ibis.Table:
    """Return people, each once a period, by the first of their episodes."""
    first = ibis.struct({"began": rows.enters, "episode": rows.episode_id})
    came, status = rows.came, rows.at_referral
    people = rows.group_by("period", "unit_id", "person_key").agg(
        episode_id=rows.episode_id.argmin(first),
        arrived=one(came).max(),
        out_of_work=one(rows.fell).max(),
        seeks=one(came & (status == "employed_seeking")).max(),
        keeps=one(came & (status == "employed_retention")).max(),
        started=one(rows.started).max(),
    )
    fell = people.out_of_work == 1
    seeking = ~fell & (people.seeks == 1)
    keeping = ~fell & ~seeking & (people.keeps == 1)
    other = ~fell & ~seeking & ~keeping & (people.arrived == 1)
    return people.mutate(
        employed_seeking=one(seeking),
        retention=one(keeping),
        other_status=one(other),
    )
