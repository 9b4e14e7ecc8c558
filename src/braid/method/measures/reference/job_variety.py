"""The word about how varied jobs are: kinds of job, or employers, and the cap on each."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.in_work import Job, jobs_by_day
from braid.method.measures.reference.populations import caseload_days, have_a_common_day
from braid.method.measures.words import (
    BASIS,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Tables,
    Word,
)

DIGITS = 4  # of ISCO-08: a unit group
PERCENT = 15
NO_SWITCHES = Switches()

VARIETY = Word(
    name="variety",
    family="job_variety",
    about="Competitive jobs held on at least one day of the period that is also on the "
    "caseload, told apart by occupation or by employer. The cap is a share of all jobs "
    "of the unit, rounded up, and at least one.",
    ids=("job_id", "episode_id"),
    keys=("kind",),
    amounts={
        "jobs": "jobs of which is known what tells them apart",
        "kinds": "different occupations or employers among them",
        "within_cap": "jobs, of each occupation or employer no more than the cap",
        "over_cap": "jobs above the cap of their occupation or employer",
    },
    left_out={
        "kind_unknown": "The occupation, or the employer, of this job is not known.",
        "undetermined": "Whether this job is competitive is not known yet.",
    },
    parameters={
        "apart": Parameter(
            "What tells jobs apart: the four digits of ISCO-08, the employer, or the "
            "chain that the employer belongs to.",
            "occupation",
            choices=("occupation", "employer", "chain"),
        ),
        "percent": Parameter(
            "The share of all jobs, in percent, that the cap is worked out from.",
            PERCENT,
            "number",
        ),
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
    },
)


def variety(
    tables: Tables,
    asked: Sequence[Asked],
    apart: str = "occupation",
    percent: int = PERCENT,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is VARIETY."""
    known = jobs_by_day(tables, asked, profile, switches)
    heads = {row["employer_id"]: row["parent_id"] for row in tables["employers"]}
    rows = []
    for each in asked:
        jobs = sorted(_held(known[each.as_of], each, basis), key=lambda job: job.id)
        kinds = {
            job.id: _kind(job, apart, heads) if job.verdict.counts else None
            for job in jobs
        }
        number = Counter(job.row["unit_id"] for job in jobs if kinds[job.id])
        met: Counter[tuple[str, str]] = Counter()
        for job in jobs:
            unit, kind = job.row["unit_id"], kinds[job.id]
            row = VARIETY.row(
                period=each.period,
                unit_id=unit,
                job_id=job.id,
                episode_id=job.row["episode_id"],
                kind=kind,
            )
            if kind is None:
                reason = "kind_unknown" if job.verdict.counts else "undetermined"
                rows.append(row | {"left_out": reason})
                continue
            place = met[unit, kind]
            met[unit, kind] += 1
            within = place < cap_of(number[unit], percent)
            counted = {"kinds": int(place == 0), "within_cap": int(within)}
            rows.append(row | {"jobs": 1, "over_cap": int(not within)} | counted)
    return rows


def cap_of(jobs: int, percent: int) -> int:
    """Return how many jobs of one kind count: the share rounded up, at least one."""
    return max(1, -(-percent * jobs // 100))


def _held(jobs: Sequence[Job], asked: Asked, basis: str) -> list[Job]:
    """Return the jobs, counted or in the queue, held in a period on the caseload."""
    found = []
    for job in jobs:
        on = caseload_days(job.episode, basis)
        if job.days is None or on is None:
            continue
        if not (job.verdict.counts or job.verdict.in_queue):
            continue
        if have_a_common_day(job.days, on, asked.days):
            found.append(job)
    return found


def _kind(job: Job, apart: str, heads: dict[Any, Any]) -> str | None:
    if apart == "occupation":
        code: str | None = job.row["occupation"]
        return code[:DIGITS] if code else None
    employer: str | None = job.row["employer_id"]
    head: str | None = heads.get(employer) if apart == "chain" else None
    return head or employer
