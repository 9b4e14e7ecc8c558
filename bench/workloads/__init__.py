"""The workloads, a file each; `all_of` lists them in the order of the table."""

from collections.abc import Iterator

from bench.workload import Workload


def all_of() -> Iterator[Workload]:
    """Yield every workload, made when it is asked for."""
    from bench.workloads import importing, pages

    yield from pages.workloads()
    yield from importing.workloads()
