"""What support in jobs, papers about them and talks about them give to the facts."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import NullIf

from braid.work.models import (
    Evidence,
    JobEndReview,
    JobProblem,
    JobSupportPlan,
    Support,
)

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"
# A review without a word is a day on which the search began again, and no talk.
SAID = ("person_view", "specialist_view", "employer_view", "do_differently")


def _of(units: Units, model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.system(REASON).order_by()
    if units is None:
        return rows
    return rows.filter(job__episode__unit_id__in=units)


def supports(units: Units) -> QuerySet[Any]:
    """Support given in jobs, by kind and never in words."""
    return _of(units, Support).values_list(
        "id", "job__episode__unit_id", "job_id", "day", "kind", "given_by", "mode"
    )


def job_problems(units: Units) -> QuerySet[Any]:
    """When something was hard in a job, never what."""
    return _of(units, JobProblem).values_list(
        "job_id", "job__episode__unit_id", "first_day", "last_day"
    )


def evidence(units: Units) -> QuerySet[Any]:
    """Which papers were seen, with the digest of the file that proves it."""
    rows: QuerySet[Any] = Evidence.objects.system(REASON).order_by()
    if units is not None:
        rows = rows.filter(episode__unit_id__in=units)
    return rows.values_list(
        "id",
        "episode__unit_id",
        "episode_id",
        "job_id",
        "kind",
        "period_first",
        "period_last",
        "received_on",
        NullIf("sha256", Value("")),
        NullIf("label", Value("")),
    )


def plan_events(units: Units) -> tuple[QuerySet[Any], ...]:
    """Support plans that were made, and talks about the end of a job.

    Rows are (event, unit, episode, kind, day, role, job, employer).
    """
    talks = _of(units, JobEndReview).exclude(Q(**dict.fromkeys(SAID, "")))
    return (
        _events(_of(units, JobSupportPlan), "job_support_plan", "made_on"),
        _events(talks, "job_end_review", "day"),
    )


def _events(rows: QuerySet[Any], kind: str, day: str) -> QuerySet[Any]:
    columns = {
        "event": F("pk"),
        "of_unit": F("job__episode__unit_id"),
        "of_episode": F("job__episode_id"),
        "what": Value(kind, output_field=CharField()),
        "on": F(day),
        "by": Value("specialist"),
        "of_job": F("job_id"),
        "of_employer": Value(None, output_field=UUIDField()),
    }
    return rows.annotate(**columns).values_list(*columns)


EXTRACTORS: Mapping[str, Callable[[Units], Any]] = {
    "plan_events": plan_events,
    "supports": supports,
    "job_problems": job_problems,
    "evidence": evidence,
}
