"""What the writers of a unit's record share: its facts, ids, names and words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import pyarrow as pa

from braid.access.models import Team
from braid.access.policy import Actor
from braid.site.demo import tables as texts
from braid.site.demo.generated.chance import Stream
from braid.site.demo.generated.naming import Names
from braid.site.demo.generated.unit import Unit

Facts = Mapping[str, pa.Table]


class _Ids(dict[str, UUID]):
    """The ids of facts as the record has them, each read once."""

    def __missing__(self, text: str) -> UUID:
        self[text] = found = UUID(text)
        return found


@dataclass(frozen=True, slots=True)
class Writing:
    """A unit on its way into the record, whose team and staff are there already."""

    unit: Unit
    facts: Facts
    names: Names
    stream: Stream
    actor: Actor
    team: Team
    _ids: _Ids = field(default_factory=_Ids)

    @property
    def as_actor(self) -> dict[str, Any]:
        """What every bulk command asks for besides the rows."""
        return {"actor": self.actor, "unit": self.team}

    def ids(self, table: str, column: str) -> list[Any]:
        """Return a column of ids, each None where the facts name none."""
        known = self._ids
        return [text and known[text] for text in self.facts[table][column].to_pylist()]

    def own_ids(self, table: str, column: str) -> list[UUID]:
        """Return the ids of a table's own rows; nothing is remembered."""
        return [UUID(text) for text in self.facts[table][column].to_pylist()]

    def rows(self, table: str, *names: str) -> Iterator[dict[str, Any]]:
        """Yield columns row by row, an unknown word empty, as the record keeps it."""
        columns = [self.values(table, name) for name in names]
        for row in zip(*columns, strict=True):
            yield dict(zip(names, row, strict=True))

    def values(self, table: str, name: str) -> list[Any]:
        """Return a column, an unknown word empty."""
        column = self.facts[table][name]
        values: list[Any] = column.to_pylist()
        if column.type == pa.string():
            return [value or "" for value in values]
        return values

    def sentences(
        self, keys: Sequence[str], decks: Mapping[str, Sequence[str]], share: float
    ) -> list[str]:
        """Return a sentence from the deck of its key for this share of the rows."""
        told = self.stream.chance(share, len(keys)).tolist()
        drawn = self.stream.below(1 << 20, len(keys)).tolist()
        return [
            decks[key][number % len(decks[key])] if is_told and key in decks else ""
            for key, is_told, number in zip(keys, told, drawn, strict=True)
        ]

    @staticmethod
    def deck(table: str) -> Mapping[str, Any]:
        """Return the sentences of one kind, by what they are about."""
        found: Mapping[str, Any] = texts.load()[table]
        return found
