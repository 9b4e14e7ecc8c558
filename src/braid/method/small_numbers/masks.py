"""Hide cells of counts that add up until no hidden one is told by all that is shown.

A hidden cell is safe where the counts could be others, all sums and all that is shown
kept, so that it takes as many values as its label has; where there is but one mark, a
small one takes those of the label itself, for the mark is read as it is meant most. Such
other counts are looked for as the cheapest change of cells (M. Fischetti and J. J.
Salazar, 2001): what costs nothing proves the cell safe, and a change that costs says
which cells to hide with it.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from braid.method.small_numbers.rules import Marks, Range, Rule, Sum
from braid.method.small_numbers.simplex import (
    ENDLESS,
    HAIR,
    Patience,
    cheapest,
    signs,
    wider,
)
from braid.method.small_numbers.ties import Part, Ties

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
FAR = 1_000  # counts above a hidden one that a reader can no more exclude than others
NEAR = 3.0  # times what a cell changes by, others change to prove it: so far at first
REACH = 1e6  # what it is worth to reach the end of a label, above all costs
SIZES = ((60, 0), (400, 0))  # cells near one that are tried before all of them
CLOSE = ((60, 2), (300, 4))  # the same where others are hidden, and of each sum so many
WIDE = 1_500  # cells above which all of them are tried only where any mark will do
PRUNED = 24  # hidden neighbours up to which each is tried again without
SMALL_ENOUGH = 120  # cells, for the same


class Move(NamedTuple):
    """A change of some cells that keeps every sum, and how far it takes one of them."""

    part: Part
    by: NDArray[np.float64]
    reached: int


class Proof(NamedTuple):
    """Other counts of some cells by which all that is shown is the same."""

    places: Ints
    counts: Ints


@dataclass(slots=True)
class Mask:
    """Cells that hang together: their counts, their sums, and what is hidden of them.

    `unsaid` are noughts that nobody prints: of those a reader knows nothing, whether
    they are small or not. `unions` are hidden cells taken together, which have no mark.
    `low` and `high` are what is told of each cell as it stands, `hidden_low` and
    `hidden_high` what its mark would tell. `proofs` are other counts by which all that
    is shown is the same, `least` and `most` the counts that they give each cell.
    """

    rule: Rule
    counts: Ints
    ties: Ties
    small: Flags
    from_zero: Flags
    unsaid: Flags
    unions: Flags
    marks: Marks = Marks.TWO
    alone: dict[int, Range] = field(default_factory=dict)
    proofs: list[Proof] = field(default_factory=list)
    hidden: Flags = field(init=False)
    low: Ints = field(init=False)
    high: Ints = field(init=False)
    hidden_low: Ints = field(init=False)
    hidden_high: Ints = field(init=False)
    least: Ints = field(init=False)
    most: Ints = field(init=False)
    worth: NDArray[np.float64] = field(init=False)
    order: Ints = field(init=False)

    def __post_init__(self) -> None:
        self._begin()

    def _begin(self) -> None:
        """Hide what is small by itself, and nothing else."""
        rule, counts = self.rule, self.counts
        self.hidden = self.small.copy()
        told = [rule.told(int(count)) for count in counts]
        self.low = np.array([one.low for one in told])
        self.high = np.array([one.high for one in told])
        self.hidden_low, self.hidden_high = self._marked()
        self.worth = 1 + 0.5 * self.ties.is_whole + 0.02 * np.log2(1.0 + counts)
        self.order = np.argsort(np.argsort(counts, kind="stable"), kind="stable")
        self._hide(self.small)
        self.low = np.where(self.unsaid, 0, self.low)
        self.high = np.where(self.unsaid, counts + FAR, self.high)
        self._keep_proofs()

    def _keep_proofs(self) -> None:
        """Keep the proofs that hold by what is hidden now."""
        self.least, self.most = self.counts.copy(), self.counts.copy()
        proofs, self.proofs = self.proofs, []
        for one in proofs:
            low, high = self.low[one.places], self.high[one.places]
            if ((one.counts >= low) & (one.counts <= high)).all():
                self._keep(one)

    def _keep(self, proof: Proof) -> None:
        self.proofs.append(proof)
        at, counts = proof
        self.least[at] = np.minimum(self.least[at], counts)
        self.most[at] = np.maximum(self.most[at], counts)

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
        full = self.small & self.from_zero & ~self.unions
        return np.where(full, self.rule.below, usual)

    def protect(self) -> None:
        """Hide cells until all that are hidden are safe, then show what need not be.

        Raises Spent where that takes more than there is patience for.
        """
        for self.marks in Marks:
            if self.marks is Marks.ONE and not self.rule.shows_zero:
                continue  # the same as ANY
            self._begin()
            if self._all_safe(hides=True):
                self._prune()
                return
        self.hide_all()

    def hide_all(self) -> None:
        """Hide every cell: nothing is left to be worked out from."""
        self.marks = Marks.ANY
        self._begin()
        self._hide(np.ones(len(self.counts), bool))

    def possible(self, at: int) -> Range:
        """Return what a reader can still think of a cell, from everything shown.

        Of very many cells it is what was proved, and may be more.
        """
        found = self.possible_of((at,))
        low, high = int(self.least[at]), int(self.most[at])
        return Range(min(found.low, low), max(found.high, high))

    def possible_of(self, cells: Sequence[int], enough: int | None = None) -> Range:
        """Return what a reader can still think of some cells together.

        With `enough` no more than that many counts are looked for.
        """
        count = int(self.counts[list(cells)].sum())
        ends = []
        for sign in (-1, 1):
            span = FAR if enough is None else enough - 1
            move = self._change(cells, sign, span, False)
            self._note(move)
            ends.append(count + sign * move.reached)
        return Range(*ends)

    # ---- Is a hidden cell safe? ----------------------------------------------------------

    def _all_safe(self, *, hides: bool) -> bool:
        """Say whether all hidden cells are safe; with `hides` see to it."""
        done = np.zeros(len(self.counts), bool)
        while len(waiting := np.flatnonzero(self.hidden & ~done)):
            for at in waiting[np.argsort(self.counts[waiting], kind="stable")]:
                if not self._is_safe(int(at), hides):
                    return False
                done[at] = True
        return True

    def _is_safe(self, at: int, hides: bool) -> bool:
        """Say whether a cell may be what its label says, and so many counts at all.

        Or as many as the sums alone leave it: what follows from those, such as that
        there are no rows of a group, is not told by what is shown.
        """
        needed = int(self.width[at]) - 1
        if self.small[at] and not self.rule.has_two_marks and not self.unions[at]:
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
            part = self.ties.near([at], number, np.ones(number, bool), self.order)
            low = -self.counts[part.places].astype(float)
            high = np.full(len(part.places), float(FAR))
            for sign in (-1.0, 1.0):
                costs = np.where(part.places == at, -sign, 0.0)
                by = cheapest(part.solved, low, high, costs, self.ties.patience)
                ends.append(int(self.counts[at] + np.rint(by @ np.abs(costs))))
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
        move = self._change((at,), sign, span, False)
        if move.reached < span:
            most = self._change((at,), sign, span, True)
            if most.reached > move.reached:
                if not hides:
                    return False
                move = most
                self._hide_what_changes(move)
        self._note(move, (at, sign))
        return True

    def _hide_what_changes(self, move: Move) -> None:
        """Hide the cells that a change takes beyond what is told of them."""
        places = move.part.places
        there = self.counts[places] + move.by
        beyond = (there > self.high[places] + HAIR) | (there < self.low[places] - HAIR)
        which = np.zeros(len(self.counts), bool)
        which[places[beyond]] = True
        self._hide(which)

    def _note(self, move: Move, of: tuple[int, int] | None = None) -> None:
        """Keep what a change proves: of every cell, where it is in whole numbers.

        Else of the cell `of`, which moved up or down.
        """
        part, by, reached = move
        whole = np.rint(by)
        if np.allclose(whole, by, atol=HAIR) and not (part.sums @ whole).any():
            counts = self.counts[part.places] + whole.astype(np.int64)
            if whole.any():
                moved = whole != 0
                self._keep(Proof(part.places[moved], counts[moved]))
        elif of is not None:
            at, sign = of
            count = int(self.counts[at]) + sign * reached
            self.least[at] = min(int(self.least[at]), count)
            self.most[at] = max(int(self.most[at]), count)

    def _change(self, cells: Sequence[int], sign: int, span: int, hides: bool) -> Move:
        """Return the cheapest change that takes cells by `span`, or as far as it goes.

        It is looked for among ever more cells about them. Others change by not much
        more at first; where cells are hidden for it, then by as much as need be.
        """
        can_change = self.low < self.high
        order = self.order
        if hides:
            can_change = can_change | (self.hidden_low < self.hidden_high)
            order = np.where(self.hidden, order, order + len(order))
        for size, fan in (*CLOSE, *SIZES) if hides else SIZES:
            part = self.ties.near(cells, size, can_change, order, fan)
            for times in (NEAR, FAR) if hides else (NEAR,):
                move = self._within(part, cells, sign, span, hides, times)
                if move.reached >= span:
                    return move
            if part.is_all:
                return move
        if self.marks is not Marks.ANY and (hides or len(self.counts) > WIDE):
            return move  # other marks are tried before so much is worked out
        if len(cells) == 1:
            alone = self._alone(cells[0])
            count = int(self.counts[cells[0]])
            span = min(span, alone.high - count if sign > 0 else count - alone.low)
            if move.reached >= span:
                return move
        near, times = part.places, FAR if hides else NEAR
        part = self.ties.near(cells, len(self.counts), can_change, order)
        move = self._within(part, cells, sign, span, hides, times, near)
        if hides and move.reached < span:
            return self._within(part, cells, sign, span, hides, times)
        return move

    def _within(
        self,
        part: Part,
        cells: Sequence[int],
        sign: int,
        span: int,
        hides: bool,
        times: float,
        only: Ints | None = None,
    ) -> Move:
        """Return the cheapest change of a part that takes some of its cells by `span`.

        With `only` no others are hidden for it.
        """
        places, number = part.places, len(part.places)
        first = np.searchsorted(places, cells)
        if span <= 0:
            return Move(part, np.zeros(number), 0)
        most = times * span
        counts, low, high = self.counts[places], self.low[places], self.high[places]
        up, down = np.minimum(high - counts, most), np.minimum(counts - low, most)
        if len(first) == 1:
            far = np.minimum(span, up[first] if sign > 0 else down[first])
            up[first], down[first] = (far, 0) if sign > 0 else (0, far)
        costs = np.zeros(number)
        costs[first] = -sign * REACH
        if not hides:
            self._ask_for_others(places, costs)
            by = cheapest(part.solved, -down, up, costs, self.ties.patience)
            return Move(part, by, int(abs(by[first].sum()) + HAIR))
        more_up = np.minimum(self.hidden_high[places] - high, most).clip(0)
        more_down = np.minimum(low - self.hidden_low[places], most).clip(0)
        more = np.concatenate([more_up, more_down])
        more[np.flatnonzero(np.tile(self.hidden[places], 2))] = 0
        if only is not None:
            more[np.flatnonzero(np.tile(~np.isin(places, only), 2))] = 0
        beyond = np.flatnonzero(more)
        worth = self.worth[places[beyond % number]]
        found = cheapest(
            wider(part.solved, beyond, number),
            np.concatenate([-down, np.zeros(len(beyond))]),
            np.concatenate([up, more[beyond]]),
            np.concatenate([costs, worth / np.minimum(more[beyond], span).clip(1)]),
            self.ties.patience,
        )
        by = found[:number].copy()
        np.add.at(by, beyond % number, found[number:] * signs(beyond, number))
        return Move(part, by, int(abs(by[first].sum()) + HAIR))

    def _ask_for_others(self, places: Ints, costs: NDArray[np.float64]) -> None:
        """Let a change be of use to other hidden cells that are not proved safe yet.

        Small ones are to reach the ends of their label, others any other count.
        """
        counts, small = self.counts[places], self.small[places]
        most, least = self.most[places], self.least[places]
        ends = np.where(small, self.rule.below - 1, counts + self.width[places] - 1)
        asked = self.hidden[places] & (costs == 0)
        rises = asked & (most < ends)
        falls = asked & ~rises & small & (least > self.lowest[places])
        costs[rises], costs[falls] = -1.0, 1.0

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


def mask_of(
    rule: Rule,
    counts: Sequence[int],
    places: Sequence[int],
    sums: Sequence[Sum],
    rates: Collection[int],
    unsaid: Collection[int] = (),
    unions: Sequence[Sequence[int]] = (),
    patience: Patience = ENDLESS,
) -> Mask:
    """Return the mask of cells that hang together, nothing hidden beside small ones.

    `unions` are cells of these, as they stand in `places`, that are hidden together.
    """
    column = {at: n for n, at in enumerate(places)}
    number, more = len(places), [tuple(each) for each in unions]
    rows = [Sum(column[s.whole], tuple(column[p] for p in s.parts)) for s in sums]
    rows += [Sum(number + n, parts) for n, parts in enumerate(more)]
    of_each = np.array([counts[at] for at in places], dtype=np.int64)
    together = [int(of_each[list(parts)].sum()) for parts in more]
    small = [rule.is_small(counts[at], at in rates) for at in places]
    from_zero = [at in rates or not rule.shows_zero for at in places]
    is_union = np.arange(number + len(more)) >= number
    return Mask(
        rule,
        np.append(of_each, np.array(together, dtype=np.int64)),
        Ties(number + len(more), rows, patience),
        np.array(small + [True] * len(more)),
        np.array(from_zero + [True] * len(more)),
        np.array([at in unsaid for at in places] + [True] * len(more)),
        is_union,
    )
