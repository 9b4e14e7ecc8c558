"""What meetings and tasks give to the facts."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.teamwork.models import Attendance, Meeting, Task

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"


def meetings(units: Units) -> QuerySet[Any]:
    return _of(units, Meeting).values_list(
        "id", "unit_id", "kind", "team_id", "day", "minutes", "mode"
    )


def attendance(units: Units) -> QuerySet[Any]:
    """Who was there; an empty chair without a name says nothing."""
    return (
        _of(units, Attendance)
        .filter(staff__isnull=False)
        .values_list("meeting_id", "meeting__unit_id", "staff_id", "present")
    )


def tasks(units: Units) -> QuerySet[Any]:
    """What was to be done by whose side; never who, and never in which words."""
    return _of(units, Task).values_list(
        "id", "unit_id", "episode_id", "meeting_id", "sector", "due_on", "done_on"
    )


def _of(units: Units, model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.system(REASON).order_by()
    if units is None:
        return rows
    return rows.filter(**{f"{model.unit_path}_id__in": units})


EXTRACTORS: Mapping[str, Callable[[Units], QuerySet[Any]]] = {
    "meetings": meetings,
    "attendance": attendance,
    "tasks": tasks,
}
