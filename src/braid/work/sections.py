"""What is kept about a person's work, class by class, for readers from outside."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import OuterRef, Subquery

from braid.access.policy import Action, Actor, Information
from braid.work.choices import AppointmentState
from braid.work.models import Appointment, Contact, EmployerContact, Job, JobTerms

LATEST = 30  # notes on a page


@dataclass(frozen=True, slots=True)
class JobFacts:
    """A job as facts: what, where, when, how many hours. No words about it."""

    title: str
    employer: str
    placement: str
    first_day: date
    last_day: date | None
    weekly_hours: Decimal | None


@dataclass(frozen=True, slots=True)
class Meetings:
    """The last contact that took place, and the next one that is agreed."""

    last_on: date | None
    next_on: date | None


@dataclass(frozen=True, slots=True)
class Step:
    """What is agreed next with an employer, for this person."""

    words: str
    day: date | None
    employer: str


def jobs(actor: Actor, applicant_id: UUID) -> list[JobFacts]:
    """Return the jobs of a person as facts, the latest first."""
    terms = (
        JobTerms.objects.visible_to(actor)
        .filter(job=OuterRef("pk"))
        .order_by("-first_day")
        .values("weekly_hours")
    )
    rows = (
        Job.objects.visible_to(actor)
        .filter(episode__applicant_id=applicant_id)
        .order_by("-first_day", "pk")
        .values_list(
            "title",
            "employer__name",
            "placement",
            "first_day",
            "last_day",
            Subquery(terms[:1]),
        )
    )
    return [JobFacts(title, at or "", *rest) for title, at, *rest in rows]


def meetings(actor: Actor, applicant_id: UUID, today: date) -> Meetings:
    """Return when they last met and meet next; no word of what was said."""
    about = Contact.objects.visible_to(actor, Action.READ, Information.ATTENDANCE)
    contacts = about.filter(episode__applicant_id=applicant_id)
    held = contacts.filter(attended=True, day__lte=today).order_by("-day")
    agreed = contacts.filter(day__gt=today).order_by("day")
    return Meetings(
        *(rows.values_list("day", flat=True).first() for rows in (held, agreed))
    )


def contact_notes(
    actor: Actor, applicant_id: UUID
) -> list[tuple[UUID, date, str, str]]:
    """Return (id, day, words, by whom) of the contacts' notes, the latest first."""
    rows = (
        Contact.objects.visible_to(actor, Action.READ, Information.CONVERSATION)
        .filter(episode__applicant_id=applicant_id)
        .exclude(note="")
        .order_by("-day", "-created_at")
        .values_list("pk", "day", "note", "staff__name")
    )
    return [(key, day, text, by or "") for key, day, text, by in rows[:LATEST]]


def next_steps(actor: Actor, applicant_id: UUID, today: date) -> list[Step]:
    """Return what is agreed with employers from today on, the nearest first."""
    rows = (
        EmployerContact.objects.visible_to(actor, Action.READ, Information.WORK_GOALS)
        .filter(episode__applicant_id=applicant_id, next_on__gte=today)
        .exclude(next_step="")
        .order_by("next_on")
        .values_list("next_step", "next_on", "employer__name")
    )
    return [Step(words, day, at or "") for words, day, at in rows]


@dataclass(frozen=True, slots=True)
class Hours:
    """A job that goes on: its title, kind, first day, and the hours a week of today."""

    job_id: UUID
    title: str
    employer: str
    placement: str
    first_day: date
    weekly_hours: Decimal | None


def present_jobs(
    actor: Actor, applicant_ids: Collection[UUID], today: date
) -> dict[UUID, list[Hours]]:
    """Return the jobs that go on today with their hours, by applicant: one query."""
    terms = (
        JobTerms.objects.visible_to(actor)
        .filter(job=OuterRef("pk"), first_day__lte=today)
        .order_by("-first_day")
        .values("weekly_hours")
    )
    rows = (
        Job.objects.visible_to(actor)
        .filter(episode__applicant_id__in=applicant_ids, first_day__lte=today)
        .exclude(last_day__lt=today)
        .order_by("first_day", "pk")
        .values_list(
            "episode__applicant_id",
            "pk",
            "title",
            "employer__name",
            "placement",
            "first_day",
            Subquery(terms[:1]),
        )
    )
    found: dict[UUID, list[Hours]] = {}
    for applicant, key, title, employer, *rest in rows:
        found.setdefault(applicant, []).append(Hours(key, title, employer or "", *rest))
    return found


def next_days(
    actor: Actor, applicant_ids: Collection[UUID], today: date
) -> dict[UUID, date]:
    """Return the next day that is agreed with each of these people: two queries."""
    planned = Appointment.objects.visible_to(actor).filter(
        day__gte=today, state=AppointmentState.PLANNED
    )
    agreed = Contact.objects.visible_to(actor).filter(day__gt=today)
    found: dict[UUID, date] = {}
    for rows in (planned, agreed):
        days = (
            rows.filter(episode__applicant_id__in=applicant_ids)
            .order_by("-day")
            .values_list("episode__applicant_id", "day")
        )
        for applicant, day in days:  # the nearest stands last
            found[applicant] = min(day, found.get(applicant, day))
    return found
