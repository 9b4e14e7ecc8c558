"""The row of a question beside what it is compared with: another row, or who is in Braid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from braid.exchange.presenters import where

Finding = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class InBraid:
    """Somebody in Braid whom a question means; `name` is '' where it may not be read."""

    name: str
    birth_date: date | None = None


@dataclass(frozen=True, slots=True)
class CellLine:
    """What both rows say under one heading."""

    heading: str
    text: str
    other: str
    is_about: bool


@dataclass(frozen=True, slots=True)
class TwoRows:
    """The row of a question and the other one, heading by heading."""

    place: str
    other_place: str
    cells: Sequence[CellLine]


def two_rows(finding: Finding) -> TwoRows | None:
    """Return both rows of a question, None where it is about its own row alone."""
    other = finding.get("other")
    if not other or not finding.get("others"):
        return None
    own = {heading: (text, about) for heading, text, about in finding["cells"]}
    others = {heading: text for heading, text, _about in finding["others"]}
    cells = []
    for heading in dict.fromkeys((*own, *others)):
        text, is_about = own.get(heading, ("", False))
        cells.append(CellLine(heading, text, others.get(heading, ""), is_about))
    return TwoRows(where(finding["place"], None, None), where(other, None, None), cells)
