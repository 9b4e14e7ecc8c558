"""Hide cells of counts that add up until no hidden one is told by all that is shown.

A hidden cell is safe where the counts could be others, all sums and all that is shown
kept, so that it takes as many values as its label has; where there is but one mark, a
small one takes those of the label itself, for the mark is read as it is meant most. Such
other counts are looked for as the cheapest change of cells (M. Fischetti and J. J.
Salazar, 2001): what costs nothing proves the cell safe, and a change that costs says
which cells to hide with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from braid.method.small_numbers.rules import Range, Rule, Sum
from braid.method.small_numbers.simplex import HAIR, System, cheapest, reduced

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
FAR = 1_000  # counts above a hidden one that a reader can no more exclude than others
NEAR = 3.0  # times what a cell changes by, others change to prove it: so far at first
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
    `hidden_low` and `hidden_high` what its mark would tell. `proofs` are other
    counts by which all that is shown is the same, `least` and `most` the counts that
    they give each cell.
    """

    rule: Rule
    counts: Ints
    sums: NDArray[np.float64]
    small: Flags
    from_zero: Flags
    unsaid: Flags
    marks: Marks = Marks.TWO
    solved: System | None = None
    alone: dict[int, Range] = field(default_factory=dict)
    proofs: list[Ints] = field(default_factory=list)
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
        told = [rule.told(int(count)) for count in counts]
        self.low = np.array([one.low for one in told])
        self.high = np.array([one.high for one in told])
        self.hidden_low, self.hidden_high = self._marked()
        is_whole = (self.sums < 0).any(axis=0)
        self.worth = 1 + 0.5 * is_whole + 0.02 * np.log2(1.0 + counts)
        self._hide(self.small)
        self.low = np.where(self.unsaid, 0, self.low)
        self.high = np.where(self.unsaid, counts + FAR, self.high)
        self._keep_proofs()

    def _keep_proofs(self) -> None:
        """Keep the proofs that hold by what is hidden now."""
        self.proofs = [
            one for one in self.proofs if ((one >= self.low) & (one <= self.high)).all()
        ]
        self.least = np.min([self.counts, *self.proofs], axis=0)
        self.most = np.max([self.counts, *self.proofs], axis=0)

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
                self._prune()
                return
        self._hide(np.ones(len(self.counts), bool))

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

        Or as many as the sums alone leave it: what follows from those, such as that
        there are no rows of a group, is not told by what is shown.
        """
        needed = int(self.width[at]) - 1
        if self.small[at] and not self.rule.has_two_marks:
            ends = (int(self.lowest[at]), self.rule.below - 1)
            if not all(self._reaches(at, end, hides) for end in ends):
                return False
            if self.marks is Marks.TWO and not self._has_all(at, ends):
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
        found = int(self.most[at] - self.least[at])
        return found >= needed or found >= self._alone(at).width - 1

    def _has_all(self, at: int, ends: tuple[int, int]) -> bool:
        """Say whether a cell may be all counts between two that the sums alone leave."""
        first, last = ends
        if self.least[at] <= first and last <= self.most[at]:
            return True
        alone = self._alone(at)
        first, last = max(first, alone.low), min(last, alone.high)
        return bool(self.least[at] <= first and last <= self.most[at])

    def _alone(self, at: int) -> Range:
        """Return what the sums alone leave of a cell."""
        if at not in self.alone:
            number, ends = len(self.counts), []
            for sign in (-1.0, 1.0):
                costs = np.zeros(number)
                costs[at] = -sign
                low, high = -self.counts.astype(float), np.full(number, float(FAR))
                by = cheapest(cast(System, self.solved), low, high, costs)
                ends.append(int(self.counts[at] + np.rint(by[at])))
            self.alone[at] = Range(*ends)
        return self.alone[at]

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
            if most.reached < span:
                most = self._change(at, sign, span, True, FAR)
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
            self.proofs.append(there)
        else:
            there = self.counts.copy()
            there[at] += sign * move.reached
        self.least = np.minimum(self.least, there)
        self.most = np.maximum(self.most, there)

    def _change(
        self, at: int, sign: int, span: int, hides: bool, times: float = NEAR
    ) -> Move:
        """Return the cheapest change that takes a cell by `span`, or as far as it goes.

        Others change by no more than so many times as much.
        """
        number = len(self.counts)
        if span <= 0:
            return Move(np.zeros(number), 0)
        most = times * span
        up = np.minimum(self.high - self.counts, most)
        down = np.minimum(self.counts - self.low, most)
        up[at], down[at] = (span, 0) if sign > 0 else (0, span)
        costs = np.zeros(number)
        costs[at] = -sign * REACH
        if not hides:
            by = cheapest(cast(System, self.solved), -down, up, costs)
            return Move(by, int(abs(by[at]) + HAIR))
        more_up = np.minimum(self.hidden_high - self.high, most).clip(0)
        more_down = np.minimum(self.low - self.hidden_low, most).clip(0)
        more = np.concatenate([more_up, more_down])
        more[np.flatnonzero(np.tile(self.hidden, 2))] = 0
        beyond = np.flatnonzero(more)
        cost = self.worth[beyond % number] / np.minimum(more[beyond], span).clip(1)
        found = cheapest(
            self._with(beyond),
            np.concatenate([-down, np.zeros(len(beyond))]),
            np.concatenate([up, more[beyond]]),
            np.concatenate([costs, cost]),
        )
        by = found[:number].copy()
        np.add.at(by, beyond % number, found[number:] * _signs(beyond, number))
        return Move(by, int(abs(by[at]) + HAIR))

    def _with(self, beyond: Ints) -> System:
        """Return the system with more variables: changes beyond what is told of cells.

        Those up stand at the places of the cells, those down as many places further.
        """
        table, basis, free = cast(System, self.solved)
        number = len(self.counts)
        whole = np.zeros((len(basis), number))
        whole[np.arange(len(basis)), basis] = 1.0
        whole[:, free] = table
        more = whole[:, beyond % number] * _signs(beyond, number)
        wider = np.concatenate([free, number + np.arange(len(beyond))])
        return System(np.concatenate([table, more], axis=1), basis, wider)

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
            without = replace(self, proofs=[])
            without._hide(self.hidden & (np.arange(len(self.counts)) != at))
            without.proofs = self.proofs
            without._keep_proofs()
            if without._all_safe(hides=False):
                self.hidden, self.proofs = without.hidden, without.proofs
                self.low, self.high = without.low, without.high


def _signs(beyond: Ints, number: int) -> NDArray[np.float64]:
    """Return 1 for each change up and -1 for each change down."""
    return np.where(beyond < number, 1.0, -1.0)


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
