"""The figures that stand beside an item: those of the facts frozen for the review.

Figures are read while reviewers rate. The score that they would give is not worked out
here: it is kept as a version of its own, which nobody reads before ratings are compared.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from uuid import UUID

from braid.facts.faults import FactsFaults
from braid.facts.presenters import FigureLine, figure_line
from braid.fidelity.frozen import frozen_facts
from braid.fidelity.live.reading import UNIT, period_of, quantity_of
from braid.fidelity.models import Review
from braid.kernel.errors import InputFault
from braid.packs import measures, scales

if TYPE_CHECKING:
    from braid.packs.measures.figures import Figure

ITEMS_AT_ONCE = 256


def figures(review: Review, item: int) -> list[FigureLine]:
    """Return the figures of an item with what each is made of; none where unread."""
    if review.snapshot_id is None:
        return []
    try:
        found = _frozen(review, review.snapshot_id, item)
    except (FactsFaults, InputFault):
        return []
    known = measures.load()
    return [figure_line(known[one.measure], one) for one in found]


@lru_cache(maxsize=ITEMS_AT_ONCE)
def _frozen(review: Review, _snapshot: UUID, item: int) -> tuple[Figure, ...]:
    """Return what a snapshot, which never changes, says of an item; sums, no rows."""
    quantity = quantity_of(scales.get(review.scale, review.scale_version).item(item))
    if quantity is None:
        return ()
    # The engine is loaded where figures are asked for, never by a worker that starts.
    from braid.facts.measuring import measured

    known, found = measures.load(), []
    with frozen_facts(review) as facts:
        day = min(review.facts_on, facts.as_of)
        for name in quantity.measures:
            asked = [period_of(known[name], day)]
            answer = measured(known[name], facts, periods=asked, keys=[UNIT])
            found += [
                figure
                for figure in answer.figures([UNIT])
                if figure.group[UNIT] == str(review.unit_id)
            ]
    return tuple(found)
