"""A picture of amounts over steps: one column a step, its parts on top of each other.

    picture = draw(stacks, ["Wage", "Support"], line=1150.0)
    {% include "web/components/stacks.html" with picture=picture %}

Parts are told apart by pattern as well as by colour; the same numbers must stand beside
the picture in a table.
"""

from collections.abc import Sequence
from dataclasses import dataclass

HEIGHT = 220  # pixels of the largest amount
GAP = 0.22  # of a column's room, left free beside it
KINDS = 6  # patterns there are; further parts begin anew


@dataclass(frozen=True, slots=True)
class Stack:
    """What one column shows. `parts` in the order of the sources; None is not known.

    `text` is the sum in words, `marked` what a mark above the column says.
    """

    label: str
    parts: tuple[float, ...] | None
    text: str
    marked: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A part as drawn: which pattern, and where in pixels from the top."""

    kind: int
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Column:
    """A column as drawn: `x` and `width` in per cent."""

    stack: Stack
    x: float
    width: float
    parts: tuple[Part, ...]
    top: float

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 2)

    @property
    def text_y(self) -> float:
        """Return where the sum stands: just above the column."""
        return round(self.top - 6, 1)

    @property
    def mark_y(self) -> float:
        """Return where a mark stands: above the sum."""
        return round(self.top - 22, 1)


@dataclass(frozen=True, slots=True)
class Key:
    """Which source has which pattern."""

    kind: int
    label: str


@dataclass(frozen=True, slots=True)
class Stacks:
    """The picture: its columns, its key, and where the line lies; None draws no line."""

    columns: tuple[Column, ...]
    keys: tuple[Key, ...]
    line_y: float | None

    @property
    def height(self) -> int:
        return HEIGHT


def draw(
    stacks: Sequence[Stack], sources: Sequence[str], line: float | None = None
) -> Stacks:
    """Return the columns of the stacks, from left to right, whose parts are `sources`."""
    sums = [sum(stack.parts) for stack in stacks if stack.parts is not None]
    top = max([*sums, line or 0.0, 1.0])
    room = 100 / max(len(stacks), 1)
    columns = tuple(
        _column(stack, round(room * (place + GAP / 2), 2), room, top)
        for place, stack in enumerate(stacks)
    )
    keys = tuple(Key(place % KINDS, label) for place, label in enumerate(sources))
    return Stacks(columns, keys, None if line is None else _y(line, top))


def _y(amount: float, top: float) -> float:
    return round(HEIGHT * (1 - max(amount, 0.0) / top), 1)


def _column(stack: Stack, x: float, room: float, top: float) -> Column:
    parts, below = [], 0.0
    for kind, amount in enumerate(_without_debts(stack.parts or ())):
        upper, lower = _y(below + amount, top), _y(below, top)
        if lower > upper:
            parts.append(Part(kind % KINDS, upper, round(lower - upper, 1)))
        below += amount
    return Column(stack, x, round(room * (1 - GAP), 2), tuple(parts), _y(below, top))


def _without_debts(parts: Sequence[float]) -> list[float]:
    """Return parts of 0 or more with the same sum: what one owes, others pay."""
    owed = -sum(part for part in parts if part < 0)
    found = []
    for part in parts:
        paid = min(max(part, 0.0), owed)
        owed -= paid
        found.append(max(part, 0.0) - paid)
    return found
