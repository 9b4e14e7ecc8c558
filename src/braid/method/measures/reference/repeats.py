"""Words about starts that a tariff may call forth: repeated, bunched, at one employer."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from braid.kernel.dates import days_between
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.populations import by
from braid.method.measures.reference.starts import job_starts
from braid.method.measures.words import (
    BASIS,
    PROFILE,
    SWITCHES,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

NO_SWITCHES = Switches()
THRESHOLDS = (7, 16, 35)
"""Hours a week at which known contracts begin to pay, or pay more."""
FIRST_DAYS = 91
"""Of so many days from the start on the hours a week are taken."""
GAP_DAYS = Parameter(
    "So many days without work lie at most between a paid job and a start that repeats it.",
    30,
    "number",
)
OF_STARTS = {"basis": BASIS, "profile": PROFILE, "switches": SWITCHES}


@dataclass(frozen=True, slots=True)
class Begun:
    """A job start in a period: everybody's, competitive, with enough paid hours."""

    asked: Asked
    row: Row
    job: Row

    @property
    def common(self) -> dict[str, Any]:
        """Return what every row about it begins with."""
        names = ("period", "unit_id", "job_id", "episode_id", "person_key")
        return {name: self.row[name] for name in names}


def _begun(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str,
    profile: Profile,
    switches: Switches,
) -> Iterator[Begun]:
    jobs = {row["job_id"]: row for row in tables["jobs"]}
    periods = {each.period: each for each in asked}
    found = job_starts(
        tables, asked, basis, profile, switches=switches, people="everyone"
    )
    for row in found:
        if row["job_starts"]:
            yield Begun(periods[row["period"]], row, jobs[row["job_id"]])


REPEATED_STARTS = Word(
    name="repeated_starts",
    family="repeats",
    about="Job starts in the period, and those soon after a job of the same person for "
    "which a claim was paid, or with the employer of such a job.",
    ids=("job_id", "episode_id", "person_key"),
    amounts={
        "starts": "job starts, of everybody",
        "soon_again": "of these, soon after the end of a paid job of the person",
        "same_employer": "of these, with the employer of an earlier paid job",
        "repeated": "of these, one or the other",
    },
    parameters={"gap_days": GAP_DAYS, **OF_STARTS},
)


