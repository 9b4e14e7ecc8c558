"""What goes onto a paper: plain words in parts, whatever the file will be."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a paper: lines with a label, paragraphs, and points; any may be empty."""

    heading: str
    rows: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[str, ...] = ()
    points: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.rows or self.paragraphs or self.points)


@dataclass(frozen=True, slots=True)
class Paper:
    """A document in words: a title, whom it is about, its parts and who signs.

    `about` are the first lines (name, day, unit); `foot` stands small on each page.
    """

    title: str
    about: tuple[tuple[str, str], ...] = ()
    lead: str = ""
    parts: tuple[Part, ...] = ()
    signatures: tuple[str, ...] = ()
    foot: str = ""
    language: str = "en"

    def values(self) -> Mapping[str, Any]:
        """Return the words as the templates know them: texts and lists of them."""
        return {
            "title": self.title,
            "about": _rows(self.about),
            "lead": self.lead,
            "parts": [
                {
                    "heading": part.heading,
                    "rows": _rows(part.rows),
                    "paragraphs": list(part.paragraphs),
                    "points": list(part.points),
                }
                for part in self.parts
                if not part.is_empty
            ],
            "signatures": list(self.signatures),
            "foot": self.foot,
            "language": self.language,
        }

    def text(self) -> str:
        """Return the words as plain text, to be pasted into another record."""
        return "\n".join(self._lines()).strip() + "\n"

    def _lines(self) -> Iterator[str]:
        yield self.title
        yield from (f"{label}: {value}" for label, value in self.about)
        if self.lead:
            yield from ("", self.lead)
        for part in self.parts:
            if part.is_empty:
                continue
            yield from ("", part.heading)
            yield from (f"{label}: {value}" for label, value in part.rows)
            yield from part.paragraphs
            yield from (f"- {point}" for point in part.points)
        if self.foot:
            yield from ("", self.foot)


def _rows(rows: tuple[tuple[str, str], ...]) -> list[dict[str, str]]:
    return [{"label": label, "value": value} for label, value in rows]
