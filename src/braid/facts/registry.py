"""Which room gives which table; light, so that a web worker can hold it."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.facts.schema import TABLES

Units = Collection[UUID] | None
Extractor = Callable[[Units], QuerySet[Any] | tuple[QuerySet[Any], ...]]
"""Rows of a table in the order of the schema's columns: of some units, or of all.

Several queries where the rows come from several models.
"""

_extractors: dict[str, list[Extractor]] = {}


def register(table: str, rows: Extractor) -> None:
    """Let a room give `table`, or its part of it. Raises KeyError for an unknown table."""
    if table not in TABLES:
        raise KeyError(f"There is no table '{table}' in the facts.")
    given = _extractors.setdefault(table, [])
    if rows not in given:
        given.append(rows)


def queries(table: str, units: Units) -> list[QuerySet[Any]]:
    """Return what gives `table`, one query a part; empty while no room keeps it."""
    found: list[QuerySet[Any]] = []
    for rows_of in _extractors.get(table, ()):
        rows = rows_of(units)
        found += rows if isinstance(rows, tuple) else (rows,)
    return found
