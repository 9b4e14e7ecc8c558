"""The numbers of a PRISMA 2020 flow, worked out from what was decided of each record.

Nothing is typed in. Every record has exactly one fate; reports and studies differ, for
several reports may tell of one study.
Source: Page et al. 2021 (PRISMA 2020), the diagram for databases and registers; records
from other places stand in the same column here, told apart at their start.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Origin(StrEnum):
    """Where a record was found."""

    DATABASE = "database"
    REGISTER = "register"
    OTHER = "other"


class Fate(StrEnum):
    """What became of a record. The last four stand behind a decision of two people."""

    DUPLICATE = "duplicate"
    REMOVED = "removed"  # before screening, for another reason
    WAITING = "waiting"  # for screening
    EXCLUDED = "excluded"  # on title and abstract
    SOUGHT = "sought"  # for retrieval, neither there nor given up yet
    NOT_RETRIEVED = "not_retrieved"
    ASSESSED = "assessed"  # is being read; no decision yet
    EXCLUDED_IN_FULL = "excluded_in_full"
    INCLUDED = "included"


PASSED_SCREENING = frozenset(
    {
        Fate.SOUGHT,
        Fate.NOT_RETRIEVED,
        Fate.ASSESSED,
        Fate.EXCLUDED_IN_FULL,
        Fate.INCLUDED,
    }
)
WAS_READ = frozenset({Fate.ASSESSED, Fate.EXCLUDED_IN_FULL, Fate.INCLUDED})
BEFORE_SCREENING = frozenset({Fate.DUPLICATE, Fate.REMOVED})


@dataclass(frozen=True, slots=True)
class Decided:
    """A record with its fate; `reason` if excluded in full text, `study` if included."""

    origin: Origin
    fate: Fate
    reason: str = ""
    study: str = ""

    def __post_init__(self) -> None:
        if (self.fate is Fate.EXCLUDED_IN_FULL) != bool(self.reason):
            raise ValueError(
                "A record has a reason if and only if it was excluded in full text."
            )
        if (self.fate is Fate.INCLUDED) != bool(self.study):
            raise ValueError("A record names its study if and only if it is included.")


@dataclass(frozen=True, slots=True)
class Flow:
    """The numbers of the diagram, from top to bottom; records, then reports, then studies.

    `waiting`, `awaited` and `undecided` are records still on their way: at screening, at
    retrieval, at reading. A finished review has none of them.
    """

    identified: Mapping[Origin, int]
    duplicates: int
    removed_otherwise: int
    screened: int
    waiting: int
    excluded: int
    sought: int
    awaited: int
    not_retrieved: int
    assessed: int
    undecided: int
    excluded_in_full: Mapping[str, int] = field(default_factory=dict)
    included_reports: int = 0
    included_studies: int = 0

    @property
    def is_finished(self) -> bool:
        """Say whether every record has come to its end."""
        return not (self.waiting or self.awaited or self.undecided)


def flow(decided: Iterable[Decided]) -> Flow:
    """Return the numbers of a flow. Unit: records, but `included_studies` are studies."""
    records = list(decided)
    fates = Counter(each.fate for each in records)
    origins = Counter(each.origin for each in records)
    reasons = Counter(each.reason for each in records if each.reason)
    before = sum(fates[fate] for fate in BEFORE_SCREENING)
    return Flow(
        {origin: origins[origin] for origin in Origin},
        fates[Fate.DUPLICATE],
        fates[Fate.REMOVED],
        len(records) - before,
        fates[Fate.WAITING],
        fates[Fate.EXCLUDED],
        sum(fates[fate] for fate in PASSED_SCREENING),
        fates[Fate.SOUGHT],
        fates[Fate.NOT_RETRIEVED],
        sum(fates[fate] for fate in WAS_READ),
        fates[Fate.ASSESSED],
        dict(sorted(reasons.items(), key=lambda each: (-each[1], each[0]))),
        fates[Fate.INCLUDED],
        len({each.study for each in records if each.study}),
    )
