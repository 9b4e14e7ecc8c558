"""Words about job starts, as Ibis expressions."""

from decimal import Decimal

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import (
    jobs_known,
    with_start,
    with_threshold,
    work_spells,
)
from braid.method.measures.populations import (
    Relations,
    caseload_bounds,
    first_of,
    one,
    shaped,
    windows,
    with_spell,
)
from braid.method.measures.reference.starts import (
    FOUR_HOURS,
    IN_WORK,
    JOB_STARTS,
    NO_SWITCHES,
    UNPLACED,
    WAITS,
)
from braid.method.measures.words import AREA


def job_starts(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
    scope: str = "person",
    dating: str = "first_shift",
    counted_from: str = "basis",
    people: str = "out_of_work",
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is JOB_STARTS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    spells = with_start(work_spells(jobs, basis), min_paid_hours)
    if dating == "threshold_met" and min_paid_hours is not None:
        spells = with_threshold(spells, jobs, tables, min_paid_hours)
    else:
        spells = spells.mutate(dated=spells.starts)
    spells = with_counted(spells, counted_from, people)
    spells = _with_first(spells, "person_key" if scope == "person" else "episode_id")
    periods = windows(asked).rename(known_on="as_of")
    rows = spells.join(
        periods,
        [
            spells.as_of == periods.known_on,
            spells.dated >= periods.opens,
            spells.dated <= periods.closes,
        ],
    )
    on, before = rows.counts & rows.on_caseload, rows.counts & rows.before_basis
    rows = rows.mutate(
        job_starts=one(rows.counted),
        first_job_starts=one(rows["first"]),
        job_starts_without_minimum=one(rows.counts & rows.among_people),
        retention_new_jobs=one(on & rows.is_start & rows.at_referral.isin(IN_WORK)),
        hours_unknown=one(rows.counted & rows.by_length),
        before_basis=one(before),
        left_out=_why_left_out(rows, people),
    )
    rows = shaped(_told(rows, tables, group), JOB_STARTS)
    amounts = [rows[amount] for amount in JOB_STARTS.amounts]
    return rows.filter(rows.left_out.notnull() | (ibis.greatest(*amounts) > 0))


def _told(rows: ibis.Table, tables: Relations, group: str) -> ibis.Table:
    """Return jobs with `group`: of the episode, or the area lived in on the day."""
    if group != AREA:
        return with_group(rows, tables, group)
    found = with_spell(
        rows, tables["residence"], AREA, "dated", same=("period", "job_id")
    )
    return found.rename(group=AREA)


def _with_first(spells: ibis.Table, of: str) -> ibis.Table:
    """Return spells with `first`: the earliest that is counted, of each value `of`."""
    order = ibis.window(
        group_by=["unit_id", "as_of"], order_by=[of, "counted", "starts", "job_id"]
    )
    spells = spells.mutate(
        one_before=spells[of].lag().over(order),
        counted_before=spells.counted.lag().over(order),
    )
    # Of one person's spells those that are counted stand last.
    again = spells.counted_before & (spells[of] == spells.one_before)
    first = spells.counted & ~again.fill_null(False)
    return spells.select(
        *("as_of", "unit_id", "person_key", "episode_id", "job_id", "placement"),
        *("dated", "counts", "in_queue", "at_referral", "on_caseload", "counted"),
        *("is_start", "by_length", "too_short", "before_basis", "among_people"),
        first=first,
    )


def with_counted(
    spells: ibis.Table, counted_from: str = "basis", people: str = "out_of_work"
) -> ibis.Table:
    """Return spells with `on_caseload` on their first day, and whether `counted`."""
    on = (spells.enters <= spells.starts) & (spells.starts < spells.exits)
    on = on.fill_null(False)
    since = (spells.referred <= spells.starts) & (spells.starts < spells.exits)
    since = on | since.fill_null(False)
    before = since & ~on
    on = since if counted_from == "referral" else on
    whose = spells.at_referral == "out_of_work" if people == "out_of_work" else on
    return spells.mutate(
        on_caseload=on,
        before_basis=before,
        among_people=on & whose,
        counted=spells.is_start & on & whose,
    )


def _why_left_out(rows: ibis.Table, people: str) -> ibis.Value:
    unplaced = UNPLACED.items() if people == "out_of_work" else ()
    queued = rows.in_queue & rows.on_caseload
    return ibis.cases(
        (queued & rows.placement.isnull(), "placement_unknown"),
        (queued, "tests_open"),
        (rows.in_queue, None),
        (~rows.on_caseload, "outside_caseload"),
        *((rows.at_referral == code, why) for code, why in unplaced),
        (rows.too_short, "too_short"),
    )


def waits(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
    cohort: str = "everyone",
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is WAITS."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    starts = with_counted(with_start(work_spells(jobs, basis), min_paid_hours))
    starts = starts.filter(starts.counted)
    starts = starts.select("job_id", "starts", in_episode="episode_id", by_day="as_of")
    episodes, periods = caseload_bounds(tables, basis), windows(asked)
    episodes = episodes.filter(episodes.at_referral.isin(("out_of_work", *UNPLACED)))
    rows = episodes.join(periods, [episodes.enters <= periods.as_of])
    if cohort == "period":
        rows = rows.filter(rows.opens <= rows.enters, rows.enters <= rows.closes)
    rows = rows.left_join(
        starts,
        [rows.episode_id == starts.in_episode, rows.as_of == starts.by_day],
    )
    rows = first_of(rows, ["period", "episode_id"], day=rows.starts, job=rows.job_id)
    rows = with_group(rows, tables, group)
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
