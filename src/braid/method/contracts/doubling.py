"""Double funding: one outcome event is paid by one contract at most.

Unless both files name each other as complementary. Contracts that exclude each other
never pay for one person at the same time.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from braid.method.contracts.case import Case
from braid.method.contracts.shape import Contract
from braid.method.contracts.tries import Try
from braid.method.contracts.values import Line

DEAD = ("rejected", "reversed")
"""States of claims that ask for no money any more."""


class Doubling:
    """What others ask or have been paid for, by person."""

    def __init__(
        self, others: Iterable[Line], beside: Sequence[Contract], as_of: date
    ) -> None:
        self._lines: dict[str, list[Line]] = defaultdict(list)
        for line in others:
            if line.reached_on is not None and line.counts:
                self._lines[line.person].append(line)
        self._files = {each.contract: each for each in beside}
        self._as_of = as_of

    def of(self, case: Case, found: Try) -> str:
        """Return the other contract that funds an outcome as well, if any."""
        own = found.contract
        for line in self._lines.get(case.person, ()):
            if line.contract == own.contract or self._complement(own, line.contract):
                continue
            same = line.event_row == found.measured.event.row and (
                line.reached_on == found.reached_on
                or line.first_day == found.measured.first_day
            )
            if same or (self._excludes(own, line.contract) and _overlaps(found, line)):
                return line.contract
        for row in case.of("claims"):
            name = row["contract_id"]
            if (
                name == own.contract
                or row["state"] in DEAD
                or row["reached_on"] is None
            ):
                continue
            if self._complement(own, name):
                continue
            same = row["reached_on"] == found.reached_on
            within = _near(found, row["reached_on"])
            if same or (self._excludes(own, name) and within):
                return str(name)
        return ""

    def _complement(self, own: Contract, name: str) -> bool:
        other = self._files.get(name)
        return (
            other is not None
            and name in own.complementary_with
            and own.contract in other.complementary_with
        )

    def _excludes(self, own: Contract, name: str) -> bool:
        other = self._files.get(name)
        return name in own.exclusive_with or (
            other is not None and own.contract in other.exclusive_with
        )


def _overlaps(found: Try, line: Line) -> bool:
    """Say whether the days that two lines pay for meet."""
    if found.reached_on is None or line.reached_on is None:
        return False
    first = line.first_day or line.reached_on
    return first <= found.reached_on and found.measured.first_day <= line.reached_on


def _near(found: Try, day: date) -> bool:
    """Say whether a day lies in those that a line pays for, or in as many after them.

    Of a claim only the day is known, not how long what it pays for lasted.
    """
    if found.reached_on is None:
        return False
    first, last = found.measured.first_day, found.reached_on
    return first <= day <= last + (last - first)
