"""What a short run on shared cores can hold to: exact queries, times with slack."""

from collections.abc import Iterable, Iterator

from bench.measure import Figures
from bench.workload import Goal

SLACK = 2  # a time may be this much over its goal
EMPTY = 0.6  # ms of CPU that an empty page takes on a computer that meets the goals


def faults(found: Iterable[Figures]) -> list[str]:
    """Return a sentence for each figure that is not as it must be."""
    found = list(found)
    return miscounted(found) + [fault for one in found for fault in _slow(one)]


def miscounted(found: Iterable[Figures]) -> list[str]:
    """Return a sentence for each page that asks another number of queries."""
    return [
        f"{one.workload.name}: {one.queries} queries, expected {one.workload.queries}."
        for one in found
        if one.workload.queries not in (None, one.queries)
    ]


def _slow(figures: Figures) -> Iterator[str]:
    for goal in figures.workload.goals:
        reached = _reached(goal, figures)
        if reached is not None and not goal.is_met(reached, SLACK):
            yield (
                f"{figures.workload.name}: {reached:,.1f} is more than twice off "
                f"{goal.text}."
            )


def _reached(goal: Goal, figures: Figures) -> float | None:
    """Return the figure for a time or rate, from CPU, which neighbours disturb least.

    A page is held to the goal as a computer of the speed on which it was set would
    reach it: a slower or busier one needs as much more for the empty page too.
    """
    match goal.of:
        case "cpu":
            slowness = max(1.0, figures.best("floor") / EMPTY)
            return figures.best("ours") / slowness
        case "rate":
            return 1000 * figures.workload.rows / figures.best("ours")
    return None
