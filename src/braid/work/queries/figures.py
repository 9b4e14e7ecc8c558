"""What specialists did and agreed, counted."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
)

from braid.access.policy import Actor
from braid.access.prepared import prepared
from braid.work import rules
from braid.work.choices import Mode
from braid.work.models import (
    EmployerContact,
    Job,
)


@dataclass(frozen=True, slots=True)
class NextStep:
    """What was agreed with an employer for a day."""

    contact_id: UUID
    employer_id: UUID
    employer: str
    step: str
    day: date


def next_steps(
    actor: Actor, staff_id: UUID, since: date, until: date
) -> list[NextStep]:
    """Return what a specialist agreed with employers for these days and has not done.

    A later contact with the same employer takes the step off the list.
    """
    return [NextStep(*row) for row in _next_steps(actor, staff_id, since, until)]


@prepared
def _next_steps(
    actor: Actor, staff_id: UUID, since: date, until: date
) -> QuerySet[Any]:
    later = EmployerContact.objects.visible_to(actor).filter(
        employer=OuterRef("employer"), staff=OuterRef("staff"), day__gt=OuterRef("day")
    )
    return (
        EmployerContact.objects.visible_to(actor)
        .filter(~Exists(later), staff_id=staff_id, next_on__range=(since, until))
        .order_by("next_on")
        .values_list("pk", "employer_id", "employer__name", "next_step", "next_on")[:8]
    )


def visits_by_staff(actor: Actor, first_day: date, last_day: date) -> dict[UUID, int]:
    """Return face-to-face employer contacts in a period, by who made them."""
    return dict(_visits(actor, first_day, last_day))


@prepared
def _visits(actor: Actor, first_day: date, last_day: date) -> QuerySet[Any]:
    made = (
        EmployerContact.objects.visible_to(actor)
        .filter(day__gte=first_day, day__lte=last_day, mode=Mode.IN_PERSON)
        .exclude(staff__isnull=True)
    )
    counted = made.values("staff_id").annotate(number=Count("pk")).order_by()
    return counted.values_list("staff_id", "number")


def starts_by_holder(actor: Actor, first_day: date, last_day: date) -> dict[UUID, int]:
    """Return job starts in a period, by who had the person on the first day.

    Ordinary work by the service's own coding; jobs held at referral and those of
    people who came to keep a job are no starts.
    """
    return dict(_starts(actor, first_day, last_day))


@prepared
def _starts(actor: Actor, first_day: date, last_day: date) -> QuerySet[Any]:
    held_then = Q(episode__caseload__last_day__isnull=True) | Q(
        episode__caseload__last_day__gte=F("first_day")
    )
    starts = (
        Job.objects.visible_to(actor)
        .filter(first_day__gte=first_day, first_day__lte=last_day)
        .filter(placement__in=rules.COUNTED_AS_CODED, held_at_referral=False)
        .exclude(episode__at_referral="employed_retention")
        .filter(held_then, episode__caseload__first_day__lte=F("first_day"))
        .exclude(episode__caseload__specialist__isnull=True)
    )
    counted = (
        starts.values("episode__caseload__specialist_id")
        .annotate(number=Count("pk", distinct=True))
        .order_by()
    )
    return counted.values_list("episode__caseload__specialist_id", "number")
