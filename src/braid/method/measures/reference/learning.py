"""The word about mainstream education that lasts."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from braid.method.measures.reference.equity import Groups
from braid.method.measures.reference.populations import by, caseload_days
from braid.method.measures.words import (
    BASIS,
    GROUP,
    Asked,
    Parameter,
    Row,
    Tables,
    Word,
)

LASTING_EDUCATION = Word(
    name="lasting_education",
    family="learning",
    about="Spells of mainstream education of people out of work at referral that begin "
    "in the period and on the caseload, and whether each lasted through day N.",
    ids=("episode_id", "person_key"),
    keys=("group",),
    amounts={
        "education_starts": "starts of mainstream education in the period",
        "education_mature": "of these, those whose time to last is over",
        "education_lasted": "mature ones that lasted",
        "education_immature": "those whose time to last is not over, in no rate",
    },
    parameters={
        "basis": BASIS,
        "n": Parameter("The days in education that are asked for.", 91, "number"),
        "group": GROUP,
    },
)


def lasting_education(
    tables: Tables,
    asked: Sequence[Asked],
    basis: str = "accepted",
    n: int = 91,
    group: str = "none",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is LASTING_EDUCATION."""
    spells = by((row for row in tables["education"] if row["mainstream"]), "episode_id")
    rows = []
    for each in asked:
        for episode in tables["episodes"]:
            on = caseload_days(episode, basis)
            if on is None or episode["at_referral"] != "out_of_work":
                continue
            for course in spells[episode["episode_id"]]:
                first = course["first_day"]
                if each.days.contains(first) and on.contains(first):
                    rows.append(_course_row(each, episode, course, n))
    return Groups(tables, group).told(rows)


def _course_row(asked: Asked, episode: Row, course: Row, n: int) -> dict[str, Any]:
    first, last = course["first_day"], course["last_day"]
    mature = first + timedelta(n) <= asked.as_of
    lasted = last is None or last >= first + timedelta(n - 1)
    return LASTING_EDUCATION.row(
        period=asked.period,
        unit_id=episode["unit_id"],
        episode_id=episode["episode_id"],
        person_key=episode["person_key"],
        education_starts=1,
        education_mature=int(mature),
        education_lasted=int(mature and lasted),
        education_immature=int(not mature),
    )
