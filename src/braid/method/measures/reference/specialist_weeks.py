"""Words about the weeks of a specialist: leave, the log signed, seekers, working time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import Period, days_between
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.caseloads import SET_ASIDE
from braid.method.measures.reference.in_work import Job, jobs_by_day
from braid.method.measures.reference.populations import (
    by,
    caseload_days,
    in_post,
    person_of,
    posts,
    spell,
)
from braid.method.measures.reference.teams import whole_weeks
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

LEAVE_DAYS = 3
SIGNED_AFTER = 7
SPAN = 28
NO_SWITCHES = Switches()
Held = tuple[str, str, Period]
"""A unit, a specialist, and a week wholly in post."""

LEAVE = Parameter(
    "The days with leave from which a week with nothing else logged is one of leave.",
    LEAVE_DAYS,
    "number",
)


def weeks_in_post(tables: Tables, asked: Asked) -> list[Held]:
    """Return the weeks wholly in a period and in a post, each once."""
    found = {
        (post["team_id"], post["staff_id"], week)
        for post in posts(tables)
        for week in whole_weeks(asked.days)
        if spell(post).contains(week.first_day)
        and spell(post).contains(week.last_day or week.first_day)
    }
    return sorted(found, key=lambda held: (held[0], held[1], held[2].first_day))


class _Logged:
    """What is logged of working time, by unit, specialist and week."""

    def __init__(self, tables: Tables) -> None:
        self._weeks: dict[tuple[str, str, date], list[Row]] = defaultdict(list)
        for entry in tables["time_entries"]:
            monday = entry["day"] - timedelta(entry["day"].weekday())
            self._weeks[entry["unit_id"], entry["staff_id"], monday].append(entry)

    def of(self, held: Held) -> list[Row]:
        """Return the entries of a week."""
        return self._weeks.get((held[0], held[1], held[2].first_day), [])

    def is_leave(self, held: Held, leave_days: int) -> bool:
        """Say whether nothing but leave is logged, on enough days of the week."""
        entries = self.of(held)
        days = {entry["day"] for entry in entries}
        return len(days) >= max(1, leave_days) and all(
            entry["activity"] == "leave" for entry in entries
        )


LEAVE_WEEKS = Word(
    name="leave_weeks",
    family="specialist_weeks",
    about="Whole weeks of leave of specialists: weeks that lie wholly in the period and "
    "in their post, of which nothing but leave is logged.",
    ids=("week",),
    keys=("staff_id",),
    amounts={"leave_days": "days of whole weeks of leave, seven a week"},
    parameters={"leave_days": LEAVE},
)


def leave_weeks(
    tables: Tables, asked: Sequence[Asked], leave_days: int = LEAVE_DAYS
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is LEAVE_WEEKS."""
    logged = _Logged(tables)
    return [
        _week_row(LEAVE_WEEKS, each, held, leave_days=7)
        for each in asked
        for held in weeks_in_post(tables, each)
        if logged.is_leave(held, leave_days)
    ]


def _week_row(word: Word, asked: Asked, held: Held, **amounts: int) -> dict[str, Any]:
    unit, staff, week = held
    return word.row(
        period=asked.period,
        unit_id=unit,
        staff_id=staff,
        week=week.first_day.isoformat(),
        **amounts,
    )


SIGNED_WEEKS = Word(
    name="signed_weeks",
    family="specialist_weeks",
    about="Weeks of specialists that lie wholly in the period and in their post, those "
    "of leave left aside, and whether the log of employer contacts was looked through "
    "and signed. A week is due from some days after its end, or when it is signed.",
    ids=("week",),
    keys=("staff_id",),
    amounts={
        "weeks_due": "weeks whose log is signed or ought to be",
        "weeks_signed": "of these, those signed",
        "spans_due": "spans of 28 days, counted back from the last day, with a week due",
        "spans_signed": "of these, those with a week signed",
        "weeks_of_a_log": "weeks in units that signed any week of the period",
    },
    parameters={
        "leave_days": LEAVE,
        "signed_after": Parameter(
            "The days after the end of a week from which it ought to be signed.",
            SIGNED_AFTER,
            "number",
        ),
    },
)


