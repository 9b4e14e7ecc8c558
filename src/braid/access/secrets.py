"""Identifiers at rest: encrypted, shown masked, found by a keyed hash of the whole.

The keys are derived from the installation's secret, one for each use. A key ring with
rotation comes with the consent ledger; the stored text names its key already.
"""

import base64
import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

KEY_ID = "k1"


@lru_cache(maxsize=8)
def _key(secret: str, use: str) -> bytes:
    derive = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=use.encode())
    return derive.derive(secret.encode())


def keyed_hash(system: str, value: str) -> str:
    """Return the hash by which a whole, normalised identifier is found."""
    key = _key(settings.SECRET_KEY, "identifier-hash")
    text = f"{system}\x1f{value}".encode()
    return hmac.new(key, text, hashlib.sha256).hexdigest()


def pseudonyms(ids: Sequence[str]) -> list[str]:
    """Return what stands for each id outside this installation.

    The same id gets the same pseudonym each time; without the installation's secret
    nobody can tell which id it is.
    """
    key = _key(settings.SECRET_KEY, "facts-pseudonym")
    return [hmac.digest(key, one.encode(), "sha256").hex()[:32] for one in ids]


def encrypt(value: str) -> str:
    """Return `value` encrypted, with the id of the key in front."""
    fernet = Fernet(base64.urlsafe_b64encode(_key(settings.SECRET_KEY, "identifier")))
    return f"{KEY_ID}:{fernet.encrypt(value.encode()).decode()}"


def decrypt(stored: str) -> str:
    """Return what `encrypt` was given."""
    _key_id, _colon, token = stored.partition(":")
    fernet = Fernet(base64.urlsafe_b64encode(_key(settings.SECRET_KEY, "identifier")))
    return fernet.decrypt(token.encode()).decode()
