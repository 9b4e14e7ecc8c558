"""The word about jobs as they stand on a day, as an Ibis expression."""

from decimal import Decimal

import ibis
from ibis.expr.types import Value

from braid.method.competitive import Profile, Switches
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    first_of,
    on_caseload,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.held_jobs import (
    HELD_JOBS,
    HOUR_BANDS,
    NO_HOURS,
    NO_SWITCHES,
    OF_A_YEAR,
    UNVERIFIED,
    WEEKS,
)


def held_jobs(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    unverified_after: int = UNVERIFIED,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is HELD_JOBS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    periods = windows(asked).rename(known_on="as_of")
    rows = jobs.join(
        periods,
        [
            jobs.as_of == periods.known_on,
            jobs.first_day <= periods.closes,
            jobs.last_day >= periods.closes,
        ],
    )
    heard = (rows.last_confirmed_on <= rows.as_of).ifelse(rows.last_confirmed_on, None)
    news = ibis.greatest(heard.fill_null(rows.starts), rows.starts)
    volunteering = (rows.placement == "volunteering").fill_null(False)
    rows = rows.mutate(
        volunteering=volunteering,
        competitive=rows.counts
        & (rows.starts <= rows.closes).fill_null(False)
        & (rows.starts <= rows.ends).fill_null(False)
        & ~volunteering,
        stale=(rows.ends == FOREVER)
        & (rows.closes.delta(news, unit="day") > unverified_after),
    )
    rows = rows.semi_join(
        on_caseload(tables, asked, basis), ["period", "unit_id", "person_key"]
    )
    rows = _with_employer(_with_terms(rows, tables), tables)
    rows = rows.mutate(
        jobs=one(~rows.volunteering),
        undetermined=one(rows.in_queue & ~rows.volunteering),
        unverified=one(rows.competitive & rows.stale),
        competitive=one(rows.competitive),
        left_out=rows.volunteering.ifelse("volunteering", None),
    )
    return shaped(with_group(rows, tables, group), HELD_JOBS)


def _with_terms(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return jobs with hours, pay and currency in force; competitive ones only."""
    terms = tables["job_terms"]
    terms = terms.select(
        *("weekly_hours", "pay", "pay_unit", "currency"),
        terms_of=terms.job_id,
        since=terms.first_day,
        until=terms.last_day.fill_null(FOREVER),
    )
    found = rows.left_join(
        terms,
        [
            rows.job_id == terms.terms_of,
            rows.competitive,
            terms.since <= rows.closes,
            rows.closes <= terms.until,
        ],
    )
    age = found.closes.delta(found.since, unit="day")
    found = first_of(found, ["period", "job_id"], age=age)
    found = _with_daily_hours(found, tables)
    hours, pay = found.weekly_hours, _hourly_pay(found)
    bands = ((hours < ibis.literal(edge), band) for band, edge in HOUR_BANDS.items())
    nothing = ibis.literal(Decimal(0)).cast("decimal(18, 4)")
    return found.select(
        *rows.columns,
        "currency",
        band=ibis.cases(
            (~found.competitive, None),
            (hours.isnull(), NO_HOURS),
            *bands,
            else_="30_and_over",
        ),
        hours_known=one(hours.notnull()),
        weekly_hours=hours.fill_null(nothing),
        pay_known=one(pay.notnull()),
        hourly_pay=pay.fill_null(nothing),
    )


def _with_daily_hours(rows: ibis.Table, tables: Relations) -> ibis.Table:
    daily = tables["jobs"].select(
        daily_of="job_id", daily_hours="contracted_daily_hours"
    )
    return rows.left_join(daily, [rows.job_id == daily.daily_of])


def _hourly_pay(rows: ibis.Table) -> Value:
    """Return pay per hour to two decimals, in whole numbers: exact in every engine."""
    unit = rows.pay_unit
    hours = ibis.cases(
        (unit == "hour", ibis.literal(Decimal(1)).cast("decimal(18, 4)")),
        (unit == "day", rows.daily_hours),
        else_=rows.weekly_hours,
    )
    parts = ibis.cases(
        *((unit == name, number) for name, number in OF_A_YEAR.items()), else_=WEEKS
    )
    above = _ten_thousandths(rows.pay) * 100 * parts
    below = _ten_thousandths(hours.nullif(ibis.literal(Decimal(0)))) * WEEKS
    cents = (2 * above + below) // (2 * below)
    cents = unit.isnull().ifelse(None, cents)
    return (cents.cast("decimal(18, 0)") * ibis.literal(Decimal("0.01"))).cast(
        "decimal(18, 4)"
    )


def _ten_thousandths(amount: Value) -> Value:
    return (amount * 10_000).cast("int64")


def _with_employer(rows: ibis.Table, tables: Relations) -> ibis.Table:
    """Return jobs with what is known of the employer, and the group of occupation."""
    employers = tables["employers"].select("size", "industry", known_as="employer_id")
    found = rows.left_join(
        employers, [rows.employer_id == employers.known_as, ~rows.volunteering]
    )
    occupation = found.occupation.nullif("").substr(0, 1)
    return found.mutate(occupation_group=found.volunteering.ifelse(None, occupation))