def repeated_starts(
    tables: Tables,
    asked: Sequence[Asked],
    gap_days: int = 30,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is REPEATED_STARTS."""
    paid, rows = _paid_jobs(tables), []
    for begun in _begun(tables, asked, basis, profile, switches):
        start = begun.job
        earlier = [
            job
            for paid_on, job in paid[begun.row["unit_id"], begun.row["person_key"]]
            if paid_on <= begun.asked.as_of and job["first_day"] < start["first_day"]
        ]
        soon = any(_is_soon(job["last_day"], start, gap_days) for job in earlier)
        same = start["employer_id"] is not None and any(
            job["employer_id"] == start["employer_id"] for job in earlier
        )
        rows.append(
            REPEATED_STARTS.row(
                **begun.common,
                starts=1,
                soon_again=int(soon),
                same_employer=int(same),
                repeated=int(soon or same),
            )
        )
    return rows


def _is_soon(last: date | None, start: Row, gap_days: int) -> bool:
    if last is None or last >= start["first_day"]:
        return False
    return days_between(last, start["first_day"]) - 1 <= gap_days


def _paid_jobs(tables: Tables) -> Mapping[tuple[str, str], list[tuple[date, Row]]]:
    """Return the jobs of each person on a day of which something paid was reached.

    Beside each the first day on which a claim of it was paid.
    """
    people = {
        row["episode_id"]: (row["unit_id"], row["person_key"])
        for row in tables["episodes"]
    }
    claims = by(
        (row for row in tables["claims"] if row["paid_on"] is not None), "episode_id"
    )
    found: dict[tuple[str, str], list[tuple[date, Row]]] = defaultdict(list)
    for job in tables["jobs"]:
        last = job["last_day"] or date.max
        paid = [
            claim["paid_on"]
            for claim in claims.get(job["episode_id"], ())
            if job["first_day"] <= claim["reached_on"] <= last
        ]
        if paid:
            found[people[job["episode_id"]]].append((min(paid), job))
    return found


EMPLOYER_STARTS = Word(
    name="employer_starts",
    family="repeats",
    about="Job starts in the period with a known employer, and those with the employer "
    "that has most of them in the unit and period.",
    ids=("job_id", "episode_id", "person_key"),
    amounts={
        "starts": "job starts, of everybody, with a known employer",
        "with_largest": "of these, with the employer that has most of them",
    },
    left_out={"employer_unknown": "The employer of this start is not known."},
    parameters=OF_STARTS,
)


def employer_starts(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is EMPLOYER_STARTS."""
    starts = list(_begun(tables, asked, basis, profile, switches))
    sizes: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for begun in starts:
        if begun.job["employer_id"] is not None:
            of = begun.row["period"], begun.row["unit_id"]
            sizes[of][begun.job["employer_id"]] += 1
    largest = {
        of: min(counted, key=lambda name: (-counted[name], name))
        for of, counted in sizes.items()
    }
    rows = []
    for begun in starts:
        employer = begun.job["employer_id"]
        most = largest.get((begun.row["period"], begun.row["unit_id"]))
        rows.append(
            EMPLOYER_STARTS.row(
                **begun.common,
                starts=int(employer is not None),
                with_largest=int(employer is not None and employer == most),
                left_out=None if employer is not None else "employer_unknown",
            )
        )
    return rows


START_HOURS = Word(
    name="start_hours",
    family="repeats",
    about="Job starts in the period whose mean hours a week lie within one hour of "
    "7, 16 or 35. Hours of the first 91 days: as paid where that is recorded, else as "
    "agreed.",
    ids=("job_id", "episode_id", "person_key"),
    keys=("threshold",),
    amounts={
        "just_above": "starts from the threshold on to under one hour above it",
        "just_below": "starts from one hour below the threshold to under it",
    },
    left_out={"hours_unknown": "The hours of this start are not known."},
    parameters=OF_STARTS,
)


def start_hours(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is START_HOURS."""
    terms, paid = by(tables["job_terms"], "job_id"), by(tables["paid_work"], "job_id")
    rows = []
    for begun in _begun(tables, asked, basis, profile, switches):
        job, as_of = begun.job, begun.asked.as_of
        last = job["first_day"] + timedelta(FIRST_DAYS - 1)
        hours, days = _paid(paid[job["job_id"]], job["first_day"], last, as_of)
        if not days:
            end = min(last, as_of)
            hours, days = _agreed(terms[job["job_id"]], job["first_day"], end)
        if not days:
            rows.append(START_HOURS.row(**begun.common, left_out="hours_unknown"))
            continue
        rows += [
            START_HOURS.row(
                **begun.common,
                threshold=f"{edge}",
                just_above=int(edge * days <= hours < (edge + 1) * days),
                just_below=int((edge - 1) * days <= hours < edge * days),
            )
            for edge in THRESHOLDS
        ]
    return rows


def _paid(
    rows: Sequence[Row], first: date, last: date, as_of: date
) -> tuple[Decimal, int]:
    """Return seven times the hours of what was paid in these days, and its days."""
    known = [
        row
        for row in rows
        if row["hours"] is not None
        and first <= row["first_day"] <= last
        and row["last_day"] <= as_of
    ]
    days = sum(days_between(row["first_day"], row["last_day"]) + 1 for row in known)
    return sum((7 * row["hours"] for row in known), Decimal(0)), days


def _agreed(rows: Sequence[Row], first: date, last: date) -> tuple[Decimal, int]:
    """Return the weekly hours of these days added up by day, and how many days."""
    total, counted = Decimal(0), 0
    for row in rows:
        begins = max(first, row["first_day"])
        ends = min(last, row["last_day"] or last)
        if row["weekly_hours"] is not None and begins <= ends:
            days = days_between(begins, ends) + 1
            total, counted = total + row["weekly_hours"] * days, counted + days
    return total, counted
