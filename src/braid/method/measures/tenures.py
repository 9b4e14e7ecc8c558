"""Words about how long jobs last, as Ibis expressions."""

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known, work_spells
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.held_jobs import UNVERIFIED
from braid.method.measures.reference.tenures import KEPT_JOBS, NO_SWITCHES, TENURES


def tenures(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    unverified_after: int = UNVERIFIED,
    cohort: str = "everyone",
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is TENURES."""
    rows = _spells(tables, asked, basis, profile, switches)
    rows = rows.filter(rows.enters <= rows.starts, rows.starts < rows.exits)
    if cohort == "period":
        rows = rows.filter(rows.opens <= rows.starts, rows.starts <= rows.closes)
    left = rows.exits <= rows.as_of
    before_exit = left.ifelse(rows.exits - ibis.interval(days=1), FOREVER).cast("date")
    ended = (rows.spell_ends < FOREVER) & (rows.spell_ends <= before_exit)
    silent = rows.as_of.delta(rows.confirmed, unit="day") > unverified_after
    last = ibis.cases(
        (ended, rows.spell_ends),
        (left, before_exit),
        (silent, rows.confirmed),
        else_=rows.as_of,
    )
    rows = rows.mutate(
        jobs=1,
        ended=one(ended),
        event=one(ended),
        exited=one(~ended & left),
        unverified=one(~ended & ~left & silent),
        going_on=one(~ended & ~left & ~silent),
        days=last.delta(rows.starts, unit="day") + 1,
    )
    return shaped(with_group(rows, tables, group), TENURES)


def kept_jobs(
    tables: Relations,
    asked: ibis.Table,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    group: str = "none",
) -> ibis.Table:
    """Return the rows of the word; its definition is KEPT_JOBS."""
    rows = _spells(tables, asked, basis, profile, switches, held_at_referral=True)
    rows = rows.filter(
        rows.enters < rows.exits, rows.enters <= rows.closes, rows.opens < rows.exits
    )
    before_exit = (rows.exits - ibis.interval(days=1)).cast("date")
    rows = rows.mutate(
        first=ibis.greatest(rows.enters, rows.opens),
        last=ibis.least(before_exit, rows.closes),
    )
    rows = rows.filter(rows.starts <= rows["first"], rows["first"] <= rows.spell_ends)
    kept = one(rows["last"] <= rows.spell_ends)
    rows = rows.mutate(held=1, kept=kept, lost=1 - kept)
    return shaped(with_group(rows, tables, group), KEPT_JOBS)


def _spells(
    tables: Relations,
    asked: ibis.Table,
    basis: str,
    profile: Profile,
    switches: Switches,
    held_at_referral: bool = False,
) -> ibis.Table:
    """Return the spells of competitive work as known for each period."""
    jobs = jobs_known(tables, asked, basis, profile, switches)
    spells = work_spells(jobs, basis, held_at_referral)
    spells = spells.filter(spells.counts)
    periods = windows(asked).rename(known_on="as_of")
    return spells.join(periods, [spells.as_of == periods.known_on])
