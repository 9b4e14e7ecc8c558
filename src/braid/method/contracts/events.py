"""Events of a case, what compares numbers, and a parameter that is not bound."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from braid.method.contracts.shape import Word


class Unbound(Exception):
    """A parameter that is not bound: what hangs on it cannot be said."""

    def __init__(self, parameter: str) -> None:
        super().__init__(parameter)
        self.parameter = parameter


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened on a day, by the row that says so.

    `rows` are the ids of the jobs that it is about, where it is about any.
    """

    day: date
    row: str
    episode: str
    rows: tuple[str, ...] = ()


def compares(given: Word | object, value: Any) -> bool:
    """Say whether a number satisfies the one comparison of a word or threshold."""
    sides: list[tuple[str, Callable[[Any, Any], bool]]] = [
        ("at_least", lambda a, b: a >= b),
        ("above", lambda a, b: a > b),
        ("at_most", lambda a, b: a <= b),
        ("below", lambda a, b: a < b),
    ]
    return all(
        holds(value, edge)
        for name, holds in sides
        for edge in [getattr(given, name)]
        if edge is not None
    )


@dataclass(frozen=True, slots=True)
class Edges:
    at_least: Decimal | None
    above: Decimal | None
    at_most: Decimal | None
    below: Decimal | None


def in_order(event: Event) -> tuple[date, str]:
    return event.day, event.row
