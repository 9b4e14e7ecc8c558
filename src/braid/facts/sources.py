"""The facts that a command of the shell is asked over, with their hash and units' names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.facts.reading import Facts

TASK = "shell"


@dataclass(frozen=True, slots=True)
class Source:
    """Facts with what is said of them; `unit` is the only one asked for, if any.

    `kept_hash` is the hash that was written down with frozen facts. The caller closes
    the facts.
    """

    facts: Facts
    kept_hash: str | None
    names: Mapping[str, str]
    unit: str | None
    warnings: int = 0
    is_folder: bool = False

    def hash(self) -> str | None:
        """Return the hash of the content, None where it goes on from day to day."""
        if self.kept_hash is None and self.is_folder:
            from braid.facts import hashing

            return hashing.content_hash(self.facts)
        return self.kept_hash


def folder(path: Path, unit: str | None, as_of: date | None) -> Source:
    """Return the facts in a folder.

    Raises FactsFaults where they are not sound, InputFault for no folder or unit.
    """
    if not path.is_dir():
        raise InputFault(
            "There is no such folder of facts.", field="facts", reason="folder_unknown"
        )
    from braid.facts import manifest, verifying

    facts, warnings = verifying.read_sound(path, as_of, unit)
    said = manifest.read(path)
    kept = said.hash if said else None
    return Source(facts, kept, {}, unit, len(warnings), is_folder=True)


def say_warnings(source: Source) -> None:
    """Tell, beside the answer, that facts of a folder have warnings."""
    if source.warnings:
        click.echo(
            f"Warnings about these facts: {source.warnings}. "
            "'braid facts check' shows them.",
            err=True,
        )


def own(slug: str | None) -> Source:
    """Return this installation's facts: the latest snapshot, or those of a unit now.

    Raises InputFault.
    """
    from django.utils import timezone

    from braid.access.queries import installation_actor, system_actor, unit_by_slug
    from braid.facts import queries
    from braid.facts.shell import must_have_record

    must_have_record("Give a folder with --facts.")
    if slug is not None:
        unit = unit_by_slug(slug)
        if unit is None:
            raise InputFault(
                "There is no such unit.", field="unit", reason="unit_unknown"
            )
        actor = system_actor(unit, TASK)
        facts = queries.unit_facts(actor, unit, timezone.localdate())
        return Source(facts, None, {str(unit.pk): unit.name}, str(unit.pk))
    everywhere = installation_actor(TASK)
    snapshot = queries.latest_snapshot(everywhere) if everywhere else None
    if everywhere is None or snapshot is None:
        raise InputFault(
            "There is no snapshot of facts yet. Build one with 'braid facts build', or "
            "give --facts or --unit.",
            reason="no_snapshot",
        )
    facts = queries.snapshot_facts(everywhere, snapshot)
    names = {str(unit.pk): unit.name for unit in queries.overseen(everywhere)}
    return Source(facts, snapshot.hash, names, None)
