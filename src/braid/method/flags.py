"""When a figure asks for a second look: flags of the monitors, as pure rules.

A flag is a question to whoever knows the work, never a judgement and never about one
person. Where a figure is not known, or too few stand behind it, there is no flag.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Literal

Rule = Literal[
    "below_whole", "points_over_whole", "below", "above", "any", "rising", "shown"
]
"""How a figure is judged.

below_whole: a group's figure over that of all is under the limit. points_over_whole: it
lies more than the limit above that of all. below, above: it is under, or over, the
limit. any: it is more than nought. rising: in so many periods in a row it was higher
than in the one before. shown: it is shown and never judged.
"""
OF_GROUPS: frozenset[Rule] = frozenset({"below_whole", "points_over_whole"})


@dataclass(frozen=True, slots=True)
class Check:
    """A rule with its limit, and how many must stand behind a figure (0: any number)."""

    rule: Rule
    limit: Fraction = Fraction(0)
    at_least: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure as whoever looks at it may see it; None is not known, or not shown.

    `name` is the group it is of, empty for all of them. `behind` is how many stand
    behind it.
    """

    name: str
    value: Fraction | float | None
    behind: int | None = None


def flagged(
    check: Check, whole: Seen, groups: Sequence[Seen] = (), earlier: Sequence[Seen] = ()
) -> tuple[str, ...]:
    """Return the names of what is flagged: of groups, or an empty name for all of them.

    `earlier` are the figures of the periods before, the oldest first. Rules against the
    whole judge groups alone; the others judge the groups where there are any.
    """
    if check.rule == "rising":
        return ("",) if _rises([*earlier, whole], int(check.limit)) else ()
    judged = groups if groups or check.rule in OF_GROUPS else [whole]
    return tuple(_judged(check, whole, judged))


def _judged(check: Check, whole: Seen, seen: Iterable[Seen]) -> Iterable[str]:
    for one in seen:
        if one.value is not None and _enough(check, one) and _met(check, one, whole):
            yield one.name


def _enough(check: Check, one: Seen) -> bool:
    return check.at_least == 0 or (one.behind or 0) >= check.at_least


def _met(check: Check, one: Seen, whole: Seen) -> bool:
    value = Fraction(one.value or 0)
    if check.rule in OF_GROUPS:
        if whole.value is None:
            return False
        of_all = Fraction(whole.value)
        if check.rule == "below_whole":
            return value < check.limit * of_all
        return value - of_all > check.limit
    if check.rule == "below":
        return value < check.limit
    if check.rule == "above":
        return value > check.limit
    return check.rule == "any" and value > 0


def _rises(seen: Sequence[Seen], times: int) -> bool:
    """Say whether the last so many figures are each higher than the one before."""
    last = [one.value for one in seen[-(times + 1) :]]
    if times < 1 or len(last) <= times:
        return False
    known = [value for value in last if value is not None]
    return len(known) == len(last) and all(
        one < other for one, other in pairwise(known)
    )
