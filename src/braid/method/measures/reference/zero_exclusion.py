"""Words about who comes in and who is kept out: refusals, referring clinicians, exits."""

from collections.abc import Sequence
from typing import Any

from braid.kernel.dates import Period
from braid.method.measures.reference.courses import BREACHES, REFUSALS_AND_REFERRALS
from braid.method.measures.reference.populations import by, spell
from braid.method.measures.reference.teams import treated
from braid.method.measures.words import BASIS, Asked, Tables, Word

MISSED, TIME_LIMIT = "missed_appointments", "time_limit"

REFUSALS = Word(
    name="refusals",
    family="zero_exclusion",
    about="Refusals of the period: at which stage, by whom and why.",
    ids=("refusal_id", "episode_id"),
    keys=("reason", "stage", "by_role"),
    amounts={
        "refusals": "refusals",
        "refused_for_breaches": "of these, for a reason that breaches zero exclusion",
    },
    parameters={"reasons": REFUSALS_AND_REFERRALS.parameters["reasons"]},
)


def refusals(
    tables: Tables, asked: Sequence[Asked], reasons: Sequence[str] = BREACHES
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is REFUSALS."""
    return [
        REFUSALS.row(
            period=each.period,
            **{name: row[name] for name in ("unit_id", *REFUSALS.ids, *REFUSALS.keys)},
            refusals=1,
            refused_for_breaches=int(row["reason"] in reasons),
        )
        for each in asked
        for row in tables["refusals"]
        if each.days.contains(row["day"])
    ]


DEPARTURES = Word(
    name="departures",
    family="zero_exclusion",
    about="Accepted episodes whose first day off the caseload lies in the period, and "
    "whether appointments missed or a time limit ended them.",
    ids=("episode_id",),
    keys=("exit_reason",),
    amounts={
        "departures": "episodes that ended",
        "for_missed_appointments": "of these, because appointments were missed",
        "for_time_limit": "of these, because of a time limit",
    },
    left_out={"exit_reason_unknown": "Why this episode ended is not known."},
)


def departures(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is DEPARTURES."""
    return [
        DEPARTURES.row(
            period=each.period,
            unit_id=row["unit_id"],
            episode_id=row["episode_id"],
            exit_reason=row["exit_reason"],
            departures=int(row["exit_reason"] is not None),
            for_missed_appointments=int(row["exit_reason"] == MISSED),
            for_time_limit=int(row["exit_reason"] == TIME_LIMIT),
            left_out=None if row["exit_reason"] else "exit_reason_unknown",
        )
        for each in asked
        for row in tables["episodes"]
        if None not in (row["exited_on"], row["accepted_on"])
        and each.days.contains(row["exited_on"])
        and row["accepted_on"] <= each.as_of
    ]


REFERRING_CLINICIANS = Word(
    name="referring_clinicians",
    family="zero_exclusion",
    about="Clinicians in post on the last day of the period in the treatment teams that "
    "treat somebody on the caseload of the unit in the period, each once, and whether "
    "they ever referred somebody to the unit.",
    ids=("staff_id",),
    amounts={
        "clinicians": "clinicians of the teams with whom the unit shares somebody",
        "ever_referred": "of these, who referred somebody to the unit so far",
    },
    parameters={"basis": BASIS},
)


def referring_clinicians(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is REFERRING_CLINICIANS."""
    shared, rows = treated(tables, basis), []
    sent = by(tables["episodes"], "unit_id", "referred_by_staff")
    for each in asked:
        on = Period(each.last_day, each.last_day)
        teams = {
            (unit, team) for unit, team, days in shared if days.overlaps(each.days)
        }
        clinicians = {
            (unit, post["staff_id"])
            for post in tables["staff_teams"]
            for unit, team in teams
            if post["role"] == "clinician"
            and post["team_id"] == team
            and spell(post).overlaps(on)
        }
        rows += [
            REFERRING_CLINICIANS.row(
                period=each.period,
                unit_id=unit,
                staff_id=staff,
                clinicians=1,
                ever_referred=int(
                    any(
                        row["referred_on"] is not None
                        and row["referred_on"] <= each.last_day
                        for row in sent[unit, staff]
                    )
                ),
            )
            for unit, staff in clinicians
        ]
    return rows
