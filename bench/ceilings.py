"""What a short run on shared cores can hold to: exact queries, times with slack."""

from collections.abc import Iterable, Iterator

from bench.measure import Figures
from bench.workload import Goal

SLACK = 2  # a time may be this much over its goal
EMPTY = 0.6  # ms of CPU that an empty page takes on a computer that meets the goals


def faults(found: Iterable[Figures]) -> list[str]:
    """Return a sentence for each figure that is not as it must be."""
    found = list(found)
    slowness = _slowness(found)
    slow = [fault for one in found for fault in _slow(one, slowness)]
    return miscounted(found) + slow


def miscounted(found: Iterable[Figures]) -> list[str]:
    """Return a sentence for each page that asks another number of queries."""
    return [
        f"{one.workload.name}: {one.queries} queries, expected {one.workload.queries}."
        for one in found
        if one.workload.queries not in (None, one.queries)
    ]


def _slowness(found: Iterable[Figures]) -> float:
    """Return how many times longer than it should the empty page takes; 1 at least.

    A goal is held to as a computer that meets the goals would reach it: a slower or
    busier one needs as much more for the empty page too.
    """
    empty = [one.best("floor") for one in found if one.workload.queries is not None]
    return max(1.0, min(empty, default=EMPTY) / EMPTY)


def _slow(figures: Figures, slowness: float) -> Iterator[str]:
    for goal in figures.workload.goals:
        reached = _reached(goal, figures, slowness)
        if reached is not None and not goal.is_met(reached, SLACK):
            yield (
                f"{figures.workload.name}: {reached:,.1f} is more than twice off "
                f"{goal.text}."
            )


def _reached(goal: Goal, figures: Figures, slowness: float) -> float | None:
    """Return the figure for a time or rate, from CPU, which neighbours disturb least."""
    match goal.of:
        case "cpu":
            return figures.best("ours") / slowness
        case "rate":
            return 1000 * figures.workload.rows / figures.best("ours")
    return None
