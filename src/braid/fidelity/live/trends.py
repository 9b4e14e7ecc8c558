"""The trend of an item as a picture: a mark for a score, a line from floor to ceiling."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from braid.method.scales import Scored

STEP, MARGIN, POINT = (
    12,
    6,
    5,
)  # units of the picture: between days, at the edge, a point
HIGHEST = 5


@dataclass(frozen=True, slots=True)
class Mark:
    """One day of a trend: from which height to which, the same where there is a score."""

    x: int
    top: int
    bottom: int

    @property
    def is_score(self) -> bool:
        return self.top == self.bottom


@dataclass(frozen=True, slots=True)
class Trend:
    """The picture of an item over some days; days without figures have no mark."""

    marks: tuple[Mark, ...]
    width: int

    @property
    def height(self) -> int:
        return 2 * MARGIN + (HIGHEST - 1) * POINT

    @property
    def base(self) -> int:
        return self.height - MARGIN + 3


def trend(scores: Sequence[Scored | None]) -> Trend:
    """Return the picture of the scores of an item, in the order of their days.

    An item that stayed open from the lowest score to the highest has no mark.
    """
    marks = tuple(
        Mark(MARGIN + STEP * n, _height(one.ceiling), _height(one.floor))
        for n, one in enumerate(scores)
        if one is not None and (one.floor, one.ceiling) != (1, HIGHEST)
    )
    return Trend(marks, 2 * MARGIN + STEP * (len(scores) - 1))


def _height(score: int) -> int:
    return MARGIN + (HIGHEST - score) * POINT
