"""Rows of the logs: contacts with people, contacts with employers, team meetings."""

from collections.abc import Iterable, Sequence

from braid.exchange.roster.codes import MODES, place_code
from braid.exchange.roster.courses import Course, of_day
from braid.exchange.roster.drafts import Draft
from braid.exchange.roster.faults import ROW_OUT, ask_choice, ask_day
from braid.exchange.roster.person import Person
from braid.exchange.roster.records import (
    ContactRecord,
    EmployerContactRecord,
    MeetingRecord,
)
from braid.exchange.roster.wording import N_

MISSING_DAY = N_("No day is given. On which day was it?")
NOBODY_NAMED = N_("No specialist is named. Whose is it?")
_TRUTH = {"yes": True, "no": False}


def check_log_row(draft: Draft, specialists: Iterable[str]) -> None:
    """Say what is missing in a row of a log: the day, the specialist."""
    if draft.get("date") is None and draft.is_missing("date"):
        draft.say("date", ask_day("missing_date", "date", ROW_OUT, MISSING_DAY))
    source = draft.source
    has_place = source.specialist_at(draft.number)[0] or "spec" in source.columns
    known = draft.cells.get("spec") and "spec" not in draft.answered
    if has_place and not known and draft.is_missing("spec"):
        fault = ask_choice(
            "missing_specialist", "spec", tuple(specialists), NOBODY_NAMED
        )
        draft.say("spec", fault)


def contact_record(
    draft: Draft,
    person: Person,
    courses: Sequence[Course],
    offices: tuple[str, ...],
) -> ContactRecord:
    """Return a contact in the words of the facts."""
    course = of_day(courses, draft.cells["date"])
    mode, place = draft.get("mode"), draft.get("place")
    return ContactRecord(
        person.key,
        course.key if course else None,
        draft.cells["date"],
        draft.get("spec"),
        MODES.get(mode) if mode else None,
        draft.text("mode"),
        place_code(place, offices) if place else None,
        draft.text("place"),
        draft.get("minutes"),
        _TRUTH.get(draft.get("attended") or ""),
        draft.get("notes") or "",
    )


def employer_contact_record(
    draft: Draft, person: Person | None, courses: Sequence[Course]
) -> EmployerContactRecord:
    """Return a contact with an employer in the words of the facts."""
    course = of_day(courses, draft.cells["date"])
    mode = draft.get("mode")
    return EmployerContactRecord(
        draft.cells["date"],
        draft.get("spec"),
        draft.get("employer") or "",
        draft.get("person") or "",
        MODES.get(mode) if mode else None,
        draft.text("mode"),
        person.key if person else None,
        course.key if course else None,
        draft.get("outcome"),
        draft.text("outcome"),
        draft.get("notes") or "",
    )


def meeting_record(draft: Draft) -> MeetingRecord:
    """Return a specialist's seat at a team meeting in the words of the facts."""
    return MeetingRecord(
        draft.cells["date"],
        draft.get("team"),
        draft.get("spec"),
        _TRUTH.get(draft.get("attended") or ""),
        draft.get("notes") or "",
    )
