"""Adding a document and taking one back."""

import hashlib
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction

from braid.access import audit, shared
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.documents import queries, rules, storage
from braid.documents.choices import PROBLEMS
from braid.documents.models import Document
from braid.documents.rules import Problem
from braid.kernel.errors import InputFault, Refused
from braid.kernel.ids import new_id

if TYPE_CHECKING:
    from braid.access.models import Team


@transaction.atomic
def add(
    *,
    actor: Actor,
    applicant_id: UUID,
    team: "Team",
    kind: str,
    title: str,
    file_name: str,
    data: bytes,
    day: date,
) -> Document:
    """Keep a file about an applicant, held by `team`. Raises Refused, InputFault.

    What the file is, its bytes say; its name only gives the words in front of the dot.
    """
    information = Information(kind)
    subject = shared.subject(
        information,
        organisation=team.organisation_id,
        care=frozenset({team.pk}),
        applicant=applicant_id,
    )
    ground = require(actor, Action.RECORD, subject)
    content = rules.recognise(data)
    if isinstance(content, Problem):
        raise InputFault(PROBLEMS[content], field="file", reason=content.value)
    name = rules.safe_name(file_name, content)
    document_id = new_id()
    storage.write(applicant_id, document_id, data)
    try:
        made = Document.objects.create(
            id=document_id,
            applicant_id=applicant_id,
            team=team,
            kind=kind,
            title=title.strip() or name,
            file_name=name,
            media_type=content.media_type,
            size=len(data),
            sha256=hashlib.sha256(data).hexdigest(),
            day=day,
            created_by_id=actor.id,
        )
        audit.record(
            actor,
            "document_added",
            made,
            applicant=applicant_id,
            holder=team.organisation_id,
            information=(information,),
            ground=ground,
        )
    except Exception:
        storage.remove(applicant_id, document_id)
        raise
    return made


@transaction.atomic
def take_back(*, actor: Actor, document: Document) -> None:
    """Take a document away, bytes and all. Raises Refused."""
    if not queries.may_take_back(actor, document):
        raise Refused("not_granted")
    applicant_id, document_id = document.applicant_id, document.pk
    audit.record(
        actor,
        "document_taken_back",
        document,
        applicant=applicant_id,
        holder=document.team.organisation_id,
        information=(Information(document.kind),),
    )
    document.delete()
    transaction.on_commit(lambda: storage.remove(applicant_id, document_id))
