"""Contacts, employer contacts and jobs as moments."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import (
    Q,
)

from braid.access.policy import Actor
from braid.kernel.moments import Moment, Strand
from braid.work.models import (
    Contact,
    EmployerContact,
)
from braid.work.queries.courses import CurrentJob


def timeline(
    actor: Actor,
    jobs: Mapping[UUID, list[CurrentJob]],
    episode_ids: Collection[UUID],
    *,
    before: date | None = None,
    limit: int = 60,
) -> list[Moment]:
    """Return contacts, employer contacts and `jobs` as moments, latest first."""
    earlier = Q() if before is None else Q(day__lt=before)
    contacts = (
        Contact.objects.visible_to(actor)
        .filter(earlier, episode_id__in=episode_ids)
        .order_by("-day")
        .values_list(*_CONTACT_COLUMNS, "staff__name", named=True)[:limit]
    )
    visits = (
        EmployerContact.objects.visible_to(actor)
        .filter(earlier, episode_id__in=episode_ids)
        .order_by("-day")
        .values_list(*_VISIT_COLUMNS, "employer__name", "staff__name", named=True)
    )
    moments = [_contact_moment(row) for row in contacts]
    moments += [_visit_moment(row) for row in visits[:limit]]
    for job in (job for listed in jobs.values() for job in listed):
        moments += [m for m in _job_moments(job) if before is None or m.day < before]
    return moments


_CONTACT_COLUMNS = (
    "pk",
    "day",
    "mode",
    "place",
    "minutes",
    "attended",
    "with_applicant",
    "with_clinician",
    "with_caseworker",
    "with_family",
    "note",
)
_VISIT_COLUMNS = ("pk", "day", "mode", "outcome", "learned")


def _contact_moment(row: Any) -> Moment:
    meets = {Strand.EMPLOYMENT}
    if row.with_clinician:
        meets.add(Strand.HEALTH)
    if row.with_applicant:
        meets.add(Strand.APPLICANT)
    kept = "contact_missed" if row.attended is False else "contact"
    return Moment(
        day=row.day,
        kind=kept,
        strand=Strand.EMPLOYMENT,
        record_kind="work.contact",
        record_id=row.pk,
        title=kept,
        values={
            "mode": row.mode,
            "place": row.place,
            "minutes": row.minutes,
            "words": row.note,
            "with_clinician": row.with_clinician,
            "with_caseworker": row.with_caseworker,
            "with_family": row.with_family,
        },
        by=row.staff__name or "",
        meets=frozenset(meets) if row.attended else frozenset(),
    )


def _visit_moment(row: Any) -> Moment:
    return Moment(
        day=row.day,
        kind="employer_contact",
        strand=Strand.EMPLOYMENT,
        record_kind="work.employercontact",
        record_id=row.pk,
        title="employer_contact",
        values={
            "employer": row.employer__name or "",
            "mode": row.mode,
            "outcome": row.outcome,
            "words": row.learned,
        },
        by=row.staff__name or "",
    )


def _job_moments(job: CurrentJob) -> list[Moment]:
    values = {
        "employer": job.employer,
        "title": job.title,
        "placement": job.placement,
        "reason": job.end_reason,
    }
    started = Moment(
        day=job.first_day,
        kind="job_start",
        strand=Strand.APPLICANT,
        record_kind="work.job",
        record_id=job.job_id,
        title="job_start",
        values=values,
    )
    if job.last_day is None:
        return [started]
    ended = Moment(
        day=job.last_day,
        kind="job_end",
        strand=Strand.APPLICANT,
        record_kind="work.job",
        record_id=job.job_id,
        title="job_end",
        values={**values, "words": job.end_words},
    )
    return [ended, started]


def joint_contact_days(
    actor: Actor, episode_ids: Collection[UUID]
) -> list[tuple[date, UUID]]:
    """Return the days on which a clinician was part of an attended contact."""
    return list(
        Contact.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids, with_clinician=True, attended=True)
        .order_by("day")
        .values_list("day", "pk")
    )
