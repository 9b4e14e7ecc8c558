"""What reports that were shared, and what is added by hand, give to the facts."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.outcomes.models import Shared, UnitQuarter

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"


def _of(units: Units, model: Any, unit: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.system(REASON).order_by()
    return rows if units is None else rows.filter(**{f"{unit}_id__in": units})


def unit_quarters(units: Units) -> QuerySet[Any]:
    """Vacant posts and unemployment in the area, as the unit gave them."""
    return _of(units, UnitQuarter, "unit").values_list(
        "unit_id", "quarter", "vacant_fte", "local_unemployment"
    )


def reports_shared(units: Units) -> QuerySet[Any]:
    """Reports of one unit that others were given; those of several are nobody's own."""
    of_one = _of(units, Shared, "release__unit").filter(release__unit__isnull=False)
    return of_one.values_list(
        "release__unit_id",
        "release__report",
        "release__period",
        "shared_on",
        "audience",
    )


EXTRACTORS: Mapping[str, Callable[[Units], QuerySet[Any]]] = {
    "unit_quarters": unit_quarters,
    "reports_shared": reports_shared,
}
