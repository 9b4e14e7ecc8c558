"""Papers that prove something: the file goes to the documents, what it proves stays here."""

import hashlib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.documents import commands as documents
from braid.kernel.errors import InputFault
from braid.work.choices import EvidenceKind
from braid.work.models import Evidence, Job

if TYPE_CHECKING:
    from braid.people.models import Episode

NOT_TWICE = "whether a file stands with the papers of somebody else"


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was brought, what it is, for which days, and when it was received.

    `label` says what another paper is. `is_given_back`: the original was seen and no
    file is kept; `data` then only gives the digest, and may be empty. `was_seen`: who
    records it saw the original. `number`: where an employer was called.
    """

    kind: str
    file_name: str
    data: bytes
    received_on: date
    period_first: date | None = None
    period_last: date | None = None
    label: str = ""
    is_given_back: bool = False
    was_seen: bool = False
    number: str = ""
    consent_id: UUID | None = None


def add_evidence(*, actor: Actor, job: Job, paper: Paper) -> Evidence:
    """Keep a paper about a job, checked and sealed. Raises Refused, InputFault."""
    return add_paper(actor=actor, episode=job.episode, job=job, paper=paper)


@transaction.atomic
def add_paper(
    *, actor: Actor, episode: "Episode", paper: Paper, job: Job | None = None
) -> Evidence:
    """Keep a paper about an episode, of a job or of none. Raises Refused, InputFault."""
    subject = (job or episode).subject(Information.JOBS)
    require(actor, Action.RECORD, subject)
    _check(paper, job)
    digest = hashlib.sha256(paper.data).hexdigest() if paper.data else ""
    applicant_id = episode.applicant_id
    _check_only_one(digest, episode)
    document = None
    if not paper.is_given_back:
        document = documents.add(
            actor=actor,
            applicant_id=applicant_id,
            team=episode.unit,
            kind=Information.JOBS.value,
            title=capfirst(str(EvidenceKind(paper.kind).label)),
            file_name=paper.file_name,
            data=paper.data,
            day=paper.received_on,
        )
    saw = paper.is_given_back or paper.was_seen
    made = Evidence.objects.create(
        episode=episode,
        job=job,
        kind=paper.kind,
        label=paper.label,
        period_first=paper.period_first,
        period_last=paper.period_last,
        received_on=paper.received_on,
        document=document,
        sha256=digest,
        seen_by_id=actor.id if saw else None,
        number=paper.number.strip(),
        consent_id=paper.consent_id,
        created_by_id=actor.id,
    )
    audit.record(actor, "evidence_added", made, applicant=applicant_id)
    return made


def _check(paper: Paper, job: Job | None) -> None:
    first, last = paper.period_first, paper.period_last
    if last is not None and (first is None or last < first):
        raise InputFault(
            _(
                "The days that the paper is about have no first day, or end before it. "
                "Correct the two days."
            ),
            field="period_last",
            reason="period_reversed",
        )
    if last is not None and job is not None and last < job.first_day:
        raise InputFault(
            _(
                "The paper is about days before this job began. Correct the days, or "
                "add the paper to the job that it is about."
            ),
            field="period_last",
            reason="before_the_job",
        )
    if not paper.data and not paper.is_given_back:
        raise InputFault(
            _(
                "No file came with the paper. Choose one, or say that the original was "
                "seen and given back."
            ),
            field="file",
            reason="no_file",
        )


def _check_only_one(digest: str, episode: "Episode") -> None:
    """Refuse a file that proves something about somebody else of the organisation."""
    if not digest:
        return
    same = Evidence.objects.system(NOT_TWICE).filter(
        sha256=digest, episode__unit__organisation_id=episode.unit.organisation_id
    )
    if same.exclude(episode__applicant_id=episode.applicant_id).exists():
        raise InputFault(
            _(
                "The very same file stands with the papers of somebody else. Check "
                "whose paper it is, and add the right file."
            ),
            field="file",
            reason="file_of_somebody_else",
        )


@transaction.atomic
def take_back_evidence(*, actor: Actor, evidence: Evidence) -> None:
    """Take a paper away again, with its file. Raises Refused."""
    require(actor, Action.RECORD, evidence.subject())
    applicant_id = evidence.episode.applicant_id
    audit.record(actor, "evidence_taken_back", evidence, applicant=applicant_id)
    document: Any = evidence.document
    evidence.delete()
    if document is not None:
        documents.take_back(actor=actor, document=document)
