"""The word about people who stay away, and what is tried to reach them."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from braid.method.measures.reference.populations import by, in_post, on_caseload_in
from braid.method.measures.words import BASIS, Asked, Parameter, Row, Tables, Word

MISSED = 2
VISITS = 2
AT_HOME = ("home", "community")
ENDED = ("lost_contact", "missed_appointments", "time_limit")
BY_RULE = ("missed_appointments", "time_limit")

REACHED_OUT = Word(
    name="reached_out",
    family="outreach",
    about="Episodes on the caseload in the period of people who stay away: the episode "
    "ended in it because contact was lost, appointments were missed or time was over, "
    "appointments were missed one after another since the last that was kept, or an "
    "attempt to reach the person is recorded. With all that ended for a reason that is "
    "not known.",
    ids=("episode_id",),
    amounts={
        "disengaged": "people who stay away",
        "ended_by_rule": "of these, ended for missed appointments or a time limit",
        "tried": "of these, with an attempt recorded to reach them",
        "attempts": "attempts to reach them",
        "attempt_unknown": "people who stay away with no attempt recorded and contacts "
        "of which is not known whether they were one",
        "by_others": "people whom somebody else than a specialist tried to reach",
        "others_unknown": "people tried, of whose attempts is not known who made them",
        "visited": "people tried at home or in the community at least twice",
        "visits_unknown": "people tried, of whose attempts the places are not known",
        "joint": "people tried together with a clinician",
        "joint_unknown": "people tried, of whose attempts that is not known",
        "family": "people tried together with their family",
    },
    left_out={"exit_reason_unknown": "Why this episode ended is not known."},
    parameters={
        "missed": Parameter(
            "The appointments missed one after another that are staying away.",
            MISSED,
            "number",
        ),
        "basis": BASIS,
    },
)


def reached_out(
    tables: Tables,
    asked: Sequence[Asked],
    missed: int = MISSED,
    basis: str = "accepted",
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is REACHED_OUT."""
    contacts, rows = by(tables["contacts"], "episode_id"), []
    for each in asked:
        staff = in_post(tables, each.days)
        for episode in on_caseload_in(tables, each.days, basis):
            made = [
                row
                for row in contacts[episode["episode_id"]]
                if each.days.contains(row["day"])
            ]
            ended = _ended(episode, each)
            tries = [row for row in made if row["outreach"]]
            away = bool(tries) or _stays_away(made) >= missed
            row = {
                "period": each.period,
                "unit_id": episode["unit_id"],
                "episode_id": episode["episode_id"],
            }
            if away or (ended and episode["exit_reason"] in ENDED):
                rows.append(
                    REACHED_OUT.row(**row, **_told(episode, made, ended, staff))
                )
            elif ended and episode["exit_reason"] is None:
                rows.append(REACHED_OUT.row(**row, left_out="exit_reason_unknown"))
    return rows


def _ended(episode: Row, asked: Asked) -> bool:
    exited: date | None = episode["exited_on"]
    return exited is not None and exited <= asked.last_day


def _stays_away(made: Sequence[Row]) -> int:
    """Return the appointments missed since the last that was kept."""
    kept = max((row["day"] for row in made if row["attended"]), default=date.min)
    return sum(row["attended"] is False and row["day"] > kept for row in made)


def _told(
    episode: Row, made: Sequence[Row], ended: bool, staff: set[tuple[str, str]]
) -> dict[str, int]:
    tries = [row for row in made if row["outreach"]]
    joint = any(row["with_clinician"] for row in tries)
    others = any(
        row["initiated_by"] == "clinician"
        or (row["staff_id"] and (row["unit_id"], row["staff_id"]) not in staff)
        for row in tries
    )
    nobody = any(
        row["staff_id"] is None and row["initiated_by"] is None for row in tries
    )
    visits = sum(row["place"] in AT_HOME for row in tries)
    might = visits + sum(row["place"] is None for row in tries)
    return {
        "disengaged": 1,
        "ended_by_rule": int(ended and episode["exit_reason"] in BY_RULE),
        "tried": int(bool(tries)),
        "attempts": len(tries),
        "attempt_unknown": int(
            not tries and any(row["outreach"] is None for row in made)
        ),
        "by_others": int(others),
        "others_unknown": int(nobody and not others),
        "visited": int(visits >= VISITS),
        "visits_unknown": int(visits < VISITS <= might),
        "joint": int(joint),
        "joint_unknown": int(
            not joint and any(row["with_clinician"] is None for row in tries)
        ),
        "family": int(any(row["with_family"] for row in tries)),
    }
