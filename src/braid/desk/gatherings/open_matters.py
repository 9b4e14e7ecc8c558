"""What is open before a specialist and the supervisor sit down, as the record knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information, may
from braid.desk import queries
from braid.desk.presenters.clocks import is_silent
from braid.teamwork.queries import gatherings, tasks

CLASSES = (Information.IDENTITY, Information.ATTENDANCE)


@dataclass(frozen=True, slots=True)
class Open:
    """A matter: what it is, the day that belongs to it, and where it is read."""

    text: str
    why: str
    day: date | None = None
    url: str = ""


def open_matters(actor: Actor, meeting: Any, today: date) -> list[Open]:
    """Return the skill agreed last time, tasks that are due, and people not met lately."""
    return [
        *_skill(actor, meeting),
        *_tasks(actor, meeting, today),
        *_people(actor, meeting, today),
    ]


def _skill(actor: Actor, meeting: Any) -> Iterator[Open]:
    for last in gatherings.observations_before(actor, meeting)[:1]:
        if last.next_skill:
            yield Open(last.next_skill, _("skill agreed last time"), last.next_on)


def _tasks(actor: Actor, meeting: Any, today: date) -> Iterator[Open]:
    for task in tasks(actor, staff_id=meeting.specialist_id, today=today):
        is_due = task.due_on is not None and task.due_on <= today
        is_own = task.staff_id == meeting.specialist_id
        if is_due and is_own and task.done_on is None:
            address = reverse("desk:task", args=[task.id])
            yield Open(task.text, _("task that is due"), task.due_on, address)


def _people(actor: Actor, meeting: Any, today: date) -> list[Open]:
    if not may(actor, Action.RECORD, Information.ATTENDANCE):
        return []
    course = queries.caseload(actor, today, specialist_id=meeting.specialist_id)
    found = [
        line
        for line in course.lines(today)
        if is_silent(course.clocks[line.row.episode_id], today)
    ]
    if found:
        audit.record_list(
            actor,
            "gathering_people_opened",
            [line.row.applicant_id for line in found],
            CLASSES,
            holder=meeting.unit.organisation_id,
        )
    return [
        Open(line.row.name, _("not met for 28 days"), None, line.url) for line in found
    ]
