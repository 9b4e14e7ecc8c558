"""Where the words of a picture of days go: marks above it, ticks below."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from braid.web.days import day_text, month_text

CHARACTER = 8.0  # width in pixels of a letter of a mark, at most, on average
GAP = 6  # between a mark's line and its word
TICK_WIDTH = 46.0
TICK_MONTHS = (1, 3, 6, 12, 24, 60, 120, 240)
MARK_ROWS = (-9.0, -28.0)  # heights of words above the picture's upper edge
TICK_ROWS = (20.0, 37.0)  # and below its lower edge


@dataclass(frozen=True, slots=True)
class Word:
    """A word at `x` per cent of the width; empty where there was no room for it.

    `y` counts downwards in pixels, for marks from the upper edge of what is drawn and
    for ticks from its lower edge.
    """

    x: float
    y: float
    text: str
    anchor: str = "start"

    @property
    def dx(self) -> int:
        """Return how far a mark's word stands from its line."""
        return GAP if self.anchor == "start" else -GAP


@dataclass(frozen=True, slots=True)
class Axis:
    """The days a picture shows, from its left to its right edge, both drawn."""

    first_day: date
    last_day: date

    def __post_init__(self) -> None:
        if self.last_day < self.first_day:
            raise ValueError(
                "The last day lies before the first day. A picture runs from its first "
                "to its last day. Give them in that order."
            )

    def share(self, day: date) -> float:
        """Return how far along the picture a day lies, from 0 to 1."""
        length = (self.last_day - self.first_day).days
        return (day - self.first_day).days / length if length else 0.5

    def percent(self, day: date) -> float:
        """Return the same in per cent, as precise as a screen can show."""
        return round(100 * self.share(day), 2)


def place_marks(
    marks: Iterable[tuple[date, str]], axis: Axis, *, width: float
) -> tuple[Word, ...]:
    """Place the words of marks so that none touches another at `width` pixels.

    A word goes to the first row with room, to the left of its line where it would run
    out of the picture; without room in any row the line stays alone.
    """
    taken: dict[float, list[tuple[float, float]]] = {y: [] for y in MARK_ROWS}
    words = []
    for day, text in sorted(marks):
        line = axis.share(day) * width
        length = len(text) * CHARACTER + 2 * GAP
        left = line + length > width
        reach = (line - length, line) if left else (line, line + length)
        y = next((row for row in MARK_ROWS if _is_free(reach, taken[row])), None)
        if y is None or reach[0] < 0:
            words.append(Word(axis.percent(day), 0, ""))
            continue
        taken[y].append(reach)
        words.append(Word(axis.percent(day), y, text, "end" if left else "start"))
    return tuple(words)


def _is_free(reach: tuple[float, float], taken: Iterable[tuple[float, float]]) -> bool:
    return all(reach[1] <= start or end <= reach[0] for start, end in taken)


def place_ticks(axis: Axis, *, width: float) -> tuple[Word, ...]:
    """Name months, quarters or years beneath the picture, as many as fit `width`.

    The year stands in a second row, at its January and at the first tick. A period too
    short for two ticks is named by its first and last day.
    """
    days: Sequence[date] = ()
    for months in TICK_MONTHS:
        days = [day for day in _starts(axis, months) if _fits(axis, day, width)]
        places = [axis.share(day) * width for day in days]
        near = (after - before for before, after in pairwise(places))
        if min(near, default=width) >= TICK_WIDTH:
            break
    if len(days) < 2:
        return (
            Word(0, TICK_ROWS[0], day_text(axis.first_day)),
            Word(100, TICK_ROWS[0], day_text(axis.last_day), "end"),
        )
    by_year = months >= 12
    words = []
    for number, day in enumerate(days):
        x = axis.percent(day)
        name = str(day.year) if by_year else month_text(day)
        words.append(Word(x, TICK_ROWS[0], name))
        if not by_year and (number == 0 or day.month == 1):
            words.append(Word(x, TICK_ROWS[1], str(day.year)))
    return tuple(words)


def _fits(axis: Axis, day: date, width: float) -> bool:
    return axis.share(day) * width + TICK_WIDTH * 0.75 <= width


def _starts(axis: Axis, months: int) -> list[date]:
    """Return the first days of every `months`-th month within the axis."""
    first, last = axis.first_day, axis.last_day
    number = first.year * 12 + first.month - 1 + (first.day > 1)
    number += -number % months
    days = []
    while (day := date(number // 12, number % 12 + 1, 1)) <= last:
        days.append(day)
        number += months
    return days
