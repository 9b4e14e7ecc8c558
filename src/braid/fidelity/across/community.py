"""The learning community: where all units of a provider stand, and one's own among them.

Units that the reader may not open are counted, never named, and small counts are hidden
by the country's profile.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from braid.fidelity import reach
from braid.fidelity.across.reading import OfItem, Reviews, by_item, totals
from braid.fidelity.told import Told, last_of_each, of_organisations
from braid.method.small_numbers import magnitudes
from braid.method.statistics.spread import median
from braid.packs import jurisdictions, suppression

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.method.scales import Scale
    from braid.packs.suppression import Profile

HIGH = (4, 5)
"""Scores that are told together where single ones are too few."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item over the community: how many units have which score, as may be shown.

    `counts` by score are None where one of them is small, `high` where those of high
    scores or the rest are; `units` have a score at all. `median` is None where too few
    units stand behind it.
    """

    no: int
    units: int
    counts: Mapping[int, int] | None
    high: int | None
    median: Fraction | None


@dataclass(frozen=True, slots=True)
class Community:
    """The last reviews of all units by one scale. `items` is empty where they are too few.

    `own` are those that the reader may open, by unit. `median` is that of the totals.
    """

    scale: Scale
    profile: Profile
    units: int
    first_day: date | None
    last_day: date | None
    modes: Mapping[str, int]
    items: tuple[Item, ...]
    median: Fraction | None
    own: Mapping[UUID, Told]

    @property
    def is_too_few(self) -> bool:
        return self.units < self.profile.below


def community(actor: Actor, found: Reviews) -> Community:
    """Return how the units of the actor's providers stand together, by one scale."""
    profile = _profile(actor)
    offices = {one.organisation_id for one in reach.units(actor)}
    every = [
        one for one in of_organisations(offices) if one.review.scale == found.scale.id
    ]
    last = list(last_of_each(every).values())
    days = [one.review.facts_on for one in last]
    is_enough = len(last) >= profile.below
    return Community(
        scale=found.scale,
        profile=profile,
        units=len(last),
        first_day=min(days, default=None),
        last_day=max(days, default=None),
        modes=Counter(one.review.mode for one in last),
        items=tuple(_items(found.scale, last, profile)) if is_enough else (),
        median=_middle(totals(last), profile),
        own=found.last,
    )


def _profile(actor: Actor) -> Profile:
    country = jurisdictions.of_country(actor.country)
    return suppression.get(country.small_numbers.profile)


def _items(scale: Scale, last: Sequence[Told], profile: Profile) -> list[Item]:
    return [_item(one, profile) for one in by_item(scale, last)]


def _item(one: OfItem, profile: Profile) -> Item:
    """Return an item: single counts, else high scores and others, else neither.

    How many units there are, everybody knows: so nothing is hidden behind the whole.
    """
    printed = profile.rule.printed
    high = sum(count for score, count in one.counts.items() if score in HIGH)
    units = sum(one.counts.values())
    return Item(
        one.item.no,
        units,
        {score: printed(count) for score, count in one.counts.items()}
        if _may_tell(one.counts.values(), profile)
        else None,
        printed(high) if _may_tell((high, units - high), profile) else None,
        _middle(_scores(one), profile),
    )


def _may_tell(parts: Iterable[int], profile: Profile) -> bool:
    return not any(profile.rule.is_small(part) for part in parts)


def _scores(one: OfItem) -> list[Fraction]:
    return [
        Fraction(score) for score, count in one.counts.items() for _ in range(count)
    ]


def _middle(values: list[Fraction], profile: Profile) -> Fraction | None:
    exact = median(values)
    if exact is None:
        return None
    return magnitudes.middle(exact, values, profile.rule, behind=profile.spread.behind)
