"""The parts of a meeting's page that several people change at once.

A page holds each part with a token and a digest of what it shows, and asks every second
what is new. The number of changes of the meeting answers most of that; where it grew,
the values of every part are read, and only those parts are written whose digest is
another. A token is made for one reader on one day: who sends it was shown the part.
"""

import hashlib
import hmac
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest
from django.middleware.csrf import get_token
from django.template import Context
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from braid.access.choices import Sector
from braid.access.policy import Actor
from braid.access.seating import Seat, Table, seats
from braid.desk.meeting.people import listed, sides
from braid.kernel.errors import Change
from braid.people.queries.treated import Treated
from braid.teamwork.queries import asked, meetings
from braid.teamwork.queries.asked import AskedView
from braid.teamwork.queries.meetings import (
    DecisionView,
    LineView,
    NoteView,
    NotYetView,
    SeatView,
)

HEAD, SEATS, DECIDED, NOTES, NOT_YET = "head", "seats", "decided", "notes", "not_yet"
SIDES: Mapping[str, Promise] = {
    Sector.IPS_PROVIDER: _("the employment side"),
    Sector.MENTAL_HEALTH: _("the treatment side"),
    Sector.EMPLOYMENT: _("the job centre"),
    Sector.OTHER: _("the counsellor"),
}


@dataclass(frozen=True, slots=True)
class Wrong:
    """What stood in the way of saving a part: a sentence, who was faster, what was typed."""

    part: str
    sentence: str
    changes: tuple[Change, ...] = ()
    given: Mapping[str, str] = field(default_factory=dict)


class Part(NamedTuple):
    """One part: its name, its template, and the values that it shows."""

    name: str
    template: str
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Now:
    """A meeting as one reader sees it at an instant."""

    actor: Actor
    meeting: Any
    table: Table
    people: tuple[Treated, ...]
    lines: Mapping[UUID, LineView]
    decisions: tuple[DecisionView, ...]
    asked: tuple[AskedView, ...]
    attendance: tuple[SeatView, ...]
    seats: tuple[Seat, ...]
    notes: tuple[NoteView, ...]
    not_yet: tuple[NotYetView, ...]
    number_not_yet: int


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """A decision in a part: whose it is in words, and whether this meeting made it."""

    decision: DecisionView
    whose: str
    is_earlier: bool


@dataclass(frozen=True, slots=True)
class SeatLine:
    """A member of staff with whether they are there."""

    user_id: UUID
    name: str
    present: bool


def table_of(actor: Actor, meeting: Any) -> Table:
    """Return the table of a meeting, as the side at which `actor` sits sees it."""
    team: Any = meeting.team
    return Table(meeting.unit, team, meeting.unit_id in actor.teams)


def now(actor: Actor, meeting: Any, *, holders: bool = False) -> Now:
    """Read everything of a meeting that can change while it is held."""
    table = table_of(actor, meeting)
    lines = meetings.lines(actor, meeting.pk)
    people = listed(actor, meeting, list(lines), holders=holders)
    keys = [one.episode_id for one in people]
    return Now(
        actor=actor,
        meeting=meeting,
        table=table,
        people=tuple(people),
        lines=lines,
        decisions=tuple(meetings.decisions(actor, meeting)),
        asked=tuple(asked.open_about(actor, keys)),
        attendance=tuple(meetings.attendance(actor, meeting.pk)),
        seats=tuple(seats(sides(meeting), actor)),
        notes=tuple(meetings.notes(actor, meeting.pk)),
        not_yet=tuple(
            [] if table.is_unit else meetings.not_yet(actor, table.team.pk, meeting.pk)
        ),
        number_not_yet=meetings.number_not_yet(table.team.pk),
    )


def line_name(episode_id: UUID) -> str:
    return f"line-{episode_id.hex}"


def parts(seen: Now) -> Iterator[Part]:
    """Yield the parts of the page in no particular order."""
    for person in seen.people:
        yield line_part(seen, person)
    general = [one for one in seen.decisions if one.episode_id is None]
    yield Part(HEAD, "desk/meeting/head.html", _head(seen.meeting))
    yield Part(SEATS, "desk/meeting/seats.html", _seats(seen))
    yield Part(
        DECIDED,
        "desk/meeting/decided.html",
        {"decisions": _decision_lines(seen, general)},
    )
    yield Part(NOTES, "desk/meeting/notes.html", {"notes": seen.notes})
    yield Part(
        NOT_YET,
        "desk/meeting/not_yet.html",
        {"people": seen.not_yet, "number": seen.number_not_yet},
    )


