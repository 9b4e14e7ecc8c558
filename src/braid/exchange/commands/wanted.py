"""What a file says of records that are in Braid: fields, parts, what comes beside them.

Pure: what stands is given, and ids may stand for what is not made yet.
"""

from collections.abc import Sequence
from typing import Any

from braid.exchange import linked
from braid.exchange.choices import LinkKind
from braid.exchange.commands import values
from braid.exchange.commands.values import Ids, Values
from braid.exchange.comparing import Standing, Wanted
from braid.exchange.roster.plan import Plan
from braid.exchange.roster.records import EpisodeRecord, JobRecord, PersonRecord

CASELOAD = "people.caseloadspell"
TREATMENT = "people.treatmentspell"
ENTRY = "people.episodeentry"
NOTE = "people.note"
IDENTIFIER = "people.identifier"
TERMS = "work.jobterms"
PAID_WORK = "work.paidwork"
OF_MEETING = ("staff_id", "present")
"""What is an attendance's own; the rest is the meeting's."""


def person(
    record: PersonRecord, standing: Standing, system: str, *, number_only: bool
) -> Wanted:
    """Return names, birth date and phone, and a client number where none is known.

    A blank phone says nothing. `system` is the kind of number that the unit gives.
    """
    fields: Values = {} if number_only else values.of_person(record)
    if not fields.get("phone"):
        fields.pop("phone", None)
    held = standing.parts.get(IDENTIFIER, ())
    numbered = any(number.values["system"] == system for number in held)
    if numbered or not record.client_number:
        return Wanted(fields)
    number = {"system": system, "value": record.client_number}
    return Wanted(fields, added={IDENTIFIER: [number]})


def episode(record: EpisodeRecord, standing: Standing, plan: Plan, ids: Ids) -> Wanted:
    """Return an episode with its spells, the state it has come into, a new note."""
    entry = _next_entry(record, _in_order(standing, ENTRY, "number"))
    state = {"state": entry["state"]} if entry else {}
    return Wanted(
        values.of_episode(record) | state,
        parts={
            CASELOAD: [
                {
                    "specialist_id": share.specialist_id,
                    "first_day": share.first_day,
                    "last_day": share.last_day,
                    "ended_because": share.ended_because,
                }
                for share in values.caseload_of(record, plan.setup, ids)
            ],
            TREATMENT: _treatment(record, standing, plan, ids),
        },
        added={
            ENTRY: [entry] if entry else [],
            NOTE: _new_note(record, standing, plan),
        },
    )


def _in_order(standing: Standing, kind: str, by: str) -> list[Standing]:
    return sorted(standing.parts.get(kind, ()), key=lambda part: part.values[by])


def _next_entry(record: EpisodeRecord, known: Sequence[Standing]) -> Values:
    """Return the state that the row tells and the episode has not come into, if any."""
    state, day = "referred", record.accepted_on or record.referred_on
    if record.accepted_on is not None:
        state = "active"
    if record.exited_on is not None:
        state = "exited" if record.accepted_on else "not_started"
        day = record.exited_on
    if known and _stage(known[-1].values["state"]) == state:
        return {}
    return {
        "number": len(known) + 1,
        "state": state,
        "day": day,
        "reason": record.exit_reason or "" if state == "exited" else "",
    }


def _stage(state: str) -> str:
    """Return the state as a roster tells it: it knows no waiting and no pause."""
    if state in {"paused", "stepped_down"}:
        return "active"
    return "referred" if state == "waiting" else state


def _treatment(
    record: EpisodeRecord, standing: Standing, plan: Plan, ids: Ids
) -> list[Values]:
    names = ("team_id", "first_day", "last_day")
    earlier = [
        {name: spell.values[name] for name in names}
        for spell in _in_order(standing, TREATMENT, "first_day")
    ]
    return values.treatment_of(earlier, record, plan.as_of, ids)


def _new_note(record: EpisodeRecord, standing: Standing, plan: Plan) -> list[Values]:
    """Return a changed note, to stand beside the earlier one: words are kept."""
    text = values.note_of(record)
    known = {note.values["text"] for note in standing.parts.get(NOTE, ())}
    return [{"day": plan.as_of, "text": text}] if text and text not in known else []


def log(kind: str, record: Any, ids: Ids) -> Wanted:
    """Return a contact, employer contact, job or attendance."""
    fields = values.OF_ROW[kind](record, ids)
    if kind == LinkKind.MEETINGS:
        fields = {name: fields[name] for name in OF_MEETING}
    if not isinstance(record, JobRecord):
        return Wanted(fields)
    told = values.new_job(record, ids)
    terms = [
        {
            "first_day": one.first_day,
            "last_day": one.last_day,
            "weekly_hours": one.weekly_hours,
            "pay": one.pay,
            "pay_unit": one.pay_unit,
            "currency": one.currency,
        }
        for one in told.terms
    ]
    return Wanted(fields, parts={TERMS: terms, PAID_WORK: values.paid_of(told)})


RECORD_KIND: dict[str, str] = {
    LinkKind.PERSON: linked.APPLICANT,
    LinkKind.CASELOAD: linked.EPISODE,
    LinkKind.CONTACTS: linked.CONTACT,
    LinkKind.EMPLOYER_CONTACTS: linked.EMPLOYER_CONTACT,
    LinkKind.JOBS: linked.JOB,
    LinkKind.MEETINGS: linked.ATTENDANCE,
    LinkKind.EMPLOYER: linked.EMPLOYER,
    LinkKind.STAFF: linked.MEMBERSHIP,
    LinkKind.TEAM: linked.TEAM,
}
"""The kind of record that a row of each kind becomes."""