def signed_weeks(
    tables: Tables,
    asked: Sequence[Asked],
    leave_days: int = LEAVE_DAYS,
    signed_after: int = SIGNED_AFTER,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is SIGNED_WEEKS."""
    logged = _Logged(tables)
    rows: list[dict[str, Any]] = []
    for each in asked:
        reviews = [
            review
            for review in tables["log_reviews"]
            if review["reviewed_on"] <= each.as_of
        ]
        signed = {(r["unit_id"], r["staff_id"], r["week"]) for r in reviews}
        kept = {r["unit_id"] for r in reviews if each.days.contains(r["week"])}
        spans: dict[Any, list[tuple[bool, bool, Held]]] = defaultdict(list)
        for held in weeks_in_post(tables, each):
            if logged.is_leave(held, leave_days):
                continue
            unit, staff, week = held
            ends = week.last_day or week.first_day
            is_signed = (unit, staff, week.first_day) in signed
            is_due = is_signed or days_between(ends, each.as_of) >= signed_after
            number = days_between(ends, each.last_day) // SPAN
            spans[unit, staff, number].append((is_signed, is_due, held))
        for weeks in spans.values():
            rows += _signed_rows(each, weeks, kept)
    return rows


def _signed_rows(
    asked: Asked, weeks: Iterable[tuple[bool, bool, Held]], kept: set[str]
) -> Iterator[dict[str, Any]]:
    """Yield the rows of a span of 28 days; one of them stands for the span."""
    order = sorted(weeks, key=lambda w: (not w[0], not w[1], w[2][2].first_day))
    for number, (is_signed, is_due, held) in enumerate(order):
        yield _week_row(
            SIGNED_WEEKS,
            asked,
            held,
            weeks_due=int(is_due),
            weeks_signed=int(is_signed),
            spans_due=int(is_due and number == 0),
            spans_signed=int(is_signed and number == 0),
            weeks_of_a_log=int(held[0] in kept),
        )


JOB_SEEKERS = Word(
    name="job_seekers",
    family="specialist_weeks",
    about="Episodes that a specialist in post held on a day of the period, while on the "
    "caseload, and whether the person was looking for work.",
    ids=("episode_id",),
    keys=("staff_id",),
    amounts={
        "seekers": "people held on the last day without competitive work, those paused "
        "or stepped down left aside",
        "sought": "people held in the period whom no one competitive job kept in work on "
        "all of these days",
    },
    parameters={"basis": BASIS, "profile": PROFILE, "switches": SWITCHES},
)


def job_seekers(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is JOB_SEEKERS."""
    known = jobs_by_day(tables, asked, profile, switches)
    spells, states = (
        by(tables["caseload"], "episode_id"),
        by(
            (row for row in tables["status"] if row["state"] in SET_ASIDE), "episode_id"
        ),
    )
    rows = []
    for each in asked:
        staff = in_post(tables, each.days)
        at_work = _at_work(known[each.as_of])
        for episode in tables["episodes"]:
            aside = any(
                spell(row).contains(each.last_day)
                for row in states[episode["episode_id"]]
            )
            held: dict[str, list[Period]] = defaultdict(list)
            for row in spells[episode["episode_id"]]:
                days = _held_days(row, caseload_days(episode, basis), each.days)
                if days and (episode["unit_id"], row["staff_id"]) in staff:
                    held[row["staff_id"]].append(days)
            jobs = at_work[person_of(episode)]
            rows += [
                _seeker_row(each, episode, who, days, jobs, aside)
                for who, days in held.items()
            ]
    return rows


def _at_work(jobs: Iterable[Job]) -> dict[Any, list[Period]]:
    found: dict[Any, list[Period]] = defaultdict(list)
    for job in jobs:
        if job.verdict.counts and job.days is not None:
            found[job.person].append(job.days)
    return found


def _held_days(row: Row, on: Period | None, window: Period) -> Period | None:
    """Return the days of a caseload spell on the caseload and in a period."""
    if on is None or row["staff_id"] is None:
        return None
    parts = (spell(row), on, window)
    first = max(part.first_day for part in parts)
    last = min(part.last_day for part in parts if part.last_day is not None)
    return Period(first, last) if first <= last else None


def _seeker_row(
    asked: Asked,
    episode: Row,
    staff: str,
    held: Sequence[Period],
    jobs: Sequence[Period],
    aside: bool,
) -> dict[str, Any]:
    def covers(job: Period, days: Period) -> bool:
        return job.contains(days.first_day) and job.contains(days.last_day or date.max)

    day = asked.last_day
    works = any(job.contains(day) for job in jobs)
    kept = all(any(covers(job, days) for job in jobs) for days in held)
    on_day = any(days.contains(day) for days in held)
    return JOB_SEEKERS.row(
        period=asked.period,
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        staff_id=staff,
        seekers=int(on_day and not works and not aside),
        sought=int(not kept),
    )
