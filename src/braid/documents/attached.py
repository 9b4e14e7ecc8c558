"""Files of something that is about no applicant, such as a review of a service.

They are recognised as documents are and sealed under a key of their owner: when that
key is destroyed, every file of the owner has ended, in copies of the disk as well. Who
may attach and open one is asked by the room that keeps the owner.
"""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from braid.access import subject_keys
from braid.documents import rules, storage
from braid.documents.choices import PROBLEMS
from braid.documents.rules import Problem
from braid.kernel.errors import InputFault


@dataclass(frozen=True, slots=True)
class Attached:
    """What is kept of a file beside its bytes; hash and size are those in clear."""

    file_name: str
    media_type: str
    size: int
    sha256: str


def attach(
    *, owner: UUID, key: UUID, file_name: str, data: bytes, field: str = "file"
) -> Attached:
    """Seal the bytes of a file of `owner` under `key`. Raises InputFault.

    What the file is, its bytes say; its name only gives the words in front of the dot.
    """
    content = rules.recognise(data)
    if isinstance(content, Problem):
        raise InputFault(PROBLEMS[content], field=field, reason=content.value)
    storage.write(owner, key, data)
    return Attached(
        file_name=rules.safe_name(file_name, content),
        media_type=content.media_type,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
    )


def content(owner: UUID, key: UUID) -> bytes:
    """Return the bytes of a file. Raises KeyDestroyed, NotSealedSo, FileNotFoundError."""
    return storage.read(owner, key)


def detach(owner: UUID, key: UUID) -> bool:
    """Take one file away; say whether there was one."""
    return storage.remove(owner, key)


def detach_all(owner: UUID) -> int:
    """Take every file of an owner away with the key; return how many there were."""
    removed = storage.remove_all(owner)
    if subject_keys.has_key(owner):
        subject_keys.destroy(owner)
    return removed
