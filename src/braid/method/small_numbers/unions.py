"""Hidden cells taken together: of few people, they are told no closer than one of them.

What is left of a whole beside the parts that are shown is the sum of its hidden parts.
Four people in two hidden groups are as few as four in one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from itertools import combinations

from braid.method.small_numbers.masks import Mask

Union = tuple[int, ...]
MOST = 12  # hidden parts of a whole of which each two are looked at too


def telling(mask: Mask) -> list[Union]:
    """Return the hidden parts of one whole that are few and told together.

    Those that a mask has as a union already are not named again.
    """
    known = {parts for at, parts in _listed(mask) if mask.unions[at]}
    needed = mask.rule.label().width
    found, changes = [], _changes(mask)
    for union in dict.fromkeys(_few(mask)):
        if union in known or _width(changes, union) >= needed:
            continue
        if mask.possible_of(union, needed).width < needed:
            found.append(union)
    return found


def _listed(mask: Mask) -> Iterator[tuple[int, Union]]:
    for *parts, whole in mask.ties.held:
        yield whole, tuple(sorted(parts))


def _few(mask: Mask) -> Iterator[Union]:
    """Yield all hidden parts of a whole, and each two of them, that are few."""
    for whole, parts in _listed(mask):
        if mask.unions[whole]:
            continue
        hidden = [part for part in dict.fromkeys(parts) if mask.hidden[part]]
        some = [tuple(hidden)] if len(hidden) > 1 else []
        if 2 < len(hidden) <= MOST:
            some += combinations(hidden, 2)
        for union in some:
            together = int(mask.counts[list(union)].sum())
            is_part_of_rate = bool(mask.from_zero[list(union)].all())
            if mask.rule.is_small(together, is_part_of_rate):
                yield union


def _changes(mask: Mask) -> dict[int, Counter[int]]:
    """Return by how much each hidden cell is other in each proof, if it is."""
    found: dict[int, Counter[int]] = defaultdict(Counter)
    for number, (places, counts) in enumerate(mask.proofs):
        by = (counts - mask.counts[places]).tolist()
        for place, change in zip(places.tolist(), by, strict=True):
            if mask.hidden[place]:
                found[place][number] = change
    return found


def _width(changes: Mapping[int, Counter[int]], union: Union) -> int:
    """Return how many counts of a union the proofs of single cells give."""
    together: Counter[int] = Counter()
    for place in union:
        if place in changes:
            together.update(changes[place])
    by = [0, *together.values()]
    return max(by) - min(by) + 1
