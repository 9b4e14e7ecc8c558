"""The audit's lines as `access/verifying.py` walks them: streamed, in canonical text.

The text is made by the database, which is faster than Python's own objects would be.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import Any
from uuid import UUID

from django.db import connection, models

from braid.access.audit import NOBODY
from braid.access.models import AuditEntry, AuditHead, Organisation
from braid.access.verifying import Chain, Head, Line, Root
from braid.kernel.errors import InputFault

BATCH = 5000
FIELDS = [
    field for field in AuditEntry._meta.fields if field.name not in ("id", "hash")
]
COLUMNS = [field.attname for field in FIELDS]
_DASHES = ((1, 8), (9, 4), (13, 4), (17, 4), (21, 12))


def organisations() -> list[UUID]:
    """Return whose chains there are, lines or heads, in the order of their keys."""
    entries = AuditEntry.objects.order_by().values_list("organisation_id", flat=True)
    found = {key or NOBODY for key in entries.distinct()}
    return sorted(found | set(AuditHead.objects.values_list("pk", flat=True)))


def organisation(slug: str) -> UUID:
    """Return the key of an organisation by its short name. Raises InputFault."""
    names = slugs()
    for key, known in names.items():
        if known == slug:
            return key
    known = ", ".join(names.values()) or "none yet"
    raise InputFault(f"There is no organisation '{slug}'. Known: {known}.")


def slugs() -> dict[UUID, str]:
    """Return the short names of the organisations that there are."""
    return dict(Organisation.objects.values_list("pk", "slug"))


def chain(organisation: UUID, roots: Sequence[Root] = ()) -> Chain:
    """Return the chain of an organisation, with anchors whose signature holds."""
    head = AuditHead.objects.filter(pk=organisation).first()
    return Chain(
        columns=COLUMNS,
        lines=lambda first: lines(organisation, first),
        head=Head(head.sequence, head.hash) if head else None,
        roots=roots,
    )


def lines(organisation: UUID, first: int = 1) -> Iterator[Line]:
    """Yield the lines from a number on; the lines before 1, if any, come first."""
    with closing(_cursor()) as cursor:
        cursor.execute(*statement(organisation, first))
        while rows := cursor.fetchmany(BATCH):
            for row in rows:
                yield Line(row[0], row[1], row[2:])


def statement(organisation: UUID, first: int = 1) -> tuple[str, list[Any]]:
    """Return the SQL of an organisation's lines: number, hash, values; and its values."""
    columns = ", ".join(["sequence", '"hash"', *(_text(field) for field in FIELDS)])
    whose = "organisation_id = %s"
    if organisation == NOBODY:
        whose = f"({whose} OR organisation_id IS NULL)"
    since = "" if first == 1 else f"AND sequence >= {first:d} "
    query = (
        f"SELECT {columns} FROM access_auditentry WHERE {whose} {since}"  # noqa: S608
        "ORDER BY sequence, id"  # names of columns only
    )
    return query, [_key(organisation)]


def hash_of(organisation: UUID, number: int) -> str | None:
    """Return the hash of one line, None where there is none."""
    whose = models.Q(organisation_id=organisation)
    if organisation == NOBODY:
        whose |= models.Q(organisation_id=None)
    entries = AuditEntry.objects.filter(whose, sequence=number)
    found: str | None = entries.values_list("hash", flat=True).first()
    return found


def _key(organisation: UUID) -> Any:
    return AuditHead._meta.pk.get_db_prep_value(organisation, connection)


def _cursor() -> Any:
    """Return a cursor that streams: on PostgreSQL one that lives at the server."""
    if connection.vendor == "postgresql":
        return connection.chunked_cursor()
    return connection.cursor()


def _text(field: models.Field[Any, Any]) -> str:
    """Return the SQL of a column in its canonical text."""
    column = f'"{field.attname}"'
    is_postgresql = connection.vendor == "postgresql"
    if isinstance(field, models.UUIDField):
        parts = (f"substr({column},{start},{long})" for start, long in _DASHES)
        return f"{column}::text" if is_postgresql else "||'-'||".join(parts)
    if isinstance(field, models.DateTimeField):
        if is_postgresql:
            wanted = 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'
            return f"to_char({column} AT TIME ZONE 'UTC', '{wanted}')"
        whole = f"CASE length({column}) WHEN 19 THEN '.000000' ELSE '' END"
        return f"replace({column},' ','T')||{whole}||'Z'"
    return column
