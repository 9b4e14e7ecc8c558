"""A report in words, as page, Word and PDF show it alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from braid.fidelity.report.profile import Profile


@dataclass(frozen=True, slots=True)
class Line:
    """Something and what it is; `day` where that is a day, which a page marks as one."""

    label: str
    value: str
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """An item in the table under the profile."""

    no: int
    title: str
    score: str
    last: str
    change: str


@dataclass(frozen=True, slots=True)
class Rated:
    """An item: its score and why, the figures, last time, what is advised and answered."""

    no: int
    title: str
    score: str
    anchor: str
    seen: tuple[str, ...]
    figures: tuple[Line, ...]
    proposal: str
    rules: str
    last: tuple[str, ...]
    recommendation: tuple[str, ...]
    answers: tuple[str, ...]
    history: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """The items under one heading of the scale, with their points."""

    title: str
    points: str
    items: tuple[Rated, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report. `draft` is empty once it is final; `flags` are notes to be seen first.

    `totals` are the total and the band, `summary` what they are made of.
    """

    title: str
    draft: str
    draft_mark: str
    about: tuple[Line, ...]
    introduction: tuple[str, ...]
    totals: tuple[Line, ...]
    summary: tuple[Line, ...]
    flags: tuple[str, ...]
    notes: tuple[str, ...]
    strengths: tuple[str, ...]
    priorities: tuple[str, ...]
    profile: Profile
    alt: str
    rows: tuple[Row, ...]
    sections: tuple[Section, ...]
    rules: tuple[Line, ...]
    log: tuple[Line, ...]
    foot: str
    language: str
    words: Mapping[str, str]
