"""Which room gives which table; light, so that a web worker can hold it.

A room gives rows of its own as a query, or makes a table from what the others told.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Model, QuerySet

from braid.facts.schema import TABLES

if TYPE_CHECKING:
    import pyarrow as pa

    from braid.facts.models import Snapshot

Units = Collection[UUID] | None
Extractor = Callable[[Units], QuerySet[Any] | tuple[QuerySet[Any], ...]]
"""Rows of a table in the order of the schema's columns: of some units, or of all.

Several queries where the rows come from several models.
"""


@dataclass(slots=True)
class Told:
    """What the tables drawn so far tell to one that is made: countries and years."""

    countries: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)


Maker = Callable[[Told], "Iterable[pa.RecordBatch]"]

AlsoRead = tuple[str, str, str]
"""What a query reads besides: a model's label, its field, and the way there from a row."""

Beside = Callable[["Snapshot"], None]
"""Works out what a room keeps beside the files of a snapshot, so that nobody waits."""

_extractors: dict[str, list[Extractor]] = {}
_also_read: dict[type[Model], tuple[AlsoRead, ...]] = {}
_makers: dict[str, Maker] = {}
_beside: list[Beside] = []


def register(table: str, rows: Extractor) -> None:
    """Let a room give `table`, or its part of it. Raises KeyError for an unknown table."""
    _must_be_known(table)
    given = _extractors.setdefault(table, [])
    if rows not in given:
        given.append(rows)


def register_made(table: str, make: Maker) -> None:
    """Let `table` be made from what the others tell. Raises KeyError as `register`."""
    _must_be_known(table)
    _makers[table] = make


def register_also_read(read: Mapping[type[Model], tuple[AlsoRead, ...]]) -> None:
    """Let a room say what its queries read that they neither are of nor join."""
    _also_read.update(read)


def register_beside(keep: Beside) -> None:
    """Let a room work something out of every snapshot that a worker has built."""
    if keep not in _beside:
        _beside.append(keep)


def beside() -> tuple[Beside, ...]:
    """Return what rooms work out of a snapshot once it is built."""
    return tuple(_beside)


def also_read(model: type[Model]) -> tuple[AlsoRead, ...]:
    """Return what queries of a model read besides, as far as it was declared."""
    return _also_read.get(model, ())


def queries(table: str, units: Units) -> list[QuerySet[Any]]:
    """Return what gives `table`, one query a part; empty while no room keeps it."""
    found: list[QuerySet[Any]] = []
    for rows_of in _extractors.get(table, ()):
        rows = rows_of(units)
        found += rows if isinstance(rows, tuple) else (rows,)
    return found


def maker(table: str) -> Maker | None:
    """Return what makes `table`; None where it is drawn, or nobody keeps it."""
    return _makers.get(table)


def _must_be_known(table: str) -> None:
    if table not in TABLES:
        raise KeyError(f"There is no table '{table}' in the facts.")
