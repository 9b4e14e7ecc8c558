"""The hash chain of the audit: what is hashed, and how one entry follows another.

Pure: no Django. Canonical bytes are UTF-8 JSON with sorted keys and no spaces; instants
are RFC 3339 in UTC with microseconds.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

BEGIN = "0" * 64  # what the first entry of a chain follows
_write = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False
).encode


def instant(at: datetime) -> str:
    """Return an aware instant as RFC 3339 in UTC with microseconds."""
    return (
        f"{at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"
    )


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, UUID):
        return str(value)
    return value


def canonical(entry: Mapping[str, Any]) -> bytes:
    """Return the bytes of an entry that are hashed; empty values are left out.

    So a field that a later version adds changes no hash of an earlier entry.
    """
    said = {
        name: _plain(value) for name, value in entry.items() if value not in (None, "")
    }
    return _write(said).encode()


def link(previous: str, entry: Mapping[str, Any]) -> str:
    """Return the hash of `entry` as it follows the entry with the hash `previous`."""
    return hashlib.sha256(previous.encode() + canonical(entry)).hexdigest()
