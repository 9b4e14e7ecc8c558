"""The lines of a run of a nation, in columns: millions of them in little memory.

What lines share is held once, as each says it; a line is made when it is asked for.
Steps are left out: a run of this size is brief.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, overload

import numpy as np

from braid.method.contracts.documents import line_document
from braid.method.contracts.lines import event_key
from braid.method.contracts.values import Line

LEFT_OUT = ("event_key", "steps")
FIELDS = tuple(each.name for each in fields(Line) if each.name not in LEFT_OUT)
BATCH = 100_000  # lines that are made together


@dataclass(slots=True)
class Column:
    """The values of one field: for every line the place of its value among `values`."""

    places: np.ndarray[Any, np.dtype[np.int32]]
    values: list[Any]


class LineColumns(Sequence[Line]):
    """Lines in order, held in columns."""

    def __init__(self, unit: str, columns: dict[str, Column], length: int) -> None:
        self._unit = unit
        self._columns = columns
        self._length = length

    @classmethod
    def of(cls, unit: str, lines: Sequence[Line]) -> LineColumns:
        """Return lines in columns; `unit` is what their contract counts by."""
        columns = {}
        for name in FIELDS:
            places: dict[Any, int] = {}
            found = [
                places.setdefault(getattr(each, name), len(places)) for each in lines
            ]
            columns[name] = Column(np.array(found, np.int32), list(places))
        found, endings = [], dict[str, int]()
        for each in lines:
            ending = _ending(unit, each)
            found.append(endings.setdefault(ending, len(endings)))
        columns["ending"] = Column(np.array(found, np.int32), list(endings))
        return cls(unit, columns, len(lines))

    @classmethod
    def joined(cls, unit: str, parts: Iterable[LineColumns]) -> LineColumns:
        """Return the lines of all parts, those of each in its order, by event day.

        Then by episode; the lines of an episode lie in one part, in the order of a run.
        """
        places: dict[str, dict[Any, int]] = {name: {} for name in (*FIELDS, "ending")}
        found: dict[str, list[Any]] = {name: [] for name in places}
        length = 0
        for part in parts:
            length += len(part)
            for name, column in part._columns.items():
                own = places[name]
                moved = [own.setdefault(each, len(own)) for each in column.values]
                found[name].append(np.array(moved, np.int32)[column.places])
        columns = {
            name: Column(
                np.concatenate(found[name]) if found[name] else np.zeros(0, np.int32),
                list(places[name]),
            )
            for name in places
        }
        whole = cls(unit, columns, length)
        whole._sort()
        return whole

    def _sort(self) -> None:
        episodes = self._columns["episode"]
        rank = np.empty(len(episodes.values), np.int32)
        ordered = sorted(range(len(rank)), key=episodes.values.__getitem__)
        rank[ordered] = np.arange(len(rank), dtype=np.int32)
        days = self._days("reached_on")
        days = np.where(days == 0, self._days("first_day"), days)
        days = np.where(days == 0, date.max.toordinal(), days)
        order = np.lexsort((rank[episodes.places], days))
        for column in self._columns.values():
            column.places = column.places[order]

    def _days(self, name: str) -> np.ndarray[Any, np.dtype[np.int64]]:
        """Return a day of each line as its number, 0 where there is none."""
        column = self._columns[name]
        numbers = [each.toordinal() if each else 0 for each in column.values]
        return np.array(numbers, np.int64)[column.places]

    def __len__(self) -> int:
        return self._length

    @overload
    def __getitem__(self, index: int) -> Line: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Line]: ...
    def __getitem__(self, index: int | slice) -> Line | Sequence[Line]:
        if isinstance(index, slice):
            chosen = range(*index.indices(self._length))
            return [self[each] for each in chosen]
        if not -self._length <= index < self._length:
            raise IndexError(index)
        place = index % self._length
        return next(self._made(place, place + 1))

    def __iter__(self) -> Iterator[Line]:
        for first in range(0, self._length, BATCH):
            yield from self._made(first, first + BATCH)

    def _made(self, first: int, after: int) -> Iterator[Line]:
        taken = {
            name: [column.values[n] for n in column.places[first:after].tolist()]
            for name, column in self._columns.items()
        }
        endings = taken.pop("ending")
        owners = taken["person"] if self._unit == "person" else taken["episode"]
        keys = [
            event_key(*named) + ending if ending[:1] in ("", "/") else ending
            for *named, ending in zip(
                taken["contract"],
                owners,
                taken["milestone"],
                taken["ordinal"],
                endings,
                strict=True,
            )
        ]
        for key, *values in zip(keys, *(taken[name] for name in FIELDS), strict=True):
            yield Line(**dict(zip(FIELDS, values, strict=True)), event_key=key)

    def write(self, path: Path) -> None:
        """Write the lines as Parquet, with the keys of their documents as columns.

        Lists are texts of JSON, amounts decimal texts, days as they are written.
        """
        import json

        import pyarrow as pa
        import pyarrow.parquet as pq

        names = [name for name in _DOCUMENT if name != "steps"]
        kinds = {"version": pa.int32(), "ordinal": pa.int32()}
        kinds |= dict.fromkeys(("counts", "pays"), pa.bool_())
        schema = pa.schema([(name, kinds.get(name, pa.string())) for name in names])
        with pq.ParquetWriter(path, schema) as writer:
            for first in range(0, self._length, BATCH):
                rows = [line_document(e) for e in self._made(first, first + BATCH)]
                arrays = [
                    pa.array(
                        [
                            json.dumps(row[name])
                            if isinstance(row[name], list | dict)
                            else row[name]
                            for row in rows
                        ],
                        schema.field(name).type,
                    )
                    for name in names
                ]
                writer.write_table(pa.table(arrays, schema=schema))


def _ending(unit: str, line: Line) -> str:
    """Return what the key of a line has beyond that of its event; all, if it is other."""
    owner = line.person if unit == "person" else line.episode
    usual = event_key(line.contract, owner, line.milestone, line.ordinal)
    if line.event_key.startswith(usual):
        rest = line.event_key[len(usual) :]
        if rest[:1] in ("", "/"):
            return rest
    return line.event_key


_DOCUMENT = tuple(line_document(Line("", 0, "", "", "", "", 0, "", None)))
