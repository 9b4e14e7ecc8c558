"""The word about contact with caseworkers, as an Ibis expression."""

import ibis

from braid.method.measures.in_post import units_at_work
from braid.method.measures.populations import (
    Relations,
    in_span,
    one,
    shaped,
    windows,
)
from braid.method.measures.reference.collaboration import (
    CASEWORKER_CONTACT,
    MONTHS,
    QUARTER,
    SECTOR,
)
from braid.method.measures.teams import in_period, later

WHAT = ("contact", "contact_unknown", "face_to_face", "face_unknown", "meeting")
GRAINS = ("week", "month", "quarter")


def caseworker_contact(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return the rows of the word; its definition is CASEWORKER_CONTACT."""
    days = _days(tables, asked)
    units = units_at_work(tables, asked).join(windows(asked), "period")
    parts = [_grain(units, days, grain) for grain in GRAINS]
    return ibis.union(*(shaped(part, CASEWORKER_CONTACT) for part in parts))


def _days(tables: Relations, asked: ibis.Table) -> ibis.Table:
    """Return what happened, by unit and day: how many of each, `back` from the end."""
    contacts, questions = in_span(tables["contacts"], asked), tables["questions"]
    contacts = contacts.filter(
        contacts.attended.fill_null(True), contacts.with_caseworker.fill_null(True)
    )
    by, of = questions.asked_by_sector, questions.asked_of_sector
    questions = questions.filter(
        questions.episode_id.notnull(), by != of, (by == SECTOR) | (of == SECTOR)
    )
    answered = questions.filter(questions.answered_on.notnull())
    meetings = tables["meetings"]
    meetings = meetings.filter(
        meetings.kind == "job_centre", meetings.unit_id.notnull()
    )
    found = ibis.union(
        _told(
            contacts,
            contact=one(contacts.with_caseworker),
            contact_unknown=one(contacts.with_caseworker.isnull()),
        ),
        _told(questions.mutate(day=questions.asked_on), contact=1),
        _told(answered.mutate(day=answered.answered_on), contact=1),
        _told(
            meetings,
            face_to_face=one(meetings["mode"] == "in_person"),
            face_unknown=one(meetings["mode"].isnull()),
            meeting=1,
        ),
    )
    days = found.group_by("unit_id", "day").agg(**{w: found[w].sum() for w in WHAT})
    rows = in_period(days, asked)
    return rows.mutate(back=rows.closes.delta(rows.day, unit="day").cast("int64"))


def _told(rows: ibis.Table, **what: ibis.Value | int) -> ibis.Table:
    shown = {name: what.get(name, 0) for name in WHAT}
    rows = rows.mutate(**shown)
    return rows.select(
        "unit_id", "day", **{name: rows[name].cast("int64") for name in WHAT}
    )


def _number(back: ibis.Value, grain: str) -> ibis.Value:
    """Return the number of the stretch that lies so many days back."""
    if grain != "month":
        return back // (7 if grain == "week" else QUARTER)
    rest = back % QUARTER
    first, second = MONTHS[0], MONTHS[0] + MONTHS[1]
    month = ibis.cases((rest < first, 0), (rest < second, 1), else_=2)
    return back // QUARTER * len(MONTHS) + month


def _end(number: ibis.Value, grain: str) -> ibis.Value:
    """Return how many days back the first day of a stretch lies."""
    if grain != "month":
        return (number + 1) * (7 if grain == "week" else QUARTER) - 1
    place, lengths = number % len(MONTHS), (MONTHS[0], MONTHS[0] + MONTHS[1])
    days = ibis.cases((place == 0, lengths[0]), (place == 1, lengths[1]), else_=QUARTER)
    return number // len(MONTHS) * QUARTER + days - 1


def _grain(units: ibis.Table, days: ibis.Table, grain: str) -> ibis.Table:
    """Return the rows of one grain for every unit."""
    length = (units.closes.delta(units.opens, unit="day") + 1).cast("int64")
    # One more than can be whole; those that begin before the period are taken away.
    most = length // (7 if grain == "week" else 30) + 1
    rows = units.mutate(number=ibis.range(0, most).unnest())
    rows = rows.mutate(number=rows.number.cast("int64"))
    rows = rows.mutate(begins=later(rows.closes, -_end(rows.number, grain)))
    rows = rows.filter(rows.begins >= rows.opens)
    found = days.mutate(number=_number(days.back, grain).cast("int64"))
    found = found.group_by("period", "unit_id", "number").agg(
        **{w: found[w].sum() for w in WHAT}
    )
    found = found.rename(of_period="period", of_unit="unit_id", of_number="number")
    rows = rows.left_join(
        found,
        [
            rows.period == found.of_period,
            rows.unit_id == found.of_unit,
            rows.number == found.of_number,
        ],
    )
    if grain == "week":
        rows = _with_meetings(rows, days)
    face = one(rows.face_to_face > 0)
    contact = one(rows.contact > 0)
    if grain != "week":
        contact = ibis.greatest(contact, face)
    amounts = {
        f"{grain}s": 1,
        f"{grain}s_with_contact": contact,
        f"{grain}s_unknown": (1 - contact) * one(rows.contact_unknown > 0),
    }
    if grain == "week":
        amounts["job_centre_meetings"] = one(rows.number == 0) * rows.held
    else:
        amounts[f"{grain}s_face_to_face"] = face
        amounts[f"{grain}s_face_unknown"] = (1 - face) * one(rows.face_unknown > 0)
    return rows.mutate(
        day=rows.begins.strftime("%Y-%m-%d"), grain=ibis.literal(grain), **amounts
    )


def _with_meetings(rows: ibis.Table, days: ibis.Table) -> ibis.Table:
    """Return rows with `held`: the job-centre meetings of the unit in the period."""
    held = days.group_by(held_in="period", held_by="unit_id").agg(
        held=days.meeting.sum()
    )
    found = rows.left_join(
        held, [rows.period == held.held_in, rows.unit_id == held.held_by]
    )
    return found.mutate(held=found.held.fill_null(0))
