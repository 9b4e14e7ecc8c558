"""Words about contact with people on the caseload: how often, and with whom lately."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import days_between
from braid.method.measures.reference.caseloads import set_aside
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.populations import (
    by,
    caseload_days,
    on_caseload,
    on_caseload_in,
)
from braid.method.measures.reference.teams import last_day
from braid.method.measures.words import (
    BASIS,
    GROUP,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

CONTACT_WEEKS = Word(
    name="contact_weeks",
    family="contact_weeks",
    about="Days on the caseload in the period, and the contacts on those days in which "
    "the person took part. A message, and an attempt that nobody answered, is none.",
    ids=("episode_id",),
    keys=("group",),
    amounts={
        "days": "days on the caseload in the period, of episodes",
        "contacts": "contacts with the person on those days, kept",
        "attendance_unknown": "contacts on those days of which it is not known",
    },
    parameters={"basis": BASIS, "group": GROUP},
)


def with_person(contacts: Iterable[Row]) -> list[Row]:
    """Return the contacts with a person, kept or not known to be, messages left out."""
    return [
        row
        for row in contacts
        if row["episode_id"] is not None
        and row["attended"] is not False
        and row["with_applicant"] is not False
        and row["mode"] != "message"
    ]


def contact_weeks(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CONTACT_WEEKS."""
    contacts, rows = by(with_person(tables["contacts"]), "episode_id"), []
    for each in asked:
        for episode in on_caseload_in(tables, each.days, basis):
            on = caseload_days(episode, basis)
            first = max(each.first_day, on.first_day if on else each.first_day)
            last = last_day(episode, each, basis)
            made = [
                row["attended"]
                for row in contacts[episode["episode_id"]]
                if first <= row["day"] <= last
            ]
            rows.append(
                CONTACT_WEEKS.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=episode["episode_id"],
                    days=days_between(first, last) + 1,
                    contacts=made.count(True),
                    attendance_unknown=made.count(None),
                )
            )
    return Groups(tables, group).told(rows)


LATELY = Parameter("Days, with the last of the period, that are lately.", 28, "number")
CURRENT_EPISODES = Word(
    name="current_episodes",
    family="contact_weeks",
    about="Episodes on the caseload on the last day of the period.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "current_episodes": "episodes on the caseload",
        "retention": "of these, of people who came to keep a job",
        "with_profile": "of these, with a vocational profile started",
        "contacted": "of all, with a contact kept lately",
        "active": "of all, with a profile and a contact kept lately",
    },
    parameters={"basis": BASIS, "lately": LATELY, "group": GROUP},
)


def current_episodes(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    lately: int = 28,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CURRENT_EPISODES."""
    kept = [row for row in with_person(tables["contacts"]) if row["attended"]]
    contacts, rows = by(kept, "episode_id"), []
    for each in asked:
        since = each.last_day - timedelta(lately - 1)
        for episode in on_caseload(tables, each.last_day, basis):
            met = any(
                since <= row["day"] <= each.last_day
                for row in contacts[episode["episode_id"]]
            )
            profile = _by(episode["profile_started_on"], each.last_day)
            rows.append(
                CURRENT_EPISODES.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=episode["episode_id"],
                    person_key=episode["person_key"],
                    current_episodes=1,
                    retention=int(episode["at_referral"] == "employed_retention"),
                    with_profile=int(profile),
                    contacted=int(met),
                    active=int(profile and met),
                )
            )
    return Groups(tables, group).told(rows)


def _by(day: date | None, last: date) -> bool:
    return day is not None and day <= last


LEFT_ALONE = Word(
    name="left_alone",
    family="contact_weeks",
    about="Episodes on the caseload on the last day of the period, not paused and not "
    "stepped down, and those of them without a contact kept lately.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "followed": "episodes on the caseload, not paused and not stepped down",
        "without_contact": "of these, without a contact kept lately",
    },
    parameters={"basis": BASIS, "lately": LATELY, "group": GROUP},
)


def left_alone(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    lately: int = 28,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is LEFT_ALONE."""
    aside = {each.period: set_aside(tables, each) for each in asked}
    return [
        LEFT_ALONE.row(
            **{name: row[name] for name in ("period", "unit_id", *LEFT_ALONE.ids)},
            group=row["group"],
            followed=1,
            without_contact=1 - row["contacted"],
        )
        for row in current_episodes(tables, asked, basis, lately, group)
        if row["episode_id"] not in aside[row["period"]]
    ]
