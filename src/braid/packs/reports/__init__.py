"""The kind `reports`: shape, lines from figures, and how a situation is run."""

from datetime import date
from typing import cast

from braid.kernel.errors import PackFault
from braid.packs import loader
from braid.packs.reports.schema import Report
from braid.packs.reports.situations import run_situation
from braid.packs.shapes import Pack

__all__ = ["Report", "edition_of", "get", "in_force", "load"]


def load() -> dict[str, Report]:
    """Return all reports by id, each in its latest edition. Raises: PackFaults."""
    return loader.load("reports")


def get(report: str, version: str | None = None) -> Report:
    """Return a report by its id. Raises: PackFault, PackFaults."""
    return cast(Report, loader.get("reports", report, version))


def in_force(report: str, day: date) -> Report:
    """Return the edition of a report that was in force on `day`.

    Before the first was, that one. Raises: PackFault, PackFaults.
    """
    return cast(Report, edition_of("reports", report, day))


def edition_of(kind: str, pack_id: str, day: date) -> Pack:
    """Return the edition of any pack with a `valid_from` that was in force on `day`."""
    found = [e.pack for e in loader.editions(kind) if e.pack.id == pack_id]
    if not found:
        raise PackFault(
            f"There is no pack '{pack_id}' of the kind '{kind}'. Correct the name, or "
            "add the pack."
        )
    begun = [pack for pack in found if pack.valid_from <= day]
    first = min(pack.valid_from for pack in found)
    since = max((pack.valid_from for pack in begun), default=first)
    # Of two with the same first day the later edition.
    chosen: Pack = [pack for pack in found if pack.valid_from == since][-1]
    return chosen


loader.register("reports", Report, run_situation)
