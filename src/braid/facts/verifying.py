"""Everything that can be said about a folder of facts."""

from datetime import date
from pathlib import Path

from braid.facts import checking, foreign, hashing, manifest
from braid.facts.faults import Violation
from braid.facts.reading import Facts


def verify(folder: Path, as_of: date | None, *, today: date) -> list[Violation]:
    """Return what is wrong with a folder of facts: files, values, rules, the hash.

    The day of the facts is `as_of`, else what the manifest says, else `today`.
    """
    has_manifest = (folder / manifest.NAME).exists()
    day = as_of or (None if has_manifest else today)
    facts, faults = foreign.open_folder(folder, as_of=day)
    if facts is None:
        return faults
    with facts:
        return [*faults, *_as_stated(folder, facts), *checking.check(facts)]


def _as_stated(folder: Path, facts: Facts) -> list[Violation]:
    try:
        stated = manifest.read(folder)
    except manifest.NoManifest:
        return []  # said already, when the folder was opened
    if stated is None or stated.hash == hashing.content_hash(facts):
        return []
    sentence = (
        "The tables are not those that the manifest was written for: the hash differs."
    )
    return [Violation("", "", "other_content", "error", sentence)]
