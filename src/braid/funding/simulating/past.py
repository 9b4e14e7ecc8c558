"""A contract as if it had been in force for all of past facts. Imports no Django."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from braid.method.contracts.shape import Contract, YearLevel
from braid.method.measures.words import Row


def over(contract: Contract, first_day: date, last_day: date) -> Contract:
    """Return the contract as if it had held in these days, alone and from the start.

    Nothing of an earlier version is netted. Amounts of a year that the file does not
    name are those of the nearest year that it does. Evidence is taken as complete: under
    other rules other papers were collected.
    """
    return replace(
        contract,
        valid_from=min(first_day, contract.valid_from),
        valid_to=None
        if contract.valid_to is None
        else max(last_day, contract.valid_to),
        retroactive_to=None,
        supersedes=None,
        switch=None,
        milestones=tuple(replace(one, evidence=None) for one in contract.milestones),
        levels=tuple(_levels(contract, first_day.year, last_day.year)),
    )


def _levels(contract: Contract, first: int, last: int) -> Iterator[YearLevel]:
    yield from contract.levels
    for name in dict.fromkeys(level.name for level in contract.levels):
        named = [level for level in contract.levels if level.name == name]
        known = {level.year for level in named}
        for year in range(first, last + 1):
            if year not in known:
                nearest = min(known, key=lambda one: (abs(one - year), one))
                yield from (
                    replace(level, year=year)
                    for level in named
                    if level.year == nearest
                )


def first_day(tables: Mapping[str, Sequence[Row]], else_day: date) -> date:
    """Return the day on which the facts begin: the first referral or acceptance."""
    days: list[Any] = [
        row[name]
        for row in tables["episodes"]
        for name in ("referred_on", "accepted_on", "entered_on")
        if row[name] is not None
    ]
    return min((*days, else_day))
