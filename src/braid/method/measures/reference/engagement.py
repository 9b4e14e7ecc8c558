"""Words about keeping people: talks on disclosure, profiles, and those who stay away."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import Period, days_between
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.caseloads import SET_ASIDE
from braid.method.measures.reference.in_work import Job, jobs_by_day
from braid.method.measures.reference.populations import (
    by,
    caseload_days,
    on_caseload,
    person_of,
    spell,
)
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
TWO_MONTHS = 61
TWICE = 2

DISCLOSURE_TALKS = Word(
    name="disclosure_talks",
    family="engagement",
    about="Episodes on the caseload on the last day of the period, those paused or "
    "stepped down left aside, and the talks on disclosure up to that day.",
    ids=("episode_id",),
    amounts={
        "episodes": "people on the caseload",
        "talks": "talks on disclosure with them",
        "talk_due": "people who have looked for work for two months, or have trouble in "
        "a job",
        "talked_twice": "of these, with at least two talks",
    },
    parameters={
        "after": Parameter(
            "The days without competitive work after which a second talk is due.",
            TWO_MONTHS,
            "number",
        ),
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
    },
)


def disclosure_talks(
    tables: Tables,
    asked: Sequence[Asked],
    after: int = TWO_MONTHS,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is DISCLOSURE_TALKS."""
    known = jobs_by_day(tables, asked, profile, switches)
    states = by((r for r in tables["status"] if r["state"] in SET_ASIDE), "episode_id")
    events = by(
        (e for e in tables["plan_events"] if e["kind"] == "disclosure_discussion"),
        "episode_id",
    )
    trouble, rows = _trouble(tables), []
    for each in asked:
        day = each.last_day
        jobs = _by_person(known[each.as_of])
        for episode in on_caseload(tables, day, basis):
            key = episode["episode_id"]
            if any(spell(row).contains(day) for row in states[key]):
                continue
            since = _searching_since(
                episode, jobs.get(person_of(episode), ()), day, basis
            )
            due = any(row.contains(day) for row in trouble.get(key, ())) or (
                since is not None and days_between(since, day) >= after
            )
            talks = sum(event["day"] <= day for event in events[key])
            rows.append(
                DISCLOSURE_TALKS.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=key,
                    episodes=1,
                    talks=talks,
                    talk_due=int(due),
                    talked_twice=int(due and talks >= TWICE),
                )
            )
    return rows


def _trouble(tables: Tables) -> dict[str, list[Period]]:
    """Return when something was hard in a job, by the job's episode."""
    of_job = {row["job_id"]: row["episode_id"] for row in tables["jobs"]}
    found: dict[str, list[Period]] = {}
    for row in tables["job_problems"]:
        if row["job_id"] in of_job:
            found.setdefault(of_job[row["job_id"]], []).append(spell(row))
    return found


def _by_person(jobs: Iterable[Job]) -> dict[Any, list[Period]]:
    found: dict[Any, list[Period]] = {}
    for job in jobs:
        if job.verdict.counts and job.days is not None:
            found.setdefault(job.person, []).append(job.days)
    return found


def _searching_since(
    episode: Row, jobs: Sequence[Period], day: date, basis: str
) -> date | None:
    """Return since when a person has been without competitive work; None: is at work."""
    on = caseload_days(episode, basis)
    if on is None or any(job.contains(day) for job in jobs):
        return None
    ends = [job.last_day for job in jobs if job.last_day and job.last_day < day]
    return max([on.first_day, *(end + timedelta(1) for end in ends)])


PROFILES_KEPT = Word(
    name="profiles_kept",
    family="engagement",
    about="Episodes on the caseload on the last day of the period, and whether their "
    "vocational profile was started by then.",
    ids=("episode_id",),
    amounts={
        "open_episodes": "people on the caseload",
        "with_profile": "of these, with a profile",
    },
    parameters={"basis": BASIS},
)


def profiles_kept(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is PROFILES_KEPT."""
    started = by(
        (e for e in tables["plan_events"] if e["kind"] == "profile_started"),
        "episode_id",
    )
    rows = []
    for each in asked:
        for episode in on_caseload(tables, each.last_day, basis):
            days = [event["day"] for event in started[episode["episode_id"]]]
            days += [episode["profile_started_on"] or date.max]
            rows.append(
                PROFILES_KEPT.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=episode["episode_id"],
                    open_episodes=1,
                    with_profile=int(min(days) <= each.last_day),
                )
            )
    return rows


WITHIN = 30
EVENTS = ("start", "end")

PROFILE_UPDATES = Word(
    name="profile_updates",
    family="engagement",
    about="Starts and ends of competitive jobs in the period, on the caseload, of people "
    "on the caseload on its last day; and whether the profile was updated, or the end "
    "talked over, from that day on.",
    ids=("job_id", "episode_id"),
    keys=("event",),
    amounts={
        "job_events": "starts and ends followed by an update, or whose time for it is "
        "over",
        "updated": "of these, followed by an update",
    },
    left_out={"too_early": "The time for an update after this is not over."},
    parameters={
        "within": Parameter(
            "The days after a start or an end in which an update follows it.",
            WITHIN,
            "number",
        ),
        "basis": BASIS,
        "profile": PROFILE,
        "switches": SWITCHES,
    },
)
UPDATES = {
    "start": ("profile_updated",),
    "end": ("profile_updated", "job_end_review"),
}
"""The events of a plan that follow a start, and an end."""


def profile_updates(
    tables: Tables,
    asked: Sequence[Asked],
    within: int = WITHIN,
    basis: str = "accepted",
    profile: Profile = "strict",
    switches: Switches = NO_SWITCHES,
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is PROFILE_UPDATES."""
    known = jobs_by_day(tables, asked, profile, switches)
    updates, rows = by(tables["plan_events"], "episode_id"), []
    for each in asked:
        for job in known[each.as_of]:
            on = caseload_days(job.episode, basis)
            if not job.verdict.counts or job.days is None or on is None:
                continue
            if not on.contains(each.last_day):
                continue
            ended = job.days.last_day
            for event, day in (("start", job.days.first_day), ("end", ended)):
                if day and each.days.contains(day) and on.contains(day):
                    last = min(day + timedelta(within), each.as_of)
                    updated = any(
                        row["kind"] in UPDATES[event] and day <= row["day"] <= last
                        for row in updates[job.row["episode_id"]]
                    )
                    due = updated or day + timedelta(within) <= each.as_of
                    rows.append(
                        PROFILE_UPDATES.row(
                            period=each.period,
                            unit_id=job.row["unit_id"],
                            job_id=job.id,
                            episode_id=job.row["episode_id"],
                            event=event,
                            job_events=int(due),
                            updated=int(updated),
                            left_out=None if due else "too_early",
                        )
                    )
    return rows
