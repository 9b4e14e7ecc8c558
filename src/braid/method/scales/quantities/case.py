"""What a word works on, and what it finds out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, cast

from braid.method.scales.inputs import Form, Key
from braid.method.scales.rules import Settings
from braid.method.scales.shape import Bands, Gate, Item

HALF = Fraction(1, 2)
PERCENT = 100


@dataclass(frozen=True, slots=True)
class Reading:
    """The lowest and highest score of some quantities, and what stands beside them."""

    floor: int
    ceiling: int
    value: Fraction | None = None
    notes: tuple[str, ...] = ()
    extras: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Lift:
    """The smallest change that brings an item to `next_score`: amounts by name.

    `text` is the key of the sentence that says it.
    """

    next_score: int
    change: Mapping[str, Fraction | int | str]
    text: str


@dataclass(frozen=True, slots=True)
class Case:
    """An item with its checked quantities, under the rules in force."""

    item: Item
    given: Mapping[str, Any]
    settings: Settings

    def parameter(self, name: str) -> Any:
        """Return what the pack gives the word."""
        quantity = self.item.quantity
        return quantity.given[name] if quantity else None

    @property
    def lowest(self) -> int:
        return 1

    @property
    def highest(self) -> int:
        return 5

    @property
    def bands(self) -> Bands:
        """Return the bands in force. Asking for them brings their rules in."""
        return cast(Bands, self.settings.get("bands", self.item.bands))

    def banded(self, value: Fraction) -> tuple[int, int]:
        """Return the lowest and highest score of a value, in the unit of the bands."""
        bands = self.bands
        higher = bool(bands.anchors) and self.settings.get("midpoint") == "higher"
        return bands.bounds(self.rounded(value), higher_midpoints=higher)

    def rounded(self, value: Fraction) -> Fraction:
        """Return a value as the bands look at it: exact, or to a whole number."""
        if self.settings.get("rounding") == "whole":
            return Fraction((value + HALF).__floor__())
        return value

    def through_gates(
        self, score: tuple[int, int]
    ) -> tuple[tuple[int, int], list[str]]:
        """Return the bounds of a score after the gates, and the notes of these."""
        low, high = score
        notes: list[str] = []
        for gate in self.item.gates:
            answer = answer_of(gate, self.given)
            if answer is not None:
                low, high = (min(each, gate.caps[answer]) for each in (low, high))
                notes += [gate.notes[answer]] if answer in gate.notes else []
                continue
            strictest = min(gate.caps.values())
            low = min(low, strictest)
            if self.settings.get("gate_unknown") == "strictest":
                high = min(high, strictest)
            notes += [gate.unknown or ""]
        return (low, high), notes

    def nothing(self, *notes: str, **extras: object) -> Reading:
        """Return that there is no score, for nothing stands in the denominator."""
        self.settings.get("zero")
        return Reading(
            self.lowest, self.highest, None, ("zero_denominator", *notes), extras
        )


def answer_of(gate: Gate, given: Mapping[str, Any]) -> str | None:
    """Return the answer to a gate as its caps name it, None where it is unknown."""
    answer = given[gate.key]
    if isinstance(answer, bool):
        return "true" if answer else "false"
    return None if answer is None else str(answer)


def keys_of_gates(item: Item) -> tuple[Key, ...]:
    """Return the keys that the gates of an item read."""
    return tuple(
        Key(gate.key, "truth")
        if set(gate.caps) == {"true", "false"}
        else Key(gate.key, choices=tuple(gate.caps), may_be_unknown=bool(gate.unknown))
        for gate in item.gates
    )


Forms = Callable[[Item], Sequence[Form]]
Read = Callable[[Case], Reading]
Rise = Callable[[Case, Reading], Lift | None]


@dataclass(frozen=True, slots=True)
class Word:
    """A way from raw quantities to a score. `takes` are what the pack gives it.

    `rise` says what would raise a score that is clear; None where nothing is said.
    """

    name: str
    takes: frozenset[str]
    forms: Forms
    read: Read
    rise: Rise | None = None


def gate_in_the_way(case: Case, score: int) -> dict[str, Fraction | int | str]:
    """Return the answers to gates that a score needs and that are not given, the least."""
    needed: dict[str, Fraction | int | str] = {}
    for gate in case.item.gates:
        answer = answer_of(gate, case.given)
        if answer is not None and gate.caps[answer] < score:
            enough = [each for each, cap in gate.caps.items() if cap >= score]
            needed[gate.key] = min(enough, key=lambda each: gate.caps[each])
    return needed
