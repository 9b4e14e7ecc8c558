"""The word about how varied jobs are, as an Ibis expression."""

import ibis

from braid.method.competitive import Profile, Switches
from braid.method.measures.in_work import jobs_known
from braid.method.measures.populations import Relations, one, shaped, windows
from braid.method.measures.reference.job_variety import (
    DIGITS,
    NO_SWITCHES,
    PERCENT,
    VARIETY,
)


def variety(
    tables: Relations,
    asked: ibis.Table,
    apart: str = "occupation",
    percent: int = PERCENT,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> ibis.Table:
    """Return the rows of the word; its definition is VARIETY."""
    rows = jobs_held_in(tables, asked, basis, profile, switches)
    rows = _with_kind(rows, tables, apart)
    rows = rows.mutate(known=rows.kind.notnull())
    whole = ibis.window(group_by=["period", "unit_id"])
    alike = ibis.window(
        group_by=["period", "unit_id", "known", "kind"], order_by="job_id"
    )
    rows = rows.mutate(
        jobs=one(rows.known),
        number=one(rows.known).sum().over(whole),
        place=ibis.row_number().over(alike),
    )
    # In whole numbers: the share of all jobs, rounded up.
    cap = ibis.greatest(1, (percent * rows.number + 99) // 100)
    within = rows.place < cap
    return shaped(
        rows.mutate(
            kinds=one(rows.known & (rows.place == 0)),
            within_cap=one(rows.known & within),
            over_cap=one(rows.known & ~within),
            left_out=ibis.cases(
                (rows.known, None),
                (rows.counts, "kind_unknown"),
                else_="undetermined",
            ),
        ),
        VARIETY,
    )


def jobs_held_in(
    tables: Relations,
    asked: ibis.Table,
    basis: str,
    profile: Profile,
    switches: Switches,
) -> ibis.Table:
    """Return the jobs held on a day of each period that is on the caseload of theirs.

    Those that count as competitive, and those still in the queue.
    """
    jobs = jobs_known(tables, asked, basis, profile, switches)
    jobs = jobs.filter(jobs.counts | jobs.in_queue, jobs.starts <= jobs.ends)
    periods = windows(asked).rename(known_on="as_of")
    rows = jobs.join(
        periods,
        [
            jobs.as_of == periods.known_on,
            jobs.starts <= periods.closes,
            periods.opens <= jobs.ends,
        ],
    )
    first = ibis.greatest(rows.starts, rows.enters, rows.opens)
    last = ibis.least(rows.ends, rows.closes)
    return rows.filter(
        rows.enters.notnull(),
        first <= last,
        first < rows.exits,
        rows.enters < rows.exits,
    )


def _with_kind(rows: ibis.Table, tables: Relations, apart: str) -> ibis.Table:
    """Return jobs with what tells them apart; null where it is not known."""
    if apart == "occupation":
        kind = rows.occupation.nullif("").substr(0, DIGITS)
    else:
        kind = rows.employer_id.nullif("")
    rows = rows.mutate(kind=rows.counts.ifelse(kind, None))
    if apart != "chain":
        return rows
    heads = tables["employers"].select("parent_id", branch="employer_id")
    found = rows.left_join(heads, [rows.kind == heads.branch])
    return found.mutate(kind=found.parent_id.fill_null(found.kind))
