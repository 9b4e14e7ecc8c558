"""One try at a milestone, and the answers to the questions that it was asked."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from braid.method.contracts.shape import Contract, Milestone
from braid.method.contracts.values import Proofs, Step
from braid.method.contracts.windows import Measured


@dataclass(slots=True)
class Try:
    """One try at a milestone: its event, how far it came, and what was answered."""

    contract: Contract
    milestone: Milestone
    measured: Measured
    steps: list[Step] = field(default_factory=list)
    reason: str = ""
    proofs: Proofs = field(default_factory=Proofs)
    unbound: list[str] = field(default_factory=list)
    ordinal: int = 1
    tier: int | None = None
    units: int = 1
    flags: tuple[str, ...] = ()
    brief: bool = False
    passed: int = 0
    """How many questions were answered well, one after another."""

    @property
    def reached_on(self) -> date | None:
        return self.measured.reached_on

    @property
    def day(self) -> date:
        """The day by which it is put in order."""
        return self.measured.reached_on or self.measured.first_day

    @property
    def counts(self) -> bool:
        """Say whether it is a counted outcome: reached, and covered."""
        before = ("", "look_back", "evidence_missing", "evidence_late")
        return self.reached_on is not None and self.reason in before

    def ask(
        self, step: str, ok: bool, told: str, reason: str = "", **values: Any
    ) -> bool:
        """Note an answer, and the reason where it is no."""
        self.passed += ok
        if not self.brief:
            self.steps.append(Step(step, ok, told, values))
        if not ok and not self.reason:
            self.reason = reason
        return ok
