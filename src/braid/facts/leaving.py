"""The one place where a statistic leaves: exact inside the unit, by a profile elsewhere.

Whoever does not belong inside is shown only what comes out of here:

    profile = leaving.profile_of(measure, inside=is_inside(actor, unit))
    shown = leaving.protect({key: figure, …}, profile)

Everything that one reader sees together goes into one call: a figure with its groups,
the periods of a trend, the measures of a report. Then all of it has one mask, and what
adds up or lies within another is seen to. How the figures hang together follows from
the figures: their groups, their periods, their amounts. `sums` says what does not.

In `Shown` nothing exact is left of what is hidden or rounded, its `figure` included.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, TypeVar

from django.utils.translation import get_language

from braid.facts.leaving_cells import PLAIN, Adds, Cells, laid_out, laid_out_counts
from braid.facts.leaving_figures import (
    HIDDEN,
    Leaves,
    Number,
    Rate,
    Shown,
    blurred,
    exact,
)
from braid.method.small_numbers.tables import protect as protect_cells
from braid.packs import suppression

if TYPE_CHECKING:
    from braid.method.survival import Curve
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure
    from braid.packs.suppression import Profile

__all__ = [
    "HIDDEN",
    "Adds",
    "Number",
    "Rate",
    "Shown",
    "counts",
    "curve",
    "known_on",
    "profile_of",
    "protect",
    "usual",
]

Key = TypeVar("Key", bound=Hashable)


def profile_of(measure: Measure, *, inside: bool) -> Profile | None:
    """Return the profile of a measure, or None for who belongs inside the unit."""
    return None if inside else suppression.get(measure.suppression)


def usual(*, inside: bool) -> Profile | None:
    """Return the profile of pages with several measures; None for who belongs inside."""
    return None if inside else suppression.get(suppression.USUAL)


def known_on(today: date, *, inside: bool) -> date:
    """Return the day that figures end on: elsewhere the last of the month before.

    Figures that changed from day to day would tell who came, and when a small count
    was no longer small.
    """
    return today if inside else today.replace(day=1) - timedelta(1)


def protect(
    figures: Mapping[Key, Figure],
    profile: Profile | None,
    *,
    sums: Iterable[Adds[Key]] = (),
) -> dict[Key, Shown]:
    """Return the figures as they may be shown together; without a profile exactly.

    Figures of one measure are linked by themselves: groups to their whole (of the same
    keys, and one more), periods to a period that they lie in, ratios to the rest that
    is not counted, amounts to those that they are the sum of, and amounts of one name
    that agree in two measures. `sums` adds what only the caller knows, such as the
    units of an organisation: `Adds(whole_key, part_keys)`.
    """
    if profile is None:
        return {key: exact(figure) for key, figure in figures.items()}
    # In an order of their own: the same figures are shown alike however they are asked.
    ordered = dict(sorted(figures.items(), key=lambda named: _place(named[1])))
    shown = _leaves(laid_out(ordered, sums), profile).shown(ordered)
    return {key: shown[key] for key in figures}


def counts(
    numbers: Mapping[Key, int],
    profile: Profile | None,
    *,
    sums: Iterable[Adds[Key]] = (),
    rates: Iterable[tuple[Key, Key]] = (),
) -> dict[Key, Number]:
    """Return plain counts as they may be shown together; without a profile exactly.

    `sums` says which are sums of others, and of what none counts; `rates` names pairs
    of hits and whole, whose difference is kept from being told too.
    """
    if profile is None:
        return {key: Number(Fraction(count)) for key, count in numbers.items()}
    leaves = _leaves(laid_out_counts(numbers, sums, rates), profile)
    return {key: leaves.number(leaves.cell(key, PLAIN)) for key in numbers}


def curve(observed: Curve, profile: Profile | None) -> Curve:
    """Return a survival curve as it may be shown; without a profile as it is.

    One that may not be shown has no steps. Each step's `at_risk` is the number still at
    risk after its events, rounded.
    """
    return observed if profile is None else blurred(observed, profile)


def _place(figure: Figure) -> tuple[object, ...]:
    days = (figure.period.first_day, figure.period.last_day, figure.period.as_of)
    group = sorted((key, value or "") for key, value in figure.group.items())
    return figure.measure, figure.version, days, len(group), group


def _leaves(cells: Cells, profile: Profile) -> Leaves:
    found = protect_cells(
        cells.counts,
        cells.sums,
        profile.rule,
        of_rates=cells.of_rates,
        unsaid=cells.unsaid,
    )
    return Leaves(profile, cells, found.cells, get_language() or "en")
