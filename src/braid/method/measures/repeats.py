"""Words about starts that a tariff may call forth, as Ibis expressions."""

import ibis
from ibis.expr.types import Value

from braid.method.competitive import Profile, Switches
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    first_of,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.repeats import (
    EMPLOYER_STARTS,
    FIRST_DAYS,
    NO_SWITCHES,
    REPEATED_STARTS,
    START_HOURS,
    THRESHOLDS,
)
from braid.method.measures.starts import job_starts

START = ("period", "unit_id", "job_id", "episode_id", "person_key")


def _begun(
    tables: Relations,
    asked: ibis.Table,
    basis: str,
    profile: Profile,
    switches: Switches,
) -> ibis.Table:
    """Return job starts with their first `day`, `employer` and the period's `as_of`."""
    rows = job_starts(
        tables, asked, basis, profile, switches=switches, people="everyone"
    )
    rows = rows.filter(rows.job_starts == 1).select(*START)
    jobs = tables["jobs"].select(
        of_job="job_id", day="first_day", employer="employer_id"
    )
    rows = rows.join(jobs, [rows.job_id == jobs.of_job]).drop("of_job")
    periods = windows(asked).select("as_of", in_period="period")
    return rows.join(periods, [rows.period == periods.in_period]).drop("in_period")


def repeated_starts(
    tables: Relations,
    asked: ibis.Table,
    gap_days: int = 30,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is REPEATED_STARTS."""
    rows, paid = _begun(tables, asked, basis, profile, switches), _paid_jobs(tables)
    met = rows.join(
        paid,
        [
            rows.unit_id == paid.paid_unit,
            rows.person_key == paid.paid_person,
            paid.begins < rows.day,
            paid.paid_on <= rows.as_of,
        ],
    )
    gap = met.day.delta(met.ends, unit="day") - 1
    met = met.mutate(
        soon=one((met.ends < met.day) & (gap <= gap_days)),
        same=one(met.employer == met.paid_employer),
    )
    met = met.group_by(of_period="period", of_job="job_id").agg(
        soon=met.soon.max(), same=met.same.max()
    )
    rows = rows.left_join(
        met, [rows.period == met.of_period, rows.job_id == met.of_job]
    )
    soon, same = rows.soon.fill_null(0), rows.same.fill_null(0)
    return shaped(
        rows.mutate(
            starts=1,
            soon_again=soon,
            same_employer=same,
            repeated=ibis.greatest(soon, same),
        ),
        REPEATED_STARTS,
    )


def _paid_jobs(tables: Relations) -> ibis.Table:
    """Return the jobs on a day of which something paid was reached, by person."""
    jobs = tables["jobs"].select(
        *("job_id", "episode_id", "employer_id"),
        begins="first_day",
        ends=tables["jobs"].last_day.fill_null(FOREVER),
    )
    people = tables["episodes"].select(
        in_episode="episode_id", paid_unit="unit_id", paid_person="person_key"
    )
    jobs = jobs.join(people, [jobs.episode_id == people.in_episode])
    claims = tables["claims"]
    claims = claims.filter(claims.paid_on.notnull()).select(
        "paid_on", "reached_on", claimed="episode_id"
    )
    found = jobs.join(
        claims,
        [
            jobs.episode_id == claims.claimed,
            jobs.begins <= claims.reached_on,
            claims.reached_on <= jobs.ends,
        ],
    )
    return found.group_by(
        "job_id",
        *("paid_unit", "paid_person", "begins", "ends"),
        paid_employer="employer_id",
    ).agg(paid_on=found.paid_on.min())


def employer_starts(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is EMPLOYER_STARTS."""
    rows = _begun(tables, asked, basis, profile, switches)
    known = rows.filter(rows.employer.notnull())
    sizes = known.group_by(
        of_period="period", of_unit="unit_id", largest="employer"
    ).agg(less=-known.count())
    most = first_of(
        sizes, ["of_period", "of_unit"], less=sizes.less, name=sizes.largest
    )
    rows = rows.left_join(
        most, [rows.period == most.of_period, rows.unit_id == most.of_unit]
    )
    is_known = rows.employer.notnull()
    return shaped(
        rows.mutate(
            starts=one(is_known),
            with_largest=one(rows.employer == rows.largest),
            left_out=is_known.ifelse(None, "employer_unknown"),
        ),
        EMPLOYER_STARTS,
    )


def start_hours(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is START_HOURS."""
    rows = _begun(tables, asked, basis, profile, switches)
    last = (rows.day + ibis.interval(days=FIRST_DAYS - 1)).cast("date")
    rows = rows.mutate(until=last, ends=ibis.least(last, rows.as_of))
    for found in (_paid(rows, tables["paid_work"]), _agreed(rows, tables["job_terms"])):
        rows = rows.left_join(
            found, [rows.period == found.of_period, rows.job_id == found.of_job]
        ).drop("of_period", "of_job")
    hours = ibis.coalesce(rows.paid_hours, rows.agreed_hours)
    days = ibis.coalesce(rows.paid_days, rows.agreed_days)
    rows = rows.select(*START, hours=hours, days=days)
    unknown = rows.filter(rows.days.isnull()).mutate(
        left_out=ibis.literal("hours_unknown")
    )
    known = rows.filter(rows.days.notnull())
    told = [shaped(unknown, START_HOURS)]
    for edge in THRESHOLDS:
        above = _within(known.hours, known.days, edge)
        below = _within(known.hours, known.days, edge - 1)
        row = known.mutate(
            threshold=ibis.literal(f"{edge}"), just_above=above, just_below=below
        )
        told.append(shaped(row, START_HOURS))
    return ibis.union(*told)


def _within(hours: Value, days: Value, edge: int) -> Value:
    return one((edge * days <= hours) & (hours < (edge + 1) * days))


def _paid(rows: ibis.Table, paid: ibis.Table) -> ibis.Table:
    """Return seven times the hours paid of the first days, and the days paid for."""
    paid = paid.filter(paid.hours.notnull()).select(
        "hours", of_job="job_id", begins="first_day", over="last_day"
    )
    starts = rows.select("day", "until", "as_of", of_period="period", started="job_id")
    found = paid.join(
        starts,
        [
            paid.of_job == starts.started,
            starts.day <= paid.begins,
            paid.begins <= starts.until,
            paid.over <= starts.as_of,
        ],
    )
    days = found.over.delta(found.begins, unit="day") + 1
    return found.group_by("of_period", "of_job").agg(
        paid_hours=(7 * found.hours).sum(), paid_days=days.sum()
    )


def _agreed(rows: ibis.Table, terms: ibis.Table) -> ibis.Table:
    """Return the weekly hours agreed for the first days, added up by day, and the days."""
    terms = terms.filter(terms.weekly_hours.notnull()).select(
        "weekly_hours",
        of_job="job_id",
        begins="first_day",
        over=terms.last_day.fill_null(FOREVER),
    )
    starts = rows.select("day", "ends", of_period="period", started="job_id")
    found = terms.join(starts, [terms.of_job == starts.started])
    found = found.mutate(
        one=ibis.greatest(found.begins, found.day),
        other=ibis.least(found.over, found.ends),
    )
    found = found.filter(found.one <= found.other)
    days = found.other.delta(found.one, unit="day") + 1
    return found.group_by("of_period", "of_job").agg(
        agreed_hours=(days * found.weekly_hours).sum(), agreed_days=days.sum()
    )
