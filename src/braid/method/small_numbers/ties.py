"""Which cells hang together by sums, and the sums among those near one of them.

A change that leaves all other cells as they are proves as much as one of a whole table,
and is found among a few cells instead of all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from braid.method.small_numbers.rules import Sum
from braid.method.small_numbers.simplex import (
    ENDLESS,
    Patience,
    System,
    reduced,
)

LOOKED_AT = 200  # numbers that are touched in the time in which one cell is looked at
KEPT = 64  # parts that are solved, for the next cell near them
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Part:
    """Some cells, `places`, and every sum as far as it is of them, solved.

    `is_all`: no other cell could change with these.
    """

    places: Ints
    sums: NDArray[np.float64]
    solved: System
    is_all: bool


@dataclass(slots=True)
class Ties:
    """The sums of a table: what each holds, its parts and last its whole."""

    number: int
    sums: Sequence[Sum]
    held: list[list[int]] = field(init=False)
    holding: list[list[int]] = field(init=False)
    is_whole: NDArray[np.bool_] = field(init=False)
    patience: Patience = field(default_factory=lambda: ENDLESS)
    parts: dict[tuple[bool, bytes], Part] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.held = [[*one.parts, one.whole] for one in self.sums]
        self.holding = [[] for _ in range(self.number)]
        self.is_whole = np.zeros(self.number, bool)
        for row, places in enumerate(self.held):
            self.is_whole[places[-1]] = True
            for place in places:
                self.holding[place].append(row)

    def near(
        self,
        among: Sequence[int],
        most: int,
        can_change: NDArray[np.bool_],
        order: Ints,
        fan: int = 0,
    ) -> Part:
        """Return the cells near some, no more than `most`, of those that can change.

        Of a sum those that stand first in `order` come first; with `fan` only its whole
        and so many parts, those that stand next to the one that it was reached by: then
        changes close within few cells.
        """
        found, known, seen = list(among), set(among), set[int]()
        is_cut = False
        for place in found:
            for row in self.holding[place]:
                if row in seen:
                    continue
                self.patience.spend(LOOKED_AT * (10 + len(self.held[row])))
                seen.add(row)
                others = dict.fromkeys(self.held[row])
                more = [p for p in others if p not in known and can_change[p]]
                if fan and len(more) > fan:
                    is_cut = True
                    more.sort(key=lambda p: (p != self.held[row][-1], abs(p - place)))
                    more = more[: fan + 1]
                else:
                    more.sort(key=order.__getitem__)
                known.update(more)
                found += more
            if len(found) > most:
                return self._part(found[:most], order, is_all=False)
        return self._part(found, order, is_all=not is_cut)

    def _part(self, found: Iterable[int], order: Ints, *, is_all: bool) -> Part:
        places = np.array(sorted(found), dtype=np.int64)
        key = is_all, places.tobytes()
        if key not in self.parts:
            if len(self.parts) > KEPT:
                self.parts.clear()
            matrix = self._matrix(places)
            first = np.argsort(-order[places], kind="stable")
            self.parts[key] = Part(
                places, matrix, reduced(matrix, first, self.patience), is_all
            )
        return self.parts[key]

    def _matrix(self, places: Ints) -> NDArray[np.float64]:
        """Return the sums of some cells, a row each; what is no part of them is none."""
        column = {int(place): n for n, place in enumerate(places)}
        rows = sorted({row for place in column for row in self.holding[place]})
        matrix = np.zeros((len(rows), len(column)))
        for n, row in enumerate(rows):
            *parts, whole = self.held[row]
            for place in parts:
                if place in column:
                    matrix[n, column[place]] += 1
            if whole in column:
                matrix[n, column[whole]] -= 1
        return matrix


def merged(number: int, sums: Iterable[Sum]) -> tuple[tuple[int, ...], list[Sum]]:
    """Return for each place the first that is equal to it by sums of one part.

    With it the sums that are left, between those first ones.
    """
    listed = list(dict.fromkeys(sums))
    same = _Tied(number)
    for one in listed:
        if len(one.parts) == 1:
            same.tie(one.whole, one.parts[0])
    top = [same.top(at) for at in range(number)]
    first: dict[int, int] = {}
    for at in range(number):
        first.setdefault(top[at], at)
    stands = tuple(first[one] for one in top)
    left = (
        Sum(stands[one.whole], tuple(sorted(stands[part] for part in one.parts)))
        for one in listed
        if len(one.parts) > 1
    )
    return stands, list(dict.fromkeys(left))


def groups_of(
    places: Iterable[int], sums: Sequence[Sum]
) -> list[tuple[list[int], list[Sum]]]:
    """Return the places that hang together by sums, with their sums."""
    listed = list(places)
    tied = _Tied(max(listed, default=-1) + 1)
    for one in sums:
        for part in one.parts:
            tied.tie(part, one.whole)
    cells: dict[int, list[int]] = {}
    for at in listed:
        cells.setdefault(tied.top(at), []).append(at)
    of: dict[int, list[Sum]] = {}
    for one in sums:
        of.setdefault(tied.top(one.whole), []).append(one)
    return [(found, of.get(key, [])) for key, found in cells.items()]


class _Tied:
    """Places of which some are tied to others, and those to others again."""

    def __init__(self, number: int) -> None:
        self.above = list(range(number))

    def top(self, at: int) -> int:
        """Return the place that stands for all that a place is tied to."""
        while self.above[at] != at:
            self.above[at] = self.above[self.above[at]]
            at = self.above[at]
        return at

    def tie(self, one: int, other: int) -> None:
        """Tie two places, and all that either is tied to."""
        self.above[self.top(one)] = self.top(other)
