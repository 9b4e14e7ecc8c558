"""The page of one meeting: what each of its parts shows."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.text import capfirst

from braid.access import audit, seating
from braid.access.choices import Sector
from braid.access.policy import Action, Actor, Information, may
from braid.access.sides import SIDE_OF_TEAM
from braid.desk.gatherings import evidence, frozen, listing
from braid.desk.gatherings.kinds import OF_GROUP, OF_SPECIALIST, SECTORS, SHAPES, Part
from braid.desk.gatherings.open_matters import open_matters
from braid.fidelity import queries as fidelity
from braid.people.queries.refs import known_names
from braid.teamwork.choices import GroupPart, MeetingKind
from braid.teamwork.queries import gatherings, meetings
from braid.teamwork.queries.gatherings import Series
from braid.work import queries as work
from braid.work.queries.starts import starts

SHOWN_BEFORE = 8
WEEK = timedelta(days=6)  # with the day itself, seven
CLASSES = (Information.IDENTITY, Information.ATTENDANCE)
# Parts that stand beside the others where there is room.
SIDE = (Part.ATTENDANCE, Part.COVERS, Part.BEFORE)


@dataclass(frozen=True, slots=True)
class Seat:
    """Somebody who is expected, or was there besides; `present` None: nothing is said."""

    name: str
    sub: str = ""
    staff_id: UUID | None = None
    member_id: UUID | None = None
    guest_id: UUID | None = None
    sector: str = ""
    present: bool | None = None


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A line about somebody, for who may read it."""

    episode_id: UUID
    applicant_id: UUID
    person: str
    discussed: bool
    words: str
    asked: str


def context(actor: Actor, meeting: Any, today: date) -> dict[str, Any]:
    """Return what the page of a meeting shows to `actor`."""
    shape = SHAPES[meeting.kind]
    series = Series.of(meeting)
    since = today - listing.SHOWN_BACK
    history = gatherings.held(actor, since, today, series).get(series, [])
    found: dict[str, Any] = {
        "title": title(meeting),
        "meeting": meeting,
        "about": shape.about,
        "main": [_template(part) for part in shape.parts if part not in SIDE],
        "side": [_template(part) for part in shape.parts if part in SIDE],
        "is_between_two": meeting.kind in OF_SPECIALIST,
        "is_open": meeting.closed_on is None,
        "is_unit": meeting.unit_id in actor.teams,
        "is_to_come": meeting.day > today,
        "history": [one for one in history if one.id != meeting.pk][:SHOWN_BEFORE],
        "evidence": evidence.line(actor, series, history, today),
        "today": today,
        "current_year": today.year,
    }
    for part in shape.parts:
        if part in _PARTS:
            found |= _PARTS[part](actor, meeting, today)
    audit.record(actor, "gathering_opened", meeting)
    return found


def _template(part: Part) -> str:
    return f"desk/gatherings/{part}.html"


def title(meeting: Any) -> str:
    """Return what a meeting is called: its kind, and with whom."""
    name = ""
    if meeting.specialist is not None:
        name = meeting.specialist.name
    elif meeting.group is not None:
        return str(meeting.group.name)
    elif meeting.team is not None:
        name = meeting.team.name
    label = str(capfirst(MeetingKind(meeting.kind).label))
    return " · ".join(part for part in (label, name) if part)


def _agenda(actor: Actor, meeting: Any, _today: date) -> dict[str, Any]:
    return {"matters": gatherings.matters_for(actor, meeting)}


def _open_matters(actor: Actor, meeting: Any, today: date) -> dict[str, Any]:
    is_open = meeting.closed_on is None
    return {"open_matters": open_matters(actor, meeting, today) if is_open else []}


def _attendance(actor: Actor, meeting: Any, _today: date) -> dict[str, Any]:
    return {"seats": seats(actor, meeting)}


def seats(actor: Actor, meeting: Any) -> list[Seat]:
    """Return who is expected at a meeting and who was there besides, with what is said."""
    rows = gatherings.attendance(actor, meeting)
    staff = {row.staff_id: row for row in rows if row.staff_id is not None}
    members = {row.member_id: row for row in rows if row.member_id is not None}
    found = []
    for seat in expected(actor, meeting):
        row = staff.pop(seat.staff_id, None) or members.pop(seat.member_id, None)
        found.append(
            Seat(
                seat.name,
                seat.sub,
                seat.staff_id,
                seat.member_id,
                sector=seat.sector,
                present=row.present if row is not None else None,
            )
        )
    found += [
        Seat(row.staff.name, staff_id=row.staff_id, present=row.present)
        for row in staff.values()
    ]
    found += [
        Seat(row.member.name, member_id=row.member_id, present=row.present)
        for row in members.values()
    ]
    return found + [
        Seat(row.guest, guest_id=row.pk, present=True) for row in rows if row.guest
    ]


