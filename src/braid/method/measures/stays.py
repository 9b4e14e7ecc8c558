"""How long work lasts after a start, as Ibis expressions: starts, stays, outcomes."""

from collections.abc import Sequence

import ibis

from braid.method.measures.equity import with_group
from braid.method.measures.in_work import jobs_known, with_start, work_spells
from braid.method.measures.kept import alike, kept, kept_of_periods, numbered
from braid.method.measures.populations import (
    FOREVER,
    Relations,
    first_of,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.stays import RANK, Starting
from braid.method.measures.starts import with_counted
from braid.method.measures.words import Word

PERSON = ("as_of", "unit_id", "person_key")
START = ("period", "job_id")


def start_key() -> tuple[str, ...]:
    """Return what tells one start from another."""
    return alike("start", START)


def beside_start(rows: ibis.Table, found: ibis.Table) -> ibis.Table:
    """Return starts with what was found of each; null where nothing was."""
    key = start_key()
    found = found.rename({f"found_{name}": name for name in key})
    same = [rows[name] == found[f"found_{name}"] for name in key]
    return rows.left_join(found, same).drop(*(f"found_{name}" for name in key))


def counting_jobs(tables: Relations, asked: ibis.Table, of: Starting) -> ibis.Table:
    """Return the jobs known on each `as_of`, with `who` is worked for."""
    jobs = jobs_known(tables, asked, of.basis, of.profile, of.switches)
    return jobs.mutate(who=employer_of(jobs))


def employer_of(jobs: ibis.Table) -> ibis.Value:
    """Return who is worked for; an employer not known is never the same."""
    return ibis.coalesce("employer " + jobs.employer_id, "job " + jobs.job_id)


@kept_of_periods
def starts_in(
    jobs: ibis.Table, tables: Relations, asked: ibis.Table, of: Starting
) -> ibis.Table:
    """Return the counted starts of each period with `died_on` of their episode."""
    spells = with_counted(with_start(work_spells(jobs, of.basis), of.min_paid_hours))
    spells = spells.filter(spells.counted).select(
        *PERSON, "job_id", "episode_id", begun="starts", known_on="as_of"
    )
    periods = windows(asked).rename(asked_on="as_of")
    rows = spells.join(
        periods,
        [
            spells.known_on == periods.asked_on,
            spells.begun >= periods.opens,
            spells.begun <= periods.closes,
        ],
    ).select("period", *spells.columns[:-1])
    deaths = tables["episodes"]
    deaths = deaths.filter(deaths.exit_reason == "deceased").select(
        died="episode_id", died_on="exited_on"
    )
    rows = rows.left_join(
        deaths, [rows.episode_id == deaths.died, deaths.died_on <= rows.as_of]
    )
    return numbered(rows.drop("died"), "start", START)


@kept
def stays_of(jobs: ibis.Table, tables: Relations, of: Starting) -> ibis.Table:
    """Return the jobs that count with `ends`, at most `as_of`, and `seen_to`.

    `seen_to` is before `ends` where an open job was lost from sight.
    """
    jobs = jobs.filter(jobs.counts, jobs.starts <= jobs.ends)
    jobs = jobs.select(
        *PERSON, "job_id", "who", "episode_id", "starts", "exits", "ends"
    )
    lost = _lost(jobs, tables, of)
    found = jobs.left_join(
        lost, [jobs.job_id == lost.lost_job, jobs.as_of == lost.lost_by]
    ).drop("lost_job", "lost_by")
    ends = ibis.least(found.ends, found.as_of)
    return found.mutate(ends=ends, seen_to=found.seen_to.fill_null(ends))


def _lost(jobs: ibis.Table, tables: Relations, of: Starting) -> ibis.Table:
    """Return the open jobs lost from sight, with the last day they were known of."""
    left = tables["episodes"]
    left = left.filter(left.exit_reason.isin(of.unseen)).select(left="episode_id")
    lost = jobs.filter(jobs.ends == FOREVER, jobs.exits <= jobs.as_of)
    lost = lost.semi_join(left, lost.episode_id == left.left)
    told = tables["jobs"].select(told_of="job_id", told_on="last_confirmed_on")
    lost = lost.left_join(
        told, [lost.job_id == told.told_of, told.told_on <= lost.as_of]
    )
    paid = tables["paid_work"]
    paid = paid.filter(paid.hours > 0).select(paid_of="job_id", paid_to="last_day")
    lost = lost.left_join(
        paid, [lost.job_id == paid.paid_of, paid.paid_to <= lost.as_of]
    )
    before = (lost.exits - ibis.interval(days=1)).cast("date")
    lost = lost.mutate(
        seen=ibis.greatest(
            before, lost.told_on.fill_null(before), lost.paid_to.fill_null(before)
        )
    )
    return lost.group_by(lost_job=lost.job_id, lost_by=lost.as_of).agg(
        seen_to=lost.seen.max()
    )


def outcomes(
    rows: ibis.Table,
    tables: Relations,
    of: Starting,
    word: Word,
    bands: Sequence[str] = (),
) -> ibis.Table:
    """Return the rows of a word from starts with what came of them.

    Of each is known `reached_on`, null where nothing was reached; `closes_on`;
    `is_known` and `may_go_on`. With `bands`, what lasted has the `band` it lies in. See
    `method.sustained.milestones.judged`.
    """
    last = rows.reached_on.fill_null(rows.closes_on)
    died = (rows.died_on <= last).fill_null(False)
    status = ibis.cases(
        (died, "died"),
        ((rows.closes_on > rows.as_of) | rows.may_go_on, "immature"),
        (~rows.is_known, "unknown"),
        (rows.reached_on.isnull(), "not_sustained"),
        else_="sustained",
    )
    rows = rows.mutate(status=status)
    if of.scope == "person":
        ranks = ((rows.status == name, rank) for name, rank in RANK.items())
        rows = first_of(
            rows,
            ["period", "unit_id", "person_key"],
            rank=ibis.cases(*ranks),
            day=rows.begun,
            job=rows.job_id,
        )
    alive, lasted = rows.status != "died", rows.status == "sustained"
    rows = with_group(rows, tables, of.group)
    return shaped(
        rows.mutate(
            starts=one(alive),
            mature_starts=one(alive & (rows.status != "immature")),
            left_out=alive.ifelse(None, "died"),
            **{name: one(rows.status == name) for name in RANK if name != "died"},
            **{name: one(lasted & (rows.band == name)) for name in bands},
        ),
        word,
    )
