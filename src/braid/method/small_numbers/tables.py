"""Protect a table: counts that add up, printed by a rule without telling a small one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from braid.method.small_numbers.rules import Range, Rule, Sum

if TYPE_CHECKING:
    from braid.method.small_numbers.masks import Mask
    from braid.method.small_numbers.simplex import Patience

__all__ = ["MOST", "Cell", "Protected", "Sum", "protect"]

MOST = 8_000_000_000
"""Numbers that are touched before more is hidden than need be: some six seconds."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count as it is shown: printed, or None where a mark stands.

    `is_small` says which mark: that of a small count, or that of one hidden beside it.
    """

    printed: int | None
    is_small: bool = False

    @property
    def is_hidden(self) -> bool:
        """Say whether a mark stands in place of the count."""
        return self.printed is None


@dataclass(frozen=True, slots=True)
class Protected:
    """A table as it is shown, cell by cell in the order of its counts.

    `stands` names for each place the first of those that are equal by a sum: what is
    told of one is told of all.
    """

    cells: tuple[Cell, ...]
    stands: tuple[int, ...]
    masks: tuple[tuple[tuple[int, ...], Mask], ...]

    @property
    def hidden(self) -> frozenset[int]:
        """Return the places of the hidden cells."""
        return frozenset(n for n, cell in enumerate(self.cells) if cell.is_hidden)

    def possible(self, at: int) -> Range:
        """Return the counts that a reader must reckon with at a place."""
        for places, mask in self.masks:
            if self.stands[at] in places:
                return mask.possible(places.index(self.stands[at]))
        raise IndexError(at)


def protect(
    counts: Sequence[int],
    sums: Iterable[Sum],
    rule: Rule,
    *,
    of_rates: Collection[int] = (),
    unsaid: Collection[int] = (),
    most: float = MOST,
) -> Protected:
    """Return a table as it may be shown.

    Counts: whole numbers from 0. `sums` name cells by their place; a margin, a
    hierarchy, several breakdowns of one total and several periods are all sums. Places
    in `of_rates` are parts of a rate, of which nought is a small one too; those in
    `unsaid` are noughts that stand only between others and are printed nowhere: a
    reader knows nothing of them, and may not come to know. Of cells that hang together
    and take more than `most` numbers to work out, more is hidden than need be.
    Source: ADR 0025.
    """
    # Only now: a page that shows no figure need not load the arrays.
    from braid.method.small_numbers.masks import mask_of
    from braid.method.small_numbers.simplex import Patience
    from braid.method.small_numbers.ties import groups_of, merged

    stands, different = merged(len(counts), sums)
    rates = frozenset(stands[at] for at in of_rates)
    said = {stands[at] for at in set(range(len(counts))).difference(unsaid)}
    quiet = frozenset(stands) - said
    shown = {at: Cell(rule.printed(counts[at])) for at in stands}
    groups = [
        (places, within)
        for places, within in groups_of(sorted(shown), different)
        if any(rule.is_small(counts[at], at in rates) for at in places)
    ]
    # The small ones first: what they leave of the patience is for the others.
    groups.sort(key=lambda group: len(group[0]))
    cells, masks = sum(len(places) for places, _within in groups), []
    for places, within in groups:
        share = most * len(places) / cells
        patience = Patience(share)
        make = partial(mask_of, rule, counts, places, within, rates, quiet)
        mask = _masked(make, patience)
        most -= share - max(patience.left, 0)
        cells -= len(places)
        masks.append((tuple(places), mask))
        for n, at in enumerate(places):
            if mask.hidden[n]:
                shown[at] = Cell(None, bool(mask.small[n]) and mask.tells_apart)
    return Protected(tuple(shown[at] for at in stands), stands, tuple(masks))


def _masked(make: Callable[..., Mask], patience: Patience) -> Mask:
    """Return a mask by which hidden cells taken together are safe too.

    It hides everything where there is no patience to find out what need not be.
    """
    from braid.method.small_numbers.simplex import ENDLESS, Spent
    from braid.method.small_numbers.unions import telling

    unions: list[tuple[int, ...]] = []
    mask = make(unions, patience)
    try:
        mask.protect()
        while more := telling(mask):
            unions += more
            mask = make(unions, patience)
            mask.protect()
    except Spent:
        mask = make((), patience)
        mask.hide_all()
    mask.ties.patience = ENDLESS
    return mask
