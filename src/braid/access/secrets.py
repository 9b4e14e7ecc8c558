"""Identifiers at rest: encrypted, shown masked, found by a keyed hash of the whole.

The keys are those of the ring (`access/keyring.py`). What is encrypted names its key;
while keys are being replaced a hash is looked up under each of them.
"""

import base64
import hashlib
import hmac
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet

from braid.access import keyring
from braid.access.keyring import Use


def keyed_hash(system: str, value: str, key_id: str = "") -> str:
    """Return the hash under which a whole, normalised identifier is kept."""
    key = keyring.derived(Use.IDENTIFIER_HASH, key_id)
    text = f"{system}\x1f{value}".encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def keyed_hashes(system: str, value: str) -> list[str]:
    """Return the hashes by which an identifier is found: one for each key."""
    return [keyed_hash(system, value, key_id) for key_id in keyring.ids()]


def _plain_name(name: str) -> str:
    """Return a name as it is compared: without case, in one form of each letter.

    A letter and its accent are one or two code points, depending on who typed it.
    """
    folded = unicodedata.normalize("NFKC", name).casefold()
    return " ".join(unicodedata.normalize("NFKC", folded).split())


def name_hash(name: str, key_id: str = "") -> str:
    """Return the hash under which a name is kept, without case and needless spaces."""
    return keyed_hash("name", _plain_name(name), key_id)


def name_hashes(name: str) -> list[str]:
    """Return the hashes by which a name is found: one for each key."""
    return keyed_hashes("name", _plain_name(name))


def pseudonyms(ids: Sequence[str]) -> list[str]:
    """Return what stands for each id outside this installation.

    The same id gets the same pseudonym each time; without the installation's keys
    nobody can tell which id it is.
    """
    key = keyring.pseudonym_key()
    return [hmac.digest(key, one.encode(), "sha256").hex()[:32] for one in ids]


@lru_cache(maxsize=64)
def _fernet(key: bytes) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(key))


def encrypt(value: str, use: Use = Use.IDENTIFIER) -> str:
    """Return `value` encrypted, with the id of the key in front."""
    key_id = keyring.current()
    fernet = _fernet(keyring.derived(use, key_id))
    return f"{key_id}:{fernet.encrypt(value.encode()).decode()}"


def decrypt(stored: str, use: Use = Use.IDENTIFIER) -> str:
    """Return what `encrypt` was given. Raises KeyMissing."""
    key_id, _colon, token = stored.partition(":")
    fernet = _fernet(keyring.derived(use, key_id))
    return fernet.decrypt(token.encode()).decode()
