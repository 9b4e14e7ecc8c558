"""The same contract with one of its numbers one higher, or one lower. Imports no Django."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Literal

from braid.method.contracts.shape import (
    COMPARISONS,
    Bindings,
    Contract,
    Level,
    Milestone,
    Open,
    Threshold,
    Window,
)

What = Literal["hours", "money", "level", "window", "days", "start_hours"]
STEPS = (-1, 1)


@dataclass(frozen=True, slots=True)
class Varied:
    """A contract in which one number is another; of `milestone`, or a level of the year.

    hours, money: a threshold. level: an amount of a year. window: how many days, weeks
    or months. days: within how many. start_hours: from how many a start counts.
    """

    milestone: str
    what: What
    before: Decimal
    after: Decimal
    contract: Contract

    @property
    def is_lower(self) -> bool:
        """Say whether the number is lower than in the contract."""
        return self.after < self.before


def varied(contract: Contract, bindings: Bindings | None = None) -> Iterator[Varied]:
    """Yield the contract with each of its thresholds one lower and one higher.

    A threshold that is open is varied around what is bound, and left alone where nothing
    is. No number goes below nought, no window below one.
    """
    for n, milestone in enumerate(contract.milestones):
        for what, before, after, changed in _of_milestone(milestone, bindings):
            milestones = (
                *contract.milestones[:n],
                changed,
                *contract.milestones[n + 1 :],
            )
            found = replace(contract, milestones=milestones)
            yield Varied(milestone.id, what, before, after, found)
    for name in dict.fromkeys(level.name for level in contract.levels):
        yield from _of_level(contract, name)


Change = tuple[What, Decimal, Decimal, Milestone]


def _of_milestone(milestone: Milestone, bindings: Bindings | None) -> Iterator[Change]:
    if milestone.threshold is not None:
        yield from _of_threshold(milestone, milestone.threshold, bindings)
    if milestone.window is not None:
        yield from _of_window(milestone, milestone.window)
    if milestone.within_days is not None:
        before = Decimal(milestone.within_days)
        for after in _beside(before, 0):
            yield "days", before, after, replace(milestone, within_days=int(after))
    minimum = milestone.start_minimum
    if minimum is not None and (hours := _number(minimum.hours, bindings)) is not None:
        for after in _beside(hours, 0):
            changed = replace(minimum, hours=after)
            yield "start_hours", hours, after, replace(milestone, start_minimum=changed)


def _of_threshold(
    milestone: Milestone, threshold: Threshold, bindings: Bindings | None
) -> Iterator[Change]:
    what: What = "hours" if threshold.measure.endswith("hours") else "money"
    for name in COMPARISONS:
        before = _number(getattr(threshold, name), bindings)
        for after in () if before is None else _beside(before, 0):
            given: dict[str, Any] = {name: after}
            changed = replace(threshold, **given)
            yield what, before or after, after, replace(milestone, threshold=changed)


def _of_window(milestone: Milestone, window: Window) -> Iterator[Change]:
    before = Decimal(window.n)
    for after in _beside(before, 1):
        of = int(after) if window.n == window.of else window.of
        if after <= of:
            changed = replace(window, n=int(after), of=of)
            yield "window", before, after, replace(milestone, window=changed)


def _of_level(contract: Contract, name: str) -> Iterator[Varied]:
    named = [level for level in contract.levels if level.name == name]
    before = named[-1].value
    for step in STEPS:
        levels = tuple(
            replace(level, value=level.value + step) if level.name == name else level
            for level in contract.levels
        )
        found = replace(contract, levels=levels)
        yield Varied(name, "level", before, before + step, found)


def _beside(number: Decimal, least: int) -> list[Decimal]:
    return [number + step for step in STEPS if number + step >= least]


def _number(value: Any, bindings: Bindings | None) -> Decimal | None:
    """Return a number that the file says, or that is bound; None for any other."""
    if isinstance(value, Open):
        value = bindings.get(value.parameter) if bindings is not None else None
    if value is None or isinstance(value, Level | str):
        return None
    return Decimal(value) if isinstance(value, Decimal | int) else None
