"""Words about what the sectors do together, as Ibis expressions."""

import ibis

from braid.method.measures.populations import (
    Relations,
    first_of,
    in_span,
    one,
    shaped,
)
from braid.method.measures.reference.sectors import (
    ANSWER_DAYS,
    CLINICIAN_CONTACTS,
    JOINT_CONTACTS,
    OTHER,
    PLANS_SEEN,
    QUESTIONS,
    SEEN_DAYS,
    SIDES,
)
from braid.method.measures.teams import around, in_period, people_in


def questions(
    tables: Relations,
    asked: ibis.Table,
    of: str = "health",
    days: int = ANSWER_DAYS,
) -> ibis.Table:
    """Return the rows of the word; its definition is QUESTIONS."""
    rows = tables["questions"]
    rows = rows.filter(
        rows.asked_of_sector.isin(SIDES[of]),
        rows.asked_by_sector.isin(SIDES[OTHER[of]]),
    )
    rows = in_period(rows, asked, "asked_on")
    rows = around(rows, tables, ("period", "question_id"), "asked_on")
    answered = (rows.answered_on <= rows.as_of).fill_null(False)
    waited = rows.answered_on.delta(rows.asked_on, unit="day")
    age = rows.as_of.delta(rows.asked_on, unit="day")
    too_young = ~answered & (age < days)
    return shaped(
        rows.mutate(
            questions=one(~too_young),
            in_time=one(answered & (waited <= days)),
            unanswered=one(~answered & ~too_young),
            left_out=too_young.ifelse("question_too_young", None),
        ),
        QUESTIONS,
    )


def clinician_contacts(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is CLINICIAN_CONTACTS."""
    rows = tables["contacts"]
    by_clinician = (rows.initiated_by == "clinician").fill_null(False)
    rows = rows.filter(
        rows.attended.fill_null(True),
        rows.with_clinician.fill_null(False) | by_clinician,
    )
    rows = around(in_period(rows, asked), tables, ("period", "contact_id"))
    known = rows.initiated_by.notnull()
    return shaped(
        rows.mutate(
            contacts=one(known),
            by_clinician=one(rows.initiated_by == "clinician"),
            left_out=known.ifelse(None, "initiator_unknown"),
        ),
        CLINICIAN_CONTACTS,
    )


def plans_seen(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is PLANS_SEEN."""
    events = tables["plan_events"]
    seen = events.filter(events.kind == "plan_seen_by_treatment_team")
    seen = seen.select(seen_event="event_id", seen_on="day")
    rows = in_period(events.filter(events.kind == "search_plan"), asked)
    rows = rows.left_join(seen, rows.event_id == seen.seen_event)
    rows = around(rows, tables, ("period", "event_id"))
    why = ibis.cases(
        (rows.team_id.isnull(), "no_team"),
        (rows.as_of.delta(rows.day, unit="day") < SEEN_DAYS, "plan_too_young"),
    )
    in_time = rows.seen_on.delta(rows.day, unit="day") <= SEEN_DAYS
    return shaped(
        rows.mutate(
            plans=one(why.isnull()),
            seen_in_time=one(why.isnull() & in_time),
            left_out=why,
        ),
        PLANS_SEEN,
    )


def joint_contacts(
    tables: Relations, asked: ibis.Table, basis: str = "accepted"
) -> ibis.Table:
    """Return the rows of the word; its definition is JOINT_CONTACTS."""
    people = people_in(tables, asked, basis).drop("day")
    met = in_span(tables["contacts"], asked)
    met = met.filter(met.attended, met.with_applicant, met.with_clinician)
    owners = tables["episodes"].select("episode_id", "person_key")
    met = met.join(owners, "episode_id").select(
        "contact_id", "day", of_unit="unit_id", of_person="person_key"
    )
    rows = people.left_join(
        met,
        [
            people.unit_id == met.of_unit,
            people.person_key == met.of_person,
            people.team_id.notnull(),
            people.opens <= met.day,
            met.day <= people.closes,
        ],
    )
    same = ["period", "unit_id", "person_key"]
    rows = first_of(rows, same, day=rows.day, contact=rows.contact_id)
    with_team = rows.team_id.notnull()
    return shaped(
        rows.mutate(
            people=one(with_team),
            met_together=one(rows.contact_id.notnull()),
            left_out=with_team.ifelse(None, "no_team"),
        ),
        JOINT_CONTACTS,
    )
