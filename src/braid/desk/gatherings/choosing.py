"""Whom a meeting can talk about: people with an overdue clock first, with what it says."""

from datetime import date
from typing import Any

from braid.access import audit
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.desk import queries
from braid.desk.gatherings.forms import Choices
from braid.teamwork.queries import meetings
from braid.web.presenters import State

CLASSES = (Information.IDENTITY, Information.JOBS, Information.ATTENDANCE)


def people_choices(actor: Actor, meeting: Any, today: date) -> Choices:
    """Return the people of the unit, or of the specialist, who are not on the list yet."""
    access.require_anywhere(actor, Action.RECORD, Information.ATTENDANCE)
    choice = {"specialist_id": meeting.specialist_id} if meeting.specialist_id else {}
    course = queries.caseload(actor, today, **choice)
    there = meetings.lines(actor, meeting.pk)
    lines = [one for one in course.lines(today) if one.row.episode_id not in there]
    audit.record_list(
        actor,
        "gathering_form_opened",
        [one.row.applicant_id for one in lines],
        CLASSES,
    )
    lines.sort(key=lambda one: (not _is_late(one), one.row.name))
    return [(str(one.row.episode_id), _words(one)) for one in lines]


def _is_late(line: Any) -> bool:
    return line.clock is not None and line.clock.state == State.OVERDUE


def _words(line: Any) -> str:
    said = [line.row.name]
    if _is_late(line):
        said.append(str(line.clock.text))
    return " · ".join(said)
