"""The key ring: the keys of this installation, and one key for each use of them.

`ring.json` holds random secrets with ids; what encrypts is derived from a secret and
the name of the use. The newest key encrypts, older ones only read. Key `k1` is derived
from the installation's secret key: under it stands what was written before the ring was.
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils import timezone

from braid.kernel import private_files
from braid.kernel.errors import BraidError

FIRST = "k1"
FORMAT = 1
SECRET_BYTES = 32


class Use(StrEnum):
    """What a key is for. No two uses share a key."""

    IDENTIFIER = "identifier"
    IDENTIFIER_HASH = "identifier-hash"
    SUBJECT_KEY = "subject-key"
    SEALED_ANSWER = "sealed-answer"
    PSEUDONYM = "facts-pseudonym"
    AUDIT_ANCHOR = "audit-anchor"
    SIGN_IN = "sign-in"
    DRAFT = "draft"


# Before the ring, answers were sealed with the key of the identifiers.
_FIRST_USES = {Use.SEALED_ANSWER: Use.IDENTIFIER}


class UnsafeKeys(BraidError):
    """The file of keys can be read by others, or is damaged."""

    code = "unsafe_keys"


class KeyMissing(BraidError):
    """Something was encrypted with a key that the ring does not hold."""

    code = "key_missing"


@dataclass(frozen=True, slots=True)
class Key:
    """One key; without a secret of its own it is derived from the secret key."""

    id: str
    made_at: str
    secret: bytes | None


@dataclass(frozen=True, slots=True)
class Ring:
    """All keys, newest first. `pseudonyms` is the key of the facts' pseudonyms, which
    stay the same through a rotation. While `rotating`, old keys are being replaced.
    """

    keys: tuple[Key, ...]
    pseudonyms: str = FIRST
    rotating: bool = False

    @property
    def current(self) -> Key:
        return self.keys[0]

    def key(self, key_id: str) -> Key:
        """Return a key by its id. Raises KeyMissing."""
        for key in self.keys:
            if key.id == key_id:
                return key
        raise KeyMissing(
            f"The key ring holds no key '{key_id[:20]}', with which something was "
            "encrypted. Expected the ring that this database was written with. "
            "Put back the folder of keys, or its backup."
        )


def folder() -> Path:
    """Return the folder of the keys, outside the database and its backups."""
    path: Path = settings.BRAID_KEYS
    return path


def ring() -> Ring:
    """Return the key ring as it is now; it is made when first asked for."""
    path = folder() / "ring.json"
    try:
        stat = path.stat()
    except FileNotFoundError:
        private_files.create(path, _written(_new_ring()))
        stat = path.stat()
    return _read(path, (stat.st_ino, stat.st_mtime_ns, stat.st_size, stat.st_mode))


def current() -> str:
    """Return the id of the key that encrypts."""
    return ring().current.id


def ids() -> tuple[str, ...]:
    """Return the ids of all keys, newest first."""
    return tuple(key.id for key in ring().keys)


def derived(use: Use, key_id: str = "") -> bytes:
    """Return the 32 bytes for a use, of the current key or a named one."""
    held = ring()
    key = held.key(key_id) if key_id else held.current
    if key.secret is None:
        return _derive(settings.SECRET_KEY.encode(), _FIRST_USES.get(use, use))
    return _derive(key.secret, use)


def pseudonym_key() -> bytes:
    """Return the key of the facts' pseudonyms."""
    return derived(Use.PSEUDONYM, ring().pseudonyms)


def begin_rotation(now: datetime) -> str:
    """Put a new key in front, unless a rotation is under way; return the current id."""
    with changing() as held:
        if not held.rotating:
            new = Key(_new_id(held), now.isoformat(), _random())
            _save(replace(held, keys=(new, *held.keys), rotating=True))
    return current()


def end_rotation() -> None:
    """Say that nothing is being replaced any more."""
    with changing() as held:
        _save(replace(held, rotating=False))


def remove(key_id: str) -> None:
    """Take an old key away for good; pseudonyms then come from the current one."""
    with changing() as held:
        kept = tuple(key for key in held.keys if key.id != key_id)
        pseudonyms = held.pseudonyms
        if pseudonyms == key_id:
            pseudonyms = held.current.id
        _save(replace(held, keys=kept, pseudonyms=pseudonyms))


@contextmanager
def changing() -> Iterator[Ring]:
    """Hold the ring alone while it is changed."""
    with private_files.alone(folder() / ".lock"):
        yield ring()


@lru_cache(maxsize=64)
def _derive(secret: bytes, use: str) -> bytes:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=use.encode())
    return derive.derive(secret)


def _random() -> bytes:
    return secrets.token_bytes(SECRET_BYTES)


def _new_id(held: Ring) -> str:
    """Return an id that no lost ring had: a wrong ring is told, never guessed at."""
    while (made := f"k{secrets.token_hex(4)}") in {key.id for key in held.keys}:
        continue
    return made


def _new_ring() -> Ring:
    now = timezone.now().isoformat()
    first = Ring((Key(FIRST, now, None),))
    return Ring((Key(_new_id(first), now, _random()), *first.keys))


def _save(changed: Ring) -> None:
    private_files.replace(folder() / "ring.json", _written(changed))


def _written(held: Ring) -> bytes:
    keys = [
        {
            "id": key.id,
            "made_at": key.made_at,
            "secret": base64.b64encode(key.secret).decode() if key.secret else None,
        }
        for key in held.keys
    ]
    text: dict[str, Any] = {
        "format": FORMAT,
        "keys": keys,
        "pseudonyms": held.pseudonyms,
        "rotating": held.rotating,
    }
    text["check"] = _check(text)
    return json.dumps(text, indent=1).encode()


def _check(text: dict[str, Any]) -> str:
    """Return a digest that tells a damaged file from a whole one; it hides nothing."""
    plain = json.dumps({**text, "check": ""}, sort_keys=True)
    return hashlib.sha256(plain.encode()).hexdigest()


@lru_cache(maxsize=4)
def _read(path: Path, _as_it_was: tuple[int, ...]) -> Ring:
    if private_files.is_open_to_others(path):
        raise UnsafeKeys(
            "The key ring can be read by other accounts of this computer. Expected "
            f"mode 0600 for {path.name}. Correct it with chmod 600."
        )
    try:
        text = json.loads(path.read_bytes())
        if text["format"] != FORMAT or text["check"] != _check(text):
            raise ValueError
        keys = tuple(
            Key(
                key["id"],
                key["made_at"],
                base64.b64decode(key["secret"]) if key["secret"] else None,
            )
            for key in text["keys"]
        )
        return Ring(keys, text["pseudonyms"], text["rotating"])
    except (ValueError, KeyError, TypeError):
        raise UnsafeKeys(
            f"The key ring in {path.name} is damaged. Expected the file as Braid wrote "
            "it. Put back its backup."
        ) from None
