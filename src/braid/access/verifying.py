"""Walking the audit's chains: the first broken line of each, and what is wrong with it.

Pure: no Django. A line's values are text in its canonical form (`access/chain.py`), or
whole numbers; `access/lines.py` reads them so.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from json.encoder import encode_basestring as quoted
from typing import NamedTuple

from braid.access.chain import BEGIN

MARK = 4  # bytes of each line's hash that an anchor keeps, to say which line it was


class Damage(StrEnum):
    """What happened to the first line that is not as it was written."""

    CHANGED = "changed"
    MISSING = "missing"
    OUT_OF_ORDER = "out of order"
    CUT = "cut at the end"
    FORKED = "forked"
    HEAD = "head differs"
    REWRITTEN = "rewritten from here on"


Value = str | int | None


class Line(NamedTuple):
    """One entry as it stands: its number, its hash, and the values by column."""

    sequence: int
    hash: str
    values: tuple[Value, ...]


class Head(NamedTuple):
    """The last link as it is kept beside the chain."""

    sequence: int
    hash: str


class Root(NamedTuple):
    """A signed anchor whose signature holds.

    `marks` are the first bytes of the hashes of the lines `first` to `sequence`.
    """

    sequence: int
    hash: str
    first: int = 0
    marks: bytes = b""


@dataclass(frozen=True, slots=True)
class Found:
    """What a walk along one chain came upon.

    `line` is the first that is broken; where `damage` is None the chain is whole.
    `root` is the last anchored line before it, 0 where there is none.
    """

    lines: int
    root: int
    damage: Damage | None = None
    line: int = 0


@dataclass(frozen=True, slots=True)
class Chain:
    """One organisation's chain. `lines` reads it anew, from a line number on."""

    columns: Sequence[str]
    lines: Callable[[int], Iterable[Line]]
    head: Head | None
    roots: Sequence[Root] = ()


Link = Callable[[str, Sequence[Value]], str]


def linking(columns: Sequence[str]) -> Link:
    """Return `chain.link` for the values of these columns, several times as fast."""
    places = sorted((name, place) for place, name in enumerate(columns))
    fields = [(place, f'"{name}":') for name, place in places]

    def link(previous: str, values: Sequence[Value]) -> str:
        said = ",".join(
            [
                name + (quoted(value) if isinstance(value, str) else str(value))
                for place, name in fields
                if (value := values[place]) is not None and value != ""
            ]
        )
        return sha256(f"{previous}{{{said}}}".encode()).hexdigest()

    return link


def walk(chain: Chain, first: int = 1, previous: str = BEGIN) -> Found:
    """Return what is found from line `first` on, which follows the hash `previous`."""
    link = linking(chain.columns)
    seen = _Seen(chain.roots, first, previous)
    for line in chain.lines(first):
        damage = _damage(chain, link, seen, line)
        if damage is not None:
            return _first(seen, damage, _number(line, seen.last + 1))
        seen.add(line.hash)
    return _first(seen, *_end(chain.head, seen))


class _Seen:
    """What has been walked: the last line and hash, and what anchors are compared to."""

    def __init__(self, roots: Sequence[Root], first: int, previous: str) -> None:
        self.first, self.last, self.hash = first, first - 1, previous
        met = (root for root in roots if root.sequence >= first)
        self.roots = sorted(met, key=lambda root: (root.sequence, -len(root.marks)))
        self._wanted = {root.sequence for root in self.roots}
        self._hashes: dict[int, str] = {}
        self._marks = bytearray() if any(root.marks for root in roots) else None

    def add(self, hash_: str) -> None:
        self.last += 1
        self.hash = hash_
        if self.last in self._wanted:
            self._hashes[self.last] = hash_
        if self._marks is not None:
            self._marks += _mark(hash_)

    def agrees(self, root: Root) -> bool:
        return self._hashes[root.sequence] == root.hash

    def differs_at(self, root: Root, after: int) -> int:
        """Return the first line that is not the one anchored, as far as marks tell."""
        if not root.marks or self._marks is None:
            return after + 1
        for number in range(max(root.first, self.first), root.sequence + 1):
            here = (number - self.first) * MARK
            there = (number - root.first) * MARK
            if self._marks[here : here + MARK] != root.marks[there : there + MARK]:
                return number
        return after + 1


def _mark(hash_: str) -> bytes:
    try:
        return bytes.fromhex(hash_[: 2 * MARK]).ljust(MARK)
    except ValueError:
        return bytes(MARK)


def _number(line: Line, expected: int) -> int:
    """Return the number of a broken line: its own where it stands too early."""
    is_early = isinstance(line.sequence, int) and line.sequence < expected
    return line.sequence if is_early else expected


def _damage(chain: Chain, link: Link, seen: _Seen, line: Line) -> Damage | None:
    expected = seen.last + 1
    if line.sequence == expected and link(seen.hash, line.values) == line.hash:
        return None
    if line.sequence == seen.last:
        return Damage.FORKED
    if _number(line, expected) < expected:
        return Damage.OUT_OF_ORDER
    right = _belongs(chain, link, seen.hash, expected)
    if right is not None:
        return Damage.FORKED if right.sequence == expected else Damage.OUT_OF_ORDER
    return Damage.CHANGED if line.sequence == expected else Damage.MISSING


def _belongs(chain: Chain, link: Link, previous: str, number: int) -> Line | None:
    """Return the line that belongs at `number`, wherever it stands now."""
    place = chain.columns.index("sequence")
    for line in chain.lines(1):
        values = (*line.values[:place], number, *line.values[place + 1 :])
        if link(previous, values) == line.hash:
            return line
    return None


def _end(head: Head | None, seen: _Seen) -> tuple[Damage | None, int]:
    """Return what is wrong behind the last line."""
    if head is None:
        return (Damage.HEAD, seen.last) if seen.last else (None, 0)
    if head.sequence > seen.last:
        return Damage.CUT, seen.last + 1
    if head.sequence < seen.last:
        return Damage.HEAD, head.sequence + 1
    if head.hash != seen.hash and seen.last:
        return Damage.HEAD, seen.last
    return None, 0


def _first(seen: _Seen, damage: Damage | None, line: int) -> Found:
    """Return the damage met on the walk, or an earlier one that the anchors show."""
    agreed = [0]
    for root in seen.roots:
        if root.sequence > seen.last:
            if damage is None or damage is Damage.HEAD:
                damage, line = Damage.CUT, seen.last + 1
            break
        if not seen.agrees(root):
            damage, line = Damage.REWRITTEN, seen.differs_at(root, agreed[-1])
            break
        agreed.append(root.sequence)
    good = max(number for number in agreed if damage is None or number < max(line, 1))
    return Found(seen.last - seen.first + 1, good, damage, line)
