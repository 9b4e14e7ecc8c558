"""Reading documents: each by its class, opened piece by piece."""

import hashlib
from collections.abc import Collection, Iterable, Iterator
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from braid.access import policy
from braid.access import queries as access
from braid.access.policy import Action, Actor, Information
from braid.access.scopes import reach
from braid.access.subject_keys import KeyDestroyed, NotSealedSo
from braid.documents import storage
from braid.documents.choices import SIGNATURE, DocumentKind
from braid.documents.models import Document

PIECE = 256 * 1024


def reading(kind: str) -> Action:
    """Return what somebody does who reads a document of this kind.

    A signature is read by those who may see to the sharing, and opened by no agreement.
    """
    return Action.SHARE if kind == SIGNATURE else Action.READ


def documents_of(actor: Actor, applicant_id: UUID) -> QuerySet[Document]:
    """Return an applicant's documents that `actor` may read, the latest first."""
    return _readable(actor, [applicant_id])


def made_of(
    actor: Actor, applicant_ids: Collection[UUID], templates: Collection[str]
) -> dict[UUID, dict[str, Document]]:
    """Return the latest document made from each of these templates, by applicant."""
    rows = _readable(actor, applicant_ids).filter(template__in=templates)
    found: dict[UUID, dict[str, Document]] = {}
    for one in rows:
        found.setdefault(one.applicant_id, {}).setdefault(one.template, one)
    return found


def _readable(actor: Actor, applicant_ids: Collection[UUID]) -> QuerySet[Document]:
    readable = [
        Document.objects.visible_to(actor, reading(kind), Information(kind)).filter(
            kind=kind, applicant_id__in=applicant_ids
        )
        for kind in DocumentKind.values
        if not reach(actor, reading(kind), Information(kind)).is_empty
    ]
    if not readable:
        nothing: QuerySet[Document] = Document.objects.none()
        return nothing
    found: QuerySet[Document] = reduce(or_, readable)
    for one in policy.ABOUT_A_PERSON:  # what it holds besides must be readable as well
        found = found.filter(~Q(also__contains=f" {one.value} ") | _held(actor, one))
    return found.select_related("created_by", "team").order_by("-day", "-created_at")


def _held(actor: Actor, information: Information) -> Q:
    """Return the condition that `actor` may read what a document holds of a class."""
    readable = Document.objects.visible_to(actor, Action.READ, information)
    return Q(pk__in=readable.values("pk"))


def grounds(actor: Actor, shown: Iterable[Document]) -> dict[Information, str]:
    """Return the ground on which each class in a list is read, of whoever holds it."""
    held = {(one.kind, one.team_id): one for one in shown}
    return {
        Information(kind): policy.decide(
            actor, reading(kind), one.subject(Information(kind), actor.day)
        ).reason
        for (kind, _team), one in held.items()
    }


def document(actor: Actor, document_id: UUID) -> tuple[Document, str]:
    """Return a document that `actor` may read, and on which ground; else answer 404."""
    found: Document | None = (
        Document.objects.system("the policy decides on the row")
        .select_related("team")
        .filter(pk=document_id)
        .exclude(applicant_id__in=actor.hidden)
        .first()
    )
    if found is None:
        raise Http404
    first, *besides = found.classes
    decisions = [
        policy.decide(actor, reading(found.kind), found.subject(first, actor.day)),
        *(
            policy.decide(actor, Action.READ, found.subject(one, actor.day))
            for one in besides
        ),
    ]
    if not all(decision.allowed for decision in decisions):
        raise Http404
    return found, decisions[0].reason


def content(found: Document) -> bytes:
    """Return the bytes of a document that was opened by the policy.

    Raises KeyDestroyed, NotSealedSo, FileNotFoundError.
    """
    return storage.read(found.applicant_id, found.pk)


def digest_of(document_id: UUID) -> str | None:
    """Return the SHA-256 of the bytes that are held; None where they are gone.

    It opens the file and shows nothing of it: whoever asks proves that a file is still
    the one that a digest was taken of.
    """
    row = Document.objects.system("whether a file is still the one it was").filter(
        pk=document_id
    )
    found = row.first()
    if found is None:
        return None
    try:
        return hashlib.sha256(content(found)).hexdigest()
    except (OSError, KeyDestroyed, NotSealedSo):
        return None


def pieces(actor: Actor, found: Document, data: bytes) -> Iterator[bytes]:
    """Yield the bytes of a document for as long as `actor` may read it.

    The actor is taken anew for every piece: what is withdrawn while it is under way
    ends it.
    """
    for at in range(0, len(data), PIECE):
        reader = access.renewed(actor, timezone.now())
        if reader is None:
            return
        try:
            document(reader, found.pk)
        except Http404:
            return
        yield data[at : at + PIECE]


def kinds_to_add(actor: Actor) -> list[tuple[str, str]]:
    """Return the kinds of document that somebody in this role may ever add."""
    return [
        (kind.value, str(kind.label))
        for kind in DocumentKind
        if kind != SIGNATURE
        and policy.may(actor, Action.RECORD, Information(kind.value))
    ]


def signatures(actor: Actor, applicant_id: UUID) -> frozenset[UUID]:
    """Return the signed agreements of an applicant that `actor` may open."""
    found = documents_of(actor, applicant_id).filter(kind=SIGNATURE)
    return frozenset(found.values_list("pk", flat=True))


def may_take_back(actor: Actor, found: Document) -> bool:
    """Say whether `actor` may take a document back: who may record its class, and for
    an applicant, who brought it. A signature stays with what it proves.
    """
    if found.kind == SIGNATURE:
        return False
    subject = found.subject(Information(found.kind))
    if not policy.decide(actor, Action.RECORD, subject).allowed:
        return False
    return actor.own is None or found.created_by_id == actor.id
