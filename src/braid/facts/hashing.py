"""One hash for the content of a set of facts, whatever the order of its rows.

Each row is hashed as JSON; the hashes are added up in four lanes of 64 bits. A sum
knows no order, and unlike an exclusive or it tells a row from the same row twice.
Sums of parts add up to those of the whole: a set is hashed piece by piece, in as much
memory as a piece needs.
"""

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import pyarrow as pa

from braid.facts import columns, engine, parts
from braid.facts.reading import Facts
from braid.facts.schema import TABLES

_LANES = ", ".join(
    f"coalesce(sum(('0x' || substr(h, {start}, 16))::UBIGINT::HUGEINT), 0) AS lane{start}"
    for start in (1, 17, 33, 49)
)


class Sums(NamedTuple):
    """How many rows, and the sums of their hashes."""

    rows: int = 0
    first: int = 0
    second: int = 0
    third: int = 0
    fourth: int = 0

    def plus(self, other: "Sums") -> "Sums":
        return Sums(*(one + more for one, more in zip(self, other, strict=True)))

    def minus(self, other: "Sums") -> "Sums":
        return Sums(*(one - less for one, less in zip(self, other, strict=True)))


def content_hash(facts: Facts) -> str:
    """Return the hash of facts in hex; only what is in the tables counts."""
    found = {}
    for name in TABLES:
        (sums,) = facts.run_sql(_statement(name))
        found[name] = Sums(*sums.values())
    return digest(found)


def folder_hash(folder: Path) -> str:
    """Return the hash of facts in files of the schema, a piece at a time."""
    return digest({name: sums_of(name, parts.batches(folder, name)) for name in TABLES})


def sums_of(name: str, pieces: Iterable[pa.RecordBatch | pa.Table]) -> Sums:
    """Return the sums of a table from its pieces."""
    sums = Sums()
    with engine.connect() as connection:
        for piece in pieces:
            whole = piece if isinstance(piece, pa.Table) else pa.table(piece)
            connection.register(name, whole.cast(columns.arrow_schema(name)))
            (row,) = connection.execute(_statement(name)).fetchall()
            connection.unregister(name)
            sums = sums.plus(Sums(*row))
    return sums


def digest(sums: Mapping[str, Sums]) -> str:
    """Return the hash of tables from their sums; a table not named is empty."""
    whole = hashlib.sha256()
    for name in TABLES:
        found = sums.get(name, Sums())
        whole.update(f"{name} {' '.join(map(str, found))}\n".encode())
    return whole.hexdigest()


def _statement(name: str) -> str:
    return (
        f"SELECT count(*) AS rows, {_LANES} FROM "  # noqa: S608
        f"(SELECT sha256(to_json(t)::VARCHAR) AS h FROM {name} AS t)"
    )
