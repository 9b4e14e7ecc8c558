"""The geometry of the plait: three lanes, and meetings that exchange two of them.

Each crossing exchanges two neighbouring lanes. As in a real plait the outer strand
passes over to the middle, by turns from the top and from the bottom.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

LANES = 3


@dataclass(frozen=True, slots=True)
class Crossing:
    """Where two strands change lanes: from `start` to `end` along the picture."""

    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Weave:
    """Path data of a plait: each strand whole, then what lies on top, in order.

    `overs` holds (strand, halo, stroke): the strand's number, the path that clears the
    ground around it, and the path that draws it again, a little longer so that no seam
    shows.
    """

    strands: tuple[str, ...]
    overs: tuple[tuple[int, str, str], ...]
    order: tuple[int, ...]


def crossings(
    places: Iterable[float], *, width: float, least: float, most: float
) -> list[Crossing]:
    """Return crossings at `places` (0 to `width`) that never overlap.

    A crossing is at most `most` wide. Places nearer than `least` to the one before
    share its crossing, so that years of meetings stay readable.
    """
    centres: list[float] = []
    for place in sorted(places):
        centre = min(max(place, least / 2), width - least / 2)
        if not centres or centre - centres[-1] >= least:
            centres.append(centre)
    edges = [-width, *centres, 2 * width]
    found = []
    for before, centre, after in zip(edges, centres, edges[2:], strict=False):
        room = min(centre - before, after - centre, 2 * centre, 2 * (width - centre))
        half = min(most, room) / 2
        found.append(Crossing(centre - half, centre + half))
    return found


def weave(spans: Sequence[Crossing], *, width: float, lanes: Sequence[float]) -> Weave:
    """Lead three strands from left to right through the crossings."""
    if len(lanes) != LANES:
        raise ValueError(
            f"A plait has {LANES} lanes, not {len(lanes)}. Give the heights of three."
        )
    order = list(range(LANES))
    paths = [f"M0,{lanes[strand]:g}" for strand in order]
    overs = []
    for number, span in enumerate(spans):
        outer = 0 if number % 2 == 0 else LANES - 1
        over, under = order[outer], order[1]
        for strand, start, end in ((over, outer, 1), (under, 1, outer)):
            curve = _curve(span, lanes[start], lanes[end])
            paths[strand] += f" L{span.start:.1f},{lanes[start]:g} {curve}"
        overs.append(_over(over, span, lanes[outer], lanes[1]))
        order[outer], order[1] = under, over
    for lane, strand in enumerate(order):
        paths[strand] += f" L{width:g},{lanes[lane]:g}"
    return Weave(tuple(paths), tuple(overs), tuple(order))


def _curve(span: Crossing, start: float, end: float) -> str:
    middle = (span.start + span.end) / 2
    return f"C{middle:.1f},{start:g} {middle:.1f},{end:g} {span.end:.1f},{end:g}"


def _over(
    strand: int, span: Crossing, start: float, end: float, seam: float = 0.8
) -> tuple[int, str, str]:
    curve = _curve(span, start, end)
    halo = f"M{span.start:.1f},{start:g} {curve}"
    stroke = (
        f"M{span.start - seam:.1f},{start:g} L{span.start:.1f},{start:g} {curve}"
        f" L{span.end + seam:.1f},{end:g}"
    )
    return strand, halo, stroke


def longest_gap(places: Iterable[int]) -> tuple[int, int]:
    """Return the two neighbours that lie farthest apart, the first of equals."""
    return max(pairwise(sorted(places)), key=lambda pair: pair[1] - pair[0])
