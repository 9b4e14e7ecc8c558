"""Reading what the triggers noted: what was touched since a build saw the record.

A build keeps which lines it saw, not until when: on PostgreSQL a line that was begun
earlier may become visible later. Lines that it saw are all up to `last`, but for those
missing among them.

Lines that all builds have seen are let go. Whoever else follows them is told by a line
of its own, which says up to which one they are gone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import TypedDict
from uuid import UUID

from django.db import connection
from django.db.models import Max, Q, QuerySet

from braid.facts import dependence
from braid.facts.models import Touched

LET_GO = "let_go"  # the source of a line whose key is the last line that was let go
ALL = 2**63 - 1
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


def last_position() -> Position:
    """Return which lines there are, as `position` does, without a look at each of them.

    SQLite has one writer at a time: a line that is not there by now never comes.
    """
    if connection.vendor != "sqlite":
        return position()
    return {"last": _last(), "gaps": []}


def is_anything_new(seen: Position) -> bool:
    """Say whether there may be a line that was not seen; mostly in one query.

    An earlier database that was brought back ends before what was seen.
    """
    if _last() != seen["last"]:
        return True
    return bool(seen["gaps"]) and Touched.objects.filter(_unseen(seen)).exists()


def is_let_go(seen: Position) -> bool:
    """Say whether lines may be gone that were not seen: nobody knows what changed."""
    if _last() < seen["last"]:
        return True
    gone = Touched.objects.filter(_unseen(seen), source=LET_GO)
    until = max((int(key) for key in gone.values_list("key", flat=True)), default=0)
    first_gap = min((first for first, _last in seen["gaps"]), default=until + 1)
    return until > seen["last"] or first_gap <= until


def touched_since(seen: Position) -> Mapping[str, set[UUID]]:
    """Return what was noted that had not been seen, by `table.column`.

    Of tables that are drawn whole there are no keys.
    """
    found: dict[str, set[UUID]] = defaultdict(set)
    keyed = dependence.watched()
    lines = Touched.objects.filter(_unseen(seen)).values_list("source", "key")
    for source, key in lines.distinct().iterator(chunk_size=10_000):
        table, _dot, column = source.partition(".")
        keys = found[source]
        if column in keyed.get(table, ()):
            keys.add(UUID(key))
    return found


def forget(seen_by: Iterable[Position]) -> None:
    """Delete the lines that all of these builds have seen."""
    unseen = Q(pk__in=())
    for seen in seen_by:
        unseen |= _unseen(seen)
    let_go(Touched.objects.exclude(unseen))


def let_go(lines: QuerySet[Touched]) -> None:
    """Delete lines, and say until which; to be called in a transaction."""
    until = lines.aggregate(last=Max("id"))["last"]
    if until is not None:
        lines.delete()
        Touched.objects.create(source=LET_GO, key=str(until))


def begin_anew() -> None:
    """Let everybody who follows the journal draw all; it was not kept for a while."""
    Touched.objects.create(source=LET_GO, key=str(ALL))


def _last() -> int:
    last: int | None = Touched.objects.aggregate(last=Max("id"))["last"]
    return last or 0


def _unseen(seen: Position) -> Q:
    unseen = Q(id__gt=seen["last"])
    for first, last in seen["gaps"]:
        unseen |= Q(id__range=(first, last))
    return unseen
