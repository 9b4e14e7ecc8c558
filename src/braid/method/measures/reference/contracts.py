"""Words that outcome contracts pay by: engagement, starts of a full day, trajectories.

Sources: the definitions of the British Mental Health and Employment Partnership for
engagement and start; those of the Dutch UWV scheme of 2017 for trajectories.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from braid.kernel.dates import add_months, days_between
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.in_work import (
    Job,
    WorkSpell,
    jobs_by_day,
    starts_on_caseload,
    work_spells,
)
from braid.method.measures.reference.populations import (
    BASIS_COLUMNS,
    by,
    person_of,
    spell,
)
from braid.method.measures.reference.stays import jobs_of_people, part
from braid.method.measures.words import (
    BASIS,
    GROUP,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

NO_SWITCHES = Switches()
FULL_DAY, PART_TIME_DAY, FULL_TIME = Decimal(8), Decimal(4), Decimal(30)
PAY_PERIOD = (28, 31)
"""The days of a pay period: four weeks, or one month."""

ENGAGED = Word(
    name="engaged",
    family="contracts",
    about="Episodes that began in the period by the basis, and whether the person is "
    "engaged: so many appointments kept from the first meaningful contact on, or a "
    "vocational profile.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "episodes": "episodes that began in the period",
        "engaged": "of these, engaged by the last day of the facts",
        "by_appointments": "engaged by appointments kept",
        "by_profile": "engaged by a vocational profile, whatever the appointments",
    },
    parameters={
        "basis": BASIS,
        "appointments": Parameter("How many appointments are asked for.", 3, "number"),
        "group": GROUP,
    },
)


def engaged(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    appointments: int = 3,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is ENGAGED."""
    kept = by(
        (r for r in tables["contacts"] if r["attended"] and r["with_applicant"]),
        "episode_id",
    )
    rows = []
    for each in asked:
        for episode in tables["episodes"]:
            began = episode[BASIS_COLUMNS[basis]]
            if began is None or not each.days.contains(began):
                continue
            entered = episode["entered_on"] or date.max
            days = [row["day"] for row in kept[episode["episode_id"]]]
            enough = sum(entered <= day <= each.as_of for day in days) >= appointments
            profile = (episode["profile_started_on"] or date.max) <= each.as_of
            rows.append(
                ENGAGED.row(
                    **_ids(each, episode),
                    episodes=1,
                    engaged=int(enough or profile),
                    by_appointments=int(enough),
                    by_profile=int(profile),
                )
            )
    return Groups(tables, group).told(rows)


def _ids(asked: Asked, episode: Row) -> dict[str, Any]:
    names = ("unit_id", "episode_id", "person_key")
    return {"period": asked.period} | {name: episode[name] for name in names}


FULL_DAY_STARTS = Word(
    name="full_day_starts",
    family="contracts",
    about="Spells of competitive work begun on the caseload in the period with a full "
    "day paid: four hours where fewer than 30 a week are agreed, else the hours of a "
    "day by contract, or eight.",
    ids=("job_id", "episode_id", "person_key"),
    keys=("group",),
    amounts={
        "full_day_starts": "starts with a full day paid",
        "first_full_day_starts": "of these, the earliest of the person",
        "full_day_unknown": "starts taken from the length of the spell, for hours are "
        "not recorded",
        "not_yet": "spells without a full day paid yet",
    },
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
        "group": GROUP,
    },
)


