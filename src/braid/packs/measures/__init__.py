"""The kind `measures`: shape, figures from rows, and how a situation is run."""

from typing import cast

from braid.packs import loader
from braid.packs.measures.schema import Measure
from braid.packs.measures.situations import run_situation

__all__ = ["Measure", "get", "load"]


def get(measure: str, version: str | None = None) -> Measure:
    """Return a measure by its id. Raises: PackFault, PackFaults."""
    return cast(Measure, loader.get("measures", measure, version))


def load() -> dict[str, Measure]:
    """Return all measures by id. Raises: PackFaults."""
    return loader.load("measures")


loader.register("measures", Measure, run_situation)
