"""Whether two organisations ask money for one person, without telling who it is. Pure.

Both sides agree on a secret key in their record of data sharing. Each turns its own
identifiers into tokens with it and hands over the tokens alone; what is equal is somebody
whom both have. A token leads back to nobody without the key; with it, identifiers could be
tried out, so the key goes to nobody else and is kept by neither program.
Source: RFC 2104 (HMAC), with SHA-256.
"""

import hmac
import re
import unicodedata
from collections.abc import Iterable, Mapping
from hashlib import sha256

from braid.kernel.errors import InputFault

SHORTEST_KEY = 32
TOKEN = re.compile(r"[0-9a-f]{64}")
_FILLING = re.compile(r"[\s.\-/]")


def normal(identifier: str) -> str:
    """Return an identifier as both sides write it: no spaces or marks, capitals."""
    return _FILLING.sub("", unicodedata.normalize("NFKC", identifier)).upper()


def token(key: bytes, sharing: str, identifier: str) -> str:
    """Return the token of an identifier under a key, for one record of data sharing.

    `sharing` names that record, so that tokens of two of them never meet.
    Raises: InputFault (`key_short`, `identifier_empty`).
    """
    if len(key) < SHORTEST_KEY:
        raise InputFault(
            "The key is shorter than 32 bytes. Agree on one made by chance.",
            field="key",
            reason="key_short",
        )
    plain = normal(identifier)
    if not plain:
        raise InputFault(
            "An identifier is empty. Leave out who has none.", reason="identifier_empty"
        )
    return hmac.new(key, f"{sharing}\x00{plain}".encode(), sha256).hexdigest()


def tokens(
    key: bytes, sharing: str, identifiers: Mapping[str, str]
) -> Mapping[str, str]:
    """Return the case of each token, of cases with their identifiers."""
    return {
        token(key, sharing, identifier): case
        for case, identifier in identifiers.items()
        if normal(identifier)
    }


def both(ours: Mapping[str, str], theirs: Iterable[str]) -> tuple[str, ...]:
    """Return our cases whose tokens the other side has too, in order.

    Raises: InputFault (`token_unknown`) for what is no token, with its place.
    """
    met = set()
    for place, each in enumerate(theirs, start=1):
        said = each.strip().lower()
        if TOKEN.fullmatch(said) is None:
            raise InputFault(
                f"Line {place} is no token. Expected are 64 signs from 0 to 9 and a to f.",
                field="theirs",
                reason="token_unknown",
                line=place,
            )
        if said in ours:
            met.add(ours[said])
    return tuple(sorted(met))
