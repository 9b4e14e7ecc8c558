"""Words about job starts: those of a period, and how long people waited for one."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from braid.kernel.dates import days_between
from braid.method.competitive import Profile, Start, Switches
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.in_work import (
    Job,
    jobs_by_day,
    starts_on_caseload,
    work_spells,
)
from braid.method.measures.reference.populations import (
    BASIS_COLUMNS,
    Person,
    by,
    on_day,
)
from braid.method.measures.words import (
    AREA,
    BASIS,
    GROUP,
    GROUP_OR_AREA,
    MIN_PAID_HOURS,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

FOUR_HOURS = Decimal(4)
NO_SWITCHES = Switches()
IN_WORK = ("employed_seeking", "employed_retention")
UNPLACED = {"unknown": "at_referral_unknown", "education": "in_education"}
"""What was known at referral and is neither in nor out of work, with its reason."""

SCOPE = Parameter(
    "Of what the first start is the earliest: of the person, over all episodes, or of "
    "each episode.",
    "person",
    choices=("person", "episode"),
)
DATING = Parameter(
    "The day of a start: its first shift, or the day by which the hours paid reach the "
    "minimum. A start by length is dated on its first day in both.",
    "first_shift",
    choices=("first_shift", "threshold_met"),
)
COUNTED_FROM = Parameter(
    "From which day a job may start: from the day of the basis, or already from "
    "referral.",
    "basis",
    choices=("basis", "referral"),
)
PEOPLE = Parameter(
    "Whose starts are counted: those of people out of work at referral, or everybody's.",
    "out_of_work",
    choices=("out_of_work", "everyone"),
)
JOB_STARTS = Word(
    name="job_starts",
    family="starts",
    about="Spells of competitive work whose first day lies in the period and on the "
    "caseload, with enough paid hours.",
    ids=("job_id", "episode_id", "person_key"),
    keys=("group",),
    amounts={
        "job_starts": "starts of people out of work at referral, or of everybody",
        "first_job_starts": "of these, the earliest of the person or of the episode",
        "job_starts_without_minimum": "those starts, however few hours",
        "retention_new_jobs": "starts of people in work at referral; unless everybody "
        "counts, in no other sum",
        "hours_unknown": "job starts taken from the length of the spell",
        "before_basis": "spells begun from referral on, but before the day of the basis",
    },
    left_out={
        "placement_unknown": "The kind of this job is not known.",
        "tests_open": "Whether this job is competitive is not known yet.",
        "outside_caseload": "Begun before or after the time on the caseload.",
        "at_referral_unknown": "Whether the person was in work at referral is not known.",
        "in_education": "The person was in education at referral.",
        "too_short": "Ended within a week, with paid hours not known.",
    },
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "min_paid_hours": MIN_PAID_HOURS,
        "switches": SWITCHES,
        "scope": SCOPE,
        "dating": DATING,
        "counted_from": COUNTED_FROM,
        "people": PEOPLE,
        "group": GROUP_OR_AREA,
    },
)


@dataclass(frozen=True, slots=True)
class Begun:
    """A spell of work that has begun, and whether it did on the caseload.

    `day` is its first, `dated` the one by which it is counted in a period.
    """

    job: Job
    day: date
    on_caseload: bool
    start: Start
    dated: date
    before_basis: bool = False
    everyone: bool = False

    @property
    def at_referral(self) -> str:
        return str(self.job.episode["at_referral"]) if self.on_caseload else ""

    @property
    def counted(self) -> bool:
        """Say whether it is a job start of somebody out of work at referral."""
        return self.start.counts and self.among_people

    @property
    def among_people(self) -> bool:
        """Say whether it was begun on the caseload by somebody whose starts count."""
        return self.on_caseload and (self.everyone or self.at_referral == "out_of_work")


def job_starts(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
    scope: str = "person",
    dating: str = "first_shift",
    counted_from: str = "basis",
    people: str = "out_of_work",
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is JOB_STARTS."""
    known = jobs_by_day(tables, asked, profile, switches)
    rows, near = [], _Told(tables, group)
    for each in asked:
        jobs = known[each.as_of]
        begun = begun_spells(
            jobs,
            basis,
            min_paid_hours,
            each.as_of,
            dating=dating,
            counted_from=counted_from,
            people=people,
        )
        first = _first_of(begun, scope)
        rows += [
            _row(each, found, found.job.id in first) | near.of(found.job, found.dated)
            for found in begun
            if each.days.contains(found.dated)
        ]
        rows += [
            _queued_row(each, job) | near.of(job, job.days.first_day)
            for job in jobs
            if job.verdict.in_queue
            and not job.row["held_at_referral"]
            and starts_on_caseload(job, basis, counted_from)
            and job.days
            and each.days.contains(job.days.first_day)
        ]
    return [row for row in rows if row["left_out"] or _says_something(row)]


class _Told:
    """The group of a job's episode, or the area lived in on a day."""

    def __init__(self, tables: Tables, group: str) -> None:
        self._by_area = group == AREA
        self._groups = Groups(tables, group)
        self._lived = by(tables["residence"], "episode_id")

    def of(self, job: Job, day: date) -> dict[str, str | None]:
        """Return the key `group` of a row about a job on a day."""
        episode = job.row["episode_id"]
        if self._by_area:
            return {"group": on_day(self._lived[episode], day, "area")}
        return {"group": self._groups.of(episode)}


