"""Days of a file, and versions of a contract beside one another."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from braid.kernel.errors import PackFault
from braid.packs.contracts.faults.walking import Fault, part
from braid.packs.reading import Document


def faults_of_days(document: Document) -> Iterator[Fault]:
    """Yield faults of the days on which a version begins and ends, and what it follows."""
    data = document.data
    begins, ends = _day(data, "valid_from"), _day(data, "valid_to")
    if begins and ends and ends < begins:
        yield (
            ("valid_to",),
            f"The last day is {ends}, before the first, {begins}. Correct one of them.",
        )
    back = _day(data, "retroactive_to")
    if begins and back and back >= begins:
        yield (
            ("retroactive_to",),
            f"'retroactive_to' is {back}, which is not before 'valid_from', {begins}. "
            "Take it out, or give an earlier day.",
        )
    reclaim = _day(part(data, "switch"), "reclaim_from")
    if begins and reclaim and reclaim < begins:
        yield (
            ("switch", "reclaim_from"),
            f"The rest is reclaimed from {reclaim}, before this version begins on "
            f"{begins}. Correct one of them.",
        )
    version, follows = data.get("version"), data.get("supersedes")
    if "switch" in data and "supersedes" not in data:
        yield (
            ("switch",),
            "A 'switch' nets what an earlier version paid. Name that version as "
            "'supersedes', or take the switch out.",
        )
    if isinstance(version, int) and isinstance(follows, int) and follows >= version:
        yield (
            ("supersedes",),
            f"Version {version} cannot follow version {follows}. Name an earlier one.",
        )
    for key in _COUNTS:
        if isinstance(data.get(key), int) and data[key] < 0:
            yield (key,), f"'{key}' is {data[key]}. It cannot be less than nought."
    if data.get("run_off_days") and ends is None and "valid_to" not in data:
        yield (
            ("run_off_days",),
            "There is a run-off and no last day. Give 'valid_to', or take it out.",
        )
    yield from _trajectory(data)


_COUNTS = ("run_off_days", "claim_deadline_days", "decision_days", "extension_months")


def _day(data: Mapping[str, Any], key: str) -> date | None:
    found = data.get(key)
    return found if isinstance(found, date) else None


def _trajectory(data: Mapping[str, Any]) -> Iterator[Fault]:
    months = data.get("trajectory_months")
    for number, each in enumerate(months if isinstance(months, list) else ()):
        if isinstance(each, int) and each < 1:
            yield (
                ("trajectory_months", number),
                f"A trajectory of {each} months is none. Give at least 1.",
            )
    if "extension_months" in data and "trajectory_months" not in data:
        yield (
            ("extension_months",),
            "There is nothing to extend: 'trajectory_months' is missing. Add it.",
        )


def beside(documents: Sequence[Document]) -> Iterator[PackFault]:
    """Yield what is wrong between the versions of each contract.

    Versions of one folder do not overlap; another folder may go its own way.
    """
    by_contract: dict[str, list[Document]] = {}
    for document in documents:
        if isinstance(document.data, dict):
            name = str(document.data.get("contract"))
            by_contract.setdefault(name, []).append(document)
    for name, found in by_contract.items():
        for folder in sorted({Path(each.path).parent for each in found}):
            yield from _overlaps(
                name, [each for each in found if Path(each.path).parent == folder]
            )
        yield from _not_there(name, found)


def _overlaps(name: str, found: Sequence[Document]) -> Iterator[PackFault]:
    dated = [each for each in found if _day(each.data, "valid_from")]
    dated.sort(
        key=lambda each: (each.data["valid_from"], str(each.data.get("version")))
    )
    for number, later in enumerate(dated):
        for earlier in dated[:number]:
            ends = _day(earlier.data, "valid_to")
            if ends is not None and ends < later.data["valid_from"]:
                continue
            if later.data.get("version") == earlier.data.get("version"):
                continue  # told as one version given twice
            until = f"until {ends}" if ends else "without a last day"
            closing = later.data["valid_from"] - timedelta(1)
            yield later.fault(
                f"Version {later.data.get('version')} of '{name}' begins while version "
                f"{earlier.data.get('version')} is in force ({until}, in "
                f"{earlier.path}). Versions never overlap: end that one with "
                f"'valid_to: {closing}', or begin this one later.",
                ("valid_from",),
            )


def _not_there(name: str, found: Sequence[Document]) -> Iterator[PackFault]:
    versions = [each.data.get("version") for each in found]
    for each in found:
        follows = each.data.get("supersedes")
        if isinstance(follows, int) and follows not in versions:
            yield each.fault(
                f"It follows version {follows} of '{name}', which is not there. "
                "Add that file, or correct 'supersedes'.",
                ("supersedes",),
            )
