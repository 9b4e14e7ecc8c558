"""Places in a text: normalised once, counted in code points, kept with their words.

A place is `0 <= start < end <= len(text)`, the end exclusive. Browsers count in UTF-16
units, some peers in UTF-8 bytes, and some count a line end as two: a `Ruler` turns
such counts into code points at the edge, and nothing else ever keeps them.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from braid.kernel.errors import InputFault

CONTEXT = 32
"""Code points that are kept before and after a quote."""
MOST_MARKS = 200
"""Combining marks in a row. Words have a few; ordering thousands takes minutes."""
BYTE_ORDER_MARK = "\ufeff"

Item = TypeVar("Item")

_LINE_END = re.compile("\r\n?")
# ASCII never joins the letter before it, so each of these is normalised by itself.
_CLUSTERS = re.compile(r"[\x00-\x7f]?[^\x00-\x7f]+")


class Span(NamedTuple):
    """A stretch of text: code points from 0, the end exclusive."""

    start: int
    end: int


class Unit(StrEnum):
    """What somebody counts in; the `_crlf` ones count each line end as two."""

    CODE_POINTS = "code_points"
    UTF16 = "utf16"
    UTF8 = "utf8"
    CODE_POINTS_CRLF = "code_points_crlf"
    UTF16_CRLF = "utf16_crlf"
    UTF8_CRLF = "utf8_crlf"


_COUNTED_MORE = {
    Unit.CODE_POINTS: None,
    Unit.UTF16: re.compile("[\U00010000-\U0010ffff]"),
    Unit.UTF8: re.compile("[^\x00-\x7f]"),
    Unit.CODE_POINTS_CRLF: re.compile("\n"),
    Unit.UTF16_CRLF: re.compile("[\n\U00010000-\U0010ffff]"),
    Unit.UTF8_CRLF: re.compile("[\n\x80-\U0010ffff]"),
}


def normalised(raw: str) -> str:
    """Return text as it is frozen: NFC, line ends LF, no byte-order mark in front.

    Raises: InputFault (`marks_piled_up`) where hundreds of combining marks follow on
    one another, which is no writing.
    """
    text = _LINE_END.sub("\n", raw.lstrip(BYTE_ORDER_MARK))
    if text.isascii():
        return text
    must_be_writing(text)
    return unicodedata.normalize("NFC", text)


def must_be_writing(text: str) -> None:
    """Raise InputFault (`marks_piled_up`) where a letter carries hundreds of marks."""
    if _piled_up().search(text):
        raise InputFault(
            f"The text has more than {MOST_MARKS} combining marks in a row. Expected is "
            "writing. Mend the file where they stand.",
            field="file",
            reason="marks_piled_up",
        )


@lru_cache(maxsize=1)
def _piled_up() -> re.Pattern[str]:
    # Marks end at U+1E94A in Unicode 14 and 15; higher planes hold none.
    marks = "".join(
        chr(c) for c in range(0x300, 0x1F000) if unicodedata.combining(chr(c))
    )
    return re.compile(f"[{marks}]{{{MOST_MARKS + 1},}}")


@dataclass(frozen=True, slots=True)
class Normalised:
    """A text as it is frozen, and where each place of what was brought has gone.

    `_raw` and `_new` are the ends of stretches that changed, in order, and `_starts`
    their raw starts.
    """

    text: str
    _raw: tuple[int, ...]
    _new: tuple[int, ...]
    _starts: tuple[int, ...]

    def moved(self, offset: int) -> int:
        """Return where an offset in the raw text stands now.

        One inside letters that became one goes to their start: `Normalised.is_inside`
        tells.
        """
        at = bisect_right(self._raw, offset) - 1
        shift = self._new[at] - self._raw[at] if at >= 0 else 0
        if at + 1 < len(self._raw) and self._starts[at + 1] <= offset:
            return self._starts[at + 1] + shift
        return offset + shift

    def is_inside(self, offset: int) -> bool:
        """Say whether a raw offset lies inside letters that became one."""
        at = bisect_right(self._raw, offset)
        return at < len(self._raw) and self._starts[at] < offset


def normalise(raw: str) -> Normalised:
    """Return `normalised(raw)` and the way from raw offsets to those of the text.

    Raises: InputFault (`marks_piled_up`).
    """
    marks = len(raw) - len(raw.lstrip(BYTE_ORDER_MARK))
    changed: list[tuple[int, int, int]] = []  # start, end, new length
    if marks:
        changed.append((0, marks, 0))
    changed += [
        (m.start(), m.end(), 1) for m in _LINE_END.finditer(raw) if m[0] != "\r"
    ]
    if not raw.isascii():
        must_be_writing(raw)
        changed = sorted(changed + _joined(raw, marks))
    new, shift = [], 0
    for start, end, length in changed:
        shift += length - (end - start)
        new.append(end + shift)
    return Normalised(
        normalised(raw),
        tuple(end for _, end, _ in changed),
        tuple(new),
        tuple(start for start, _, _ in changed),
    )


def _joined(raw: str, start: int) -> list[tuple[int, int, int]]:
    """Return the letters with marks that NFC changes."""
    found = []
    for match in _CLUSTERS.finditer(raw, start):
        if unicodedata.is_normalized("NFC", match[0]):
            continue
        at = match.start()
        for cluster in _letters(match[0]):
            if (now := _nfc(cluster)) != cluster:
                found.append((at, at + len(cluster), len(now)))
            at += len(cluster)
    return found


def _letters(text: str) -> Iterable[str]:
    """Yield pieces that are normalised alone as within the text: a letter, its marks.

    Two letters are one piece where they become one, as the parts of a Korean syllable.
    """
    piece = ""
    for char in text:
        if piece and not unicodedata.combining(char):
            apart = _nfc(piece) + _nfc(char)
            if _nfc(piece + char) == apart:
                yield piece
                piece = ""
        piece += char
    if piece:
        yield piece


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


class Ruler:
    """Turns offsets of one text between code points and what somebody else counts in.

    Made once a text, for any number of offsets: a count is found by bisection.
    """

    def __init__(self, text: str, unit: Unit) -> None:
        self.length = len(text)
        wide = _COUNTED_MORE[unit]
        found = list(wide.finditer(text)) if wide else []
        extra = [_more(match[0], unit) for match in found]
        self._at = [match.start() for match in found]
        self._sums = [0, *accumulate(extra)]
        self._starts = [
            at + more for at, more in zip(self._at, self._sums, strict=False)
        ]

    def from_code_points(self, offset: int) -> int:
        """Return an offset of code points in the unit. Raises: InputFault (`outside`)."""
        self._must_lie(offset, self.length)
        return offset + self._sums[bisect_left(self._at, offset)]

    def to_code_points(self, count: int) -> int | None:
        """Return a count as an offset of code points; None inside a character.

        Raises: InputFault (`outside`).
        """
        self._must_lie(count, self.length + self._sums[-1])
        before = bisect_left(self._starts, count)
        offset = count - self._sums[before]
        if before and offset <= self._at[before - 1]:
            return None
        return offset

    @staticmethod
    def _must_lie(offset: int, length: int) -> None:
        if not 0 <= offset <= length:
            raise InputFault(
                f"A place stands at {offset} of a text of {length}. Expected is one within "
                "the text.",
                field="start",
                reason="outside",
            )


def _more(char: str, unit: Unit) -> int:
    """Return by how much a character counts more than one."""
    if char == "\n":
        return 1
    if unit in (Unit.UTF8, Unit.UTF8_CRLF):
        return 1 + (char > "\u07ff") + (char > "\uffff")
    return 1


@dataclass(frozen=True, slots=True)
class Passage:
    """A place with its words and up to 32 code points on either side."""

    start: int
    end: int
    quote: str
    before: str
    after: str


def passage(text: str, start: int, end: int) -> Passage:
    """Return a place of a text with its words. Raises: InputFault (`outside`)."""
    if not 0 <= start < end <= len(text):
        raise InputFault(
            f"A passage runs from {start} to {end} in a text of {len(text)}. Expected is a "
            "start before an end, both within the text.",
            field="start",
            reason="outside",
        )
    return Passage(
        start,
        end,
        text[start:end],
        text[max(0, start - CONTEXT) : start],
        text[end : end + CONTEXT],
    )


def stands(text: str, kept: Passage) -> bool:
    """Say whether a passage is still what the text says at its place; never moves it."""
    return (
        0 <= kept.start < kept.end <= len(text)
        and text[kept.start : kept.end] == kept.quote
    )


def merged(spans: Iterable[tuple[int, int]]) -> list[Span]:
    """Return spans in order, those that overlap or adjoin made one; empty ones dropped."""
    found: list[Span] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if found and start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, end))
        else:
            found.append(Span(start, end))
    return found


class Spans(Generic[Item]):
    """Things on spans of a text, found by the stretch that they overlap.

    A tree over the spans in order of their starts, each node with the furthest end
    below it: k of n are found in the order of k + log n steps.
    """

    def __init__(self, placed: Iterable[tuple[int, int, Item]]) -> None:
        ordered = sorted(placed, key=lambda each: (each[0], each[1]))
        self._items = [item for _, _, item in ordered]
        self._starts = [start for start, _, _ in ordered]
        self._ends = [end for _, end, _ in ordered]
        self._size = 1 << max(0, len(ordered) - 1).bit_length()
        self._furthest = _tree([end for _, end, _ in ordered], self._size)

    def __len__(self) -> int:
        return len(self._items)

    def overlapping(self, start: int, end: int) -> list[Item]:
        """Return what shares a code point with the stretch, in order of their starts."""
        if start >= end:
            return []
        upto = bisect_left(self._starts, end)
        found: list[Item] = []
        waiting = [(1, 0, self._size)]
        while waiting:
            node, first, size = waiting.pop()
            if first >= upto or self._furthest[node] <= start:
                continue
            if size == 1:
                # An empty span overlaps nothing.
                if self._starts[first] < self._ends[first]:
                    found.append(self._items[first])
                continue
            half = size // 2
            waiting.append((2 * node + 1, first + half, half))
            waiting.append((2 * node, first, half))
        return found


def _tree(ends: Sequence[int], size: int) -> list[int]:
    tree = [-1] * (2 * size)
    tree[size : size + len(ends)] = ends
    for node in range(size - 1, 0, -1):
        tree[node] = max(tree[2 * node], tree[2 * node + 1])
    return tree
