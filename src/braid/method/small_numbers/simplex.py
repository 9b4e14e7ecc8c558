"""A small linear programme: the cheapest change of some cells that keeps all sums.

Bounded-variable primal simplex (G. B. Dantzig, 1955) on the columns that are not in the
basis, from the change of nothing, which is always allowed. Bland's rule ends it where
steps stand still.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Places = NDArray[np.int64]
HAIR = 1e-7
AT_ONCE = 50_000  # numbers that are touched in the time that a step takes at least
SPARSE = 3  # times as many columns as a row uses, from which only those are touched
STILL = 300  # steps without a gain before the first column that helps is taken


class Spent(Exception):
    """As much was worked out as there was patience for."""


@dataclass(slots=True)
class Patience:
    """How much may be worked out of a table: numbers of a tableau that are touched.

    Counted, not timed: the same table has the same answer on every computer.
    """

    left: float = math.inf

    def spend(self, numbers: int) -> None:
        """Count what is done. Raises Spent."""
        self.left -= numbers
        if self.left < 0:
            raise Spent


ENDLESS = Patience()


class System(NamedTuple):
    """Sums solved for some variables: `x[basis] + table @ x[free] == 0`."""

    table: Matrix
    basis: Places
    free: Places


def cheapest(
    system: System,
    low: Matrix,
    high: Matrix,
    costs: Matrix,
    patience: Patience = ENDLESS,
) -> Matrix:
    """Return the `x` of a system that costs least with `low <= x <= high`.

    As `low <= 0 <= high`, and both are finite, there is always a cheapest. Raises Spent.
    """
    table, basis = system.table.copy(), system.basis.copy()
    free = system.free.copy()
    found = np.zeros(len(low))
    gains = costs[free] - costs[basis] @ table
    still = 0
    patience.spend(table.size + AT_ONCE)
    while (entering := _entering(gains, free, found, low, high, still)) is not None:
        patience.spend(table.size + AT_ONCE)
        sign = -1.0 if gains[entering] > 0 else 1.0
        variable = free[entering]
        change = sign * table[:, entering]  # basics fall by this for each unit
        own = high[variable] - found[variable] if sign > 0 else found[variable]
        own = own if sign > 0 else own - low[variable]
        step, leaving = _step(change, found, low, high, basis)
        if leaving is None or own <= step:
            found[basis] -= own * change
            found[variable] = high[variable] if sign > 0 else low[variable]
            still = 0
            continue
        left = basis[leaving]
        if step > HAIR:
            still = 0
        elif low[left] < high[left]:  # what cannot change leaves for good
            still += 1
        found[basis] -= step * change
        found[variable] += sign * step
        found[left] = low[left] if change[leaving] > 0 else high[left]
        basis[leaving], free[entering] = variable, left
        gains = _swap(table, gains, leaving, entering)
    return found


def reduced(sums: Matrix, order: Places, patience: Patience = ENDLESS) -> System:
    """Return sums, a row each, solved for the first variables in `order` that can be.

    Raises Spent.
    """
    table = sums.astype(float).copy()
    basis: list[int] = []
    row = 0
    for column in order:
        if row == len(table):
            break
        below = np.abs(table[row:, column])
        best = int(below.argmax())
        if below[best] < 0.5:  # entries are small whole numbers or halves of them
            continue
        patience.spend(table.size // SPARSE + AT_ONCE)
        table[[row, row + best]] = table[[row + best, row]]
        table[row] /= table[row, column]
        others = table[:, column].copy()
        others[row] = 0.0
        used = np.flatnonzero(np.abs(others) > HAIR)
        _take(table, used, others, row)
        basis.append(int(column))
        row += 1
    solved = np.array(basis, dtype=np.int64)
    free = np.setdiff1d(np.arange(sums.shape[1]), solved)
    return System(table[:row, free], solved, free)


def signs(beyond: Places, number: int) -> Matrix:
    """Return 1 for each change up and -1 for each change down."""
    return np.where(beyond < number, 1.0, -1.0)


def wider(system: System, beyond: Places, number: int) -> System:
    """Return a system with more variables: changes beyond what is told of cells.

    Those up stand at the places of the cells, those down as many places further.
    """
    table, basis, free = system
    whole = np.zeros((len(basis), number))
    whole[np.arange(len(basis)), basis] = 1.0
    whole[:, free] = table
    more = whole[:, beyond % number] * signs(beyond, number)
    added = np.concatenate([free, number + np.arange(len(beyond))])
    return System(np.concatenate([table, more], axis=1), basis, added)


def _entering(
    gains: Matrix, free: Places, found: Matrix, low: Matrix, high: Matrix, still: int
) -> int | None:
    """Return the column that gains most by rising or falling, None where none gains."""
    at = found[free]
    can_move = np.where(gains < 0, at < high[free], at > low[free])
    worth = np.where(can_move, np.abs(gains), 0.0)
    if still > STILL:
        helps = np.flatnonzero(worth > HAIR)
        return int(helps[np.argmin(free[helps])]) if len(helps) else None
    best = int(worth.argmax()) if len(worth) else 0
    return best if len(worth) and worth[best] > HAIR else None


def _step(
    change: Matrix, found: Matrix, low: Matrix, high: Matrix, basis: Places
) -> tuple[float, int | None]:
    """Return how far to go, and which basic variable stops it."""
    moves = np.flatnonzero(np.abs(change) > HAIR)
    if not len(moves):
        return np.inf, None
    by, some = change[moves], basis[moves]
    ends = np.where(by > 0, low[some], high[some])
    room = np.maximum((found[some] - ends) / by, 0.0)
    least = float(room.min())
    ties = moves[room <= least + HAIR]
    return least, int(ties[np.argmin(basis[ties])])


def _swap(table: Matrix, gains: Matrix, row: int, column: int) -> Matrix:
    """Let a variable enter the basis for another, in place; return the gains after."""
    pivot = table[row, column]
    table[row] /= pivot
    others = table[:, column].copy()
    others[row] = 0.0
    table[row, column] = 1.0 / pivot
    used = np.flatnonzero(others)
    table[used, column] = 0.0
    _take(table, used, others, row)
    gain = gains[column]
    gains = gains - gain * table[row]
    gains[column] = -gain / pivot
    return gains


def _take(table: Matrix, used: Places, others: Matrix, row: int) -> None:
    """Take a row from others, in place, as many times as each of them says."""
    columns = np.flatnonzero(table[row])
    if SPARSE * len(columns) < table.shape[1]:
        less = np.outer(others[used], table[row, columns])
        table[used[:, None], columns] -= less
    else:
        table[used] -= others[used, None] * table[row]
