"""The rule of a profile: which counts are hidden, how others are rounded, what that says.

Source: domain rules of the profiles in `braid.packs.suppression`; ADR 0025.
"""

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import NamedTuple


class Range(NamedTuple):
    """The counts that a reader must reckon with, both ends inside."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """Return how many counts are possible."""
        return self.high - self.low + 1


class Sum(NamedTuple):
    """The cell at `whole` is the sum of the cells at `parts`."""

    whole: int
    parts: tuple[int, ...]


class Marks(Enum):
    """What the marks of a table tell, each less than the one before.

    TWO tell a small count from one hidden beside it. ONE says that a count is hidden
    which is no nought where noughts are shown. ANY may stand for every count.
    """

    TWO = "two"
    ONE = "one"
    ANY = "any"


@dataclass(frozen=True, slots=True)
class Rule:
    """What a profile asks of one count.

    `below`: counts under it are hidden. `shows_zero`: nought is no small count. `base`:
    what is shown is rounded to its multiples, half up; None shows exact counts.
    `has_two_marks`: one that is hidden beside small ones has a mark of its own, which
    does not say that it is small.
    """

    below: int
    shows_zero: bool
    base: int | None = None
    has_two_marks: bool = False

    def is_small(self, count: int, hides_zero: bool = False) -> bool:
        """Say whether a count is hidden by itself; `hides_zero` for a part of a rate."""
        return count < self.below and (count > 0 or hides_zero or not self.shows_zero)

    def label(self, hides_zero: bool = False) -> Range:
        """Return what the mark of a small count says."""
        lowest = 0 if hides_zero or not self.shows_zero else 1
        return Range(lowest, self.below - 1)

    def printed(self, count: int) -> int:
        """Return a count as it is shown: exact, or rounded half up."""
        if self.base is None:
            return count
        return (2 * count + self.base) // (2 * self.base) * self.base

    def told(self, count: int) -> Range:
        """Return what a shown count says: itself, or all that are rounded to the same."""
        if self.base is None or (count == 0 and self.shows_zero):
            return Range(count, count)
        first = self.printed(count) - self.base // 2
        return Range(max(first, self.below), first + self.base - 1)


def is_dominated(largest: Fraction, total: Fraction, share: Fraction) -> bool:
    """Say whether the largest contribution makes up more than `share` of a total."""
    return total > 0 and largest > share * total
