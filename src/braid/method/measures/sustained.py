"""The word about work that lasts for so many days, as an Ibis expression."""

from typing import Any

import ibis

from braid.method.measures.kept import alike, kept_of_periods, numbered
from braid.method.measures.populations import Relations, one
from braid.method.measures.reference.stays import Starting, part
from braid.method.measures.reference.sustained import SUSTAINED_DAYS
from braid.method.measures.stays import (
    PERSON,
    beside_start,
    counting_jobs,
    outcomes,
    start_key,
    starts_in,
    stays_of,
)
from braid.method.measures.teams import later
from braid.method.sustained import DaysRule
from braid.method.sustained.days import EXTRA_DAYS

WORK = (*PERSON, "who")


def sustained_days(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the rows of the word; its definition is SUSTAINED_DAYS."""
    of = part(Starting, given)
    return outcomes(judged_by_days(tables, asked, **given), tables, of, SUSTAINED_DAYS)


def judged_by_days(tables: Relations, asked: ibis.Table, **given: Any) -> ibis.Table:
    """Return the starts of each period with what came of each by the calendar."""
    of, rule = part(Starting, given), part(DaysRule, given)
    jobs = counting_jobs(tables, asked, of)
    stays = stays_of(jobs, tables, of)
    if given.get("successor", "any") == "any":
        stays = stays.mutate(who=ibis.literal(""))
    starts = starts_in(jobs, tables, asked, of)
    starts = starts.join(stays.select("as_of", "job_id", "who"), ["as_of", "job_id"])
    stays = _of_starters(stays, starts.select(*WORK).distinct())
    blocks = _blocks(stays, rule.max_gap_days)
    rows = _judged(_with_own(starts, stays, blocks), blocks, rule)
    return _with_known(rows, stays)


def work_key() -> tuple[str, ...]:
    """Return what tells apart the work whose spells may follow one another."""
    return alike("work", WORK)


@kept_of_periods
def _of_starters(stays: ibis.Table, works: ibis.Table) -> ibis.Table:
    """Return the stays at work of those who start."""
    return numbered(stays.semi_join(works, list(WORK)), "work", WORK)


@kept_of_periods
def _blocks(stays: ibis.Table, max_gap_days: int) -> ibis.Table:
    return blocks_of(stays, work_key(), max_gap_days)


@kept_of_periods
def _with_own(starts: ibis.Table, stays: ibis.Table, blocks: ibis.Table) -> ibis.Table:
    """Return the starts with the block that each lies in, and the days worked to it."""
    numbers = stays.select(*dict.fromkeys((*work_key(), *WORK))).distinct()
    starts = starts.join(numbers, list(WORK))
    own = blocks.select(
        *work_key(), "chain", own="block", own_first="first", own_last="last",
        own_before="worked_before",
    )  # fmt: skip
    found = starts.join(own, list(work_key()))
    found = found.filter(found.own_first <= found.begun, found.begun <= found.own_last)
    # Days worked up to the start, so that those after it can be told from a running sum.
    since = found.begun.delta(found.own_first, unit="day")
    return found.mutate(worked_to=found.own_before + since)


def blocks_of(
    spells: ibis.Table, same: tuple[str, ...], max_gap_days: int
) -> ibis.Table:
    """Return the merged spells of each `same`, told by the chain they belong to.

    Spells run from `starts` to `ends`. A block has `first`, `last`, its number `block`,
    its `chain`, and the days `worked_before` it. A gap of more than `max_gap_days` days
    between blocks begins a new chain.
    """
    order = {"group_by": same, "order_by": ["starts", "ends"]}
    earlier = ibis.window(**order, preceding=(None, 1), following=None)
    so_far = ibis.cumulative_window(**order)
    spells = spells.mutate(before=spells.ends.max().over(earlier))
    gap = spells.starts.delta(spells.before, unit="day") - 1
    spells = spells.mutate(apart=one(gap > 0), breaks=one(gap > max_gap_days))
    # A sum is wider than a day can be moved by; so it is made narrow.
    spells = spells.mutate(
        block=spells.apart.sum().over(so_far).cast("int32"),
        chain=spells.breaks.sum().over(so_far).cast("int32"),
    )
    blocks = spells.group_by(*same, "block", "chain").agg(
        first=spells.starts.min(), last=spells.ends.max()
    )
    blocks = blocks.mutate(worked=blocks["last"].delta(blocks["first"], unit="day") + 1)
    before = ibis.window(
        group_by=same, order_by="block", preceding=(None, 1), following=None
    )
    return blocks.mutate(
        worked_before=blocks.worked.sum().over(before).fill_null(0).cast("int32")
    )


def _judged(starts: ibis.Table, blocks: ibis.Table, rule: DaysRule) -> ibis.Table:
    """Return the starts with the day reached, the day of judgement, and what is open."""
    key = work_key()
    own = starts.select(
        *dict.fromkeys((*start_key(), *key, "chain", "own", "begun", "worked_to"))
    )
    rows = own.join(blocks, [*key, "chain"])
    rows = rows.filter(rows.block >= rows.own)
    if rule.max_gaps is not None:
        rows = rows.filter(rows.block - rows.own <= rule.max_gaps)
    rows = rows.mutate(reached_on=_reached_on(rows, rule))
    found = rows.group_by(*start_key()).agg(
        reached_on=rows.reached_on.min(),
        chain_last=rows["last"].max(),
        to_last=(rows.worked_before + rows.worked).max(),
        last_block=rows.block.max(),
    )
    return _with_days(beside_start(starts, found), rule)


def _reached_on(rows: ibis.Table, rule: DaysRule) -> ibis.Value:
    """Return the day within a block on which as many days are full as are asked for."""
    if rule.gaps_count:
        day = later(rows.begun, ibis.literal(rule.required - 1))
        return (rows["last"] >= day).ifelse(ibis.greatest(day, rows["first"]), None)
    nth = rows.worked_to + rule.required - rows.worked_before
    there = (nth > 0) & (nth <= rows.worked)
    # `nth` far outside the block would be no day; it is not asked for there.
    nth = there.ifelse(nth, 1)
    return there.ifelse(later(rows["first"], nth - 1), None)


def _with_days(found: ibis.Table, rule: DaysRule) -> ibis.Table:
    by_calendar = later(found.begun, ibis.literal(rule.n))
    if rule.gaps_count:
        closes_on = by_calendar
    else:
        whole = found.chain_last.delta(found.begun, unit="day") + 1
        bridged = whole - (found.to_last - found.worked_to)
        reached = later(found.reached_on, ibis.literal(1 - EXTRA_DAYS[rule.boundary]))
        closes_on = found.reached_on.isnull().ifelse(
            later(by_calendar, bridged), reached
        )
    idle = found.as_of.delta(found.chain_last, unit="day")
    may_follow = idle <= rule.max_gap_days
    if rule.max_gaps is not None:
        may_follow &= found.last_block - found.own < rule.max_gaps
    may_go_on = found.reached_on.isnull() & ((idle == 0) | may_follow)
    return found.mutate(closes_on=closes_on, may_go_on=may_go_on)


def _with_known(rows: ibis.Table, stays: ibis.Table) -> ibis.Table:
    """Return starts with `is_known`: somebody knew of work on the day reached."""
    key = work_key()
    seen = stays.select(
        *(stays[name].name(f"{name}_of") for name in key),
        since="starts",
        until=ibis.least(stays.ends, stays.seen_to),
    )
    same = [rows[name] == seen[f"{name}_of"] for name in key]
    known = rows.semi_join(
        seen, [*same, seen.since <= rows.reached_on, rows.reached_on <= seen.until]
    )
    known = known.select(*start_key()).mutate(seen=ibis.literal(True))
    rows = beside_start(rows, known)
    return rows.mutate(is_known=rows.reached_on.isnull() | rows.seen.notnull())
