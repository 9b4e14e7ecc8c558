"""The word about work that lasts for so many days, as an Ibis expression."""

from typing import Any

import ibis

from braid.method.measures.populations import Relations, one
from braid.method.measures.reference.stays import Starting, part
from braid.method.measures.reference.sustained import SUSTAINED_DAYS
from braid.method.measures.stays import (
    PERSON,
    START,
    counting_jobs,
    outcomes,
    starts_in,
    stays_of,
)
from braid.method.measures.teams import later
from braid.method.sustained import DaysRule
from braid.method.sustained.days import EXTRA_DAYS


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
    people = starts.select(*PERSON, "who").distinct()
    stays = stays.semi_join(people, [*PERSON, "who"])
    blocks = blocks_of(stays, (*PERSON, "who"), rule.max_gap_days)
    rows = _judged(starts, blocks, rule)
    return _with_known(rows, stays)


def blocks_of(
    spells: ibis.Table, same: tuple[str, ...], max_gap_days: int
) -> ibis.Table:
    """Return the merged spells of each `same`, told by the chain they belong to.

    Spells run from `starts` to `ends`. A block has `first`, `last`, its number `block`,
    its `chain`, and the days `worked_before` it. A gap of more than `max_gap_days` days
    between blocks begins a new chain.
    """
    order = {"group_by": same, "order_by": ["starts", "ends", "job_id"]}
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
    same = (*PERSON, "who")
    own = blocks.select(
        *same, "chain", own="block", own_first="first", own_last="last",
        own_before="worked_before",
    )  # fmt: skip
    starts = starts.join(own, list(same))
    starts = starts.filter(
        starts.own_first <= starts.begun, starts.begun <= starts.own_last
    )
    # Days worked up to the start, so that those after it can be told from a running sum.
    since = starts.begun.delta(starts.own_first, unit="day")
    starts = starts.mutate(worked_to=starts.own_before + since)
    rows = starts.join(blocks, [*same, "chain"])
    rows = rows.filter(rows.block >= rows.own)
    if rule.max_gaps is not None:
        rows = rows.filter(rows.block - rows.own <= rule.max_gaps)
    rows = rows.mutate(reached_on=_reached_on(rows, rule))
    kept = ("as_of", "unit_id", "person_key", "episode_id", "who", "begun", "died_on")
    found = rows.group_by(*START, *kept, "worked_to", "own").agg(
        reached_on=rows.reached_on.min(),
        chain_last=rows["last"].max(),
        to_last=(rows.worked_before + rows.worked).max(),
        last_block=rows.block.max(),
    )
    return _with_days(found, rule)


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
    seen = stays.select(
        *(stays[name].name(f"{name}_of") for name in (*PERSON, "who")),
        since="starts",
        until=ibis.least(stays.ends, stays.seen_to),
    )
    same = [rows[name] == seen[f"{name}_of"] for name in (*PERSON, "who")]
    known = rows.semi_join(
        seen, [*same, seen.since <= rows.reached_on, rows.reached_on <= seen.until]
    )
    known = known.select(known_period="period", known_job="job_id")
    rows = rows.left_join(
        known, [rows.period == known.known_period, rows.job_id == known.known_job]
    )
    return rows.mutate(is_known=rows.reached_on.isnull() | rows.known_job.notnull())
