"""Which subjects a contract can give a line for, asked in columns. Imports no Django.

A filter that keeps too many and never too few: nobody without a day of entry, or without
a row that one of the milestones could begin with. What lies ahead is not asked here: a
person to whom nothing has happened yet has no line, and may have much ahead.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from braid.method.contracts.needs import BASIS_COLUMNS
from braid.method.contracts.shape import AllOf, AnyOf, Open, Word

if TYPE_CHECKING:
    from braid.method.contracts.shape import Bindings, Condition, Contract, Milestone

EVERYBODY = "true"
OF_JOBS = frozenset(
    {
        *("job_start", "in_work", "work_resumed", "earnings", "weekly_hours"),
        "job_problem_open",
    }
)
"""Words that speak of jobs: without any, nothing happened."""


def chosen(
    versions: Sequence[Contract],
    bindings: Sequence[Bindings],
    subject: str,
    within: str = EVERYBODY,
) -> str:
    """Return the SQL that the episodes of subjects satisfy who may have a line.

    `subject` is the column of the key that the contract counts by; a subject is kept
    whole where one of its episodes was entered, and one has what a milestone needs.
    """
    if any(each.advance is not None for each in versions):
        return EVERYBODY
    bound = {(each.contract, each.version): each for each in bindings}
    entered, reached = [], []
    for contract in versions:
        asking = _Asking(
            contract, bound.get((contract.contract, contract.version)), within
        )
        entered.append(asking.possible(contract.entry))
        reached += [asking.reached(each) for each in contract.milestones]
    both = [each for each in (_any(entered), _any(reached)) if each != EVERYBODY]
    if not both:
        return EVERYBODY
    kept = " AND ".join(_of_subject(each, subject, within) for each in both)
    names = listed({each.contract for each in versions})
    claimed = _owns("claims", f"{within} AND contract_id IN ({names})")
    return f"(({kept}) OR {_of_subject(claimed, subject, within)})"


def _of_subject(condition: str, subject: str, within: str) -> str:
    asked = f"{within} AND {condition}"
    return f"{subject} IN (SELECT {subject} FROM episodes WHERE {asked})"  # noqa: S608


def _owns(table: str, condition: str) -> str:
    return f"episode_id IN (SELECT episode_id FROM {table} WHERE {condition})"  # noqa: S608


@dataclass(frozen=True, slots=True)
class _Asking:
    """The conditions of one version of a contract, with what is bound in it."""

    contract: Contract
    bindings: Bindings | None
    within: str

    def reached(self, milestone: Milestone) -> str:
        """Return what an episode has for which a try at a milestone can be made."""
        condition = milestone.reached
        if milestone.kind == "earnings":
            return _owns("jobs", self.within)
        if milestone.kind == "periodic" and not isinstance(condition, Word):
            return EVERYBODY
        return self.possible(condition)

    def possible(self, condition: Condition) -> str:
        """Return what an episode has for which a condition can have an event."""
        match condition:
            case Open(parameter=name):
                value = self.bindings.get(name) if self.bindings else None
                if value is None or isinstance(value, Decimal | str):
                    return EVERYBODY
                return self.possible(value)
            case AnyOf(any_of=parts) | AllOf(all_of=parts):
                return _any(self.possible(each) for each in parts)
            case Word():
                return self._word(condition)
            case _:
                return EVERYBODY

    def _word(self, word: Word) -> str:
        kinds = listed({word.kind or ""})
        match word.word:
            case "accepted":
                return "accepted_on IS NOT NULL"
            case "on_caseload":
                return f"{BASIS_COLUMNS[word.basis or 'accepted']} IS NOT NULL"
            case "funder_event":
                own = listed({self.contract.contract})
                return _owns(
                    "funder_events",
                    f"{self.within} AND contract_id IN ({own}) AND kind IN ({kinds})",
                )
            case "plan_event":
                return _owns("plan_events", f"{self.within} AND kind IN ({kinds})")
            case name if name in OF_JOBS:
                return _owns("jobs", self.within)
            case _:
                return EVERYBODY


def _any(conditions: Iterable[str]) -> str:
    """Return conditions joined by OR: for everybody as soon as one is."""
    found = list(dict.fromkeys(conditions))
    return EVERYBODY if EVERYBODY in found else f"({' OR '.join(found)})"


def listed(names: Collection[str]) -> str:
    """Return names as a list of SQL."""
    quoted = (name.replace("'", "''") for name in sorted(names))
    return ", ".join(f"'{name}'" for name in quoted) or "''"
