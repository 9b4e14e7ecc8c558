"""Hide cells of counts that add up until no hidden one is told by all that is shown.

A hidden cell is safe where the counts could be others, all sums and all that is shown
kept, so that it takes as many values as its label has; a small one takes those of the
label itself, for a mark is read as it is meant most often. Such other counts are looked
for as the cheapest change of cells (M. Fischetti and J. J. Salazar, 2001): what costs
nothing proves the cell safe, and a change that costs says which cells to hide with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from braid.method.small_numbers.rules import Range, Rule, Sum
from braid.method.small_numbers.simplex import HAIR, cheapest, reduced

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
FAR = 1_000  # counts above a hidden one that a reader can no more exclude than others
REACH = 1e6  # what it is worth to reach the end of a label, above all costs
PRUNED = 24  # hidden neighbours up to which each is tried again without
SMALL_ENOUGH = 120  # cells, for the same


class Marks(Enum):
    """What the marks of a table tell, each less than the one before.

    TWO tell a small count from one hidden beside it. ONE says that a count is hidden
    which is no nought where noughts are shown. ANY may stand for every count.
    """

    TWO = "two"
    ONE = "one"
    ANY = "any"


class Move(NamedTuple):
    """A change of all cells that keeps every sum, and how far it takes one of them."""

    by: NDArray[np.float64]
    reached: int


@dataclass(slots=True)
class Mask:
    """Cells that hang together: their counts, their sums, and what is hidden of them.

    `unsaid` are noughts that nobody prints: of those a reader knows nothing, whether
    they are small or not. `low` and `high` are what is told of each cell as it stands,
    `hidden_low` and `hidden_high` what its mark would tell. `least` and `most` are the
    counts that proofs so far have given each cell.
    """

    rule: Rule
    counts: Ints
    sums: NDArray[np.float64]
    small: Flags
    from_zero: Flags
    unsaid: Flags
    marks: Marks = Marks.TWO
    solved: tuple[NDArray[np.float64], Ints] | None = None
    hidden: Flags = field(init=False)
    low: Ints = field(init=False)
    high: Ints = field(init=False)
    hidden_low: Ints = field(init=False)
    hidden_high: Ints = field(init=False)
    least: Ints = field(init=False)
    most: Ints = field(init=False)
    worth: NDArray[np.float64] = field(init=False)

    def __post_init__(self) -> None:
        order = np.argsort(-self.counts, kind="stable")
        self.solved = self.solved or reduced(self.sums, order)
        self._begin()

    def _begin(self) -> None:
        """Hide what is small by itself, and nothing else."""
        rule, counts = self.rule, self.counts
        self.hidden = self.small.copy()
        self.least, self.most = counts.copy(), counts.copy()
        told = [rule.told(int(count)) for count in counts]
        self.low = np.array([one.low for one in told])
        self.high = np.array([one.high for one in told])
        self.hidden_low, self.hidden_high = self._marked()
        is_whole = (self.sums < 0).any(axis=0)
        self.worth = 1 + 0.5 * is_whole + 0.02 * np.log2(1.0 + counts)
        self._hide(self.small)
        self.low = np.where(self.unsaid, 0, self.low)
        self.high = np.where(self.unsaid, counts + FAR, self.high)

    def _marked(self) -> tuple[Ints, Ints]:
        """Return the least and the most that a mark in place of each cell tells."""
        counts, few = self.counts, self.rule.below
        anything = self.unsaid | (self.marks is Marks.ANY)
        beside = few if self.marks is Marks.TWO else self.lowest
        low = np.where(self.small, self.lowest, np.minimum(beside, counts))
        high = counts + np.where(self.small | (counts > 0), FAR, 0)
        if self.marks is Marks.TWO:
            high = np.where(self.small, few - 1, high)
        return np.where(anything, 0, low), np.where(anything, counts + FAR, high)

    @property
    def tells_apart(self) -> bool:
        """Say whether small counts have a mark of their own."""
        return self.marks is Marks.TWO

    @property
    def lowest(self) -> Ints:
        """Return the least that the label of a small count says of each cell."""
        return np.where(self.from_zero, 0, self.rule.label().low)

    @property
    def width(self) -> Ints:
        """Return how many counts each hidden cell must be able to have."""
        usual = self.rule.label().width
        return np.where(self.small & self.from_zero, self.rule.below, usual)

    def protect(self) -> None:
        """Hide cells until all that are hidden are safe, then show what need not be."""
        for self.marks in Marks:
            if self.marks is Marks.ONE and not self.rule.shows_zero:
                continue  # the same as ANY
            self._begin()
            if self._all_safe(hides=True):
                break
        self._prune()

    def possible(self, at: int) -> Range:
        """Return what a reader can still think of a cell, from everything shown."""
        count = int(self.counts[at])
        down = self._change(at, -1, int(count - self.low[at]), False)
        up = self._change(at, 1, int(self.high[at] - count), False)
        return Range(count - down.reached, count + up.reached)

    # ---- Is a hidden cell safe? ----------------------------------------------------------

    def _all_safe(self, *, hides: bool) -> bool:
        """Say whether all hidden cells are safe; with `hides` see to it."""
        done = np.zeros(len(self.counts), bool)
        while len(waiting := np.flatnonzero(self.hidden & ~done)):
            at = int(waiting[np.argmin(self.counts[waiting])])
            if not self._is_safe(at, hides):
                return False
            done[at] = True
        return True

    def _is_safe(self, at: int, hides: bool) -> bool:
        """Say whether a cell may be what its label says, and so many counts at all.

        Where any mark may stand for any count, what is still less follows from the sums
        alone: hiding more would not help.
        """
        count, needed = int(self.counts[at]), int(self.width[at]) - 1
        if self.small[at]:
            ends = (int(self.lowest[at]), self.rule.below - 1)
            if not all([self._reaches(at, end, hides) for end in ends]):
                return False
        for sign in (1, -1):
            missing = needed - int(self.most[at] - self.least[at])
            if missing <= 0:
                return True
            if sign > 0:
                end = min(int(self.high[at]), int(self.most[at]) + missing)
            else:
                end = max(int(self.low[at]), int(self.least[at]) - missing)
            if not self._reaches(at, end, hides):
                return False
        enough = bool(self.most[at] - self.least[at] >= needed)
        return enough or self.marks is Marks.ANY

    def _reaches(self, at: int, end: int, hides: bool) -> bool:
        """Say whether a cell may be `end`, or as near it as if all others were hidden.

        With `hides` see to it: hide what the others change by.
        """
        if self.least[at] <= end <= self.most[at]:
            return True
        span = abs(end - int(self.counts[at]))
        sign = 1 if end > self.counts[at] else -1
        move = self._change(at, sign, span, False)
        if move.reached < span:
            most = self._change(at, sign, span, True)
            if most.reached > move.reached:
                if not hides:
                    return False
                move, there = most, self.counts + most.by
                self._hide((there > self.high + HAIR) | (there < self.low - HAIR))
        self._note(at, sign, move)
        return True

    def _note(self, at: int, sign: int, move: Move) -> None:
        """Keep what a change proves: of every cell, where it is in whole numbers."""
        whole = np.rint(move.by)
        if np.allclose(whole, move.by, atol=HAIR) and not (self.sums @ whole).any():
            there = self.counts + whole.astype(np.int64)
        else:
            there = self.counts.copy()
            there[at] += sign * move.reached
        self.least = np.minimum(self.least, there)
        self.most = np.maximum(self.most, there)

    def _change(self, at: int, sign: int, span: int, hides: bool) -> Move:
        """Return the cheapest change that takes a cell by `span`, or as far as it goes."""
        number = len(self.counts)
        if span <= 0:
            return Move(np.zeros(number), 0)
        most = 3.0 * span
        up = np.minimum(self.high - self.counts, most).astype(float)
        down = np.minimum(self.counts - self.low, most).astype(float)
        up[at], down[at] = (span, 0) if sign > 0 else (0, span)
        limits, costs = [up, down], [np.zeros(number), np.zeros(number)]
        if hides:
            more_up = np.minimum(self.hidden_high - self.high, most).clip(0)
            more_down = np.minimum(self.low - self.hidden_low, most).clip(0)
            for more in (more_up, more_down):
                more = np.where(self.hidden, 0, more).astype(float)
                limits.append(more)
                costs.append(self.worth / np.minimum(more, span).clip(1))
        costs[0 if sign > 0 else 1][at] = -REACH
        found = self._cheapest(np.concatenate(limits), np.concatenate(costs))
        changes = found.reshape(-1, number)
        by = changes[::2].sum(axis=0) - changes[1::2].sum(axis=0)
        return Move(by, int(abs(by[at]) + HAIR))

    def _cheapest(
        self, room: NDArray[np.float64], costs: NDArray[np.float64]
    ) -> NDArray[np.float64]:
        """Solve for changes up and down of each cell, of which only some have room."""
        table, basis = cast(tuple[NDArray[np.float64], Ints], self.solved)
        number = len(self.counts)
        if len(room) > 2 * number:  # begin with cells that can change, hidden or not
            basis = np.where(room[basis] > 0, basis, basis + 2 * number)
        kept = room > 0
        kept[basis] = True
        used = np.flatnonzero(kept)
        columns = table[:, used % number] * np.where(used // number % 2, -1.0, 1.0)
        found = np.zeros(len(room))
        found[used] = cheapest(
            columns, np.searchsorted(used, basis), room[used], costs[used]
        )
        return found

    # ---- Hiding and showing --------------------------------------------------------------

    def _hide(self, which: Flags) -> None:
        self.hidden = self.hidden | which
        self.low = np.where(which, self.hidden_low, self.low)
        self.high = np.where(which, self.hidden_high, self.high)

    def _prune(self) -> None:
        """Show again what was hidden for its neighbours' sake and need not be."""
        beside = np.flatnonzero(self.hidden & ~self.small)
        if len(beside) > PRUNED or len(self.counts) > SMALL_ENOUGH:
            return
        for at in beside[np.argsort(-self.counts[beside], kind="stable")]:
            without = replace(self)
            without._hide(self.hidden & (np.arange(len(self.counts)) != at))
            if without._all_safe(hides=False):
                self.hidden, self.low, self.high = (
                    without.hidden,
                    without.low,
                    without.high,
                )


