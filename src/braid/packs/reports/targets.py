"""What a line was to reach, and whether it did."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from braid.packs.reports.composing import Answer
from braid.packs.reports.periods import months
from braid.packs.reports.schema import Target, holds


@dataclass(frozen=True, slots=True)
class Reached:
    """A target of a line: how many were needed, and whether there were as many.

    Without a denominator nothing was needed and nothing is said.
    """

    target: Target
    needed: int | None
    is_met: bool | None


def reached(answer: Answer, options: Mapping[str, str]) -> Iterator[Reached]:
    """Yield each target of a line that these options ask for."""
    for target in answer.line.targets:
        if holds(target.when, options):
            yield of_parts(
                target,
                answer.part.numerator,
                answer.part.denominator,
                months(answer.figure.period.first_day, answer.figure.period.last_day),
            )


def of_parts(
    target: Target, part: Fraction | None, base: Fraction | None, count: int
) -> Reached:
    """Return what is needed of a base in so many months, and whether a part reaches it."""
    if part is None or not base:
        return Reached(target, None, None)
    needed = target.needed(base, count)
    return Reached(target, needed, part >= needed)