def begun_spells(
    jobs: Sequence[Job],
    basis: str,
    min_paid_hours: Decimal | None,
    as_of: date,
    dating: str = "first_shift",
    counted_from: str = "basis",
    people: str = "out_of_work",
) -> list[Begun]:
    """Return the spells of work begun by a day, and whether they are counted."""
    return [
        Begun(
            spell.job,
            spell.days.first_day,
            starts_on_caseload(spell.job, basis, counted_from),
            spell.start(min_paid_hours, as_of),
            spell.dated(min_paid_hours, dating),
            starts_on_caseload(spell.job, basis, "referral")
            and not starts_on_caseload(spell.job, basis),
            people == "everyone",
        )
        for spell in work_spells(jobs)
    ]


def _first_of(begun: Sequence[Begun], scope: str) -> set[str]:
    """Return the job of the earliest counted start of every person, or episode."""
    found: dict[Person | str, list[tuple[date, str]]] = defaultdict(list)
    for each in begun:
        if each.counted:
            of: Person | str = each.job.person
            if scope == "episode":
                of = str(each.job.row["episode_id"])
            found[of].append((each.day, each.job.id))
    return {min(starts)[1] for starts in found.values()}


def _row(asked: Asked, found: Begun, first: bool) -> dict[str, Any]:
    return JOB_STARTS.row(
        **_ids(asked, found.job),
        job_starts=int(found.counted),
        first_job_starts=int(first),
        job_starts_without_minimum=int(found.among_people),
        retention_new_jobs=int(found.start.counts and found.at_referral in IN_WORK),
        hours_unknown=int(found.counted and found.start.flag == "hours_unknown"),
        before_basis=int(found.before_basis),
        left_out=_why_left_out(found),
    )


def _why_left_out(found: Begun) -> str | None:
    if not found.on_caseload:
        return "outside_caseload"
    if found.at_referral in UNPLACED and not found.everyone:
        return UNPLACED[found.at_referral]
    return "too_short" if found.start.flag == "too_short" else None


def _queued_row(asked: Asked, job: Job) -> dict[str, Any]:
    unknown = job.row["placement"] is None
    return JOB_STARTS.row(
        **_ids(asked, job),
        left_out="placement_unknown" if unknown else "tests_open",
    )


def _ids(asked: Asked, job: Job) -> dict[str, Any]:
    return {
        "period": asked.period,
        "unit_id": job.row["unit_id"],
        "job_id": job.id,
        "episode_id": job.row["episode_id"],
        "person_key": job.person[1],
    }


def _says_something(row: Row) -> bool:
    return any(row[amount] for amount in JOB_STARTS.amounts)


COHORT = Parameter(
    "Whose wait is told: of everybody whose episode had begun by the last day of the "
    "facts, or of those whose episode began in the period.",
    "everyone",
    choices=("everyone", "period"),
)
WAITS = Word(
    name="waits",
    family="starts",
    about="Episodes of people out of work at referral that began by the last day of "
    "the facts, with the days to the first job start in the episode.",
    ids=("episode_id", "job_id"),
    keys=("group",),
    amounts={
        "episodes": "episodes",
        "starters": "of these, with a job start",
        "days": "days to the first job start, else to exit or the last day of the facts",
        "event": "1 where the days end with a job start, 0 where they were cut",
    },
    left_out={
        "at_referral_unknown": "Whether the person was in work at referral is not known.",
        "in_education": "The person was in education at referral.",
    },
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "min_paid_hours": MIN_PAID_HOURS,
        "switches": SWITCHES,
        "cohort": COHORT,
        "group": GROUP,
    },
)


def waits(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
    cohort: str = "everyone",
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is WAITS."""
    known = jobs_by_day(tables, asked, profile, switches)
    rows = []
    for each in asked:
        jobs = known[each.as_of]
        starts: dict[str, list[tuple[date, str]]] = defaultdict(list)
        for found in begun_spells(jobs, basis, min_paid_hours, each.as_of):
            if found.counted:
                starts[found.job.row["episode_id"]].append((found.day, found.job.id))
        for episode in tables["episodes"]:
            origin = episode[BASIS_COLUMNS[basis]]
            if origin is None or origin > each.as_of:
                continue
            if cohort == "period" and not each.days.contains(origin):
                continue
            if episode["at_referral"] == "out_of_work":
                begun = min(starts[episode["episode_id"]], default=None)
                rows.append(_wait_row(each, episode, origin, begun))
            elif episode["at_referral"] in UNPLACED:
                rows.append(_unplaced_row(each, episode))
    return Groups(tables, group).told(rows)


def _wait_row(
    asked: Asked, episode: Row, origin: date, begun: tuple[date, str] | None
) -> dict[str, Any]:
    exited = episode["exited_on"]
    cut = asked.as_of if exited is None else min(asked.as_of, exited)
    end = begun[0] if begun else max(origin, cut)
    return WAITS.row(
        period=asked.period,
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        job_id=begun and begun[1],
        episodes=1,
        starters=int(begun is not None),
        days=days_between(origin, end),
        event=int(begun is not None),
    )


def _unplaced_row(asked: Asked, episode: Row) -> dict[str, Any]:
    return WAITS.row(
        period=asked.period,
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        left_out=UNPLACED[episode["at_referral"]],
    )
