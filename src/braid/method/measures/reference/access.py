"""Words about the way in: who was referred, accepted and met, and who is in education."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from braid.kernel.dates import days_between
from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.populations import (
    BASIS_COLUMNS,
    by,
    caseload_days,
    have_a_common_day,
    on_caseload_in,
    person_of,
    spell,
)
from braid.method.measures.words import (
    BASIS,
    GROUP,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

EMPLOYED = ("employed_seeking", "employed_retention")
NOT_EMPLOYED = ("out_of_work", "education")

ACCESS = Word(
    name="access",
    family="access",
    about="Episodes referred in the period, with the days until the person was accepted "
    "and until the first meaningful contact.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "referred": "episodes referred in the period",
        "accepted": "of these, accepted by the last day of the facts",
        "accessed": "of these, with a first meaningful contact by then",
        "days_to_acceptance": "days from referral to acceptance",
        "days_to_access": "days from referral to the first meaningful contact",
        "days_accepted_to_access": "days from acceptance to that contact, of those "
        "who had both",
        "accepted_and_accessed": "episodes that had both",
    },
    parameters={"group": GROUP},
)


def access(
    tables: Tables, asked: Sequence[Asked], group: str = "none"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is ACCESS."""
    rows = [
        _access_row(each, episode)
        for each in asked
        for episode in tables["episodes"]
        if episode["referred_on"] and each.days.contains(episode["referred_on"])
    ]
    return Groups(tables, group).told(rows)


def _access_row(asked: Asked, episode: Row) -> dict[str, Any]:
    referred = episode["referred_on"]
    accepted = _known(episode["accepted_on"], asked.as_of)
    entered = _known(episode["entered_on"], asked.as_of)
    return ACCESS.row(
        period=asked.period,
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        person_key=episode["person_key"],
        referred=1,
        accepted=int(accepted is not None),
        accessed=int(entered is not None),
        days_to_acceptance=_days(referred, accepted),
        days_to_access=_days(referred, entered),
        days_accepted_to_access=_days(accepted, entered),
        accepted_and_accessed=int(accepted is not None and entered is not None),
    )


def _known(day: date | None, as_of: date) -> date | None:
    return day if day is not None and day <= as_of else None


def _days(first: date | None, later: date | None) -> int:
    """Return the days from one to the other; 0 where one is missing or comes late."""
    return max(0, days_between(first, later)) if first and later else 0


MODE = Parameter(
    "Whether episodes that were exited since are counted (corrected) or dropped, so "
    "that a past period shrinks when it is asked again (compatible).",
    "corrected",
    choices=("corrected", "compatible"),
)
BEGUN_EPISODES = Word(
    name="begun_episodes",
    family="access",
    about="Episodes whose day of the basis lies in the period: referred, accepted, met "
    "for the first time, or with a vocational profile started.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "begun_episodes": "episodes that began in the period, by the basis",
        "employed_before": "of these, in work at referral",
        "out_of_work_before": "of these, out of work or in education at referral",
        "unknown_before": "of these, not known whether in work at referral",
    },
    parameters={"basis": BASIS, "mode": MODE, "group": GROUP},
)


def begun_episodes(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    mode: str = "corrected",
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is BEGUN_EPISODES."""
    rows = []
    for each in asked:
        for episode in tables["episodes"]:
            began, exited = episode[BASIS_COLUMNS[basis]], episode["exited_on"]
            if began is None or not each.days.contains(began):
                continue
            if mode == "compatible" and exited is not None and exited <= each.as_of:
                continue
            before = episode["at_referral"]
            rows.append(
                BEGUN_EPISODES.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    episode_id=episode["episode_id"],
                    person_key=episode["person_key"],
                    begun_episodes=1,
                    employed_before=int(before in EMPLOYED),
                    out_of_work_before=int(before in NOT_EMPLOYED),
                    unknown_before=int(before not in (*EMPLOYED, *NOT_EMPLOYED)),
                )
            )
    return Groups(tables, group).told(rows)


IN_EDUCATION = Word(
    name="in_education",
    family="access",
    about="People on the caseload on at least one day of the period on which they were "
    "in education or training.",
    ids=("person_key",),
    amounts={
        "in_education": "people in education or training on such a day",
        "in_mainstream_education": "of these, in education that is open to everybody",
    },
    parameters={"basis": BASIS},
)


def in_education(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is IN_EDUCATION."""
    courses, rows = by(tables["education"], "episode_id"), []
    for each in asked:
        found: dict[Any, list[Row]] = {}
        for episode in on_caseload_in(tables, each.days, basis):
            on = caseload_days(episode, basis)
            for course in courses[episode["episode_id"]] if on else ():
                if on and have_a_common_day(each.days, on, spell(course)):
                    found.setdefault(person_of(episode), []).append(course)
        rows += [
            IN_EDUCATION.row(
                period=each.period,
                unit_id=unit,
                person_key=person,
                in_education=1,
                in_mainstream_education=int(any(c["mainstream"] for c in attended)),
            )
            for (unit, person), attended in found.items()
        ]
    return rows
