"""What specialists did and agreed, counted."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import (
    Count,
    Exists,
    F,
    OuterRef,
    Q,
    Sum,
)

from braid.access.policy import Actor
from braid.work import rules
from braid.work.choices import Mode
from braid.work.models import (
    Contact,
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
    later = EmployerContact.objects.filter(
        employer=OuterRef("employer"), staff=OuterRef("staff"), day__gt=OuterRef("day")
    )
    rows = (
        EmployerContact.objects.visible_to(actor)
        .filter(~Exists(later), staff_id=staff_id, next_on__range=(since, until))
        .order_by("next_on")
        .values_list("pk", "employer_id", "employer__name", "next_step", "next_on")
    )
    return [NextStep(*row) for row in rows[:8]]


@dataclass(frozen=True, slots=True)
class Week:
    """What one specialist logged in a week so far."""

    employer_visits: int
    minutes: int
    community_minutes: int

    @property
    def community_share(self) -> str:
        """Return the share of contact time in the community, in whole per cent."""
        return f"{round(100 * self.community_minutes / self.minutes)} %"


def visits_by_staff(actor: Actor, first_day: date, last_day: date) -> dict[UUID, int]:
    """Return face-to-face employer contacts in a period, by who made them."""
    made = (
        EmployerContact.objects.visible_to(actor)
        .filter(day__gte=first_day, day__lte=last_day, mode=Mode.IN_PERSON)
        .exclude(staff__isnull=True)
    )
    counted = made.values("staff_id").annotate(number=Count("pk")).order_by()
    return dict(counted.values_list("staff_id", "number"))


def starts_by_holder(actor: Actor, first_day: date, last_day: date) -> dict[UUID, int]:
    """Return job starts in a period, by who had the person on the first day.

    Ordinary work by the service's own coding; jobs held at referral and those of
    people who came to keep a job are no starts.
    """
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
    return dict(counted.values_list("episode__caseload__specialist_id", "number"))


COMMUNITY = ("community", "employer_site", "home", "job_centre")


def week_of(actor: Actor, staff_id: UUID, first_day: date, last_day: date) -> Week:
    """Return a specialist's face-to-face employer contacts and contact time, two queries.

    Time: minutes of attended face-to-face contacts; in the community means not in the
    IPS or treatment office (rosters README, item 24).
    """
    days = Q(day__gte=first_day, day__lte=last_day, staff_id=staff_id)
    visits = EmployerContact.objects.visible_to(actor).filter(days, mode="in_person")
    time = (
        Contact.objects.visible_to(actor)
        .filter(days, attended=True, mode="in_person")
        .aggregate(
            in_all=Sum("minutes"),
            community=Sum("minutes", filter=Q(place__in=COMMUNITY)),
        )
    )
    return Week(visits.count(), time["in_all"] or 0, time["community"] or 0)
