"""How a program counted its places: which of the ways fits the words best.

The standard counts code points, but leaves line ends and byte-order marks open, and some
programs count UTF-16 units. Each way that would make a difference is tried on every
selection; that by which most begin and end with words, or say what their name says, wins.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from braid.method.passages import BYTE_ORDER_MARK, Ruler, Unit, normalise

OURS = "Braid"
"""The origin of a file that was written here: how it counts is known."""
CLEARLY = 0.1
"""By how much of the most a way has to fit better than the plain one to be taken."""
NAME_SAYS = 4
"""What a quote that is the selection's name counts beside a word's begin or end."""
SHORTEST_NAME = 4
_SPACE = re.compile(r"\s+")
_ASTRAL = re.compile("[\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Way:
    """One way to count: is CRLF one, is the mark in front counted, in which unit."""

    crlf_is_one: bool = False
    counts_mark: bool = False
    unit: Unit = Unit.CODE_POINTS

    def document(self) -> dict[str, str]:
        """Return it in words for a report document."""
        return {
            "line_ends": "crlf_is_one" if self.crlf_is_one else "as_they_stand",
            "byte_order_mark": "counted" if self.counts_mark else "not_counted",
            "units": str(self.unit),
        }


@dataclass(frozen=True, slots=True)
class Score:
    """How well a way fits: points out of the most it could have."""

    way: Way
    points: int
    most: int

    @property
    def share(self) -> float:
        return round(self.points / self.most, 4) if self.most else 1.0


class Placed:
    """A text as it is frozen, and its places by one way of counting."""

    def __init__(self, raw: str, way: Way) -> None:
        form = raw if way.counts_mark else raw.removeprefix(BYTE_ORDER_MARK)
        form = form.replace("\r\n", "\n") if way.crlf_is_one else form
        self._normal = normalise(form)
        self._ruler = Ruler(form, way.unit) if way.unit != Unit.CODE_POINTS else None
        self._form = form
        astral = len(_ASTRAL.findall(form)) if self._ruler else 0
        self.length = len(form) + astral
        self.text = self._normal.text

    def span(self, start: int, end: int) -> tuple[int, int, bool] | None:
        """Return a selection in the frozen text, and whether it was widened to letters.

        None where it does not lie within the text.
        """
        if not 0 <= start < end <= self.length:
            return None
        first, start_is_inside = self._at(start, -1)
        last, end_is_inside = self._at(end, 1)
        return first, last, start_is_inside or end_is_inside

    def point(self, position: int) -> int | None:
        """Return a single place in the frozen text, None outside of it."""
        return self._at(position, -1)[0] if 0 <= position <= self.length else None

    def _at(self, count: int, step: int) -> tuple[int, bool]:
        offset, is_inside = count, False
        if self._ruler is not None:
            found = self._ruler.to_code_points(count)
            if found is None:  # between the halves of one character
                found, is_inside = self._ruler.to_code_points(count + step), True
            offset = found if found is not None else 0
        while self._normal.is_inside(offset):
            # Half a line end is no letter: only what is widened to a letter is told.
            is_inside = is_inside or self._form[offset - 1] != "\r"
            offset += step
        return self._normal.moved(offset), is_inside


def ways(raws: Iterable[str]) -> list[Way]:
    """Return the ways that could make a difference in these texts, the plainest first."""
    texts = list(raws)
    lines = any("\r\n" in raw for raw in texts)
    marks = any(raw.startswith(BYTE_ORDER_MARK) for raw in texts)
    astral = any(_ASTRAL.search(raw) for raw in texts)
    return [
        Way(one, mark, unit)
        for unit in ((Unit.CODE_POINTS, Unit.UTF16) if astral else (Unit.CODE_POINTS,))
        for mark in ((False, True) if marks else (False,))
        for one in ((False, True) if lines else (False,))
    ]


def scored(texts: Sequence[tuple[str, Sequence[Any]]], way: Way) -> Score:
    """Return how well a way fits selections with their raw texts."""
    points = most = 0
    for raw, selections in texts:
        placed = Placed(raw, way)
        for one in selections:
            most += 2 + (NAME_SAYS if len(one.name) >= SHORTEST_NAME else 0)
            found = placed.span(one.start, one.end)
            if found is not None:
                points += _points(placed.text, found[0], found[1], one.name)
    return Score(way, points, most)


def chosen(texts: Sequence[tuple[str, Sequence[Any]]], origin: str = "") -> list[Score]:
    """Return the scores of the ways that were tried, the one to take first.

    Code points as they stand are what the standard says: another way is taken only where
    it fits clearly better. A file of ours is not doubted.
    """
    tried = [Way()] if origin == OURS else ways(raw for raw, _ in texts)
    plain, *others = [scored(texts, way) for way in tried]
    others.sort(key=lambda score: -score.points)
    if others and others[0].points - plain.points >= max(2, CLEARLY * plain.most):
        return [others[0], plain, *others[1:]]
    return [plain, *others]


def _points(text: str, start: int, end: int, name: str) -> int:
    begins = not text[start].isspace() and not (
        start and text[start].isalnum() and text[start - 1].isalnum()
    )
    ends = not (
        end < len(text) and text[end].isalnum() and text[end - 1].isalnum()
    ) and not (end < len(text) and text[end - 1] == " ")
    says = len(name) >= SHORTEST_NAME and _says(text[start:end], name)
    return begins + ends + (NAME_SAYS if says else 0)


def _says(quote: str, name: str) -> bool:
    """Say whether a name is the beginning of the quote, as programs write it there."""
    wanted = _SPACE.sub(" ", name.rstrip(".… ")).strip()
    met = _SPACE.sub(" ", quote[: 2 * len(name) + 8]).strip()
    return bool(wanted) and met.startswith(wanted)
