"""What applicants read of their own work: what comes next, and their jobs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, Q, Subquery

from braid.access.policy import Actor, Information
from braid.work.models import Contact, EmployerContact, Job, JobTerms


@dataclass(frozen=True, slots=True)
class Ahead:
    """What somebody does for the applicant, or with them, on a day to come."""

    day: date
    what: str
    employer: str
    staff: str
    is_meeting: bool


def ahead(actor: Actor, episode_ids: Collection[UUID], today: date) -> list[Ahead]:
    """Return steps agreed with employers and meetings from today on, the next first.

    A later contact with the same employer takes the step off the list.
    """
    later = EmployerContact.objects.filter(
        employer=OuterRef("employer"), staff=OuterRef("staff"), day__gt=OuterRef("day")
    )
    steps = (
        EmployerContact.objects.visible_to(actor, information=Information.WORK_GOALS)
        .alias(later=Subquery(later.values("pk")[:1]))
        .filter(later__isnull=True, episode_id__in=episode_ids, next_on__gte=today)
        .exclude(next_step="")
        .values_list("next_on", "next_step", "employer__name", "staff__name")
    )
    meetings = (
        Contact.objects.visible_to(actor)
        .filter(
            Q(attended__isnull=True) | Q(attended=True),
            episode_id__in=episode_ids,
            day__gt=today,
        )
        .values_list("day", "place_words", "staff__name")
    )
    found = [
        Ahead(day, step, employer or "", staff or "", is_meeting=False)
        for day, step, employer, staff in steps
    ]
    found += [
        Ahead(day, place, "", staff or "", is_meeting=True)
        for day, place, staff in meetings
    ]
    return sorted(found, key=lambda one: (one.day, one.what))


@dataclass(frozen=True, slots=True)
class OwnJob:
    """A job as its holder reads it; `told` is what the employer was told, as a code."""

    id: UUID
    title: str
    employer: str
    placement: str
    first_day: date
    last_day: date | None
    told: str
    weekly_hours: Decimal | None

    def is_now(self, today: date) -> bool:
        return self.last_day is None or self.last_day >= today


def own_jobs(actor: Actor, episode_ids: Collection[UUID], today: date) -> list[OwnJob]:
    """Return the applicant's jobs, the latest first, with the hours of today."""
    terms = JobTerms.objects.filter(job=OuterRef("pk"), first_day__lte=today)
    hours = Subquery(terms.order_by("-first_day").values("weekly_hours")[:1])
    rows = (
        Job.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .annotate(hours=hours)
        .order_by("-first_day")
        .values_list(
            "pk",
            "title",
            "employer__name",
            "placement",
            "first_day",
            "last_day",
            "disclosure",
            "hours",
        )
    )
    return [
        OwnJob(pk, title, employer or "", *rest) for pk, title, employer, *rest in rows
    ]