def full_day_starts(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is FULL_DAY_STARTS."""
    terms = by(tables["job_terms"], "job_id")
    known = jobs_by_day(tables, asked, profile, switches)
    rows = []
    for each in asked:
        begun = [
            (found, found.start(full_day_of(found, terms[found.job.id]), each.as_of))
            for found in work_spells(known[each.as_of])
            if starts_on_caseload(found.job, basis)
        ]
        order = sorted(
            (found.days.first_day, found.job.id, found.job.person)
            for found, start in begun
            if start.counts
        )
        first = {person: job for _, job, person in reversed(order)}
        for found, start in begun:
            if each.days.contains(found.days.first_day):
                row = FULL_DAY_STARTS.row(
                    **_ids(each, found.job.episode),
                    job_id=found.job.id,
                    full_day_starts=int(start.counts),
                    first_full_day_starts=int(
                        first.get(found.job.person) == found.job.id
                    ),
                    full_day_unknown=int(start.flag == "hours_unknown"),
                    not_yet=int(not start.counts),
                )
                rows.append(row)
    return Groups(tables, group).told(rows)


def full_day_of(found: WorkSpell, terms: Sequence[Row]) -> Decimal:
    """Return the paid hours that make a full day of the first job of a spell."""
    day = found.days.first_day
    holding = [row for row in terms if spell(row).contains(day)]
    latest = max(holding, key=lambda row: row["first_day"], default=None)
    weekly = latest["weekly_hours"] if latest else None
    if weekly is not None and weekly < FULL_TIME:
        return PART_TIME_DAY
    contracted: Decimal | None = found.job.row["contracted_daily_hours"]
    return FULL_DAY if contracted is None else contracted


TRAJECTORIES = Word(
    name="trajectories",
    family="contracts",
    about="Trajectories whose written consent by the funder lies in the period, the first "
    "of each episode, and what came of each.",
    ids=("episode_id", "person_key", "job_id"),
    amounts={
        "trajectories": "trajectories started: the funder's written consent",
        "resumed": "of these, with a first day really worked within the trajectory",
        "days_to_resumption": "days from consent to that day",
        "placed": "of these, with a pay period of four weeks or a month that holds "
        "enough hours",
        "days_to_placement": "days from consent to the end of the first such pay period",
    },
    parameters={
        "profile": PROFILE,
        "switches": SWITCHES,
        "months": Parameter("How many months a trajectory lasts.", 36, "number"),
        "hours": Parameter(
            "The hours that a pay period must hold.", Decimal(48), "amount"
        ),
    },
)


@dataclass(frozen=True, slots=True)
class Trajectory:
    """How long a trajectory lasts, and what makes a placement."""

    profile: Profile = "strict"
    switches: Switches = NO_SWITCHES
    months: int = 36
    hours: Decimal = Decimal(48)


def trajectories(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is TRAJECTORIES."""
    of = part(Trajectory, given)
    known = jobs_by_day(tables, asked, of.profile, of.switches)
    consents = by(
        (row for row in tables["funder_events"] if row["kind"] == "consent"),
        "episode_id",
    )
    paid = by((row for row in tables["paid_work"] if (row["hours"] or 0) > 0), "job_id")
    rows = []
    for each in asked:
        jobs = jobs_of_people(known[each.as_of])
        for episode in tables["episodes"]:
            days = [row["day"] for row in consents[episode["episode_id"]]]
            if days and each.days.contains(min(days)):
                own = jobs.get(person_of(episode), [])
                rows.append(
                    TRAJECTORIES.row(
                        **_ids(each, episode),
                        **_trajectory(min(days), own, paid, each.as_of, of),
                    )
                )
    return rows


def _trajectory(
    consent: date,
    jobs: Sequence[Job],
    paid: dict[str, list[Row]],
    as_of: date,
    of: Trajectory,
) -> dict[str, Any]:
    """Return what came of a trajectory."""
    last = add_months(consent, of.months) - timedelta(1)
    worked = [
        (first, row["last_day"], job.id, row)
        for job in jobs
        if not job.row["held_at_referral"]
        for row in paid[job.id]
        for first in [_first_worked(job, row, consent)]
        if first is not None and first <= last and row["last_day"] <= as_of
    ]
    placed = [
        (end, job)
        for _, end, job, row in worked
        if PAY_PERIOD[0] <= spell(row).days(date.max) <= PAY_PERIOD[1]
        and row["hours"] >= of.hours
    ]
    sums: dict[str, Any] = {"trajectories": 1}
    if worked:
        first, _, job, _ = min(worked, key=lambda found: (found[0], found[2]))
        sums |= {"resumed": 1, "job_id": job}
        sums["days_to_resumption"] = days_between(consent, first)
    if placed:
        sums |= {
            "placed": 1,
            "days_to_placement": days_between(consent, min(placed)[0]),
        }
    return sums


def _first_worked(job: Job, row: Row, consent: date) -> date | None:
    """Return the first day of paid work in a job that counts, from consent on."""
    days = job.days
    if days is None or row["first_day"] < consent:
        return None
    first: date = row["first_day"]
    return first if days.contains(first) else None