def line_part(seen: Now, person: Treated) -> Part:
    """Return what is said, asked and decided about one person."""
    key = person.episode_id
    about = [one for one in seen.decisions if one.episode_id == key]
    return Part(
        line_name(key),
        "desk/meeting/said.html",
        {
            "episode_id": key,
            "applicant_id": person.applicant_id,
            "name": person.name,
            "line": seen.lines.get(key),
            "decisions": _decision_lines(seen, about),
            "asked": [
                (one, SIDES.get(one.of_sector, ""))
                for one in seen.asked
                if one.episode_id == key
            ],
        },
    )


def _head(meeting: Any) -> dict[str, Any]:
    return {
        "day": meeting.day,
        "begins_at": meeting.begins_at,
        "minutes": meeting.minutes,
        "mode": meeting.get_mode_display(),
        "place": meeting.place_words,
        "closed_on": meeting.closed_on,
    }


def _decision_lines(seen: Now, found: list[DecisionView]) -> list[DecisionLine]:
    return [
        DecisionLine(
            one,
            one.staff or str(SIDES.get(one.sector, "")),
            one.meeting_id != seen.meeting.pk,
        )
        for one in found
    ]


def _seats(seen: Now) -> dict[str, Any]:
    """Return both sides with who is there, and the guests."""
    there = {one.staff_id: one.present for one in seen.attendance if one.staff_id}
    seated: dict[UUID, list[SeatLine]] = {}
    placed: set[UUID] = set()
    for one in seen.seats:
        if one.user_id in placed:
            continue
        placed.add(one.user_id)
        seated.setdefault(one.team_id, []).append(
            SeatLine(one.user_id, one.name, there.get(one.user_id, False))
        )
    left = [  # they were there, and work elsewhere now
        SeatLine(one.staff_id, one.name, one.present)
        for one in seen.attendance
        if one.staff_id is not None and one.staff_id not in placed and one.present
    ]
    own, other = seen.table.unit, seen.table.team
    return {
        "sides": [
            (own.name, seated.get(own.pk, [])),
            (other.name, seated.get(other.pk, [])),
        ],
        "left": left,
        "guests": [one for one in seen.attendance if one.staff_id is None],
    }


def token(seen: Now, part: Part) -> str:
    """Return the name of a part for this reader today."""
    about = f"{seen.actor.id}|{seen.actor.day}|{seen.meeting.pk}|{part.name}"
    return hmac.new(_secret(), about.encode(), hashlib.sha256).hexdigest()[:20]


def _secret() -> bytes:
    return f"meeting part {settings.SECRET_KEY}".encode()


def digest(seen: Now, part: Part) -> str:
    """Return a short digest of what a part shows, in the language of the reader."""
    shown = (get_language(), seen.meeting.closed_on, sorted(part.values.items()))
    return hashlib.sha256(repr(shown).encode()).hexdigest()[:12]


def write(
    request: HttpRequest, seen: Now, part: Part, wrong: Wrong | None = None
) -> SafeString:
    """Return a part in HTML; `wrong` says what stood in the way of saving it."""
    mine = wrong if wrong is not None and wrong.part == part.name else None
    context = {
        **part.values,
        "meeting": seen.meeting,
        "table": seen.table,
        "token": token(seen, part),
        "digest": "" if mine else digest(seen, part),
        "name_of_part": part.name,
        "wrong": mine,
        "is_open": seen.meeting.closed_on is None,
        "current_year": seen.actor.day.year,
        "csrf_token": get_token(request),
        "form_key": uuid4(),
    }
    template: Any = get_template(part.template)
    html: SafeString = template.template.render(Context(context))
    return html


def news(
    request: HttpRequest, seen: Now, have: Mapping[str, str]
) -> tuple[str, list[Part]]:
    """Return the parts that differ from those the page has, and those new to it."""
    found, unseen = [], []
    tokens = set()
    for part in parts(seen):
        name = token(seen, part)
        tokens.add(name)
        if have.get(name) == digest(seen, part):
            continue
        if name not in have:
            unseen.append(part)
        found.append(write(request, seen, part))
    gone = [
        format_html('<div data-gone="{}"></div>', name)
        for name in have
        if name not in tokens
    ]
    return "\n".join([*found, *gone]), unseen
