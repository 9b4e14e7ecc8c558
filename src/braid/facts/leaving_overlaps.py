"""Periods that overlap, none in the other: what follows from them is a cell too.

Of January to June, April to September and all nine months, the second quarter follows:
the first and the second less the third. A period is the way from its first day to the
day after it. Where days hang together by such ways, what lies between each two of them
is known to whoever can add, and so are these pieces between one and the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping
from datetime import date
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from braid.facts.leaving_cells import Cells, Kind

Span = tuple[date, date]


def link(cells: Cells, spans: Mapping[Any, Span]) -> list[Hashable]:
    """Link figures of overlapping periods to their pieces; return the pieces' keys.

    `spans` have the day after a period as their end. Numbers that do not add up over
    days, such as heads, have pieces below nought or none that fit: nothing follows.
    """
    if not any(_overlap(*two) for two in combinations(spans.values(), 2)):
        return []
    kinds = dict.fromkeys(kind for key in spans for kind in cells.places[key])
    counted: dict[Span, dict[Kind, int]] = defaultdict(dict)
    made_of: list[tuple[Hashable, Kind, list[Span]]] = []
    for kind in kinds:
        told = {k: span for k, span in spans.items() if kind in cells.places[k]}
        for days in _together({s: cells.of(k, kind) for k, s in told.items()}):
            pieces = list(pairwise(sorted(days)))
            for one, other in pieces:
                counted[one, other][kind] = days[other] - days[one]
            for key, (first, after) in told.items():
                if first in days:
                    parts = [p for p in pieces if first <= p[0] and p[1] <= after]
                    made_of.append((key, kind, parts))
    name = ("pieces", *spans)
    for piece, counts in counted.items():
        known = {kind: count for kind, count in counts.items() if count >= 0}
        cells.add((name, piece), known)
        places = cells.places[name, piece]
        cells.unsaid.update(places[kind] for kind, count in known.items() if not count)
    for key, kind, parts in made_of:
        cells.is_sum((key, kind), *(((name, part), kind) for part in parts))
    return [(name, piece) for piece in counted]


def _overlap(one: Span, other: Span) -> bool:
    """Say whether two periods have days in common, and each some of its own."""
    (first, last), (begins, ends) = sorted((one, other))
    return first < begins < last < ends


def _together(counts: Mapping[Span, int]) -> Iterator[dict[date, int]]:
    """Yield days that hang together by periods, with what was counted up to each."""
    ways: dict[date, list[tuple[date, int]]] = defaultdict(list)
    for (first, after_last), count in counts.items():
        ways[first].append((after_last, count))
        ways[after_last].append((first, -count))
    seen: set[date] = set()
    for start in sorted(ways):
        if start in seen:
            continue
        found, waiting = {start: 0}, [start]
        while waiting:
            day = waiting.pop()
            for other, count in ways[day]:
                if other not in found:
                    found[other] = found[day] + count
                    waiting.append(other)
        seen |= found.keys()
        yield found
