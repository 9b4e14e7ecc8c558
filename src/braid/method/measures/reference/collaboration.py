"""The word about contact with caseworkers, in weeks, months and quarters of 91 days."""

from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, Literal

from braid.kernel.dates import Period, days_between
from braid.method.measures.reference.in_post import units_at_work
from braid.method.measures.reference.populations import by
from braid.method.measures.words import Asked, Row, Tables, Word

Grain = Literal["week", "month", "quarter"]
QUARTER = 91
MONTHS = (31, 30, 30)
SECTOR = "employment"
FACE_TO_FACE, FACE_UNKNOWN, CONTACT, CONTACT_UNKNOWN, MEETING = (
    *("face_to_face", "face_unknown", "contact", "contact_unknown", "meeting"),
)
"""What an event is: a meeting in person at the job centre, one of which that is not
known, contact with a caseworker, contact of which that is not known."""

CASEWORKER_CONTACT = Word(
    name="caseworker_contact",
    family="collaboration",
    about="Weeks, months and quarters of the period, counted back from its last day, of "
    "every unit with a specialist in post in it: those with a job-centre meeting in "
    "person, and those with contact about somebody, by a contact with a caseworker, or "
    "by a question to or from the employment side. A quarter is 91 days, in months of "
    "31, 30 and 30. For months and quarters a meeting in person is contact too.",
    ids=("day", "grain"),
    keys=(),
    amounts={
        "weeks": "weeks",
        "weeks_with_contact": "of these, with contact about somebody",
        "weeks_unknown": "without, but with a contact of which it is not known whether "
        "a caseworker took part",
        "months": "months",
        "months_face_to_face": "of these, with a job-centre meeting in person",
        "months_face_unknown": "without, but with a job-centre meeting of which it is "
        "not known how it was held",
        "months_with_contact": "months with some contact",
        "months_unknown": "without, but with a contact of which it is not known whether "
        "a caseworker took part",
        "quarters": "quarters",
        "quarters_face_to_face": "of these, with a job-centre meeting in person",
        "quarters_face_unknown": "without, but with a job-centre meeting of which it is "
        "not known how it was held",
        "quarters_with_contact": "quarters with some contact",
        "quarters_unknown": "without, but with a contact of which it is not known "
        "whether a caseworker took part",
        "job_centre_meetings": "job-centre meetings of any kind",
    },
)
Events = Collection[tuple[int, str]]
"""The days before the last one, and what happened."""


def caseworker_contact(tables: Tables, asked: Sequence[Asked]) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CASEWORKER_CONTACT."""
    known, rows = by(_events(tables), "unit_id"), []
    for each in asked:
        for unit in units_at_work(tables, each):
            events = [
                (days_between(row["day"], each.last_day), row["what"])
                for row in known[unit]
                if each.days.contains(row["day"])
            ]
            for grain, number, days in _stretches(each.days):
                rows.append(_row(each, unit, grain, number, days, events))
    return rows


def _events(tables: Tables) -> list[Row]:
    """Return what happened between units and caseworkers, by day."""
    found = []
    for row in tables["contacts"]:
        if row["attended"] is not False and row["with_caseworker"] is not False:
            what = CONTACT if row["with_caseworker"] else CONTACT_UNKNOWN
            found.append((row["unit_id"], row["day"], what))
    for row in tables["questions"]:
        sides = (row["asked_by_sector"], row["asked_of_sector"])
        if SECTOR in sides and sides[0] != sides[1] and row["episode_id"] is not None:
            days = {row["asked_on"], row["answered_on"]} - {None}
            found += [(row["unit_id"], day, CONTACT) for day in days]
    for row in tables["meetings"]:
        if row["kind"] == "job_centre" and row["unit_id"] is not None:
            how = {"in_person": FACE_TO_FACE, None: FACE_UNKNOWN}.get(row["mode"])
            found += [
                (row["unit_id"], row["day"], what) for what in (MEETING, how) if what
            ]
    return [{"unit_id": unit, "day": day, "what": what} for unit, day, what in found]


def _stretches(days: Period) -> list[tuple[Grain, int, Period]]:
    """Return grain, number and days of each whole stretch, counted back."""
    last = days.last_day or days.first_day
    length = days_between(days.first_day, last) + 1
    lengths: Mapping[Grain, list[int]] = {
        "week": [7] * (length // 7),
        "month": [*MONTHS] * (length // QUARTER + 1),
        "quarter": [QUARTER] * (length // QUARTER),
    }
    found: list[tuple[Grain, int, Period]] = []
    for grain, each in lengths.items():
        back = 0
        for number, long in enumerate(each):
            first = last - timedelta(back + long - 1)
            if first >= days.first_day:
                found.append((grain, number, Period(first, last - timedelta(back))))
            back += long
    return found


def _row(
    asked: Asked, unit: str, grain: Grain, number: int, days: Period, events: Events
) -> dict[str, Any]:
    last = days.last_day or days.first_day
    near, far = (
        days_between(last, asked.last_day),
        days_between(days.first_day, asked.last_day),
    )
    met = {what for back, what in events if near <= back <= far}
    contact = CONTACT in met or (grain != "week" and FACE_TO_FACE in met)
    unknown = not contact and CONTACT_UNKNOWN in met
    amounts = {f"{grain}s": 1, f"{grain}s_with_contact": int(contact)}
    amounts[f"{grain}s_unknown"] = int(unknown)
    if grain != "week":
        face = FACE_TO_FACE in met
        amounts[f"{grain}s_face_to_face"] = int(face)
        amounts[f"{grain}s_face_unknown"] = int(not face and FACE_UNKNOWN in met)
    if (grain, number) == ("week", 0):
        amounts["job_centre_meetings"] = sum(what == MEETING for _, what in events)
    return CASEWORKER_CONTACT.row(
        period=asked.period,
        unit_id=unit,
        day=days.first_day.isoformat(),
        grain=grain,
        **amounts,
    )
