"""What of working together stands in a calendar: meetings, and days by which things are due.

Nothing here asks for a name or for what was written.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from braid.access import changes, sides
from braid.access.policy import Action, Actor, Information
from braid.teamwork.choices import QuestionKind, QuestionState
from braid.teamwork.models import Meeting, Question, Task
from braid.teamwork.models.meetings import BETWEEN_TWO
from braid.teamwork.queries.questions import waits_for


@dataclass(frozen=True, slots=True)
class MeetingAhead:
    """A meeting that somebody belongs to; `team` is the other side of the table."""

    id: UUID
    kind: str
    team: str
    day: date
    begins_at: time | None
    minutes: int | None
    version: int
    changed_at: datetime


@dataclass(frozen=True, slots=True)
class Due:
    """A task or a question, and the day by which it is due."""

    id: UUID
    due_on: date
    version: int
    changed_at: datetime


def meetings_between(
    actor: Actor, first: date, last: date, offices: Collection[UUID]
) -> list[MeetingAhead]:
    """Return the meetings of these days that somebody belongs to: two queries.

    At a table of the unit with another team: those of `offices`, those of a team of
    one's own, and those that one leads. Between two: one's own.
    """
    days = Q(day__range=(first, last))
    mine = Q(led_by_id=actor.id) | Q(specialist_id=actor.id)
    sits = Q(team__isnull=True) | Q(team_id__in=[*offices, *actor.teams]) | mine
    tables = Meeting.objects.visible_to(actor, Action.TAKE_PART)
    found = list(_ahead(tables.exclude(kind__in=BETWEEN_TWO).filter(days, sits)))
    two = Meeting.objects.visible_to(actor, Action.SUPERVISE)
    found += _ahead(two.filter(days, mine, kind__in=BETWEEN_TWO))
    return sorted(found, key=lambda one: (one.day, one.begins_at or time.max, one.id))


def _ahead(rows: QuerySet[Any, Any]) -> list[MeetingAhead]:
    listed = changes.with_last_changed(rows).values_list(
        "pk",
        "kind",
        "team__name",
        "day",
        "begins_at",
        "minutes",
        "row_version",
        "changed_at",
        "created_at",
    )
    return [_meeting(*row) for row in listed]


def _meeting(
    key: UUID,
    kind: str,
    team: str | None,
    day: date,
    begins_at: time | None,
    minutes: int | None,
    version: int,
    changed_at: datetime | None,
    created_at: datetime,
) -> MeetingAhead:
    last = changed_at or created_at
    return MeetingAhead(key, kind, team or "", day, begins_at, minutes, version, last)


def tasks_between(actor: Actor, first: date, last: date) -> list[Due]:
    """Return one's own tasks and decisions that are open and due in these days."""
    return _due(own_tasks(actor).filter(due_on__range=(first, last)))


def questions_between(actor: Actor, first: date, last: date) -> list[Due]:
    """Return the questions that wait for one's answer, due in these days: one query."""
    return _due(own_questions(actor).filter(due_on__range=(first, last)))


def own_tasks(actor: Actor) -> QuerySet[Any, Any]:
    """Return the open tasks and decisions that are somebody's to do."""
    rows: QuerySet[Any, Any] = Task.objects.visible_to(actor, Action.TAKE_PART)
    return rows.filter(staff_id=actor.id, done_on__isnull=True)


def own_questions(actor: Actor) -> QuerySet[Any, Any]:
    """Return the open questions that wait for somebody: their own, or their team's.

    Each is read as the class of what is asked. A unit's counsellor is a side of its own.
    """
    asked = Q(of_staff_id=actor.id) | Q(waits_for(actor), of_team_id__in=actor.teams)
    classes = {"": Information.ATTENDANCE} | {
        kind: Information(kind) for kind in QuestionKind.values
    }
    readable: Any = reduce(
        or_,
        (
            Question.objects.visible_to(actor, Action.TAKE_PART, one).filter(kind=kind)
            for kind, one in classes.items()
        ),
    )
    found: QuerySet[Any, Any] = readable.filter(
        asked,
        of_sector=sides.SIDE_OF.get(actor.role, ""),
        state=QuestionState.OPEN,
    )
    return found


def _due(rows: QuerySet[Any, Any]) -> list[Due]:
    listed = changes.with_last_changed(rows).values_list(
        "pk", "due_on", "row_version", "changed_at", "created_at"
    )
    return [
        Due(key, due_on, version, changed or created)
        for key, due_on, version, changed, created in listed.order_by("due_on", "pk")
    ]
