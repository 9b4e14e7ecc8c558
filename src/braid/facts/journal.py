"""Reading what the triggers noted: what was touched since a build saw the record.

A build keeps which lines it saw, not until when: on PostgreSQL a line that was begun
earlier may become visible later. Lines that it saw are all up to `last`, but for those
missing among them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import Q

from braid.facts.models import Touched

GAPS = """
    SELECT before + 1, id - 1
    FROM (SELECT id, lag(id, 1, 0) OVER (ORDER BY id) AS before FROM {0}) AS lines
    WHERE id > before + 1 ORDER BY 1
"""


class Position(TypedDict):
    """Which lines were seen: those up to `last` that lie in none of the gaps."""

    last: int
    gaps: list[list[int]]


def position() -> Position:
    """Return which lines there are to see at this moment."""
    table = Touched._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT coalesce(max(id), 0) FROM {table}")  # noqa: S608
        ((last,),) = cursor.fetchall()
        cursor.execute(GAPS.format(table))
        return {"last": last, "gaps": [list(gap) for gap in cursor.fetchall()]}


def touched_since(seen: Position) -> Mapping[str, set[UUID]]:
    """Return what was noted that a build had not seen, by `table.column`."""
    found: dict[str, set[UUID]] = defaultdict(set)
    lines = Touched.objects.filter(_unseen(seen)).values_list("source", "key")
    for source, key in lines.distinct().iterator(chunk_size=10_000):
        found[source].add(UUID(key))
    return found


def forget(seen_by: Iterable[Position]) -> None:
    """Delete the lines that all of these builds have seen."""
    unseen = Q(pk__in=())
    for seen in seen_by:
        unseen |= _unseen(seen)
    Touched.objects.exclude(unseen).delete()


def _unseen(seen: Position) -> Q:
    unseen = Q(id__gt=seen["last"])
    for first, last in seen["gaps"]:
        unseen |= Q(id__range=(first, last))
    return unseen
