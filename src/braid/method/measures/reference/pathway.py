"""Words about how far people come: the steps after the way in, and days to any event."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from braid.kernel.dates import days_between
from braid.method.competitive import Profile, Switches
from braid.method.measures.reference.contact_weeks import with_person
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.in_work import jobs_by_day
from braid.method.measures.reference.populations import BASIS_COLUMNS, by
from braid.method.measures.reference.starts import begun_spells
from braid.method.measures.reference.stays import part
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
STARTING = {
    "basis": BASIS,
    "profile": PROFILE,
    "min_paid_hours": MIN_PAID_HOURS,
    "switches": SWITCHES,
}
DAYS_COLUMNS = {**BASIS_COLUMNS, "exit": "exited_on"}
"""The column of `episodes` that holds the day of an event that stands there."""

LATER_STEPS = Word(
    name="later_steps",
    family="pathway",
    about="Episodes referred in the period, with what came after the way in: an employer "
    "contact made for the person, and a job start in the episode, whether or not the "
    "person was in work at referral.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "employer_contact": "episodes with an employer contact made for the person",
        "job_start": "episodes with a job start on the caseload",
    },
    parameters={**STARTING, "group": GROUP},
)


@dataclass(frozen=True, slots=True)
class Steps:
    """What is a job start, and between which days is counted."""

    basis: str = "accepted"
    profile: Profile = "strict"
    min_paid_hours: Decimal | None = Decimal(4)
    switches: Switches = NO_SWITCHES
    group: str = "none"
    origin: str = "accepted"
    event: str = "job_start"
    censor: str = "exit"


def later_steps(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is LATER_STEPS."""
    of = part(Steps, given)
    contacts = _days(tables["employer_contacts"])
    rows = []
    for each, starts in _starts(tables, asked, of):
        for episode in tables["episodes"]:
            referred = episode["referred_on"]
            if referred is None or not each.days.contains(referred):
                continue
            who = episode["episode_id"]
            met = any(day <= each.as_of for day in contacts.get(who, ()))
            if met or who in starts:
                rows.append(
                    LATER_STEPS.row(
                        **_ids(each, episode),
                        employer_contact=int(met),
                        job_start=int(who in starts),
                    )
                )
    return Groups(tables, of.group).told(rows)


def _ids(asked: Asked, episode: Row) -> dict[str, Any]:
    names = ("unit_id", "episode_id", "person_key")
    return {"period": asked.period} | {name: episode[name] for name in names}


def _starts(
    tables: Tables, asked: Sequence[Asked], of: Steps
) -> list[tuple[Asked, dict[str, list[date]]]]:
    """Return the days of the job starts on the caseload, by episode."""
    known = jobs_by_day(tables, asked, of.profile, of.switches)
    found = []
    for each in asked:
        days: dict[str, list[date]] = {}
        begun = begun_spells(known[each.as_of], of.basis, of.min_paid_hours, each.as_of)
        for spell in begun:
            if spell.on_caseload and spell.start.counts:
                episode = spell.job.row["episode_id"]
                days.setdefault(episode, []).append(spell.day)
        found.append((each, days))
    return found


def _days(rows: Iterable[Row]) -> dict[str, list[date]]:
    found = by(rows, "episode_id")
    return {who: [row["day"] for row in own] for who, own in found.items()}


DAYS_TO = Word(
    name="days_to",
    family="pathway",
    about="Episodes with an origin in the period, and the days from it to the first "
    "event on that day or later.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "episodes": "episodes with the origin in the period",
        "reached": "of these, with the event by the last day of the facts",
        "days": "days to the event, else to the day from which nothing more is known",
        "event": "1 where the days end with the event, 0 where they were cut",
    },
    parameters={
        **STARTING,
        "origin": Parameter(
            "The day from which is counted.",
            "accepted",
            choices=("referred", "accepted", "entered", "profile"),
        ),
        "event": Parameter(
            "What is waited for; a contact is one kept with the person, an employer "
            "contact one made for the person.",
            "job_start",
            choices=(
                *("accepted", "entered", "profile", "contact", "employer_contact"),
                *("job_start", "exit"),
            ),
        ),
        "censor": Parameter(
            "Whether the days are cut at exit, or only where the facts end.",
            "exit",
            choices=("exit", "facts"),
        ),
        "group": GROUP,
    },
)


def days_to(
    tables: Tables, asked: Sequence[Asked], **given: Any
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is DAYS_TO."""
    of = part(Steps, given)
    rows = []
    for each, found in _events(tables, asked, of):
        for episode in tables["episodes"]:
            origin = episode[DAYS_COLUMNS[of.origin]]
            if origin is None or not each.days.contains(origin):
                continue
            days = found.get(episode["episode_id"], ())
            rows.append(_days_row(each, episode, origin, days, of))
    return Groups(tables, of.group).told(rows)


def _events(
    tables: Tables, asked: Sequence[Asked], of: Steps
) -> Iterable[tuple[Asked, dict[str, list[date]]]]:
    if of.event == "job_start":
        return _starts(tables, asked, of)
    if of.event in DAYS_COLUMNS:
        column = DAYS_COLUMNS[of.event]
        days = {
            row["episode_id"]: [row[column]]
            for row in tables["episodes"]
            if row[column] is not None
        }
    elif of.event == "contact":
        kept = with_person(tables["contacts"])
        days = _days(row for row in kept if row["attended"])
    else:
        days = _days(tables["employer_contacts"])
    return [(each, days) for each in asked]


def _days_row(
    asked: Asked, episode: Row, origin: date, days: Iterable[date], of: Steps
) -> dict[str, Any]:
    exited = episode["exited_on"]
    cut = asked.as_of
    if of.censor == "exit" and exited is not None:
        cut = min(cut, exited)
    first = min((day for day in days if origin <= day <= cut), default=None)
    end = first or max(origin, cut)
    return DAYS_TO.row(
        **_ids(asked, episode),
        episodes=1,
        reached=int(first is not None),
        event=int(first is not None),
        days=days_between(origin, end),
    )