def expected(actor: Actor, meeting: Any) -> list[Seat]:
    """Return who sits at the table of a meeting, with the side that each is of."""
    if meeting.kind in OF_SPECIALIST:
        two = (meeting.specialist, meeting.led_by)
        sector = _side(meeting.unit)
        return [Seat(one.name, staff_id=one.pk, sector=sector) for one in two if one]
    if meeting.kind in OF_GROUP:
        return [
            Seat(
                one.name,
                " · ".join(filter(None, (one.get_part_display(), one.body))),
                one.user_id,
                one.pk,
                sector=SECTORS.get(GroupPart(one.part), ""),
            )
            for one in gatherings.members(actor, meeting.group)
        ]
    sides = {one.pk: one for one in (meeting.unit, meeting.team) if one is not None}
    return [
        Seat(
            seat.name,
            sides[seat.team_id].name if len(sides) > 1 else "",
            seat.user_id,
            sector=_side(sides[seat.team_id]),
        )
        for seat in seating.seats(sides, actor)
    ]


def _side(team: Any) -> str:
    return SIDE_OF_TEAM.get(team.kind, Sector.OTHER)


def _people(actor: Actor, meeting: Any, _today: date) -> dict[str, Any]:
    lines = meetings.lines(actor, meeting.pk)
    names = known_names(actor, lines) if lines else {}
    people = [
        PersonLine(key, *names[key], line.discussed, line.words, line.asked)
        for key, line in lines.items()
        if key in names
    ]
    if people:
        audit.record_list(
            actor,
            "gathering_people_opened",
            [one.applicant_id for one in people],
            CLASSES,
            holder=meeting.unit.organisation_id,
        )
    return {"people": sorted(people, key=lambda one: one.person)}


def _figures(actor: Actor, meeting: Any, _today: date) -> dict[str, Any]:
    return {
        "figures": meeting.figures,
        "may_take_figures": frozen.may_take(actor, meeting),
    }


def _fidelity_plan(actor: Actor, meeting: Any, today: date) -> dict[str, Any]:
    return {"plan": fidelity.open_plan(actor, meeting.unit, today)}


def _leads(actor: Actor, meeting: Any, today: date) -> dict[str, Any]:
    until = min(meeting.day, today)
    shared = work.leads(actor, today).filter(
        unit=meeting.unit_id, heard_on__range=(until - WEEK, until)
    )
    return {"leads": list(shared[:20])}


def _covers(actor: Actor, meeting: Any, today: date) -> dict[str, Any]:
    return {
        "covers": gatherings.covers(actor, meeting.unit_id, min(meeting.day, today))
    }


def _starts(actor: Actor, meeting: Any, today: date) -> dict[str, Any]:
    until = min(meeting.day, today)
    found = []
    if may(actor, Action.RECORD, Information.JOBS):
        found = starts(actor, until - WEEK, until, meeting.unit_id)
    if found:
        audit.record_list(
            actor,
            "job_starts_opened",
            [one.applicant_id for one in found],
            (Information.IDENTITY, Information.JOBS),
        )
    return {"starts": found, "starts_from": until - WEEK, "starts_to": until}


def _decisions(actor: Actor, meeting: Any, _today: date) -> dict[str, Any]:
    return {
        "decisions": gatherings.decisions(actor, meeting),
        "undone": gatherings.decisions_before(actor, meeting),
    }


def _notes(actor: Actor, meeting: Any, _today: date) -> dict[str, Any]:
    return {"notes": meetings.notes(actor, meeting.pk)}


def _observation(actor: Actor, meeting: Any, _today: date) -> dict[str, Any]:
    return {
        "observation": gatherings.observation(actor, meeting),
        "practised": gatherings.observations_before(actor, meeting),
    }


_PARTS: Mapping[Part, Callable[[Actor, Any, date], dict[str, Any]]] = {
    Part.AGENDA: _agenda,
    Part.OPEN_MATTERS: _open_matters,
    Part.ATTENDANCE: _attendance,
    Part.PEOPLE: _people,
    Part.FIGURES: _figures,
    Part.FIDELITY_PLAN: _fidelity_plan,
    Part.LEADS: _leads,
    Part.COVERS: _covers,
    Part.STARTS: _starts,
    Part.DECISIONS: _decisions,
    Part.NOTES: _notes,
    Part.OBSERVATION: _observation,
}


def address(meeting: Any) -> str:
    """Return the address of a meeting's page."""
    return reverse("desk:gathering", args=[meeting.pk])
