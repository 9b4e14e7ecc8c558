"""What contacts, employers and jobs give to the facts."""

from collections.abc import Callable, Collection, Mapping
from typing import Any
from uuid import UUID

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    F,
    IntegerField,
    Model,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import DenseRank

from braid.work.choices import AbsencePay
from braid.work.models import (
    Absence,
    Contact,
    Employer,
    EmployerContact,
    Job,
    JobTerms,
    PaidWork,
)

Units = Collection[UUID] | None
REASON = "facts of units that the policy was asked about"
NOT_KEPT = Value(None, output_field=CharField())


def _of(units: Units, model: Any) -> QuerySet[Any]:
    rows: QuerySet[Any] = model.objects.system(REASON).order_by()
    if units is None:
        return rows
    return rows.filter(**{f"{model.unit_path}_id__in": units})


def contacts(units: Units) -> QuerySet[Any]:
    return _of(units, Contact).values_list(
        "id",
        "episode__unit_id",
        "episode_id",
        "staff_id",
        "day",
        "minutes",
        "mode",
        "place",
        "phase",
        "with_applicant",
        "with_clinician",
        "with_caseworker",
        "with_family",
        "attended",
        "outreach",
        "scheduled",
        "initiated_by",
    )


def employer_contacts(units: Units) -> QuerySet[Any]:
    """Employer contacts; naming somebody says that it was for them, silence nothing."""
    for_somebody = Case(
        When(episode__isnull=False, then=True), output_field=BooleanField(null=True)
    )
    return (
        _of(units, EmployerContact)
        .annotate(visit_no=_visit_no(), client_specific=for_somebody)
        .values_list(
            "id",
            "unit_id",
            "made_by",
            "staff_id",
            "employer_id",
            "episode_id",
            "day",
            "mode",
            "with_hiring_role",
            "visit_no",
            "client_specific",
            "fits_plan",
            "outcome",
        )
    )


def _visit_no() -> Case:
    """Return which day with this employer it is for the unit, the first being 1."""
    number = Window(
        DenseRank(),
        partition_by=[F("unit_id"), F("employer_id")],
        order_by=F("day").asc(),
    )
    return Case(
        When(employer__isnull=False, then=number),
        output_field=IntegerField(null=True),
    )


def employers(units: Units) -> QuerySet[Any]:
    """Employers; one that was merged into another has nothing left of its own."""
    return (
        _of(units, Employer)
        .filter(merged_into__isnull=True)
        .annotate(area=NOT_KEPT)
        .values_list("id", "unit_id", "parent_id", "industry", "size", "area")
    )


def jobs(units: Units) -> QuerySet[Any]:
    return _of(units, Job).values_list(
        "id",
        "episode__unit_id",
        "episode_id",
        "employer_id",
        "occupation",
        "first_day",
        "last_day",
        "end_known_on",
        "last_confirmed_on",
        "placement",
        "permanence",
        "time_limit_origin",
        "open_to_all",
        "at_least_minimum",
        "going_rate",
        "employer_of_record",
        "normal_rights",
        "held_at_referral",
        "contracted_daily_hours",
        "fits_preference",
        "found_by",
        "disclosure",
        "end_reason",
    )


def job_terms(units: Units) -> QuerySet[Any]:
    return _of(units, JobTerms).values_list(
        "job_id",
        "job__episode__unit_id",
        "first_day",
        "last_day",
        "weekly_hours",
        "pay",
        "pay_unit",
        "currency",
    )


def paid_work(units: Units) -> QuerySet[Any]:
    return (
        _of(units, PaidWork)
        .annotate(net=NOT_KEPT)
        .values_list(
            "job_id",
            "job__episode__unit_id",
            "first_day",
            "last_day",
            "hours",
            "gross",
            "net",
            "currency",
            "source",
        )
    )


def absences(units: Units) -> QuerySet[Any]:
    """Days away; full or part pay is paid."""
    paid = Case(
        When(pay=AbsencePay.NONE, then=False),
        default=True,
        output_field=BooleanField(),
    )
    return (
        _of(units, Absence)
        .annotate(paid=paid)
        .values_list("job_id", "job__episode__unit_id", "first_day", "last_day", "paid")
    )


EXTRACTORS: Mapping[str, Callable[[Units], QuerySet[Any]]] = {
    "contacts": contacts,
    "employer_contacts": employer_contacts,
    "employers": employers,
    "jobs": jobs,
    "job_terms": job_terms,
    "paid_work": paid_work,
    "absences": absences,
}
# What the queries read besides: a model, its field, and the way there from a row.
ALSO_READ: Mapping[type[Model], tuple[tuple[str, str, str], ...]] = {
    EmployerContact: (("work.EmployerContact", "employer", "employer"),)
}
