"""Talks and decisions about what employers may know, for the events of the facts.

Rows are (event, unit, episode, kind, day, role, job, employer). A talk and the decision
that it led to are two events with the id of one row.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    F,
    Model,
    QuerySet,
    UUIDField,
    Value,
    When,
)

from braid.people.choices import AgreedHow
from braid.work.models import DisclosureDecision

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"
NOBODY = Value(None, output_field=UUIDField())


def _by_applicant_where(**condition: Any) -> Case:
    return Case(
        When(**condition, then=Value("applicant")),
        default=Value("specialist"),
        output_field=CharField(),
    )


# What the specialist talked about may be agreed to by the applicant alone.
TALKED_BY = _by_applicant_where(
    created_by__applicant_account__applicant_id=F("episode__applicant_id")
)
AGREED_BY = _by_applicant_where(agreed_how=AgreedHow.OWN_ACCOUNT)


def _rows(units: Units, kind: str, day: str, by: Case) -> QuerySet[Any]:
    rows: QuerySet[Any] = DisclosureDecision.objects.system(REASON)
    if units is not None:
        rows = rows.filter(episode__unit__in=units)
    columns = {
        "event": F("pk"),
        "of_unit": F("episode__unit_id"),
        "of_episode": F("episode_id"),
        "what": Value(kind, output_field=CharField()),
        "on": F(day),
        "by": by,
        "of_job": NOBODY,
        "of_employer": F("employer_id"),
    }
    return rows.order_by().annotate(**columns).values_list(*columns)


def talks(units: Units) -> QuerySet[Any]:
    return _rows(units, "disclosure_discussion", "discussed_on", TALKED_BY)


def decisions(units: Units) -> QuerySet[Any]:
    found = _rows(units, "disclosure_plan", "agreed_on", AGREED_BY)
    return found.filter(agreed_on__isnull=False)


def plan_events(units: Units) -> tuple[QuerySet[Any], ...]:
    """Return the rows of both kinds, each as a query of the same columns."""
    return talks(units), decisions(units)


EXTRACTORS: Mapping[str, Callable[[Units], tuple[QuerySet[Any], ...]]] = {
    "plan_events": plan_events
}
# What the queries read besides: a model, its field, and the way there from a row.
ALSO_READ: Mapping[type[Model], tuple[tuple[str, str, str], ...]] = {
    DisclosureDecision: (
        ("access.ApplicantAccount", "applicant_id", "episode__applicant"),
    )
}