def mask_of(
    rule: Rule,
    counts: Sequence[int],
    places: Sequence[int],
    sums: Sequence[Sum],
    rates: Collection[int],
    unsaid: Collection[int] = (),
) -> Mask:
    """Return the mask of cells that hang together, nothing hidden beside small ones."""
    column = {at: n for n, at in enumerate(places)}
    matrix = np.zeros((len(sums), len(places)))
    for row, one in enumerate(sums):
        matrix[row, column[one.whole]] -= 1
        for part in one.parts:
            matrix[row, column[part]] += 1
    return Mask(
        rule,
        np.array([counts[at] for at in places], dtype=np.int64),
        matrix,
        np.array([rule.is_small(counts[at], at in rates) for at in places]),
        np.array([at in rates or not rule.shows_zero for at in places]),
        np.array([at in unsaid for at in places]),
    )


def groups_of(number: int, sums: Iterable[Sum]) -> list[tuple[list[int], list[Sum]]]:
    """Return the cells that hang together by sums, with their sums."""
    above = list(range(number))

    def top(at: int) -> int:
        while above[at] != at:
            above[at] = above[above[at]]
            at = above[at]
        return at

    listed: Sequence[Sum] = list(dict.fromkeys(sums))
    for one in listed:
        for part in one.parts:
            above[top(part)] = top(one.whole)
    cells: dict[int, list[int]] = {}
    for at in range(number):
        cells.setdefault(top(at), []).append(at)
    of: dict[int, list[Sum]] = {}
    for one in listed:
        of.setdefault(top(one.whole), []).append(one)
    return [(found, of.get(key, [])) for key, found in cells.items()]
