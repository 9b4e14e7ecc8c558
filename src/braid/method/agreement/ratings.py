"""What coders said of each unit: values in order, equal units counted together.

A unit is what every coder judges: a turn, a segment, a character. None is missing and
never a category of its own.
"""

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from braid.kernel.errors import InputFault

Value = str | int | float | bool | Decimal | Fraction
Unit = Sequence[Value | None]
MISSING, ALONE = -1, -2
MOST_RATIO_VALUES = 3_000
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:[.,][0-9]{1,15})?")


class Level(StrEnum):
    """What the values are: names, places in an order, distances, or amounts from 0."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


@dataclass(frozen=True, slots=True)
class Ratings:
    """Units by what was said of them: `patterns` counts units with the same values.

    A pattern holds, coder by coder, a place in `values`, `MISSING`, or `ALONE`: what only
    one coder said of a unit is held against nothing and adds no value. `values` stand in
    order: numbers by value (then `numbers` has them, as whole multiples of one unit),
    else texts by their letters.
    """

    values: tuple[Value, ...]
    numbers: tuple[int, ...] | None
    patterns: Mapping[tuple[int, ...], int]
    coders: int

    def pairable(self) -> dict[tuple[int, ...], int]:
        """Return the units of which two coders or more said something."""
        return {
            pattern: count
            for pattern, count in self.patterns.items()
            if len(pattern) - pattern.count(MISSING) > 1
        }

    @property
    def n_units(self) -> int:
        """Return how many units two coders or more spoke about."""
        return sum(self.pairable().values())


def number(value: Value) -> int | Fraction | None:
    """Return a value as an exact number, a text too where it is one; None else."""
    if isinstance(value, int):
        return value
    if isinstance(value, str):
        if not _NUMBER.fullmatch(value):
            return None
        return int(value) if value.isdigit() else Fraction(value.replace(",", "."))
    if isinstance(value, float):
        return Fraction(repr(value)) if math.isfinite(value) else None
    return Fraction(value)


def of_units(units: Iterable[Unit], also: Iterable[Value] = ()) -> Ratings:
    """Return units as ratings; each says for every coder a value or None.

    `also` are values that could have been given, whether or not anybody gave them.
    Values that are all numbers are the same when their numbers are (`1` and `1.0`).
    Raises: InputFault (`coders_differ`) where units have not the same coders.
    """
    said = Counter(map(tuple, units))
    return of_counted(said, also)


def of_counted(
    said: Mapping[tuple[Value | None, ...], int], also: Iterable[Value] = ()
) -> Ratings:
    """Return ratings of units that were counted before. Raises: as `of_units`."""
    widths = {len(unit) for unit in said}
    if len(widths) > 1:
        raise InputFault(
            "Some units have more coders than others. Expected is a value or None for each "
            "coder in every unit.",
            field="units",
            reason="coders_differ",
        )
    met = {v for unit in said if _is_pairable(unit) for v in unit if v is not None}
    values, numbers, places = _ordered(met | set(also))
    patterns: Counter[tuple[int, ...]] = Counter()
    for unit, count in said.items():
        if _is_pairable(unit):
            pattern = tuple(MISSING if v is None else places[v] for v in unit)
        else:
            pattern = tuple(MISSING if v is None else ALONE for v in unit)
        patterns[pattern] += count
    return Ratings(values, numbers, patterns, widths.pop() if widths else 0)


def _is_pairable(unit: Unit) -> bool:
    return len(unit) - unit.count(None) > 1


def of_coders(*coders: Iterable[Value | None]) -> Ratings:
    """Return ratings given coder by coder, the units of each in the same order."""
    return of_units(zip(*coders, strict=True))


def _ordered(
    met: set[Value],
) -> tuple[tuple[Value, ...], tuple[int, ...] | None, Mapping[Hashable, int]]:
    """Return values in order, as whole numbers if they are numbers, and their places."""
    known = {value: number(value) for value in met}
    numbers = [found for found in known.values() if found is not None]
    if len(numbers) < len(known):
        ordered = sorted(met, key=str)
        return tuple(ordered), None, {value: at for at, value in enumerate(ordered)}
    scale = math.lcm(*{found.denominator for found in numbers})
    written: dict[int | Fraction, Value] = {}
    for value, found in known.items():
        if found is not None and (
            found not in written or _shorter(value, written[found])
        ):
            written[found] = value
    in_order = sorted(written)
    at = {found: place for place, found in enumerate(in_order)}
    return (
        tuple(written[found] for found in in_order),
        tuple(int(found * scale) for found in in_order),
        {value: at[found] for value, found in known.items() if found is not None},
    )


def _shorter(value: Value, than: Value) -> bool:
    """Say which of two ways of writing a number is shown, whatever came first."""
    return (len(str(value)), str(value)) < (len(str(than)), str(than))


def places(ratings: Ratings, level: Level, totals: Sequence[int]) -> Sequence[int]:
    """Return where each value stands on a line, for the levels that have one.

    `totals` says how often each value was given: an ordinal place is twice its middle
    rank. Raises: InputFault (`not_numbers`, `below_zero`, `too_many_values`).
    """
    if level is Level.NOMINAL:
        return range(len(totals))
    if level is Level.ORDINAL:
        found, below = [], 0
        for total in totals:
            found.append(2 * below + total)
            below += total
        return found
    if ratings.numbers is None:
        raise _unfit(
            f"A value is not a number. The level {level} needs numbers; words are nominal "
            "or ordinal.",
            "not_numbers",
        )
    if level is Level.RATIO and min(ratings.numbers, default=0) < 0:
        raise _unfit(
            "A value is below 0. The level ratio counts from 0; use interval.",
            "below_zero",
        )
    if level is Level.RATIO and len(ratings.numbers) > MOST_RATIO_VALUES:
        raise _unfit(
            f"There are more than {MOST_RATIO_VALUES} different values. The level ratio "
            "compares each with each; use interval, or round them.",
            "too_many_values",
        )
    return ratings.numbers


def _unfit(message: str, reason: str) -> InputFault:
    return InputFault(message, field="level", reason=reason)
