"""Papers about a job: the file goes to the documents, what it proves stays here."""

from dataclasses import dataclass
from datetime import date
from typing import Any

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


@dataclass(frozen=True, slots=True)
class Paper:
    """A file that was brought, what it is, for which days, and when it was received."""

    kind: str
    file_name: str
    data: bytes
    received_on: date
    period_first: date | None = None
    period_last: date | None = None


@transaction.atomic
def add_evidence(*, actor: Actor, job: Job, paper: Paper) -> Evidence:
    """Keep a paper about a job, checked and sealed. Raises Refused, InputFault."""
    require(actor, Action.RECORD, job.subject())
    first, last = paper.period_first, paper.period_last
    if last is not None and (first is None or last < first):
        raise InputFault(
            _(
                "The days that the paper is about have no first day, or end before it. "
                "Correct the two days."
            ),
            field="period_last",
        )
    applicant_id = job.episode.applicant_id
    document = documents.add(
        actor=actor,
        applicant_id=applicant_id,
        team=job.episode.unit,
        kind=Information.JOBS.value,
        title=capfirst(str(EvidenceKind(paper.kind).label)),
        file_name=paper.file_name,
        data=paper.data,
        day=paper.received_on,
    )
    made = Evidence.objects.create(
        job=job,
        kind=paper.kind,
        period_first=first,
        period_last=last,
        received_on=paper.received_on,
        document=document,
        created_by_id=actor.id,
    )
    audit.record(actor, "evidence_added", made, applicant=applicant_id)
    return made


@transaction.atomic
def take_back_evidence(*, actor: Actor, evidence: Evidence) -> None:
    """Take a paper away again, with its file. Raises Refused."""
    require(actor, Action.RECORD, evidence.subject())
    applicant_id = evidence.job.episode.applicant_id
    audit.record(actor, "evidence_taken_back", evidence, applicant=applicant_id)
    document: Any = evidence.document
    evidence.delete()
    documents.take_back(actor=actor, document=document)
