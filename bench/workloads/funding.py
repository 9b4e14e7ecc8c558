"""A run of claims over the facts of a unit, beside an ordinary Django application.

Fees for service and for outcomes (`au-des-like`), with fees that are invented here. Ours
is the run that a unit makes, with every step and what lies ahead; the peer is a loop over
episodes by the ORM that saves each line, the floor is reading the facts. Both ways must
come to the same milestones on the same days.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from bench.contracts import TABLES, Terms, told
from bench.record import Made
from bench.scene import Unit
from bench.workload import Goal, Side, Workload, Wrong


def workloads(made: Made) -> Iterator[Workload]:
    """Yield the run of claims of a unit."""
    unit = _Claims(made)
    yield Workload(
        name="claims of a unit",
        ours=Side(unit.run),
        peer=Side(unit.loop, before=unit.forget),
        floor=Side(unit.read),
        check=unit.check,
        goals=(Goal("cpu", 250), Goal("to_peer", 1)),
        rounds=5,
        calls=1,
    )


class _Claims(Unit):
    """A unit that claims by a contract."""

    def __init__(self, made: Made) -> None:
        super().__init__(made)
        self._said: dict[str, Any] = {}

    @cached_property
    def _terms(self) -> Terms:
        return Terms()

    @cached_property
    def _loop(self) -> Any:
        from bench.peers.payments import Loop

        rows = {name: self.facts.run_sql(f"SELECT * FROM {name}") for name in TABLES}
        return Loop(rows, self.day)

    def run(self) -> None:
        """Run the contract as the room does."""
        from braid.funding import reading

        terms = self._terms
        self._said["ours"] = reading.run(
            self.facts,
            terms.versions,
            terms.bindings,
            as_of=self.day,
            units=[self.id],
        )

    def loop(self) -> None:
        self._said["loop"] = self._loop.work_out_and_save()

    def forget(self) -> None:
        """Begin the loop without lines that are saved."""
        self._loop.forget()

    def check(self) -> None:
        """Both ways must come to the same milestones."""
        ours = told(self._said["ours"].lines)
        if not ours:
            raise Wrong("nothing is reached by the contract")
        if "loop" in self._said and self._said["loop"] != ours:
            other = len(self._said["loop"] ^ ours)
            raise Wrong(f"{other} lines of the two ways differ")
