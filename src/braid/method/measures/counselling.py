"""Words about counselling on benefits, as Ibis expressions."""

from collections.abc import Sequence
from decimal import Decimal

import ibis
from ibis.expr.types import Value

from braid.method.competitive import Profile, Switches
from braid.method.measures.in_work import jobs_known, with_start, work_spells
from braid.method.measures.populations import Relations, one, shaped, windows
from braid.method.measures.reference.counselling import (
    COUNSELLED_CHANGES,
    COUNSELLED_STARTS,
    FOUR_HOURS,
    NO_SWITCHES,
    PLANNERS,
    WITHIN,
)
from braid.method.measures.starts import with_counted
from braid.method.measures.teams import in_period, later


def counselled_starts(
    tables: Relations,
    asked: ibis.Table,
    planners: Sequence[str] = PLANNERS,
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is COUNSELLED_STARTS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    rows = everybodys_starts(jobs, asked, basis, min_paid_hours)
    rows = rows.select("period", "unit_id", "job_id", "episode_id", "starts")
    talks = _talks(tables)
    found = rows.left_join(
        talks, [rows.episode_id == talks.talk_of, talks.talk_on < rows.starts]
    )
    told = _by_whom(found, planners)
    found = found.group_by("period", "unit_id", "job_id", "episode_id").agg(**told)
    return shaped(found.mutate(starts=1), COUNSELLED_STARTS)


def everybodys_starts(
    jobs: ibis.Table,
    asked: ibis.Table,
    basis: str,
    min_paid_hours: Decimal | None,
) -> ibis.Table:
    """Return the job starts of each period, of people in and out of work at referral."""
    spells = with_start(work_spells(jobs, basis), min_paid_hours)
    spells = with_counted(spells, people="everyone")
    periods = windows(asked).rename(known_on="as_of")
    spells = spells.filter(spells.counted)
    return spells.join(
        periods,
        [
            spells.as_of == periods.known_on,
            periods.opens <= spells.starts,
            spells.starts <= periods.closes,
        ],
    )


def _talks(tables: Relations) -> ibis.Table:
    """Return the talks on benefits."""
    talks = tables["plan_events"]
    talks = talks.filter(talks.kind == "benefits_counselling")
    return talks.select("by_role", talk_of="episode_id", talk_on="day")


def _by_whom(found: ibis.Table, planners: Sequence[str]) -> dict[str, Value]:
    role = found.by_role
    trained, own = role.isin(planners), role == "specialist"
    which = {
        "counselled": role.notnull(),
        "by_planner": trained,
        "by_specialist": own,
        "by_others": ~trained & ~own,
    }
    return {name: one(holds).max() for name, holds in which.items()}


def counselled_changes(
    tables: Relations,
    asked: ibis.Table,
    planners: Sequence[str] = PLANNERS,
    within: int = WITHIN,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is COUNSELLED_CHANGES."""
    rows = _changes(tables, asked, basis, profile, switches)
    rows = rows.mutate(until=later(rows.changed_on, ibis.literal(within)))
    talks = _talks(tables)
    found = rows.left_join(
        talks,
        [
            rows.episode_id == talks.talk_of,
            rows.changed_on <= talks.talk_on,
            talks.talk_on <= rows.until,
            talks.talk_on <= rows.as_of,
        ],
    )
    found = found.group_by(*rows.columns).agg(
        changes_counselled=one(found.by_role.notnull()).max(),
        changes_by_planner=one(found.by_role.isin(planners)).max(),
    )
    due = (found.changes_counselled == 1) | (found.until <= found.as_of)
    return shaped(
        found.mutate(changes=one(due), left_out=due.ifelse(None, "too_early")),
        COUNSELLED_CHANGES,
    )


def _changes(
    tables: Relations,
    asked: ibis.Table,
    basis: str,
    profile: Profile,
    switches: Switches,
) -> ibis.Table:
    """Return the terms after the first of a competitive job, begun on the caseload."""
    terms = tables["job_terms"]
    terms = terms.select(changed="job_id", changed_on="first_day").distinct()
    first = terms.group_by(first_of="changed").agg(first_on=terms.changed_on.min())
    terms = terms.join(first, [terms.changed == first.first_of])
    terms = terms.filter(terms.changed_on > terms.first_on)
    terms = in_period(terms, asked, "changed_on").rename(known_on="as_of")
    jobs = jobs_known(tables, asked, basis, profile, switches)
    rows = terms.join(
        jobs.filter(jobs.counts),
        [
            terms.changed == jobs.job_id,
            terms.known_on == jobs.as_of,
            jobs.enters <= terms.changed_on,
            terms.changed_on < jobs.exits,
        ],
    )
    return rows.select(
        *("period", "as_of", "unit_id", "job_id", "episode_id", "changed_on")
    )
