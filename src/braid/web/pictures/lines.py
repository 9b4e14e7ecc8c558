"""A picture of values over periods: a line each, told apart by its dashes and its marks.

picture = draw([Line("North", (Point("2026Q3", 0.5, "50 %"),))])
{% include "web/components/lines.html" with picture=picture label=… only %}

The same values must stand beside the picture in a table.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

HEIGHT = 96  # pixels of the largest value
KINDS = 5  # dashes and marks there are; so many lines fit in one picture
LABELLED = 3  # as many periods as fit beneath one another's neighbours on a phone
NARROWEST = 240  # pixels that a picture has on a phone
SIGN, GAP = 9, 8  # pixels of a sign of the figure at most, and between it and the plot
MOST_ROOM = 50  # per cent that the figure takes beside the plot at most


@dataclass(frozen=True, slots=True)
class Point:
    """A value of a period, 0 or more; None is not known and breaks the line."""

    label: str
    value: float | None
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line and what it is called; all lines of a picture have the same periods."""

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Dot:
    """A point as drawn: `x` in per cent, `y` in pixels from the top."""

    point: Point
    x: float
    y: float

    @property
    def text_y(self) -> float:
        """Return where its figure stands beside the plot, above the names of periods."""
        return round(min(self.y + 5, HEIGHT), 1)


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of a line between two neighbours."""

    x1: float
    y1: float
    x2: float
    y2: float


@dataclass(frozen=True, slots=True)
class Drawn:
    """A line as drawn: its kind of dashes and marks, and where it runs."""

    kind: int
    name: str
    dots: tuple[Dot, ...]
    segments: tuple[Segment, ...]

    @property
    def last(self) -> Dot | None:
        """Return the newest point that is known; it is the one with its value."""
        return self.dots[-1] if self.dots else None


@dataclass(frozen=True, slots=True)
class Label:
    """The name of a period, beneath it."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Lines:
    """The picture: its lines, and the periods beneath.

    The plot ends at `edge` per cent; right of it stands the newest figure of the first
    line, where no line, mark or axis ever comes.
    """

    lines: tuple[Drawn, ...]
    labels: tuple[Label, ...]
    edge: int = 100

    @property
    def height(self) -> int:
        return HEIGHT

    @property
    def gap(self) -> int:
        return GAP

    @property
    def is_empty(self) -> bool:
        return not any(line.dots for line in self.lines)


def draw(lines: Sequence[Line]) -> Lines:
    """Return the picture of the first lines; the scale runs from 0 to the largest value.

    Raises ValueError where lines have different periods.
    """
    shown = lines[:KINDS]
    labels = [point.label for point in shown[0].points] if shown else []
    if any([point.label for point in line.points] != labels for line in shown):
        raise ValueError("The lines have different periods. Give each the same.")
    known = [p.value for line in shown for p in line.points if p.value is not None]
    top = max(known, default=0.0) or 1.0
    edge = 100 - _room(shown)
    places = [round(edge * (n + 0.5) / len(labels), 2) for n in range(len(labels))]
    step = -(-len(labels) // LABELLED) or 1
    return Lines(
        tuple(_drawn(kind, line, places, top) for kind, line in enumerate(shown)),
        tuple(
            Label(places[n], label)
            for n, label in enumerate(labels)
            if (len(labels) - 1 - n) % step == 0
        ),
        edge,
    )


def _room(lines: Sequence[Line]) -> int:
    """Return how much of the narrowest picture the figure of the first line takes."""
    known = [p.text for line in lines[:1] for p in line.points if p.value is not None]
    if not known or not known[-1]:
        return 0
    return min(ceil(100 * (GAP + SIGN * len(known[-1])) / NARROWEST), MOST_ROOM)


def _drawn(kind: int, line: Line, places: Sequence[float], top: float) -> Drawn:
    dots = [
        None
        if point.value is None
        else Dot(point, x, round(HEIGHT * (1 - point.value / top), 1))
        for point, x in zip(line.points, places, strict=True)
    ]
    known = tuple(dot for dot in dots if dot is not None)
    return Drawn(kind, line.name, known, tuple(_segments(dots)))


def _segments(dots: Sequence[Dot | None]) -> Iterator[Segment]:
    for one, other in pairwise(dots):
        if one is not None and other is not None:
            yield Segment(one.x, one.y, other.x, other.y)
