"""A small linear programme: the cheapest change of some cells that keeps all sums.

Bounded-variable primal simplex on a dense tableau (G. B. Dantzig, 1955), from the
change of nothing, which is always allowed. Bland's rule ends it where steps stand still.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
HAIR = 1e-7
STILL = 30  # steps without a gain before the first column that helps is taken


def cheapest(
    table: Matrix, basis: NDArray[np.int64], limits: Matrix, costs: Matrix
) -> Matrix:
    """Return the `x` that costs least with `table @ x == 0` and `0 <= x <= limits`.

    `table` and `basis` are as `reduced` gives them; both are changed. As `x = 0` is
    allowed and limits are finite, there is always a cheapest.
    """
    columns = table.shape[1]
    at_limit = np.zeros(columns, bool)
    values = np.zeros(len(basis))
    is_basic = np.zeros(columns, bool)
    is_basic[basis] = True
    gains = costs - costs[basis] @ table
    still = 0
    while (entering := _entering(gains, at_limit, is_basic, limits, still)) is not None:
        sign = -1.0 if at_limit[entering] else 1.0
        change = sign * table[:, entering]  # basics fall by this for each unit
        step, leaving, falls = _step(change, values, limits, basis, entering)
        still = still + 1 if step <= HAIR else 0
        values -= step * change
        if leaving is None:
            at_limit[entering] = not at_limit[entering]
            continue
        start = limits[entering] if at_limit[entering] else 0.0
        left = basis[leaving]
        at_limit[left], is_basic[left] = not falls, False
        at_limit[entering], is_basic[entering] = False, True
        basis[leaving], values[leaving] = entering, start + sign * step
        table[leaving] /= table[leaving, entering]
        others = table[:, entering].copy()
        others[leaving] = 0.0
        used = np.flatnonzero(others)
        table[used] -= np.outer(others[used], table[leaving])
        gains = gains - gains[entering] * table[leaving]
    found = np.where(at_limit, limits, 0.0)
    found[basis] = values
    return found


def reduced(sums: Matrix, order: NDArray[np.int64]) -> tuple[Matrix, NDArray[np.int64]]:
    """Return sums, a row each, of which every row has a variable that is in no other.

    These are the first in `order` that can be.
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
        table[[row, row + best]] = table[[row + best, row]]
        table[row] /= table[row, column]
        others = table[:, column].copy()
        others[row] = 0.0
        used = np.flatnonzero(np.abs(others) > HAIR)
        table[used] -= np.outer(others[used], table[row])
        basis.append(int(column))
        row += 1
    return table[:row], np.array(basis, dtype=np.int64)


def _entering(
    gains: Matrix, at_limit: Any, is_basic: Any, limits: Matrix, still: int
) -> int | None:
    worth = np.where(at_limit, gains, -gains)
    worth[is_basic | (limits <= 0)] = 0.0
    if still > STILL:
        helps = np.flatnonzero(worth > HAIR)
        return int(helps[0]) if len(helps) else None
    best = int(worth.argmax())
    return best if worth[best] > HAIR else None


def _step(
    change: Matrix, values: Matrix, limits: Matrix, basis: Any, entering: int
) -> tuple[float, int | None, bool]:
    """Return how far to go, which basic variable stops it, and whether it falls to 0."""
    room = np.full(len(change), np.inf)
    falling, rising = change > HAIR, change < -HAIR
    room[falling] = values[falling] / change[falling]
    room[rising] = (limits[basis[rising]] - values[rising]) / -change[rising]
    room = np.maximum(room, 0.0)
    least = float(room.min()) if len(room) else np.inf
    if limits[entering] <= least:
        return float(limits[entering]), None, False
    ties = np.flatnonzero(room <= least + HAIR)
    leaving = int(ties[np.argmin(basis[ties])])
    return least, leaving, bool(falling[leaving])
