"""The bytes of documents: sealed, one file each, `documents/<2>/<applicant>/<document>`."""

import shutil
from pathlib import Path
from uuid import UUID

from django.conf import settings

from braid.access import subject_keys
from braid.kernel import private_files


def _folder(applicant_id: UUID) -> Path:
    root: Path = settings.BRAID_DOCUMENTS
    return root / applicant_id.hex[:2] / str(applicant_id)


def _use(document_id: UUID) -> str:
    return f"document:{document_id}"


def write(applicant_id: UUID, document_id: UUID, data: bytes) -> None:
    """Seal the bytes of a document and keep them."""
    sealed = subject_keys.seal(applicant_id, data, use=_use(document_id))
    private_files.create(_folder(applicant_id) / str(document_id), sealed)


def read(applicant_id: UUID, document_id: UUID) -> bytes:
    """Return the bytes of a document.

    Raises KeyDestroyed, NotSealedSo, FileNotFoundError.
    """
    sealed = (_folder(applicant_id) / str(document_id)).read_bytes()
    return subject_keys.unseal(applicant_id, sealed, use=_use(document_id))


def remove(applicant_id: UUID, document_id: UUID) -> bool:
    """Take the bytes of a document away; say whether there were any."""
    return private_files.destroy(_folder(applicant_id) / str(document_id))


def remove_all(applicant_id: UUID) -> int:
    """Take away everything that is kept for an applicant; return how many files."""
    folder = _folder(applicant_id)
    if not folder.exists():
        return 0
    removed = sum(private_files.destroy(path) for path in sorted(folder.iterdir()))
    shutil.rmtree(folder, ignore_errors=True)
    return removed
