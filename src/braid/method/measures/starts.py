"""Words about job starts, as Ibis expressions."""

from decimal import Decimal

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.in_work import jobs_known, with_start, work_spells
from braid.method.measures.populations import (
    Relations,
    caseload_bounds,
    first_of,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.starts import (
    FOUR_HOURS,
    IN_WORK,
    JOB_STARTS,
    NO_SWITCHES,
    UNPLACED,
    WAITS,
)


def job_starts(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is JOB_STARTS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    spells = _with_counted(with_start(work_spells(jobs), min_paid_hours))
    order = ibis.window(
        group_by=["unit_id", "as_of"],
        order_by=["person_key", "counted", "starts", "job_id"],
    )
    spells = spells.mutate(
        person_before=spells.person_key.lag().over(order),
        counted_before=spells.counted.lag().over(order),
    )
    # Of a person's spells those that are counted stand last.
    again = spells.counted_before & (spells.person_key == spells.person_before)
    first = spells.counted & ~again.fill_null(False)
    spells = spells.select(
        *("as_of", "unit_id", "person_key", "episode_id", "job_id", "placement"),
        *("starts", "counts", "in_queue", "at_referral", "on_caseload", "counted"),
        *("is_start", "by_length", "too_short"),
        first=first,
    )
    periods = windows(asked).rename(known_on="as_of")
    rows = spells.join(
        periods,
        [
            spells.as_of == periods.known_on,
            spells.starts >= periods.opens,
            spells.starts <= periods.closes,
        ],
    )
    on = rows.counts & rows.on_caseload
    rows = rows.mutate(
        job_starts=one(rows.counted),
        first_job_starts=one(rows["first"]),
        job_starts_without_minimum=one(on & (rows.at_referral == "out_of_work")),
        retention_new_jobs=one(on & rows.is_start & rows.at_referral.isin(IN_WORK)),
        hours_unknown=one(rows.counted & rows.by_length),
        left_out=_why_left_out(rows),
    )
    rows = shaped(rows, JOB_STARTS)
    amounts = [rows[amount] for amount in JOB_STARTS.amounts]
    return rows.filter(rows.left_out.notnull() | (ibis.greatest(*amounts) > 0))


def _with_counted(spells: ibis.Table) -> ibis.Table:
    """Return spells with `on_caseload` on their first day, and whether `counted`."""
    on = (spells.enters <= spells.starts) & (spells.starts < spells.exits)
    out_of_work = spells.at_referral == "out_of_work"
    on = on.fill_null(False)
    return spells.mutate(on_caseload=on, counted=spells.is_start & on & out_of_work)


def _why_left_out(rows: ibis.Table) -> ibis.Value:
    queued = rows.in_queue & rows.on_caseload
    return ibis.cases(
        (queued & rows.placement.isnull(), "placement_unknown"),
        (queued, "tests_open"),
        (rows.in_queue, None),
        (~rows.on_caseload, "outside_caseload"),
        *((rows.at_referral == code, why) for code, why in UNPLACED.items()),
        (rows.too_short, "too_short"),
    )


def waits(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is WAITS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    starts = _with_counted(with_start(work_spells(jobs), min_paid_hours))
    starts = starts.filter(starts.counted)
    starts = starts.select("job_id", "starts", in_episode="episode_id", by_day="as_of")
    episodes, periods = caseload_bounds(tables, basis), windows(asked)
    episodes = episodes.filter(episodes.at_referral.isin(("out_of_work", *UNPLACED)))
    rows = episodes.join(periods, [episodes.enters <= periods.as_of])
    rows = rows.left_join(
        starts,
        [rows.episode_id == starts.in_episode, rows.as_of == starts.by_day],
    )
    rows = first_of(rows, ["period", "episode_id"], day=rows.starts, job=rows.job_id)
    counted = rows.at_referral == "out_of_work"
    started = rows.starts.notnull()
    cut = ibis.greatest(rows.enters, ibis.least(rows.exits, rows.as_of))
    days = rows.starts.fill_null(cut).delta(rows.enters, unit="day")
    return shaped(
        rows.mutate(
            episodes=one(counted),
            starters=one(started),
            days=counted.ifelse(days, 0),
            event=one(started),
            left_out=ibis.cases(
                *((rows.at_referral == code, why) for code, why in UNPLACED.items())
            ),
        ),
        WAITS,
    )
