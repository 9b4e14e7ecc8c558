"""What is wrong with a set of facts, told all at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from braid.kernel.errors import BraidError

Severity = Literal["error", "warning"]


@dataclass(frozen=True, slots=True)
class Violation:
    """One place where facts break a rule. `key` names the row, or the column."""

    table: str
    key: str
    rule: str
    severity: Severity
    sentence: str


class FactsFaults(BraidError):
    """Facts that cannot be read; every fault that was met, in the order of the tables."""

    code = "facts_faults"

    def __init__(self, faults: Iterable[Violation]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(fault.sentence for fault in self.faults)
