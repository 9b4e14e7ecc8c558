"""The word behind the employment rate: who came out of work, and who of them started."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.in_work import Job, jobs_by_day, work_spells
from braid.method.measures.reference.populations import (
    BASIS_COLUMNS,
    by,
)
from braid.method.measures.reference.starts import FOUR_HOURS, begun_spells
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

NO_SWITCHES = Switches()
FOLLOWED = Parameter(
    "Whose starts are counted: of people who came out of work in the period, until the "
    "last day of the facts (cohort), or of everybody out of work, in the period (flow).",
    "cohort",
    choices=("cohort", "flow"),
)
ANCHOR = Parameter(
    "Whether somebody who came to keep a job stays out for the whole episode (at_start) "
    "or is out of work from the day after that job has ended (at_spell).",
    "at_start",
    choices=("at_start", "at_spell"),
)
ARRIVALS = Word(
    name="arrivals",
    family="employment_rate",
    about="People who came in the period, by the day of the basis, each once; and the "
    "people out of work who started a job.",
    ids=("person_key", "episode_id"),
    keys=("group",),
    amounts={
        "arrived": "people who came in the period",
        "out_of_work": "people who came out of work, or fell out of work, in the period",
        "employed_seeking": "of those who came, in work and seeking another job",
        "retention": "of those who came, to keep a job",
        "other_status": "of those who came, in education, or not known",
        "started": "people out of work with a job start",
    },
    parameters={
        "basis": BASIS,
        "profile": PROFILE,
        "min_paid_hours": MIN_PAID_HOURS,
        "switches": SWITCHES,
        "followed": FOLLOWED,
        "anchor": ANCHOR,
        "group": GROUP,
    },
)


@dataclass(frozen=True, slots=True)
class _Course:
    """An episode as the rate sees it: when it began, from when it is out of work."""

    row: Row
    began: date
    out_of_work_from: date | None
    starts: Sequence[date]

    def came_in(self, asked: Asked) -> bool:
        return asked.days.contains(self.began)

    def fell_in(self, asked: Asked) -> bool:
        since = self.out_of_work_from
        return since is not None and asked.days.contains(since)

    def started(self, asked: Asked, followed: str) -> bool:
        since = self.out_of_work_from
        if since is None or (followed == "cohort" and not self.fell_in(asked)):
            return False
        return any(
            day >= since and (followed == "cohort" or asked.days.contains(day))
            for day in self.starts
        )


def arrivals(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    min_paid_hours: Decimal | None = FOUR_HOURS,
    switches: Switches = NO_SWITCHES,
    followed: str = "cohort",
    anchor: str = "at_start",
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is ARRIVALS."""
    known = jobs_by_day(tables, asked, profile, switches)
    rows = []
    for each in asked:
        jobs = known[each.as_of]
        begun = begun_spells(jobs, basis, min_paid_hours, each.as_of, people="everyone")
        starts: dict[str, list[date]] = {}
        for found in begun:
            if found.counted:
                starts.setdefault(found.job.row["episode_id"], []).append(found.day)
        freed = _freed(jobs) if anchor == "at_spell" else {}
        courses = _courses(tables["episodes"], each, basis, starts, freed)
        for of_person in courses:
            row = _person_row(each, of_person, followed)
            if any(row[amount] for amount in ARRIVALS.amounts):
                rows.append(row)
    return Groups(tables, group).told(rows)


def _freed(jobs: Iterable[Job]) -> dict[str, date]:
    """Return the day after the last held job of an episode, where all have ended."""
    ends: dict[str, list[date | None]] = {}
    for spell in work_spells(jobs, held_at_referral=True):
        ends.setdefault(spell.job.row["episode_id"], []).append(spell.days.last_day)
    return {
        episode: max(day for day in days if day is not None) + timedelta(1)
        for episode, days in ends.items()
        if None not in days
    }


def _courses(
    episodes: Iterable[Row],
    asked: Asked,
    basis: str,
    starts: Mapping[str, Sequence[date]],
    freed: Mapping[str, date],
) -> Iterable[list[_Course]]:
    """Return the episodes begun by the last day of the facts, by person."""
    begun = [
        row
        for row in episodes
        if row[BASIS_COLUMNS[basis]] and row[BASIS_COLUMNS[basis]] <= asked.as_of
    ]
    for rows in by(begun, "unit_id", "person_key").values():
        found = [
            _Course(
                row,
                row[BASIS_COLUMNS[basis]],
                _out_of_work_from(row, row[BASIS_COLUMNS[basis]], freed),
                starts.get(row["episode_id"], ()),
            )
            for row in rows
        ]
        yield sorted(found, key=lambda each: (each.began, each.row["episode_id"]))


def _out_of_work_from(
    episode: Row, began: date, freed: Mapping[str, date]
) -> date | None:
    if episode["at_referral"] == "out_of_work":
        return began
    day = freed.get(episode["episode_id"])
    if episode["at_referral"] != "employed_retention" or day is None:
        return None
    since, exited = max(began, day), episode["exited_on"]
    return None if exited is not None and exited <= since else since


def _person_row(
    asked: Asked, courses: Sequence[_Course], followed: str
) -> dict[str, Any]:
    came = [each for each in courses if each.came_in(asked)]
    fell = any(each.fell_in(asked) for each in courses)
    status = {each.row["at_referral"] for each in came}
    seeking = not fell and "employed_seeking" in status
    retention = not (fell or seeking) and "employed_retention" in status
    told = [
        each
        for each in courses
        if each.came_in(asked) or each.fell_in(asked) or each.started(asked, followed)
    ]
    return ARRIVALS.row(
        period=asked.period,
        unit_id=courses[0].row["unit_id"],
        person_key=courses[0].row["person_key"],
        episode_id=told[0].row["episode_id"] if told else None,
        arrived=int(bool(came)),
        out_of_work=int(fell),
        employed_seeking=int(seeking),
        retention=int(retention),
        other_status=int(bool(came) and not (fell or seeking or retention)),
        started=int(any(each.started(asked, followed) for each in courses)),
    )
