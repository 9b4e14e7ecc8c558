"""The workloads, a file each; `all_of` lists them in the order of the table."""

from collections.abc import Collection, Iterator, Mapping

from bench.record import Made
from bench.workload import Workload

# Which file yields which: what nobody asks for is not made ready either.
OF: Mapping[str, tuple[str, ...]] = {
    "pages": ("Today", "caseload board", "caseload list", "one person"),
    "access": ("access in Today", "access in caseload list", "access in one person"),
    "figures": ("figures of a unit", "figures, drawn fresh", "one figure"),
    "fidelity": (
        "live fidelity, nothing new",
        "live fidelity, a contact later",
        "live fidelity, first in a process",
        "live fidelity from facts",
        "live fidelity, one item by day",
        "live fidelity of all units",
        "live fidelity, as kept",
    ),
    "funding": ("claims of a unit",),
    "facts": ("facts built", "facts, incremental build"),
    "dashboards": (
        "outcomes of all units",
        "equity of all units",
        "two periods side by side",
        "two units side by side",
        "reports of all units",
        "reviews of all units",
        "live items of all units",
        "fidelity beside outcomes",
        "learning together",
        "outcomes of all units, first in a process",
    ),
    "importing": ("contacts recorded", "import saved", "import planned"),
    "survival": ("survival of a million",),
    "suppression": ("suppression, rounded", "suppression, exact"),
}
# An import costs what its rows cost, and a curve and a cube need no record.
SIZES: Mapping[str, tuple[str, ...]] = {
    "importing": ("unit",),
    "survival": ("unit",),
    "suppression": ("unit",),
    "dashboards": ("office", "region"),
}
USUAL = ("unit", "region")


def is_wanted(name: str, words: Collection[str]) -> bool:
    """Say whether a workload's name holds one of the words; any does without words."""
    return not words or any(word in name for word in words)


def all_of(made: Made, words: Collection[str] = ()) -> Iterator[Workload]:
    """Yield the workloads whose name holds one of the words, made when asked for.

    Raises KeyError for one that is not in the list of its file.
    """
    for file, names in OF.items():
        if not any(is_wanted(name, words) for name in names):
            continue
        if made.size not in SIZES.get(file, USUAL):
            continue
        for workload in _in(file, made):
            if workload.name not in names:
                raise KeyError(f"'{workload.name}' is not in the list of '{file}'.")
            if is_wanted(workload.name, words):
                yield workload


def _in(file: str, made: Made) -> Iterator[Workload]:
    from importlib import import_module

    yields = import_module(f"bench.workloads.{file}").workloads
    yield from yields(made) if file in NEEDS_MADE else yields()


NEEDS_MADE = {"figures", "fidelity", "facts", "funding"}
