"""What came of one try at a window."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from braid.method.contracts.events import Event
from braid.method.contracts.shape import Threshold

Holds = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Measured:
    """One try at a window: from when, reached on which day, or why it is not.

    `earliest` is the first day on which it can still be reached.
    """

    first_day: date
    reached_on: date | None
    event: Event
    reason: str = ""
    earliest: date | None = None
    flags: tuple[str, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)


def also_flag(threshold: Threshold) -> str:
    """Return the flag of a threshold that is recorded with an outcome."""
    for name in ("at_least", "above", "at_most", "below"):
        given = getattr(threshold, name)
        if given is not None:
            return f"also:{threshold.measure}:{name}:{given}:{threshold.statistic}"
    return f"also:{threshold.measure}"


def shown(amount: Fraction) -> str:
    """Return a number as a decimal of at most four places, for a sentence."""
    scaled = round(amount * 10_000)
    return f"{scaled / 10_000:.4f}".rstrip("0").rstrip(".")
