"""The workloads, a file each; `all_of` lists them in the order of the table."""

from collections.abc import Iterator

from bench.record import Made
from bench.workload import Workload


def all_of(made: Made) -> Iterator[Workload]:
    """Yield every workload for a record, made when it is asked for.

    An import costs what its rows cost, and a curve and a cube need no record, so these
    are measured at one size.
    """
    from bench.workloads import (
        access,
        facts,
        fidelity,
        figures,
        importing,
        pages,
        suppression,
        survival,
    )

    yield from pages.workloads()
    yield from access.workloads()
    yield from figures.workloads(made)
    yield from fidelity.workloads(made)
    yield from facts.workloads(made)
    if made.size == "unit":
        yield from importing.workloads()
        yield from survival.workloads()
        yield from suppression.workloads()
