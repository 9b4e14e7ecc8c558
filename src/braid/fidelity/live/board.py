"""All that a page of a unit says on a day: now, a quarter before, and the trend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from braid.fidelity.live.reading import Live, LiveItem, live
from braid.kernel.dates import add_months, quarter_id, quarter_period

if TYPE_CHECKING:
    from braid.facts.reading import Facts
    from braid.fidelity.live.asking import Asked
    from braid.method.scales import Scale

QUARTERS = 8  # of a trend
MONTHS = 3  # to the day that today is compared with


@dataclass(frozen=True, slots=True)
class Board:
    """What the facts say of a unit; None for days before its first referral.

    `trend` holds the last days of quarters that were over, the oldest first. Of other
    days than the present there are scores alone.
    """

    now: Live
    before_on: date
    before: Live | None
    trend_on: tuple[date, ...]
    trend: tuple[Live | None, ...]

    @property
    def same(self) -> tuple[int, int] | None:
        """Return how many items have a score on both days, and by how much it changed."""
        if self.before is None:
            return None
        pairs = [
            (one.scored.score, other.scored.score)
            for one, other in zip(self.before.items, self.now.items, strict=True)
        ]
        known = [b - a for a, b in pairs if a is not None and b is not None]
        return (len(known), sum(known)) if known else None

    @property
    def computed(self) -> tuple[int, int]:
        """Return the points of the items with a score, and how many these are."""
        scores = [one.scored.score for one in self.now.items]
        known = [score for score in scores if score is not None]
        return sum(known), len(known)


def board_of(drawn: Facts, asked: Asked, scale: Scale | None = None) -> Board:
    """Return the board of a unit, from facts drawn for whoever asks.

    `scale` may hold some items of the scale alone. It is one statement a measure.
    """
    day, before_on = asked.day, add_months(asked.day, -MONTHS)
    quarters = ends_of_quarters(day)
    days = list(dict.fromkeys((day, before_on, *quarters)))
    began = first_day(drawn)
    wanted = [each for each in days if each == day or (began and each >= began)]
    unit = str(asked.of.unit.pk)
    found = live(drawn, scale or asked.scale.scale, days=wanted, units=[unit])
    return Board(
        found[unit, day],
        before_on,
        _scores(found.get((unit, before_on))),
        quarters,
        tuple(_scores(found.get((unit, each))) for each in quarters),
    )


def _scores(found: Live | None) -> Live | None:
    """Return the scores of a day without the figures behind them."""
    if found is None:
        return None
    items = tuple(LiveItem(one.item, one.scored) for one in found.items)
    return replace(found, items=items)


def ends_of_quarters(day: date) -> tuple[date, ...]:
    """Return the last days of the quarters that are over on `day`, the oldest first."""
    present = quarter_period(quarter_id(day + timedelta(1))).first_day
    return tuple(
        add_months(present, -3 * n) - timedelta(1) for n in reversed(range(QUARTERS))
    )


def first_day(drawn: Facts) -> date | None:
    """Return the first referral of the facts, None where there was none."""
    known: Sequence[date | None] = drawn.table("episodes")["referred_on"].to_pylist()
    return min((each for each in known if each), default=None)
