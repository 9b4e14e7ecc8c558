"""Choosing people inside a unit: by treatment team, quarter of acceptance, or group.

Only inside: between two choices that differ by few people, those few would be told.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from braid.kernel.dates import quarter_id
from braid.outcomes.charts import EQUITY_KEYS

if TYPE_CHECKING:
    from braid.facts.reading import Facts

EPISODE = "episode_id"
NOT_KNOWN = "-"


@dataclass(frozen=True, slots=True)
class Selection:
    """Who is counted; what is empty leaves everybody in.

    `cohort` is the quarter of acceptance, `group` an equity key and its value as
    `key:value`, a dash for not known.
    """

    team: str = ""
    cohort: str = ""
    group: str = ""

    @property
    def is_all(self) -> bool:
        """Say whether everybody is counted."""
        return not (self.team or self.cohort or self.group)

    @classmethod
    def read(cls, given: Mapping[str, Any]) -> Selection:
        """Return the choice that an address asks for."""
        return cls(
            *(str(given.get(name, ""))[:80] for name in ("team", "cohort", "group"))
        )

    def asked(self) -> dict[str, str]:
        """Return it as an address asks for it."""
        named = {"team": self.team, "cohort": self.cohort, "group": self.group}
        return {name: value for name, value in named.items() if value}


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: quarters, the newest first, and groups with their values."""

    cohorts: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]


def choices(drawn: Facts) -> Choices:
    """Return what people of these facts can be told apart by."""
    accepted = drawn.table("episodes").column("accepted_on").to_pylist()
    cohorts = {quarter_id(day) for day in accepted if day is not None}
    groups = {
        key: tuple(sorted({value or NOT_KNOWN for value in of.values()}))
        for key, of in _values(drawn, *EQUITY_KEYS).items()
    }
    groups = {key: found for key, found in groups.items() if len(found) > 1}
    return Choices(tuple(sorted(cohorts, reverse=True)), groups)


def narrowed(drawn: Facts, chosen: Selection) -> Facts:
    """Return facts about the episodes that are chosen, and all that is about nobody."""
    import pyarrow as pa
    import pyarrow.compute as pc

    from braid.facts.reading import Facts, tables

    kept = pa.array(sorted(episodes(drawn, chosen)), pa.string())
    jobs = _kept(drawn.table("jobs"), EPISODE, kept).column("job_id")
    found = {}
    for name, relation in tables().items():
        table = drawn.table(name)
        if EPISODE in relation.columns:
            table = _kept(table, EPISODE, kept)
        elif "job_id" in relation.columns:
            table = table.filter(pc.is_in(table.column("job_id"), jobs))
        found[name] = table
    return Facts.of(found, as_of=drawn.as_of, snapshot=drawn.snapshot)


def _kept(table: Any, column: str, values: Any) -> Any:
    import pyarrow.compute as pc

    return table.filter(pc.is_in(table.column(column), values))


def everybody(drawn: Facts) -> set[str]:
    """Return all episodes."""
    return set(drawn.table("episodes").column(EPISODE).to_pylist())


def episodes(drawn: Facts, chosen: Selection) -> set[str]:
    """Return the episodes that are chosen."""
    rows = drawn.table("episodes").select([EPISODE, "accepted_on"]).to_pylist()
    kept = {row[EPISODE]: row["accepted_on"] for row in rows}
    if chosen.cohort:
        kept = {k: d for k, d in kept.items() if d and quarter_id(d) == chosen.cohort}
    found = set(kept)
    if chosen.team:
        spells = drawn.table("treatment").select([EPISODE, "team_id"]).to_pylist()
        found &= {row[EPISODE] for row in spells if row["team_id"] == chosen.team}
    if chosen.group:
        key, _colon, value = chosen.group.partition(":")
        of = _values(drawn, key)[key] if key in EQUITY_KEYS else {}
        found &= {each for each in found if (of.get(each) or NOT_KNOWN) == value}
    return found


def _values(drawn: Facts, *keys: str) -> dict[str, dict[str, str | None]]:
    """Return the value of each group for every episode, as measures tell it."""
    from braid.method.measures.reference.equity import Groups

    names = ("episodes", "groups")
    rows = {name: drawn.table(name).to_pylist() for name in names}
    told = {key: Groups(rows, key) for key in keys}
    return {
        key: {row[EPISODE]: told[key].of(row[EPISODE]) for row in rows["episodes"]}
        for key in keys
    }
