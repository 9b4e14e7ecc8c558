"""What a short run on shared cores can hold to: exact queries, times with slack."""

from collections.abc import Iterable, Iterator

from bench.measure import Figures
from bench.workload import Goal

SLACK = 2  # a time may be this much over its goal
EMPTY = 1.3  # ms of CPU that an empty page takes where the goals were set


def faults(found: Iterable[Figures]) -> list[str]:
    """Return a sentence for each figure that is not as it must be."""
    return [fault for figures in found for fault in _faults(figures)]


def _faults(figures: Figures) -> Iterator[str]:
    work = figures.workload
    if work.queries is not None and figures.queries != work.queries:
        yield f"{work.name}: {figures.queries} queries, expected {work.queries}."
    for goal in work.goals:
        reached = _reached(goal, figures)
        if reached is not None and not goal.is_met(reached, SLACK):
            yield f"{work.name}: {reached:,.1f} is more than twice off {goal.text}."


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
