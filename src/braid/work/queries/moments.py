"""Contacts, employer contacts and jobs as moments."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Q

from braid.access.policy import Actor
from braid.access.timeline import Part, Row, part, told_as
from braid.kernel.moments import Moment, Strand
from braid.work.models import (
    Application,
    Contact,
    DisclosureDecision,
    EmployerContact,
    JobEndReview,
)
from braid.work.queries.courses import CurrentJob


def timeline(
    actor: Actor, episode_ids: Collection[UUID], before: date | None = None
) -> list[Part]:
    """Return contacts and employer contacts; jobs are told by `job_moments`."""
    of = Q(episode_id__in=episode_ids)
    with_whom = ("with_applicant", "with_clinician", "with_caseworker", "with_family")
    told = ("mode", "place", "minutes", "attended", *with_whom)
    return [
        part(
            Contact.objects.visible_to(actor).filter(of),
            _contact_moment,
            before=before,
            by="staff__name",
            values={"words": "note", "shared": "shared_note"}
            | {name: name for name in told},
        ),
        part(
            EmployerContact.objects.visible_to(actor).filter(of),
            _visit_moment,
            before=before,
            by="staff__name",
            values={
                "employer": "employer__name",
                "mode": "mode",
                "outcome": "outcome",
                "words": "learned",
            },
        ),
        *_talks(actor, episode_ids, before),
    ]


def _talks(
    actor: Actor, episode_ids: Collection[UUID], before: date | None
) -> list[Part]:
    """Return what was decided, sent and learned on the way."""
    of = Q(episode_id__in=episode_ids)
    return [
        part(
            DisclosureDecision.objects.visible_to(actor).filter(of),
            told_as("disclosure", Strand.APPLICANT),
            before=before,
            day="discussed_on",
            by="created_by__name",
            values={"decision": "decision", "employer": "employer__name"},
        ),
        part(
            Application.objects.visible_to(actor).filter(of),
            told_as("application", Strand.APPLICANT),
            before=before,
            by="created_by__name",
            values={"title": "title", "employer": "employer__name"},
        ),
        part(
            JobEndReview.objects.visible_to(actor).filter(
                job__episode_id__in=episode_ids
            ),
            told_as("job_end_review", Strand.APPLICANT),
            before=before,
            by="created_by__name",
            values={"employer": "job__employer__name", "words": "do_differently"},
        ),
    ]


def _contact_moment(row: Row) -> Moment:
    told = row.values
    words = "\n".join(filter(None, (told["words"], told["shared"])))
    meets = {Strand.EMPLOYMENT}
    if told["with_clinician"]:
        meets.add(Strand.HEALTH)
    if told["with_applicant"]:
        meets.add(Strand.APPLICANT)
    missed = told["attended"] is not None and not told["attended"]
    kept = "contact_missed" if missed else "contact"
    return Moment(
        day=row.day,
        kind=kept,
        strand=Strand.EMPLOYMENT,
        record_kind="work.contact",
        record_id=row.key,
        title=kept,
        values={**told, "words": words},
        by=row.by,
        meets=frozenset(meets) if told["attended"] else frozenset(),
    )


def _visit_moment(row: Row) -> Moment:
    return Moment(
        day=row.day,
        kind="employer_contact",
        strand=Strand.EMPLOYMENT,
        record_kind="work.employercontact",
        record_id=row.key,
        title="employer_contact",
        values={**row.values, "employer": row.values["employer"] or ""},
        by=row.by,
    )


def job_moments(
    jobs: Mapping[UUID, list[CurrentJob]], before: date | None = None
) -> list[Moment]:
    """Return the starts and ends of jobs that a page has read already."""
    found = (m for listed in jobs.values() for job in listed for m in _job_moments(job))
    return [moment for moment in found if before is None or moment.day < before]


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
