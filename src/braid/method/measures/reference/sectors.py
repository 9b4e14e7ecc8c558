"""Words about what the sectors do together: questions, contacts, plans, joint talks."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from braid.method.measures.reference.populations import by, person_of
from braid.method.measures.reference.teams import AROUND, NO_TEAM, Around, people_in
from braid.method.measures.words import BASIS, Asked, Parameter, Row, Tables, Word

SIDES = {"health": ("mental_health",), "employment": ("employment", "ips_provider")}
"""The sectors of the two sides."""
OTHER = {"health": "employment", "employment": "health"}
ANSWER_DAYS = 7
SEEN_DAYS = 14

QUESTIONS = Word(
    name="questions",
    family="sectors",
    about="Questions that one side asked the other in the period, health (mental-health "
    "care) or employment (job centre and IPS provider).",
    ids=("question_id", "episode_id"),
    keys=AROUND,
    amounts={
        "questions": "questions asked in the period",
        "in_time": "of these, answered within the days given",
        "unanswered": "of these, not answered so far",
    },
    left_out={"question_too_young": "Open, and asked too lately to be late."},
    parameters={
        "of": Parameter("The side that is asked.", "health", choices=tuple(SIDES)),
        "days": Parameter("Within how many days is in time.", ANSWER_DAYS, "number"),
    },
)


def questions(
    tables: Tables, asked: Sequence[Asked], of: str = "health", days: int = ANSWER_DAYS
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is QUESTIONS."""
    around = Around(tables)
    return [
        _question_row(each, row, around, days)
        for each in asked
        for row in tables["questions"]
        if each.days.contains(row["asked_on"])
        and row["asked_of_sector"] in SIDES[of]
        and row["asked_by_sector"] in SIDES[OTHER[of]]
    ]


def _question_row(asked: Asked, row: Row, around: Around, days: int) -> dict[str, Any]:
    answered, day = row["answered_on"], row["asked_on"]
    if answered is not None and answered > asked.as_of:
        answered = None
    by_day = day + timedelta(days)
    too_young = answered is None and asked.as_of < by_day
    return QUESTIONS.row(
        period=asked.period,
        unit_id=row["unit_id"],
        question_id=row["question_id"],
        episode_id=row["episode_id"],
        **around.on(row["episode_id"], day),
        questions=int(not too_young),
        in_time=int(answered is not None and answered <= by_day),
        unanswered=int(answered is None and not too_young),
        left_out="question_too_young" if too_young else None,
    )


CLINICIAN_CONTACTS = Word(
    name="clinician_contacts",
    family="sectors",
    about="Contacts in the period with a clinician or on a clinician's initiative, those "
    "that were not kept left out.",
    ids=("contact_id", "episode_id"),
    keys=AROUND,
    amounts={
        "contacts": "contacts with a clinician",
        "by_clinician": "of these, on the clinician's initiative",
    },
    left_out={"initiator_unknown": "On whose initiative this was is not known."},
)


def clinician_contacts(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CLINICIAN_CONTACTS."""
    around = Around(tables)
    return [
        _contact_row(each, row, around)
        for each in asked
        for row in tables["contacts"]
        if each.days.contains(row["day"])
        and row["attended"] is not False
        and (row["with_clinician"] or row["initiated_by"] == "clinician")
    ]


def _contact_row(asked: Asked, row: Row, around: Around) -> dict[str, Any]:
    known = row["initiated_by"] is not None
    return CLINICIAN_CONTACTS.row(
        period=asked.period,
        unit_id=row["unit_id"],
        contact_id=row["contact_id"],
        episode_id=row["episode_id"],
        **around.on(row["episode_id"], row["day"]),
        contacts=int(known),
        by_clinician=int(row["initiated_by"] == "clinician"),
        left_out=None if known else "initiator_unknown",
    )


PLANS_SEEN = Word(
    name="plans_seen",
    family="sectors",
    about="Search plans agreed in the period, of people with a treatment team that day, "
    "and whether a treatment team has seen them within 14 days. A plan has the same "
    "event id when it is agreed and when it is seen.",
    ids=("event_id", "episode_id"),
    keys=AROUND,
    amounts={
        "plans": "search plans agreed at least 14 days ago",
        "seen_in_time": "of these, seen by the treatment team within 14 days",
    },
    left_out={
        "plan_too_young": "Agreed less than 14 days ago.",
        "no_team": NO_TEAM,
    },
)


def plans_seen(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is PLANS_SEEN."""
    around = Around(tables)
    of_kind = by(tables["plan_events"], "kind")
    seen = {
        row["event_id"]: row["day"] for row in of_kind["plan_seen_by_treatment_team"]
    }
    rows = []
    for each in asked:
        for row in of_kind["search_plan"]:
            if not each.days.contains(row["day"]):
                continue
            near = around.on(row["episode_id"], row["day"])
            by_day, seen_on = (
                row["day"] + timedelta(SEEN_DAYS),
                seen.get(row["event_id"]),
            )
            why = "plan_too_young" if by_day > each.as_of else None
            if near["team_id"] is None:
                why = "no_team"
            in_time = seen_on is not None and seen_on <= by_day
            rows.append(
                PLANS_SEEN.row(
                    period=each.period,
                    unit_id=row["unit_id"],
                    event_id=row["event_id"],
                    episode_id=row["episode_id"],
                    **near,
                    plans=int(why is None),
                    seen_in_time=int(why is None and in_time),
                    left_out=why,
                )
            )
    return rows


JOINT_CONTACTS = Word(
    name="joint_contacts",
    family="sectors",
    about="People on the caseload in the period who are with a treatment team on their "
    "last day there, and whether applicant, specialist and clinician met.",
    ids=("person_key", "episode_id", "contact_id"),
    keys=AROUND,
    amounts={
        "people": "people on the caseload whom a treatment team treats",
        "met_together": "of these, with an attended contact in the period at which "
        "applicant and clinician were together",
    },
    left_out={"no_team": NO_TEAM},
    parameters={"basis": BASIS},
)


def joint_contacts(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is JOINT_CONTACTS."""
    around = Around(tables)
    people = {row["episode_id"]: person_of(row) for row in tables["episodes"]}
    joint = by(
        (
            {**row, "person": people[row["episode_id"]]}
            for row in tables["contacts"]
            if row["episode_id"] in people
            and row["attended"]
            and row["with_applicant"]
            and row["with_clinician"]
        ),
        "person",
    )
    rows = []
    for each in asked:
        for episode, day in people_in(tables, each, basis):
            near = around.on(episode["episode_id"], day)
            met = [
                (row["day"], row["contact_id"])
                for row in joint[person_of(episode)]
                if each.days.contains(row["day"])
            ]
            with_team = near["team_id"] is not None
            contact = min(met, default=(None, None))[1] if with_team else None
            rows.append(
                JOINT_CONTACTS.row(
                    period=each.period,
                    unit_id=episode["unit_id"],
                    person_key=episode["person_key"],
                    episode_id=episode["episode_id"],
                    contact_id=contact,
                    **near,
                    people=int(with_team),
                    met_together=int(contact is not None),
                    left_out=None if with_team else "no_team",
                )
            )
    return rows
