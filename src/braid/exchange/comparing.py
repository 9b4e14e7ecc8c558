"""What a file changes of a record: one comparison for the page that shows the changes
and the command that makes them, so that what is shown is what is done. Pure.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal
from uuid import UUID

Values = dict[str, Any]
Does = Literal["change", "make", "remove"]


@dataclass(frozen=True, slots=True)
class New:
    """Stands for the id of something that saving would make first."""

    name: str

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class Standing:
    """A record as it stands, with the parts that change with it.

    `record` is the stored object itself, which nothing here looks into.
    """

    kind: str
    key: UUID
    values: Mapping[str, Any]
    parts: Mapping[str, Sequence["Standing"]] = field(default_factory=dict)
    applicant: UUID | None = None
    record: Any = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a file says of a record: fields it knows, and parts by their kind.

    `parts` are all that there should be, `added` come beside those that are there.
    """

    values: Values = field(default_factory=dict)
    parts: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    added: Mapping[str, Sequence[Values]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing to be done to a record or a part of it.

    `of` is the record as it stands, None where one is to be made. `before` and `after`
    have the same fields: those that differ, or all of what is made or removed.
    """

    kind: str
    does: Does
    of: Standing | None
    before: Values
    after: Values


def compare(standing: Standing, wanted: Wanted) -> tuple[Edit, ...]:
    """Return what makes a record what a file says, in the order in which it is done."""
    edits = [*_changed(standing, wanted.values)]
    for kind, some in wanted.added.items():
        edits += [_made(kind, values) for values in some]
    for kind, some in wanted.parts.items():
        edits += _parts(kind, standing.parts.get(kind, ()), some)
    return tuple(edits)


def _changed(standing: Standing, values: Values) -> list[Edit]:
    after = {
        name: value
        for name, value in values.items()
        if not _same(standing.values[name], value)
    }
    if not after:
        return []
    before = {name: standing.values[name] for name in after}
    return [Edit(standing.kind, "change", standing, before, after)]


def _same(one: Any, other: Any) -> bool:
    return one == other or (one in (None, "") and other in (None, ""))


def _made(kind: str, values: Values) -> Edit:
    return Edit(kind, "make", None, dict.fromkeys(values), dict(values))


def _removed(part: Standing) -> Edit:
    before = dict(part.values)
    return Edit(part.kind, "remove", part, before, dict.fromkeys(before))


def _parts(
    kind: str, parts: Sequence[Standing], wanted: Sequence[Values]
) -> list[Edit]:
    """Return what makes the parts of a record those of the file.

    Parts are matched by their first day, the rest in order. What ends is written
    before what stays open: only one part may be open.
    """
    left = sorted(parts, key=lambda part: part.values["first_day"])
    pairs: list[tuple[Values, Standing | None]] = []
    for values in wanted:
        day = values["first_day"]
        same = next((part for part in left if part.values["first_day"] == day), None)
        if same is not None:
            left.remove(same)
        pairs.append((values, same))
    pairs = [
        (values, part if part is not None or not left else left.pop(0))
        for values, part in pairs
    ]
    edits = [_removed(part) for part in left]
    for values, part in sorted(pairs, key=_open_last):
        edits += [_made(kind, values)] if part is None else _changed(part, values)
    return edits


def _open_last(pair: tuple[Values, Standing | None]) -> tuple[bool, date]:
    return pair[0]["last_day"] is None, pair[0]["first_day"]
