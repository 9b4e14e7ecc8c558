"""From the figures of measures to the quantities that an item of a scale asks for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from braid.packs.measures.figures import Figure

Amounts = Mapping[str, Fraction | int]
"""Sums by the name of their amount; rows left out by the name of their reason."""
Figures = Mapping[str, Amounts]
"""What each measure of an item says of one unit, or of one specialist, by its id."""
Quantities = dict[str, Any]
NONE_OF: Amounts = {}


@dataclass(frozen=True, slots=True)
class Settings:
    """What the scale leaves open and a pack may set otherwise.

    `weekly` and `twice_a_month` are the shares of weeks from which something happens so
    often; `documents` and `decisions` are those of people and of meetings from which a
    component is met.
    `counselled` is the share of starts, `tracked` of people with a log of contacts,
    `time_logged` of weeks with time logged, `follow_along` of starts that pass a test,
    `outreach` of people who stay away, from which the record says that it is so.
    """

    weekly: Fraction = Fraction(9, 10)
    twice_a_month: Fraction = Fraction(6, 13)
    documents: Fraction = Fraction(9, 10)
    decisions: Fraction = Fraction(1, 2)
    specialists_per_supervisor: int = 10
    leadership_reports: int = 2
    counselled: Fraction = Fraction(9, 10)
    tracked: Fraction = Fraction(9, 10)
    time_logged: Fraction = Fraction(9, 10)
    follow_along: Fraction = Fraction(3, 4)
    outreach: Fraction = Fraction(1, 2)


SETTINGS = Settings()


@dataclass(frozen=True, slots=True)
class Quantity:
    """How the facts answer one item.

    `read(figures)` gives the raw quantities of one unit, or of one specialist where the
    item is rated `per_specialist`; None where nothing is recorded to rate it by. Behind
    the item stand the rows of its `measures`.
    """

    measures: tuple[str, ...]
    read: Callable[..., Quantities | None]
    per_specialist: bool = False


def counted(figure: Figure) -> Amounts:
    """Return the amounts of a figure, and its rows left out by reason beside them."""
    return {**figure.left_out, **figure.amounts}


def of(figures: Figures, measure: str) -> Callable[[str], int]:
    """Return a function that gives a whole amount of a measure; not said is 0."""
    amounts = figures.get(measure, NONE_OF)
    return lambda name: int(amounts.get(name, 0))


def components(**states: bool | None) -> dict[str, list[str]]:
    """Return components by whether they are met; None is for a reviewer to judge."""
    return {
        name: [key for key, state in states.items() if state is wanted]
        for name, wanted in (("met", True), ("not_met", False), ("open", None))
    }


def at_least(
    share: Fraction, part: int, unknown: int, whole: int | Fraction
) -> bool | None:
    """Say whether a part reaches a share of the whole, whatever is unknown.

    None where it depends on what is unknown, or where there is no whole.
    """
    if whole <= 0:
        return None
    if part >= share * whole:
        return True
    return None if part + unknown >= share * whole else False
