"""Identities of records: opaque, random, safe to show in an address."""

from uuid import UUID, uuid4


def new_id() -> UUID:
    """Return a new random identity (UUID, version 4)."""
    return uuid4()
