"""The kind `scales`: fidelity scales as data, and their words by language."""

from collections.abc import Mapping
from typing import cast

from braid.kernel.errors import InputFault
from braid.method.scales import Scale
from braid.packs import loader
from braid.packs.scales.schema import ScalePack
from braid.packs.scales.situations import item_document, plain, run_situation

__all__ = ["ScalePack", "get", "item_document", "load", "pack", "plain"]


def load() -> Mapping[str, Scale]:
    """Return all scales by id, each in its latest edition. Raises: PackFaults."""
    found: dict[str, ScalePack] = loader.load("scales")
    return {name: each.scale for name, each in found.items()}


def pack(scale: str, version: str | None = None) -> ScalePack:
    """Return a scale as its pack, with source and rule log.

    Raises: InputFault (`scale_unknown`), PackFaults.
    """
    known: dict[str, ScalePack] = loader.load("scales")
    if scale not in known:
        raise InputFault(
            f"There is no such scale. Known are {', '.join(sorted(known))}.",
            field="scale",
            reason="scale_unknown",
        )
    return cast(ScalePack, loader.get("scales", scale, version))


def get(scale: str, version: str | None = None) -> Scale:
    """Return a scale as the engine has it. Raises: as `pack`."""
    return pack(scale, version).scale


loader.register("scales", ScalePack, run_situation)
