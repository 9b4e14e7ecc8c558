"""Adding a document and taking one back."""

import hashlib
from collections.abc import Collection
from datetime import date
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from django.db import transaction

from braid.access import audit, shared
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.documents import queries, rules, storage
from braid.documents.choices import PROBLEMS, SIGNATURE
from braid.documents.models import Document
from braid.documents.rules import Content, Problem
from braid.kernel.errors import InputFault, Refused
from braid.kernel.ids import new_id

if TYPE_CHECKING:
    from braid.access.models import Team


class _File(NamedTuple):
    """A file that was recognised, with what it is about and called."""

    id: UUID
    kind: str
    title: str
    name: str
    content: Content
    data: bytes
    template: str = ""
    also: tuple[str, ...] = ()


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
    content = _recognised(data, rules.ACCEPTED, Problem.UNKNOWN, field="file")
    return _keep(
        actor,
        _File(new_id(), kind, title, file_name, content, data),
        applicant_id=applicant_id,
        team=team,
        day=day,
    )


def add_made(
    *,
    actor: Actor,
    applicant_id: UUID,
    team: "Team",
    kind: str,
    title: str,
    template: str,
    content: Content,
    data: bytes,
    day: date,
    also: Collection[str] = (),
) -> Document:
    """Keep a document that was made here, with the template it came from. Raises Refused.

    `also` are the classes that it holds besides its kind.
    """
    more = tuple(sorted(set(also) - {kind}))
    return _keep(
        actor,
        _File(new_id(), kind, title, title, content, data, template, more),
        applicant_id=applicant_id,
        team=team,
        day=day,
    )


def add_signature(
    *,
    actor: Actor,
    document_id: UUID,
    applicant_id: UUID,
    team: "Team",
    title: str,
    file_name: str,
    data: bytes,
    day: date,
) -> Document:
    """Keep the picture of a signed agreement, under a key that was given beforehand.

    It stands in the transaction of the agreement. Raises Refused, InputFault.
    """
    content = _recognised(
        data, rules.PICTURES, Problem.NOT_A_PICTURE, field="signature"
    )
    return _keep(
        actor,
        _File(document_id, SIGNATURE, title, file_name, content, data),
        applicant_id=applicant_id,
        team=team,
        day=day,
    )


def _recognised(
    data: bytes, taken: Collection[Content], otherwise: Problem, *, field: str
) -> Content:
    """Return what a file is. Raises InputFault; `otherwise` is said of other kinds."""
    content = rules.recognise(data)
    if isinstance(content, Content) and content in taken:
        return content
    problem = content if isinstance(content, Problem) else otherwise
    if problem == Problem.UNKNOWN:
        problem = otherwise
    raise InputFault(PROBLEMS[problem], field=field, reason=problem.value)


@transaction.atomic
def _keep(
    actor: Actor, file: _File, *, applicant_id: UUID, team: "Team", day: date
) -> Document:
    """Ask the policy, seal the bytes, keep the row and write the audit; or nothing."""
    information = Information(file.kind)
    subject = shared.subject(
        information,
        organisation=team.organisation_id,
        care=frozenset({team.pk}),
        applicant=applicant_id,
    )
    ground = require(actor, Action.RECORD, subject)
    name = rules.safe_name(file.name, file.content)
    storage.write(applicant_id, file.id, file.data)
    try:
        made = Document.objects.create(
            id=file.id,
            applicant_id=applicant_id,
            team=team,
            kind=file.kind,
            also="".join(f" {one} " for one in file.also),
            title=file.title.strip() or name,
            file_name=name,
            media_type=file.content.media_type,
            template=file.template,
            size=len(file.data),
            sha256=hashlib.sha256(file.data).hexdigest(),
            day=day,
            created_by_id=actor.id,
        )
        audit.record(
            actor,
            "document_added",
            made,
            applicant=applicant_id,
            holder=team.organisation_id,
            information=made.classes,
            ground=ground,
        )
    except Exception:
        storage.remove(applicant_id, file.id)
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
        information=document.classes,
    )
    document.delete()
    transaction.on_commit(lambda: storage.remove(applicant_id, document_id))
