"""Hiding the small numbers of a cube of some ten thousand cells, all its margins shown.

No peer is installed: none is free to use from Python. The floor is adding up every sum
once, which is the least that a proof takes. What is hidden is held against the same
bounds that a reader could work out before a time counts.
"""

from collections.abc import Iterator

import numpy as np

from bench.workload import Goal, Side, Workload, Wrong
from braid.method.small_numbers.rules import Rule, Sum
from braid.method.small_numbers.tables import Protected, protect

SIDE = 20  # groups of each of three keys; with their margins 21
MEAN = 12
SEED = 1
RULES = {
    "rounded": Rule(5, shows_zero=False, base=5),
    "exact": Rule(5, shows_zero=True, has_two_marks=True),
}
GOAL = Goal("cpu", 2_000)
LOOKED_AT = 25  # hidden cells whose bounds are worked out again


def workloads() -> Iterator[Workload]:
    """Yield the cube by a rule that rounds, and by one that shows exact counts."""
    counts, sums = _cube()
    for name, rule in RULES.items():
        cube = _Cube(counts, sums, rule)
        yield Workload(
            name=f"suppression, {name}",
            ours=Side(cube.ours),
            peer=None,
            floor=Side(cube.added_up),
            check=cube.check,
            goals=(GOAL,),
            rounds=3,
            calls=1,
        )


def _cube() -> tuple[list[int], list[Sum]]:
    """Return invented counts by three keys with every margin, and what adds up."""
    table = np.random.default_rng(SEED).poisson(MEAN, (SIDE, SIDE, SIDE))
    for axis in range(3):
        table = np.concatenate([table, table.sum(axis, keepdims=True)], axis)
    places = np.arange(table.size).reshape(table.shape)
    lines = [
        line
        for axis in range(3)
        for line in np.moveaxis(places, axis, -1).reshape(-1, SIDE + 1).tolist()
    ]
    return table.ravel().tolist(), [Sum(line[-1], tuple(line[:-1])) for line in lines]


class _Cube:
    """A cube and what is shown of it."""

    def __init__(self, counts: list[int], sums: list[Sum], rule: Rule) -> None:
        self._counts, self._sums, self._rule = counts, sums, rule
        self._found: Protected | None = None
        self._is_kept = True

    def ours(self) -> None:
        self._found = protect(self._counts, self._sums, self._rule)

    def added_up(self) -> None:
        counts = self._counts
        self._is_kept = all(
            counts[whole] == sum(counts[part] for part in parts)
            for whole, parts in self._sums
        )

    def check(self) -> None:
        """Every small count must be hidden, and as many counts possible as its label has."""
        found, rule = self._found, self._rule
        if found is None or not self._is_kept:
            raise Wrong("the cube does not add up")
        small = {n for n, count in enumerate(self._counts) if rule.is_small(count)}
        if not small <= found.hidden:
            raise Wrong(f"{len(small - found.hidden)} small counts are shown")
        width = rule.label().width
        for at in sorted(found.hidden)[:LOOKED_AT]:
            if found.possible(at).width < width:
                raise Wrong(f"cell {at} is told within {found.possible(at).width}")
