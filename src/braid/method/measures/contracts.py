"""Words that outcome contracts pay by, as Ibis expressions."""

from decimal import Decimal
from typing import Any

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known, with_start, work_spells
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    first_of,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.contracts import (
    ENGAGED,
    FULL_DAY,
    FULL_DAY_STARTS,
    FULL_TIME,
    NO_SWITCHES,
    PART_TIME_DAY,
    PAY_PERIOD,
    TRAJECTORIES,
    Trajectory,
)
from braid.method.measures.reference.populations import BASIS_COLUMNS
from braid.method.measures.reference.stays import part
from braid.method.measures.starts import with_counted
from braid.method.measures.teams import in_period


def engaged(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    appointments: int = 3,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is ENGAGED."""
    rows = in_period(tables["episodes"], asked, BASIS_COLUMNS[basis])
    kept = tables["contacts"]
    kept = kept.filter(kept.attended, kept.with_applicant)
    kept = kept.select(kept_in="episode_id", kept_on="day")
    rows = rows.left_join(
        kept,
        [
            rows.episode_id == kept.kept_in,
            rows.entered_on <= kept.kept_on,
            kept.kept_on <= rows.as_of,
        ],
    )
    rows = rows.group_by("period", "unit_id", "episode_id", "person_key").agg(
        kept=rows.kept_on.count(),
        profiled=one(rows.profile_started_on <= rows.as_of).max(),
    )
    enough, profile = rows.kept >= appointments, rows.profiled > 0
    rows = rows.mutate(
        episodes=1,
        engaged=one(enough | profile),
        by_appointments=one(enough),
        by_profile=one(profile),
    )
    return shaped(with_group(rows, tables, group), ENGAGED)


def full_day_starts(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is FULL_DAY_STARTS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    spells = _with_full_day(work_spells(jobs, basis), tables)
    spells = with_counted(with_start(spells, spells.full_day))
    spells = spells.filter(spells.counts, spells.on_caseload)
    first = first_of(
        spells.filter(spells.is_start),
        ["as_of", "unit_id", "person_key"],
        day=spells.starts,
        job=spells.job_id,
    ).select(first_job="job_id", first_by="as_of")
    spells = spells.left_join(
        first, [spells.job_id == first.first_job, spells.as_of == first.first_by]
    ).rename(known_on="as_of")
    periods = windows(asked)
    rows = spells.join(
        periods,
        [
            spells.known_on == periods.as_of,
            spells.starts >= periods.opens,
            spells.starts <= periods.closes,
        ],
    )
    rows = rows.mutate(
        full_day_starts=one(rows.is_start),
        first_full_day_starts=one(rows.first_job.notnull()),
        full_day_unknown=one(rows.by_length),
        not_yet=one(~rows.is_start),
    )
    return shaped(with_group(rows, tables, group), FULL_DAY_STARTS)


def _with_full_day(spells: ibis.Table, tables: Relations) -> ibis.Table:
    """Return spells with the hours that make a full day of their first job."""
    by_contract = tables["jobs"].select(of_job="job_id", daily="contracted_daily_hours")
    terms = tables["job_terms"]
    terms = terms.select(
        "weekly_hours",
        terms_of=terms.job_id,
        since=terms.first_day,
        until=terms.last_day.fill_null(FOREVER),
    )
    rows = spells.join(by_contract, [spells.job_id == by_contract.of_job])
    rows = rows.left_join(
        terms,
        [
            rows.job_id == terms.terms_of,
            terms.since <= rows.starts,
            rows.starts <= terms.until,
        ],
    )
    age = rows.starts.delta(rows.since, unit="day")
    rows = first_of(rows, ["as_of", "job_id"], age=age)
    part_time = (rows.weekly_hours < ibis.literal(FULL_TIME)).fill_null(False)
    whole = rows.daily.fill_null(_hours(FULL_DAY))
    return rows.select(
        *spells.columns, full_day=part_time.ifelse(_hours(PART_TIME_DAY), whole)
    )


def _hours(amount: Decimal) -> ibis.Value:
    return ibis.literal(amount, "decimal(18, 4)")


def trajectories(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is TRAJECTORIES."""
    of = part(Trajectory, given)
    rows = _consents(tables, asked, of)
    worked = _worked(rows, tables, asked, of)
    same = ["period", "episode_id"]
    resumed = first_of(worked, same, day=worked.paid_from, job=worked.job_id).select(
        of_period="period", of_episode="episode_id", job_id="job_id", begun="paid_from"
    )
    length = worked.paid_to.delta(worked.paid_from, unit="day") + 1
    enough = worked.filter(
        length >= PAY_PERIOD[0],
        length <= PAY_PERIOD[1],
        worked.hours >= ibis.literal(of.hours),
    )
    placed = enough.group_by(in_period="period", in_episode="episode_id").agg(
        placed_on=enough.paid_to.min()
    )
    rows = rows.left_join(
        resumed,
        [rows.period == resumed.of_period, rows.episode_id == resumed.of_episode],
    )
    rows = rows.left_join(
        placed, [rows.period == placed.in_period, rows.episode_id == placed.in_episode]
    )
    return shaped(
        rows.mutate(
            trajectories=1,
            resumed=one(rows.begun.notnull()),
            days_to_resumption=rows.begun.delta(rows.consent, unit="day").fill_null(0),
            placed=one(rows.placed_on.notnull()),
            days_to_placement=rows.placed_on.delta(rows.consent, unit="day").fill_null(
                0
            ),
        ),
        TRAJECTORIES,
    )


def _consents(tables: Relations, asked: ibis.Table, of: Trajectory) -> ibis.Table:
    """Return the first consent of each episode, with the last day it leads to."""
    events = tables["funder_events"]
    events = events.filter(events.kind == "consent")
    first = events.group_by("episode_id").agg(consent=events.day.min())
    people = tables["episodes"].select("episode_id", "unit_id", "person_key")
    rows = in_period(first.join(people, "episode_id"), asked, "consent")
    months = ibis.literal(of.months).cast("int32").as_interval("M")
    rows = rows.mutate(ends_on=(rows.consent + months).cast("date"))
    return rows.select(
        *("period", "as_of", "episode_id", "unit_id", "person_key", "consent"),
        "ends_on",
    )


def _worked(
    rows: ibis.Table, tables: Relations, asked: ibis.Table, of: Trajectory
) -> ibis.Table:
    """Return the paid work within each trajectory that begins from consent on."""
    jobs = jobs_known(tables, asked, "accepted", of.profile, of.switches)
    jobs = jobs.filter(jobs.counts, ~jobs.held_at_referral, jobs.starts <= jobs.ends)
    jobs = jobs.select("as_of", "unit_id", "person_key", "job_id", "starts", "ends")
    paid = tables["paid_work"]
    paid = paid.filter(paid.hours > 0).select(
        "hours", paid_of="job_id", paid_from="first_day", paid_to="last_day"
    )
    held = rows.join(jobs, ["as_of", "unit_id", "person_key"])
    found = held.join(paid, [held.job_id == paid.paid_of])
    return found.filter(
        found.consent <= found.paid_from,
        found.starts <= found.paid_from,
        found.paid_from <= found.ends,
        found.paid_from < found.ends_on,
        found.paid_to <= found.as_of,
    )
