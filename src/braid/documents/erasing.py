"""An applicant's documents leave, and go into the copy of their data."""

from collections.abc import Iterator
from uuid import UUID

from braid.access.rights.registry import Piece
from braid.access.subject_keys import KeyDestroyed
from braid.documents import storage
from braid.documents.models import Document

REASON = "all documents of one applicant"


def erase(applicant_id: UUID) -> int:
    """Take away the files of an applicant; return how many. The rows go with the rest."""
    return storage.remove_all(applicant_id)


def copy(applicant_id: UUID, organisation_id: UUID | None) -> Iterator[Piece]:
    """Yield the documents of an applicant, all or those that one organisation holds."""
    found = Document.objects.system(REASON).filter(applicant_id=applicant_id)
    if organisation_id is not None:
        found = found.filter(team__organisation_id=organisation_id)
    for document in found.order_by("day", "pk"):
        try:
            content = storage.read(applicant_id, document.pk)
        except (KeyDestroyed, FileNotFoundError):
            continue
        yield Piece(
            words=document.title,
            name=f"documents/{document.pk}/{document.file_name}",
            content=content,
        )
