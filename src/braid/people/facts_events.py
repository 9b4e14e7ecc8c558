"""What happens to plans and profiles, for the table of events of the facts.

Rows are (event, unit, episode, kind, day, role, job, employer); the event is the id of
the row it comes from, and a profile that began has the id of its episode. A plan that a
treatment team has seen has the id of the plan, as its agreement has.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    CharField,
    F,
    Min,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
    UUIDField,
    Value,
)

from braid.people.models import (
    Episode,
    Handover,
    ProfileUpdate,
    SearchPlan,
    StepDownPlan,
)

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"
NOBODY = Value(None, output_field=UUIDField())


def _rows(
    rows: QuerySet[Any],
    units: Units,
    kind: str,
    day: str,
    *,
    episode: str = "episode_id",
    unit: str = "episode__unit_id",
    role: Any = Value("specialist"),  # noqa: B008 - a constant of the query
    job: Any = NOBODY,
) -> QuerySet[Any]:
    if units is not None:
        rows = rows.filter(**{f"{unit}__in": units})
    columns = {
        "event": F("pk"),
        "of_unit": F(unit),
        "of_episode": F(episode),
        "what": Value(kind, output_field=CharField()),
        "on": F(day),
        "by": role,
        "of_job": job,
        "of_employer": NOBODY,
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def handovers(units: Units) -> QuerySet[Any]:
    return _rows(Handover.objects.system(REASON), units, "handover", "day")


def step_downs(units: Units) -> QuerySet[Any]:
    rows = StepDownPlan.objects.system(REASON)
    return _rows(rows, units, "step_down_plan", "agreed_on")


def profiles_started(units: Units) -> QuerySet[Any]:
    rows = Episode.objects.system(REASON).filter(profile_started_on__isnull=False)
    return _rows(
        rows,
        units,
        "profile_started",
        "profile_started_on",
        episode="pk",
        unit="unit_id",
    )


def profiles_updated(units: Units) -> QuerySet[Any]:
    """Each update belongs to the episode that was the applicant's latest on its day."""
    latest = (
        Episode.objects.system(REASON)
        .filter(
            applicant=OuterRef("applicant"),
            referred_on__lte=OuterRef("day"),
        )
        .order_by("-referred_on", "-pk")
    )
    rows = (
        ProfileUpdate.objects.system(REASON)
        .annotate(
            episode_id=Subquery(latest.values("pk")[:1]),
            unit_id=Subquery(latest.values("unit_id")[:1], output_field=UUIDField()),
        )
        .filter(episode_id__isnull=False)
    )
    return _rows(
        rows,
        units,
        "profile_updated",
        "day",
        unit="unit_id",
        role=F("by_role"),
        job=F("job_id"),
    )


def search_plans(units: Units) -> QuerySet[Any]:
    rows = SearchPlan.objects.system(REASON).filter(agreed_on__isnull=False)
    return _rows(rows, units, "search_plan", "agreed_on")


def search_plans_reviewed(units: Units) -> QuerySet[Any]:
    rows = SearchPlan.objects.system(REASON).filter(reviewed_on__isnull=False)
    return _rows(rows, units, "search_plan_reviewed", "reviewed_on")


def plans_seen(units: Units) -> QuerySet[Any]:
    """Each plan on the day on which a treatment team first saw it."""
    rows = SearchPlan.objects.system(REASON).filter(seen__isnull=False)
    return _rows(
        rows.annotate(seen_on=Min("seen__day")),
        units,
        "plan_seen_by_treatment_team",
        "seen_on",
        role=Value("clinician"),
    )


def plan_events(units: Units) -> tuple[QuerySet[Any], ...]:
    """Return the rows of every kind, each as a query of the same columns."""
    return (
        handovers(units),
        step_downs(units),
        profiles_started(units),
        profiles_updated(units),
        search_plans(units),
        search_plans_reviewed(units),
        plans_seen(units),
    )


EXTRACTORS: Mapping[str, Callable[[Units], tuple[QuerySet[Any], ...]]] = {
    "plan_events": plan_events
}
# What the queries read besides: a model, its field, and the way there from a row.
ALSO_READ: Mapping[type[Model], tuple[tuple[str, str, str], ...]] = {
    ProfileUpdate: (("people.Episode", "applicant", "applicant"),),
    SearchPlan: (("people.PlanSeen", "plan", "pk"),),
}
