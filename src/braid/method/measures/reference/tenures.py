"""Words about how long jobs last, and whether those held at referral were kept."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import days_between
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.held_jobs import UNVERIFIED, UNVERIFIED_AFTER
from braid.method.measures.reference.in_work import (
    WorkSpell,
    jobs_by_day,
    starts_on_caseload,
    work_spells,
)
from braid.method.measures.reference.populations import caseload_days
from braid.method.measures.reference.starts import COHORT
from braid.method.measures.words import (
    BASIS,
    GROUP,
    PROFILE,
    SWITCHES,
    Asked,
    Tables,
    Word,
)

NO_SWITCHES = Switches()

TENURES = Word(
    name="tenures",
    family="tenures",
    about="Spells of competitive work begun on the caseload by the last day of the "
    "facts, held at referral left out, with their days so far. A spell is followed to "
    "its end, to exit, to the last day of the facts, or to the last news of it.",
    ids=("job_id", "episode_id"),
    keys=("placement", "group"),
    amounts={
        "jobs": "spells of work",
        "ended": "of these, ended while on the caseload",
        "going_on": "of these, going on, with news lately",
        "unverified": "of these, going on, with no news for longer than allowed",
        "exited": "of these, going on when the person left the caseload",
        "days": "days in the job, as far as it was followed",
        "event": "1 where the days end with the job, 0 where they were cut",
    },
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
        "unverified_after": UNVERIFIED_AFTER,
        "cohort": COHORT,
        "group": GROUP,
    },
)


def tenures(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    unverified_after: int = UNVERIFIED,
    cohort: str = "everyone",
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is TENURES."""
    known = jobs_by_day(tables, asked, profile, switches)
    rows = [
        _tenure_row(each, spell, unverified_after)
        for each in asked
        for spell in work_spells(known[each.as_of])
        if starts_on_caseload(spell.job, basis)
        and (cohort == "everyone" or each.days.contains(spell.days.first_day))
    ]
    return Groups(tables, group).told(rows)


def _tenure_row(
    asked: Asked, spell: WorkSpell, unverified_after: int
) -> dict[str, Any]:
    how, last = _followed(asked, spell, unverified_after)
    return TENURES.row(
        period=asked.period,
        unit_id=spell.job.row["unit_id"],
        job_id=spell.job.id,
        episode_id=spell.job.row["episode_id"],
        placement=spell.job.row["placement"],
        jobs=1,
        days=days_between(spell.days.first_day, last) + 1,
        event=int(how == "ended"),
        **{how: 1},
    )


def _followed(
    asked: Asked, spell: WorkSpell, unverified_after: int
) -> tuple[str, date]:
    """Return how a spell stands, and the last day on which it was followed."""
    exited = spell.job.episode["exited_on"]
    before_exit = exited - timedelta(1) if exited and exited <= asked.as_of else None
    last = spell.days.last_day
    if last is not None and (before_exit is None or last <= before_exit):
        return "ended", last
    if before_exit is not None:
        return "exited", before_exit
    if days_between(spell.confirmed, asked.as_of) > unverified_after:
        return "unverified", spell.confirmed
    return "going_on", asked.as_of


KEPT_JOBS = Word(
    name="kept_jobs",
    family="tenures",
    about="Competitive jobs held at referral and still held on the first day of the "
    "period on which the person was on the caseload; a stream of its own, in no "
    "placement rate.",
    ids=("job_id", "episode_id"),
    keys=("group",),
    amounts={
        "held": "jobs held on that first day",
        "kept": "of these, still held on the last day of the period on the caseload",
        "lost": "of these, ended before",
    },
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
        "group": GROUP,
    },
)


def kept_jobs(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is KEPT_JOBS."""
    known = jobs_by_day(tables, asked, profile, switches)
    rows = []
    for each in asked:
        for spell in work_spells(known[each.as_of], held_at_referral=True):
            on = caseload_days(spell.job.episode, basis)
            if on is None or not on.overlaps(each.days):
                continue
            first = max(on.first_day, each.first_day)
            last = min(on.last_day or each.last_day, each.last_day)
            if spell.days.contains(first):
                kept = int(spell.days.contains(last))
                rows.append(
                    KEPT_JOBS.row(
                        period=each.period,
                        unit_id=spell.job.row["unit_id"],
                        job_id=spell.job.id,
                        episode_id=spell.job.row["episode_id"],
                        held=1,
                        kept=kept,
                        lost=1 - kept,
                    )
                )
    return Groups(tables, group).told(rows)
