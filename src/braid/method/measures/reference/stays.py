"""How long work lasts after a start: the starts judged, and what is known of each."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, TypeVar

from braid.kernel.dates import Period
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.in_work import Job, jobs_by_day
from braid.method.measures.reference.populations import Person, by
from braid.method.measures.reference.starts import Begun, begun_spells
from braid.method.measures.words import (
    BASIS,
    GROUP,
    MIN_PAID_HOURS,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)
from braid.method.sustained import Milestone, Status, Stay

Part = TypeVar("Part")
NO_SWITCHES = Switches()
LOST = ("lost_contact",)
RANK: Mapping[Status, int] = {
    "sustained": 0,
    "unknown": 1,
    "not_sustained": 2,
    "immature": 3,
    "died": 4,
}
"""Which start of a person stands for the person: the one that came furthest."""
OUTCOMES = {
    "starts": "job starts in the period",
    "mature_starts": "of these, those whose time to last is over",
    "sustained": "mature starts that lasted",
    "not_sustained": "mature starts that did not",
    "unknown": "mature starts of which nobody knows, for contact was lost or hours are "
    "not recorded",
    "immature": "job starts whose time to last is not over, in no rate",
}
DIED = {"died": "The person died before the time to last was over."}
START_PARAMETERS = {
    "basis": BASIS,
    "profile": PROFILE,
    "min_paid_hours": MIN_PAID_HOURS,
    "switches": SWITCHES,
    "scope": Parameter(
        "Every start, or a person once by the start that came furthest.",
        "start",
        choices=("start", "person"),
    ),
    "group": GROUP,
    "unseen": Parameter(
        "Reasons of exit after which an open job is only known to the last day on which it "
        "was confirmed, paid, or on the caseload.",
        LOST,
        "codes",
        choices=(
            *("own_wish", "moved", "working_no_support_needed", "transferred"),
            *(
                "lost_contact",
                "missed_appointments",
                "time_limit",
                "not_eligible",
                "other",
            ),
        ),
    ),
}


@dataclass(frozen=True, slots=True)
class Starting:
    """Which starts are judged, and how they are told."""

    basis: str = "accepted"
    profile: Profile = "strict"
    min_paid_hours: Decimal | None = Decimal(4)
    switches: Switches = NO_SWITCHES
    scope: str = "start"
    group: str = "none"
    unseen: Sequence[str] = LOST


def part(kind: type[Part], given: Mapping[str, Any]) -> Part:
    """Return those of a word's parameters that a dataclass has as fields."""
    names = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    return kind(**{name: value for name, value in given.items() if name in names})


@dataclass(frozen=True, slots=True)
class Judged:
    """A start and what came of it."""

    begun: Begun
    milestone: Milestone


def starts_in(jobs: Sequence[Job], asked: Asked, of: Starting) -> list[Begun]:
    """Return the counted starts of a period."""
    return [
        each
        for each in begun_spells(jobs, of.basis, of.min_paid_hours, asked.as_of)
        if each.counted and asked.days.contains(each.day)
    ]


def jobs_of_people(jobs: Iterable[Job]) -> Mapping[Person, list[Job]]:
    """Return the jobs that count, with days, of every person."""
    found: dict[Person, list[Job]] = {}
    for job in jobs:
        if job.verdict.counts and job.days is not None:
            found.setdefault(job.person, []).append(job)
    return found


class Sightings:
    """How long an open job is known of, once its episode has ended for some reasons."""

    def __init__(self, tables: Tables, unseen: Sequence[str]) -> None:
        self._unseen = unseen
        self._paid = by(
            (row for row in tables["paid_work"] if (row["hours"] or 0) > 0), "job_id"
        )

    def stay(self, job: Job, as_of: date) -> Stay:
        """Return a job that counts, known of until it was last seen."""
        days = job.days or Period(job.row["first_day"])
        return Stay(days, self._seen_to(job, days, as_of))

    def _seen_to(self, job: Job, days: Period, as_of: date) -> date | None:
        exited = job.episode["exited_on"]
        gone = job.episode["exit_reason"] in self._unseen
        if days.last_day is not None or exited is None or exited > as_of or not gone:
            return None
        seen = [
            exited - timedelta(1),
            job.row["last_confirmed_on"],
            *(row["last_day"] for row in self._paid[job.id]),
        ]
        last: date = max(day for day in seen if day is not None and day <= as_of)
        return last


def died_on(episode: Row, as_of: date) -> date | None:
    """Return the day of death where it had come by a day, else None."""
    exited: date | None = episode["exited_on"]
    died = episode["exit_reason"] == "deceased"
    return exited if died and exited is not None and exited <= as_of else None


def outcome_rows(
    word: Word,
    tables: Tables,
    found: Sequence[tuple[Asked, Judged]],
    of: Starting,
) -> list[dict[str, Any]]:
    """Return a row for each start, or for each person."""
    chosen = found if of.scope == "start" else _one_a_person(found)
    rows = [_row(word, asked, judged) for asked, judged in chosen]
    return Groups(tables, of.group).told(rows)


def _one_a_person(
    found: Iterable[tuple[Asked, Judged]],
) -> Iterator[tuple[Asked, Judged]]:
    people: dict[tuple[str, Person], list[tuple[Asked, Judged]]] = {}
    for asked, judged in found:
        person = asked.period, judged.begun.job.person
        people.setdefault(person, []).append((asked, judged))
    for of_person in people.values():
        yield min(of_person, key=lambda each: _furthest(each[1]))


def _furthest(judged: Judged) -> tuple[int, date, str]:
    rank = RANK[judged.milestone.status]
    return rank, judged.begun.day, judged.begun.job.id


def _row(word: Word, asked: Asked, judged: Judged) -> dict[str, Any]:
    status, job = judged.milestone.status, judged.begun.job
    alive = status != "died"
    sums = {
        "starts": int(alive),
        "mature_starts": int(alive and status != "immature"),
        status: int(alive),
    }
    return word.row(
        period=asked.period,
        unit_id=job.row["unit_id"],
        job_id=job.id,
        episode_id=job.row["episode_id"],
        person_key=job.person[1],
        left_out=None if alive else "died",
        **{name: number for name, number in sums.items() if name in word.amounts},
    )


def known_jobs(
    tables: Tables, asked: Sequence[Asked], of: Starting
) -> Iterator[tuple[Asked, list[Job]]]:
    """Yield each period with the jobs as they were known on its last day of facts."""
    known = jobs_by_day(tables, asked, of.profile, of.switches)
    for each in asked:
        yield each, known[each.as_of]
