"""From free highlights to units: speaker turns, characters, segments cut beforehand.

Highlights of one code are spans of code points. Those of one coder that overlap or
adjoin count as one.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from braid.kernel.errors import InputFault
from braid.method.agreement.ratings import Ratings, Value, of_counted
from braid.method.passages import Span, merged

Spans = Iterable[tuple[int, int]]
YES_OR_NO = (False, True)


def by_turn(
    turns: Sequence[tuple[int, int]], coders: Sequence[Spans]
) -> list[tuple[bool, ...]]:
    """Return for each turn, coder by coder, whether a highlight shares a character with it.

    The unit U1; `of_units(..., YES_OR_NO)` makes ratings of it.
    """
    columns = [_touched(turns, merged(spans)) for spans in coders]
    return list(zip(*columns, strict=True))


def _touched(turns: Sequence[tuple[int, int]], spans: Sequence[Span]) -> list[bool]:
    ends = [span.end for span in spans]
    found = []
    for start, end in turns:
        first = bisect_right(ends, start)
        found.append(start < end and first < len(spans) and spans[first].start < end)
    return found


def by_character(length: int, coders: Sequence[Spans]) -> Ratings:
    """Return the ratings of all characters of a text, yes or no, weighted by length.

    The unit U2. Only the ends of highlights are walked, never the characters. Raises:
    InputFault (`outside`).
    """
    edges: list[tuple[int, int, bool]] = []
    for coder, spans in enumerate(coders):
        for start, end in merged(spans):
            _must_lie(start, end, length)
            edges += [(start, coder, True), (end, coder, False)]
    said: Counter[tuple[Value | None, ...]] = Counter()
    now, last = [False] * len(coders), 0
    for at, coder, value in sorted(edges):
        if at > last:
            said[tuple(now)] += at - last
            last = at
        now[coder] = value
    if length > last:
        said[tuple(now)] += length - last
    return of_counted(said, YES_OR_NO)


def _must_lie(start: int, end: int, length: int) -> None:
    if start < 0 or end > length:
        raise InputFault(
            f"A highlight runs from {start} to {end} in a text of {length}. Expected is one "
            "within the text.",
            field="start",
            reason="outside",
        )


def by_segment(
    segments: Sequence[tuple[int, int]],
    coders: Sequence[Iterable[tuple[int, int, str]]],
) -> list[tuple[str | None, ...]]:
    """Return for each segment the one code that each coder gave it; None where none.

    The unit U3: segments were cut before anybody coded, codes exclude one another.
    Segments stand in order and apart. Raises: InputFault (`two_codes`, `not_apart`).
    """
    starts = [start for start, _ in segments]
    for (_, end), (start, _) in pairwise(segments):
        if start < end:
            raise InputFault(
                "Two segments overlap or are out of order. Expected are segments one after "
                "another.",
                field="segments",
                reason="not_apart",
            )
    columns = [_codes(segments, starts, codings) for codings in coders]
    return list(zip(*columns, strict=True))


def _codes(
    segments: Sequence[tuple[int, int]],
    starts: Sequence[int],
    codings: Iterable[tuple[int, int, str]],
) -> list[str | None]:
    found: list[str | None] = [None] * len(segments)
    for start, end, code in codings:
        at = max(0, bisect_right(starts, start) - 1)
        while at < len(segments) and segments[at][0] < end:
            if segments[at][1] > start and start < end:
                if found[at] not in (None, code):
                    raise InputFault(
                        f"Segment {at + 1} has two codes of one coder. Expected is one code "
                        "a segment, or turns as the unit.",
                        field="segments",
                        reason="two_codes",
                    )
                found[at] = code
            at += 1
    return found
