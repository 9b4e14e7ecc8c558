"""Which room gives which table; light, so that a web worker can hold it."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.facts.schema import TABLES

Extractor = Callable[[Collection[UUID] | None], QuerySet[Any]]
"""Rows of a table in the order of the schema's columns: of some units, or of all."""

_extractors: dict[str, Extractor] = {}


def register(table: str, rows: Extractor) -> None:
    """Let a room give `table`. Raises KeyError where the facts have no such table."""
    if table not in TABLES:
        raise KeyError(f"There is no table '{table}' in the facts.")
    _extractors[table] = rows


def extractor(table: str) -> Extractor | None:
    """Return what gives `table`; None while no room keeps it."""
    return _extractors.get(table)
