"""Words about how episodes begin and end: referrals, refusals, exits."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from braid.method.measures.reference.teams import AROUND, Around
from braid.method.measures.words import Asked, Parameter, Row, Tables, Word

REFUSAL_REASONS = (
    *("not_ready", "symptoms", "substance_use", "cognition", "criminal_record"),
    *("work_history", "non_adherence", "appearance", "no_capacity", "outside_area"),
    *("changed_mind", "not_reached", "already_employed", "funder_rule", "other"),
)
BREACHES = REFUSAL_REASONS[:8]
ENDED_BY_SERVICE = ("lost_contact", "missed_appointments", "time_limit", "not_eligible")

REFERRALS = Word(
    name="referrals",
    family="courses",
    about="Referrals in the period, with the treatment team and the job centre of the "
    "person on that day.",
    ids=("episode_id",),
    keys=(*AROUND, "referral_source"),
    amounts={
        "referrals": "referrals in the period",
        "by_clinician": "of these, made by a clinician",
    },
    left_out={"source_unknown": "Who made this referral is not known."},
)


def referrals(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is REFERRALS."""
    around = Around(tables)
    return [
        REFERRALS.row(
            period=each.period,
            unit_id=row["unit_id"],
            episode_id=row["episode_id"],
            referral_source=row["referral_source"],
            **around.on(row["episode_id"], row["referred_on"]),
            referrals=int(row["referral_source"] is not None),
            by_clinician=int(row["referral_source"] == "clinician"),
            left_out=None if row["referral_source"] else "source_unknown",
        )
        for each in asked
        for row in _referred(tables, each)
    ]


def _referred(tables: Tables, asked: Asked) -> Iterator[Row]:
    for row in tables["episodes"]:
        if row["referred_on"] is not None and asked.days.contains(row["referred_on"]):
            yield row


REFUSALS_AND_REFERRALS = Word(
    name="refusals_and_referrals",
    family="courses",
    about="Refusals of the period and referrals of the period. A refusal for one of the "
    "reasons breaches zero exclusion. It has the treatment team and the job centre of its "
    "day; where it ends the episode, those of the day before.",
    ids=("refusal_id", "episode_id"),
    keys=(*AROUND, "reason", "by_role"),
    amounts={
        "breaches": "refusals for a reason that breaches zero exclusion",
        "other_refusals": "refusals for any other reason",
        "referrals": "referrals in the period",
    },
    parameters={
        "reasons": Parameter(
            "The reasons of a refusal that breach zero exclusion.",
            BREACHES,
            "codes",
            choices=REFUSAL_REASONS,
        )
    },
)


def refusals_and_referrals(
    tables: Tables, asked: Sequence[Asked], reasons: Sequence[str] = BREACHES
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is REFUSALS_AND_REFERRALS."""
    around, word, rows = Around(tables), REFUSALS_AND_REFERRALS, []
    ends = {row["episode_id"]: row["exited_on"] for row in tables["episodes"]}
    for each in asked:
        rows += [
            word.row(
                period=each.period,
                unit_id=row["unit_id"],
                refusal_id=row["refusal_id"],
                episode_id=row["episode_id"],
                reason=row["reason"],
                by_role=row["by_role"],
                **around.on(row["episode_id"], _before(row, ends)),
                breaches=int(row["reason"] in reasons),
                other_refusals=int(row["reason"] not in reasons),
            )
            for row in tables["refusals"]
            if each.days.contains(row["day"])
        ]
        rows += [
            word.row(
                period=each.period,
                unit_id=row["unit_id"],
                episode_id=row["episode_id"],
                **around.on(row["episode_id"], row["referred_on"]),
                referrals=1,
            )
            for row in _referred(tables, each)
        ]
    return rows


def _before(refusal: Row, ends: Mapping[str, date | None]) -> date:
    """Return the day of a refusal, at the latest the day before the episode's exit."""
    day: date = refusal["day"]
    exited = ends.get(refusal["episode_id"])
    return day if exited is None else min(day, exited - timedelta(1))


EXITS = Word(
    name="exits",
    family="courses",
    about="Accepted episodes whose first day off the caseload lies in the period, with "
    "the treatment team and the job centre of the day before.",
    ids=("episode_id",),
    keys=(*AROUND, "exit_reason"),
    amounts={
        "exits": "episodes that ended",
        "by_service": "of these, ended by the service: contact lost, appointments "
        "missed, a time limit, or not eligible",
    },
    left_out={"exit_reason_unknown": "Why this episode ended is not known."},
)


def exits(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is EXITS."""
    around = Around(tables)
    return [
        EXITS.row(
            period=each.period,
            unit_id=row["unit_id"],
            episode_id=row["episode_id"],
            exit_reason=row["exit_reason"],
            **around.on(row["episode_id"], row["exited_on"] - timedelta(1)),
            exits=int(row["exit_reason"] is not None),
            by_service=int(row["exit_reason"] in ENDED_BY_SERVICE),
            left_out=None if row["exit_reason"] else "exit_reason_unknown",
        )
        for each in asked
        for row in tables["episodes"]
        if None not in (row["exited_on"], row["accepted_on"])
        and each.days.contains(row["exited_on"])
        and row["accepted_on"] <= each.as_of
    ]
