"""Everything that can be said about a folder of facts."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pyarrow as pa

from braid.facts import checking, foreign, hashing, manifest
from braid.facts.faults import FactsFaults, Violation
from braid.facts.reading import Facts
from braid.facts.schema import TABLES
from braid.kernel.errors import InputFault

# Faults of a file after which rows of its table are not known.
LOSING_ROWS = {"unreadable", "table_twice", "wrong_row"}


def verify(folder: Path, as_of: date | None, *, today: date) -> list[Violation]:
    """Return what is wrong with a folder of facts: files, values, rules, the hash.

    The day of the facts is `as_of`, else what the manifest says, else `today`.
    """
    day = as_of or (None if manifest.lies_in(folder) else today)
    facts, found = _opened(folder, day)
    if facts is not None:
        facts.close()
    return found


def read_sound(
    folder: Path, as_of: date | None, unit: str | None = None
) -> tuple[Facts, list[Violation]]:
    """Return the facts in a folder and what should be looked at in them.

    `as_of` is the day of facts whose manifest does not say one. Raises FactsFaults
    with every error where they cannot be read or cannot be true, InputFault where they
    have no such `unit`.
    """
    facts, found = _opened(folder, None if manifest.lies_in(folder) else as_of)
    errors = [violation for violation in found if violation.severity == "error"]
    if facts is not None and not errors:
        _must_have(facts, unit)
        return facts, found
    if facts is not None:
        facts.close()
    raise FactsFaults(errors)


def _must_have(facts: Facts, unit: str | None) -> None:
    if unit is not None and unit not in facts.units:
        known = ", ".join(facts.units) or "none"
        facts.close()
        raise InputFault(
            f"These facts have no such unit. Theirs are: {known}.",
            field="unit",
            reason="unit_unknown",
        )


def _opened(folder: Path, as_of: date | None) -> tuple[Facts | None, list[Violation]]:
    facts, faults = foreign.open_folder(folder, as_of=as_of)
    if facts is None:
        return None, faults
    unknown = _with_unknown_keys(faults)
    return facts, [
        *faults,
        *_as_stated(folder, facts),
        *checking.check(facts, unknown=unknown),
    ]


def _with_unknown_keys(faults: Iterable[Violation]) -> set[str]:
    """Return the tables of which it is not known which rows they have."""
    return {
        fault.table
        for fault in faults
        if fault.table in TABLES
        and (fault.rule in LOSING_ROWS or fault.key in TABLES[fault.table].key)
    }


def _as_stated(folder: Path, facts: Facts) -> list[Violation]:
    try:
        stated = manifest.read(folder)
    except manifest.NoManifest:
        return []  # said already, when the folder was opened
    if stated is None or stated.hash == _hash(folder, facts):
        return []
    sentence = (
        "The tables are not those that the manifest was written for: the hash differs."
    )
    return [Violation("", "", "other_content", "error", sentence)]


def _hash(folder: Path, facts: Facts) -> str:
    """Return the hash of a folder: piece by piece where the files are as we write them."""
    try:
        if all(path.suffix != ".csv" for path in folder.iterdir()):
            return hashing.folder_hash(folder)
    except (pa.ArrowInvalid, KeyError, ValueError):
        pass
    return hashing.content_hash(facts)
