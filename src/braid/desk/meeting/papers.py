"""A meeting on paper: one page to print, and plain text for the health record."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from braid.desk.meeting import live
from braid.desk.meeting import people as around
from braid.desk.meeting.live import SIDES, Now
from braid.desk.meeting.people import About
from braid.desk.meeting.views import actor_of, record
from braid.documents import making
from braid.documents.paper import Paper, Part
from braid.teamwork.queries import meetings
from braid.teamwork.queries.meetings import DecisionView
from braid.web.days import day_text

FILE = "treatment-team-meeting"


@dataclass(frozen=True, slots=True)
class Text:
    """What goes into one person's health record."""

    applicant_id: UUID
    episode_id: UUID
    name: str
    text: str
    recorded_on: Any


def _read(request: HttpRequest, key: UUID, action: str) -> tuple[Now, list[About]]:
    """Read a meeting with everybody in it, and write down that they were shown."""
    actor = actor_of(request)
    found = meetings.team_meeting(actor, key)
    seen = live.now(actor, found, holders=True)
    known = around.about(actor, found, seen.table, list(seen.people))
    record(actor, found, action, [one.applicant_id for one in seen.people])
    return seen, list(known.lines)


@require_GET
def paper(request: HttpRequest, key: UUID) -> HttpResponse:
    """The meeting on one page, as PDF."""
    seen, lines = _read(request, key, "team_meeting_paper_made")
    made = making.render(
        "meeting", "pdf", _paper(seen, lines).values(), seen.actor.country
    )
    name = f"{FILE}-{seen.meeting.day.isoformat()}.pdf"
    return HttpResponse(
        made,
        content_type="application/pdf",
        headers={
            "Content-Disposition": content_disposition_header(False, name) or "inline",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cache-Control": "no-store",
        },
    )


@require_GET
def text(request: HttpRequest, key: UUID) -> HttpResponse:
    """What was said, as plain text: a person each, and the whole meeting."""
    seen, lines = _read(request, key, "team_meeting_text_opened")
    spoken = [one for one in lines if _is_spoken_of(seen, one)]
    context = {
        "title": _("For the health record"),
        "meeting": seen.meeting,
        "table": seen.table,
        "texts": [
            Text(
                one.person.applicant_id,
                one.person.episode_id,
                one.person.name,
                _paper(seen, [one], whole=False).text(),
                _recorded_on(seen, one),
            )
            for one in spoken
        ],
        "whole": _paper(seen, spoken).text(),
        "current_year": seen.actor.day.year,
    }
    return render(request, "desk/meeting/text.html", context)


def _recorded_on(seen: Now, one: About) -> Any:
    line = seen.lines.get(one.person.episode_id)
    return line.to_health_record_on if line else None


def _is_spoken_of(seen: Now, one: About) -> bool:
    line = seen.lines.get(one.person.episode_id)
    said = line is not None and bool(line.discussed or line.words or line.asked)
    return said or any(_decided(seen, one.person.episode_id))


def _paper(seen: Now, lines: list[About], *, whole: bool = True) -> Paper:
    """Return a meeting in words; `whole` with decisions and notes about nobody."""
    parts = [_person(seen, one) for one in lines]
    if whole:
        parts.append(Part(_("Decided"), points=tuple(_decided(seen, None))))
        notes = tuple(one.text for one in seen.notes if not one.only)
        parts.append(Part(_("Notes"), paragraphs=notes))
    return Paper(
        title=_("Treatment-team meeting"),
        about=tuple(_about(seen)),
        parts=tuple(part for part in parts if not part.is_empty),
        language=get_language() or "en",
    )


def _about(seen: Now) -> Iterator[tuple[str, str]]:
    yield _("Day"), day_text(seen.meeting.day)
    yield _("Teams"), f"{seen.table.unit.name}, {seen.table.team.name}"
    there = ", ".join(one.name for one in seen.attendance if one.present)
    if there:
        yield _("There"), there


def _person(seen: Now, one: About) -> Part:
    """Return a person's line: work today, what was said, asked and decided."""
    line = seen.lines.get(one.person.episode_id)
    rows = [
        (_("In work"), ", ".join(filter(None, (job.title, job.employer))) or _("yes"))
        for job in one.jobs
    ]
    if line is not None and line.words:
        rows.append((_("Said"), line.words))
    if line is not None and line.asked:
        rows.append((_("Asked"), line.asked))
    if not rows and line is not None and line.discussed:
        rows.append((_("Said"), _("talked about, nothing written down")))
    decided = tuple(_decided(seen, one.person.episode_id))
    return Part(one.person.name, rows=tuple(rows), points=decided)


def _decided(seen: Now, episode_id: UUID | None) -> Iterator[str]:
    for one in seen.decisions:
        if one.episode_id == episode_id and one.meeting_id == seen.meeting.pk:
            yield decision_text(one)


def decision_text(one: DecisionView) -> str:
    """Return a decision with who does it and by when, on one line."""
    whose = one.staff or str(SIDES.get(one.sector, ""))
    if one.due_on is None:
        return f"{one.text} ({whose})"
    by = _("%(who)s, by %(day)s") % {"who": whose, "day": day_text(one.due_on)}
    return f"{one.text} ({by})"
