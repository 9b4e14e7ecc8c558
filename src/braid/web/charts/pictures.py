"""What a chart shows: values in the order of reading, and their words, already said.

A picture is a value: equal pictures are drawn once. The same values must stand beside
the chart in a table.
"""

from dataclasses import dataclass

KINDS = 3  # curves that can be told apart by their dashes


@dataclass(frozen=True, slots=True)
class Level:
    """A line across to read values against: its height and what it is called."""

    value: float
    text: str
    short: str


@dataclass(frozen=True, slots=True)
class Column:
    """A column from 0 to `value`; None is not known or not shown, and has a gap."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Columns:
    """A column for each period; `is_share` writes the scale in per cent."""

    columns: tuple[Column, ...]
    levels: tuple[Level, ...] = ()
    is_share: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """A curve from a time on: its height and the limits of what it may be."""

    time: float
    value: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Curve:
    """A curve of steps that ends at `last_time`; `told` are the times of its table."""

    name: str
    steps: tuple[Step, ...]
    last_time: float
    told: tuple[float, ...] = ()

    def at(self, time: float) -> Step | None:
        """Return the step that holds at a time, None before the first."""
        past = [step for step in self.steps if step.time <= time]
        return past[-1] if past else None


@dataclass(frozen=True, slots=True)
class Curves:
    """Curves over the same time; `times` are those named beneath.

    Several have their names at their ends; one alone where the page says more than one
    thing (`is_named`).
    """

    curves: tuple[Curve, ...]
    times: tuple[float, ...]
    time_label: str
    is_named: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar or, with limits, a dot between them; None is not shown and has its words."""

    name: str
    value: float | None
    text: str
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Bars beneath one another, each with its name above it."""

    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A place between two scales; `kind` is its shape. With limits, what it may be.

    `low` and `high` are upwards; a point without `up` has them alone. Points of one
    `line` are joined in their order; `text` stands beside the point.
    """

    across: float
    up: float | None
    kind: int = 0
    text: str = ""
    line: str = ""
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Points:
    """Points between two scales, each with its ends, and what they are called.

    `ticks` are the places named beneath, with their words; none for plain numbers.
    """

    points: tuple[Point, ...]
    across: tuple[float, float]
    up: tuple[float, float]
    across_label: str = ""
    up_label: str = ""
    ticks: tuple[tuple[float, str], ...] = ()
    levels: tuple[Level, ...] = ()
    is_share: bool = False


Picture = Columns | Curves | Bars | Points
