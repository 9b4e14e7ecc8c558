"""Amounts at one number of hours, and as an exact curve over all of them.

The same rules run on both: a `Point` is one exact amount; a `Curve` is a piecewise
linear function of the hours a week. Each piece of a curve ends with its last hour, for
limits are inclusive: at a jump the value is that of the left side. Rounding moves
points only, or else every step would be a jump.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Self

from braid.method.benefits.rules import Rounding

# Curves begin below 0 hours, so that a limit of 0 is a jump like any other.
BEGINNING = Fraction(-1)
ZERO = Fraction(0)


class Quantity(ABC):
    """What a rule may do with an amount."""

    @abstractmethod
    def constant(self, value: Fraction) -> Self:
        """Return the same amount everywhere."""

    @abstractmethod
    def plus(self, other: Self) -> Self: ...

    @abstractmethod
    def times(self, factor: Fraction) -> Self: ...

    @abstractmethod
    def positive(self) -> Self:
        """Return the amount where it is above 0, else 0."""

    @abstractmethod
    def while_at_most(self, income: Self, limit: Fraction) -> Self:
        """Return the amount where `income` is at most `limit`, else 0."""

    @abstractmethod
    def rounded(self, rounding: Rounding | None) -> Self: ...

    def minus(self, other: Self) -> Self:
        return self.plus(other.times(Fraction(-1)))

    def above(self, threshold: Fraction) -> Self:
        """Return what is above a threshold."""
        return self.plus(self.constant(-threshold)).positive()

    def up_to(self, cap: Self) -> Self:
        """Return the lesser of the two."""
        return self.minus(self.minus(cap).positive())


@dataclass(frozen=True, slots=True)
class Point(Quantity):
    """One exact amount."""

    value: Fraction

    def constant(self, value: Fraction) -> "Point":
        return Point(value)

    def plus(self, other: "Point") -> "Point":
        return Point(self.value + other.value)

    def times(self, factor: Fraction) -> "Point":
        return Point(self.value * factor)

    def positive(self) -> "Point":
        return Point(max(self.value, ZERO))

    def while_at_most(self, income: "Point", limit: Fraction) -> "Point":
        return self if income.value <= limit else Point(ZERO)

    def rounded(self, rounding: Rounding | None) -> "Point":
        if rounding is None:
            return self
        step = Fraction(rounding.step)
        steps = self.value / step
        whole = {
            "up": ceil(steps),
            "down": floor(steps),
            "nearest": floor(steps + Fraction(1, 2)),
        }[rounding.mode]
        return Point(whole * step)


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of a curve: `height` + `slope` · hours, up to and with `until`."""

    until: Fraction | None
    height: Fraction
    slope: Fraction

    def at(self, hours: Fraction) -> Fraction:
        return self.height + self.slope * hours

    def crosses(self, level: Fraction) -> Fraction | None:
        """Return the hours at which the line has this value, if it is not level."""
        return (level - self.height) / self.slope if self.slope else None


@dataclass(frozen=True, slots=True)
class Curve(Quantity):
    """A piecewise linear function of the hours a week, without end."""

    lines: tuple[Line, ...]

    @classmethod
    def straight(cls, slope: Fraction) -> "Curve":
        """Return the curve that is 0 at 0 hours and rises by `slope` an hour."""
        return cls((Line(None, ZERO, slope),))

    def constant(self, value: Fraction) -> "Curve":
        return Curve((Line(None, value, ZERO),))

    def plus(self, other: "Curve") -> "Curve":
        return _curve(
            Line(until, a.height + b.height, a.slope + b.slope)
            for _, until, (a, b) in _together(self, other)
        )

    def times(self, factor: Fraction) -> "Curve":
        return _curve(
            Line(line.until, line.height * factor, line.slope * factor)
            for line in self.lines
        )

    def positive(self) -> "Curve":
        nothing = self.constant(ZERO)
        return _chosen(self, ZERO, nothing, self)

    def while_at_most(self, income: "Curve", limit: Fraction) -> "Curve":
        return _chosen(income, limit, self, self.constant(ZERO))

    def rounded(self, rounding: Rounding | None) -> "Curve":
        return self

    def pieces(self) -> Iterator[tuple[Fraction, Line]]:
        """Yield each line with the hours after which it begins."""
        start = BEGINNING
        for line in self.lines:
            yield start, line
            if line.until is not None:
                start = line.until

    def at(self, hours: Fraction) -> Fraction:
        """Return the value at some hours."""
        return self.line_at(hours).at(hours)

    def just_above(self, hours: Fraction) -> Fraction:
        """Return the value immediately above some hours."""
        above = (
            line for line in self.lines if line.until is None or hours < line.until
        )
        return next(above).at(hours)

    def line_at(self, hours: Fraction) -> Line:
        """Return the line that some hours lie on."""
        return next(
            line for line in self.lines if line.until is None or hours <= line.until
        )


def _chosen(by: Curve, limit: Fraction, low: Curve, high: Curve) -> Curve:
    """Return `low` where `by` is at most `limit`, else `high`."""

    def lines() -> Iterator[Line]:
        for start, until, (decides, one, other) in _together(by, low, high):
            begin = start
            for cut in (*_inside(decides.crosses(limit), start, until), until):
                middle = begin + 1 if cut is None else (begin + cut) / 2
                line = one if decides.at(middle) <= limit else other
                yield Line(cut, line.height, line.slope)
                begin = middle if cut is None else cut

    return _curve(lines())


def _inside(
    hours: Fraction | None, start: Fraction, until: Fraction | None
) -> tuple[Fraction, ...]:
    if hours is None or hours <= start or (until is not None and hours >= until):
        return ()
    return (hours,)


def _curve(lines: Iterator[Line]) -> Curve:
    """Return a curve of lines in order, neighbours on one straight line joined."""
    joined: list[Line] = []
    for line in lines:
        last = joined[-1] if joined else None
        if last and (last.height, last.slope) == (line.height, line.slope):
            joined.pop()
        joined.append(line)
    return Curve(tuple(joined))


def _together(
    *curves: Curve,
) -> Iterator[tuple[Fraction, Fraction | None, tuple[Line, ...]]]:
    """Yield each stretch in which no curve bends: its ends, and the line of each."""
    ends = {
        line.until for curve in curves for line in curve.lines if line.until is not None
    }
    start = BEGINNING
    for until in (*sorted(ends), None):
        within = start + 1 if until is None else until
        yield start, until, tuple(curve.line_at(within) for curve in curves)
        start = within
