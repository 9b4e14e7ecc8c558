"""Reviews of several units: those of one scale, over time and by item."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from braid.fidelity import reach
from braid.fidelity.told import Told, last_of_each, told
from braid.method.statistics.spread import Spread, spread
from braid.packs import scales

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.access.policy import Actor
    from braid.method.scales import Item, Scale

USUAL = "ips-25"


@dataclass(frozen=True, slots=True)
class Reviews:
    """The told reviews of several units, by one scale, oldest first.

    `others` are the scales by which there are reviews too; never in one picture.
    """

    scale: Scale
    units: tuple[Team, ...]
    reviews: tuple[Told, ...]
    others: tuple[str, ...]

    @property
    def last(self) -> Mapping[UUID, Told]:
        """Return the last review of each unit by this scale."""
        return last_of_each(self.reviews)

    @property
    def by_unit(self) -> dict[Team, list[Told]]:
        """Return the reviews of each unit that has any, oldest first, units by name."""
        found: dict[UUID, list[Told]] = defaultdict(list)
        for one in self.reviews:
            found[one.review.unit_id].append(one)
        return {unit: found[unit.pk] for unit in self.units if unit.pk in found}


@dataclass(frozen=True, slots=True)
class OfItem:
    """One item over the units' last reviews: how many units have which score."""

    item: Item
    counts: Mapping[int, int]
    without: int
    spread: Spread


def reviews(actor: Actor, scale: str = "") -> Reviews:
    """Return the reviews that `actor` may read, by a scale or the one met most often."""
    found = told(actor)
    met = Counter(one.review.scale for one in found)
    name = scale if scale in met else _most(met)
    kept = tuple(one for one in found if one.review.scale == name)
    units = {one.pk: one for one in reach.units(actor)}
    units |= {one.review.unit_id: one.review.unit for one in found}
    named = sorted(units.values(), key=lambda one: one.name)
    return Reviews(scales.get(name), tuple(named), kept, tuple(sorted({*met} - {name})))


def _most(met: Counter[str]) -> str:
    return max(met, key=lambda name: (met[name], name == USUAL), default=USUAL)


def by_item(scale: Scale, last: Sequence[Told]) -> list[OfItem]:
    """Return how the scores of each item lie over the last reviews of units."""
    scored = [one for one in last if one.scores]
    found = []
    for item in scale.items:
        given = [one.scores.get(item.no) for one in scored]
        known = [score for score in given if score is not None]
        met = Counter(known)
        counts = {n: met[n] for n in range(scale.lowest, scale.highest + 1)}
        found.append(OfItem(item, counts, len(given) - len(known), spread(known)))
    return found


@dataclass(frozen=True, slots=True)
class Moved:
    """How many units rose, fell or stayed, last review against the one before.

    Only reviews in one mode are held against each other; `others` have no two such.
    """

    up: int
    down: int
    same: int
    others: int


def moved(found: Reviews) -> Moved:
    """Return how units moved from a review to the next in the same mode."""
    steps = [change(rows) for rows in found.by_unit.values()]
    known = [step for step in steps if step is not None]
    up, down = (sum(step * sign > 0 for step in known) for sign in (1, -1))
    return Moved(up, down, len(known) - up - down, len(steps) - len(known))


def change(rows: Sequence[Told]) -> int | None:
    """Return how a unit's total moved since the review before in the same mode."""
    *before, last = rows
    now = last.total.total if last.total else None
    alike = [one for one in before if one.review.mode == last.review.mode]
    then = alike[-1].total.total if alike and alike[-1].total else None
    return None if now is None or then is None else now - then


def totals(last: Sequence[Told]) -> list[Fraction]:
    """Return the totals of reviews without a gap."""
    return [
        Fraction(one.total.total)
        for one in last
        if one.total is not None and one.total.total is not None
    ]
