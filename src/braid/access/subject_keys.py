"""A key of each applicant's own, for what must be gone from old backups too.

The keys stand in files outside the database, each wrapped by the key ring. What is
sealed is bound to its applicant and its use; once the key is destroyed, no copy of the
database or of the files can be read.
"""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from braid.access import keyring
from braid.access.keyring import Use
from braid.kernel import private_files
from braid.kernel.errors import BraidError

TEXT = "text"
MARKS = "destroyed"
_FORMAT = b"\x01"
_NONCE_BYTES = 12
_KEY_BITS = 256


class KeyDestroyed(BraidError):
    """The applicant's key is gone: what was sealed with it can never be read again."""

    code = "key_destroyed"


class NotSealedSo(BraidError):
    """The bytes were not sealed for this applicant and use, or were changed since."""

    code = "not_sealed_so"


def seal(applicant_id: UUID, data: bytes, *, use: str = TEXT) -> bytes:
    """Return `data` encrypted with the applicant's key, which is made on first use."""
    key = _key(applicant_id) or _new_key(applicant_id)
    return _encrypted(key, data, _bound(applicant_id, use))


def unseal(applicant_id: UUID, sealed: bytes, *, use: str = TEXT) -> bytes:
    """Return what `seal` was given. Raises KeyDestroyed, NotSealedSo."""
    key = _key(applicant_id)
    if key is None:
        raise KeyDestroyed(
            "The key for this text is not there: it was destroyed with the record, or "
            "the folder of keys is not the one that belongs to this database."
        )
    return _decrypted(key, sealed, _bound(applicant_id, use))


def has_key(applicant_id: UUID) -> bool:
    """Say whether there is a key, and so perhaps something sealed with it."""
    return _path(applicant_id).exists()


def destroy(applicant_id: UUID) -> bool:
    """Destroy the key for good; say whether there was one."""
    with _changing():
        return private_files.destroy(_path(applicant_id))


def mark_destroyed(applicant_id: UUID, mark: bytes) -> None:
    """Keep among the keys that this one is destroyed, and let nobody make it anew.

    Copies of the keys carry the mark, so that a backup put back with a later copy of
    them forgets the applicant too.
    """
    private_files.replace(_mark(applicant_id), mark)


def destroyed_marks() -> list[bytes]:
    """Return the marks of all keys that were destroyed."""
    return [path.read_bytes() for path in sorted(_marks().glob("[0-9a-f]*"))]


def under(key_id: str) -> Iterator[UUID]:
    """Yield the applicants whose keys are wrapped by this key of the ring."""
    for path in _paths():
        if _wrapped_by(path) == key_id:
            yield UUID(path.name)


def rewrap(limit: int) -> int:
    """Wrap up to `limit` keys with the ring's current key; return how many."""
    current, done = keyring.current(), 0
    for path in _paths():
        if done == limit:
            break
        with _changing():
            if _wrapped_by(path) in {current, ""}:
                continue
            applicant_id = UUID(path.name)
            key = _key(applicant_id)
            if key is not None:
                private_files.replace(path, _wrapped(applicant_id, key))
                done += 1
    return done


def _folder() -> Path:
    return keyring.folder() / "subjects"


def _marks() -> Path:
    return _folder() / MARKS


def _mark(applicant_id: UUID) -> Path:
    return _marks() / str(applicant_id)


def _changing() -> AbstractContextManager[None]:
    return private_files.alone(_folder() / ".lock")


def _path(applicant_id: UUID) -> Path:
    return _folder() / applicant_id.hex[:2] / str(applicant_id)


def _paths() -> list[Path]:
    return sorted(_folder().glob("[0-9a-f][0-9a-f]/[0-9a-f]*"))


def _new_key(applicant_id: UUID) -> bytes:
    """Make a key, unless somebody else did meanwhile; return the one that is kept."""
    if _mark(applicant_id).exists():
        raise KeyDestroyed(
            "This applicant is erased. Expected somebody who is in the record. "
            "Nothing more is kept about them."
        )
    with _changing():
        made = AESGCM.generate_key(_KEY_BITS)
        private_files.create(_path(applicant_id), _wrapped(applicant_id, made))
        kept = _key(applicant_id)
    return kept or made


def _key(applicant_id: UUID) -> bytes | None:
    try:
        text = _path(applicant_id).read_bytes()
    except FileNotFoundError:
        return None
    key_id, _colon, wrapped = text.partition(b":")
    key = keyring.derived(Use.SUBJECT_KEY, key_id.decode())
    return _decrypted(key, wrapped, _bound(applicant_id, Use.SUBJECT_KEY))


def _wrapped(applicant_id: UUID, key: bytes) -> bytes:
    key_id = keyring.current()
    wrapping = keyring.derived(Use.SUBJECT_KEY, key_id)
    bound = _bound(applicant_id, Use.SUBJECT_KEY)
    return key_id.encode() + b":" + _encrypted(wrapping, key, bound)


def _wrapped_by(path: Path) -> str:
    try:
        return path.read_bytes().partition(b":")[0].decode()
    except FileNotFoundError:
        return ""


def _bound(applicant_id: UUID, use: str) -> bytes:
    return b"braid:" + use.encode() + b":" + applicant_id.bytes


def _encrypted(key: bytes, data: bytes, bound: bytes) -> bytes:
    nonce = os.urandom(_NONCE_BYTES)
    return _FORMAT + nonce + AESGCM(key).encrypt(nonce, data, bound)


def _decrypted(key: bytes, sealed: bytes, bound: bytes) -> bytes:
    sealed = bytes(sealed)  # SQLite gives bytes, PostgreSQL a memoryview
    nonce, text = sealed[1 : 1 + _NONCE_BYTES], sealed[1 + _NONCE_BYTES :]
    try:
        if sealed[:1] != _FORMAT:
            raise InvalidTag
        return AESGCM(key).decrypt(nonce, text, bound)
    except (InvalidTag, ValueError):
        raise NotSealedSo(
            "Sealed bytes are not those that were written for this applicant and use. "
            "Expected them unchanged. Put back their backup."
        ) from None
