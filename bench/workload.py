"""What is measured: a workload, its sides, and the goals that it must keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


class Wrong(Exception):
    """An answer that is not the one expected; its time says nothing."""


def nothing() -> None:
    """Leave everything as it is."""


@dataclass(frozen=True, slots=True)
class Side:
    """One way to do the work; `before` and `after` run outside the clock."""

    call: Callable[[], object]
    before: Callable[[], object] = nothing
    after: Callable[[], object] = nothing


@dataclass(frozen=True, slots=True)
class Goal:
    """A limit for one figure: cpu in ms, queries, to_peer, to_floor; rate is a least."""

    of: str
    limit: float

    @property
    def text(self) -> str:
        match self.of:
            case "cpu":
                return f"CPU ≤ {self.limit:g} ms"
            case "queries":
                return f"≤ {self.limit:g} queries"
            case "to_peer":
                return f"≤ {self.limit:.2g} × peer"
            case "to_floor":
                return f"≤ {self.limit:.2g} × floor"
        return f"≥ {self.limit:,.0f} rows/s"

    def is_met(self, figure: float, slack: float = 1) -> bool:
        if self.of == "rate":
            return figure >= self.limit / slack
        return figure <= self.limit * slack


@dataclass(frozen=True, slots=True)
class Workload:
    """Work of ours beside the same work of a peer, and the floor beneath both.

    `check` runs after the first call of every side and raises Wrong unless what was
    done is what was expected. `queries` is the exact number that ours may ask; None
    where it follows from the rows. `by` says which clock the ratios are taken from:
    cpu or wall. `rows` is how many rows one call handles, 0 for a page.
    """

    name: str
    ours: Side
    peer: Side | None
    floor: Side | None
    check: Callable[[], None]
    queries: int | None = None
    goals: tuple[Goal, ...] = ()
    by: str = "cpu"
    rounds: int = 9
    calls: int = 10
    rows: int = 0

    @property
    def sides(self) -> dict[str, Side]:
        """Return the sides that there are, by their names, ours first."""
        named = {"ours": self.ours, "peer": self.peer, "floor": self.floor}
        return {name: side for name, side in named.items() if side is not None}
