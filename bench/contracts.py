"""The contract whose runs are measured, with invented fees; needs no Django."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

CONTRACT = "au-des-like"
FEES = {"SERVICE_FEE": "250", "OUT13": "1500", "OUT26": "3000", "GAP_DAYS": "14"}
MANY = "1000000"  # a number that no cap is meant to reach
TABLES = ("episodes", "jobs", "paid_work")
DAY = date(2026, 1, 1)  # on which the invented fees are filled in


class Terms:
    """A contract that is run, with values that are invented for its parameters."""

    def __init__(self, name: str = CONTRACT) -> None:
        from braid.method.contracts.shape import Bindings
        from braid.packs import contracts

        self.versions = contracts.versions(name)
        self.bindings = tuple(
            Bindings(
                contract=each.contract,
                version=each.version,
                bindings=tuple(_bound(one) for one in contracts.parameters(each)),
            )
            for each in self.versions
        )


def _bound(name: str) -> Any:
    from braid.method.contracts.shape import Binding

    value = Decimal(FEES.get(name, MANY if name.startswith("CAP_") else "100"))
    return Binding(
        parameter=name, value=value, source="invented", bound_by="bench", day=DAY
    )


def told(lines: Any) -> set[tuple[str, str, int, date]]:
    """Return what both ways say of a run: the outcomes reached, and their days."""
    return {
        (line.episode, line.milestone, line.ordinal, line.reached_on)
        for line in lines
        if line.reached_on is not None and line.counts
    }
