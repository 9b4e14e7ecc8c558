"""What meetings, tasks, questions and proposals give to the facts; no word of them."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    Exists,
    F,
    Model,
    OuterRef,
    Q,
    QuerySet,
    UUIDField,
    Value,
)

from braid.teamwork.choices import QuestionState
from braid.teamwork.models import (
    Attendance,
    Discussion,
    Meeting,
    Proposal,
    Question,
    Task,
)

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"
# A line that was put into the health record, in the order of the events of the facts.
AS_EVENT: Mapping[str, Any] = {
    "event": F("pk"),
    "of_unit": F("meeting__unit_id"),
    "of_episode": F("episode_id"),
    "what": Value("document_to_health_record", output_field=CharField()),
    "on": F("to_health_record_on"),
    "by": Value("specialist"),
    "of_job": Value(None, output_field=UUIDField()),
    "of_employer": Value(None, output_field=UUIDField()),
}


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


def discussions(units: Units) -> QuerySet[Any]:
    """Whom a meeting talked about; a line only prepared is not one of them."""
    decided = Task.objects.system(REASON).filter(
        meeting=OuterRef("meeting"), episode=OuterRef("episode")
    )
    return (
        _of(units, Discussion)
        .filter(Q(discussed=True) | Q(unreferred=True))
        .annotate(decision=Exists(decided))
        .values_list(
            "meeting_id", "meeting__unit_id", "episode_id", "unreferred", "decision"
        )
    )


def to_health_record(units: Units) -> QuerySet[Any]:
    """The lines of meetings that were put into the health record, as events."""
    return (
        _of(units, Discussion)
        .filter(episode__isnull=False, to_health_record_on__isnull=False)
        .annotate(**AS_EVENT)
        .values_list(*AS_EVENT)
    )


def questions(units: Units) -> QuerySet[Any]:
    """Who asked which side when, and when it answered; what was taken back is none."""
    return (
        _of(units, Question)
        .exclude(state=QuestionState.TAKEN_BACK)
        .values_list(
            "id",
            "unit_id",
            "episode_id",
            "by_sector",
            "of_sector",
            "asked_on",
            "due_on",
            "answered_on",
        )
    )


def proposals(units: Units) -> QuerySet[Any]:
    return _of(units, Proposal).values_list(
        "id", "episode__unit_id", "episode_id", "day", "kind", "by_role", "wanted"
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
    "discussions": discussions,
    "tasks": tasks,
    "questions": questions,
    "proposals": proposals,
    "plan_events": to_health_record,
}
# What the queries read besides: a model, its field, and the way there from a row.
ALSO_READ: Mapping[type[Model], tuple[tuple[str, str, str], ...]] = {
    Discussion: (("teamwork.Task", "meeting", "meeting"),)
}
