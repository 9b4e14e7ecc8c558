"""What a short run on shared cores can hold to: exact queries, times with slack."""

from collections.abc import Iterable, Iterator

from bench.measure import Figures

SLACK = 2  # a time may be this much over its goal


def faults(found: Iterable[Figures]) -> list[str]:
    """Return a sentence for each figure that is not as it must be."""
    return [fault for figures in found for fault in _faults(figures)]


def _faults(figures: Figures) -> Iterator[str]:
    work = figures.workload
    if work.queries is not None and figures.queries != work.queries:
        yield f"{work.name}: {figures.queries} queries, expected {work.queries}."
    for goal in work.goals:
        if goal.of not in ("cpu", "rate"):
            continue
        reached = figures.best if goal.of == "cpu" else figures.rate
        if not goal.is_met(reached, SLACK):
            yield f"{work.name}: {reached:,.1f} is more than twice off {goal.text}."
