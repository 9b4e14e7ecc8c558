"""What the working day and education give to the facts."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.work.models import Education, TimeEntry

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"


def _of(units: Units, model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.system(REASON).order_by()
    if units is None:
        return rows
    return rows.filter(**{f"{model.unit_path}_id__in": units})


def time_entries(units: Units) -> QuerySet[Any]:
    """Working time; names no applicant."""
    return _of(units, TimeEntry).values_list(
        "id", "unit_id", "staff_id", "day", "minutes", "activity", "place"
    )


def education(units: Units) -> QuerySet[Any]:
    """Education during IPS, an outcome of its own; never employment."""
    return _of(units, Education).values_list(
        "episode_id",
        "episode__unit_id",
        "first_day",
        "last_day",
        "level",
        "mainstream",
    )


EXTRACTORS: Mapping[str, Callable[[Units], QuerySet[Any]]] = {
    "time_entries": time_entries,
    "education": education,
}
