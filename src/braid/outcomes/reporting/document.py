"""A report as it was run: every number with its definition, parts, days and source.

The same facts, order and edition give the same text byte for byte: nothing in it tells
when or by whom it was made. Keys are an interface; sentences are those of the packs.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

Number = int | float


@dataclass(frozen=True, slots=True)
class Days:
    """Days, both inside, under the name of their period."""

    id: str
    first_day: str
    last_day: str

    @property
    def first(self) -> date:
        return date.fromisoformat(self.first_day)

    @property
    def last(self) -> date:
        return date.fromisoformat(self.last_day)


@dataclass(frozen=True, slots=True)
class Target:
    """What a line was to reach; `needed` is None where there is nothing to reach it of."""

    means: str
    needed: int | None
    is_met: bool | None


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A share that others reached, to be read beside a line."""

    share: float
    means: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: a number with what it means, of the whole or of one group.

    `value` is None with a `reason`, or with the `mark` of a number that is kept back. Of
    a ratio `numerator_is` and `denominator_is` say what was divided by what; of a
    statistic `n` is how many it is about. `left_out` has a number for each reason, None
    where that number is kept back.
    """

    id: str
    label: str
    measure: str
    part: str
    form: str
    means: str
    days: Days
    group: dict[str, str | None]
    numerator: Number | None
    numerator_is: str
    denominator: Number | None
    denominator_is: str
    value: Number | None
    n: int | None
    reason: str
    mark: str
    left_out: dict[str, int | None]
    targets: tuple[Target, ...]
    benchmarks: tuple[Benchmark, ...]
    note: str

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells this line from all others of its report."""
        return self.id, *(f"{k}={v}" for k, v in self.group.items())


@dataclass(frozen=True, slots=True)
class Section:
    """Lines under one heading."""

    id: str
    label: str
    about: str
    lines: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What a measure of the report is, in which version."""

    measure: str
    version: str
    label: str
    about: str
    counts: str
    basis: str | None
    profile: str | None
    source: str


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice that was made for an option of the report, in words."""

    option: str
    choice: str
    label: str
    means: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An IPS unit that the report is about."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """A report. `snapshot` and `hash` are None where it was run on the record itself.

    `profile` is the rule for small numbers, None where figures are exact.
    """

    report: str
    version: str
    title: str
    about: str
    source: str
    period: Days
    is_over: bool
    as_of: str
    options: tuple[Choice, ...]
    is_restated: bool
    valid_from: str
    is_before_first_edition: bool
    units: tuple[Unit, ...]
    snapshot: str | None
    hash: str | None
    profile: str | None
    language: str
    sections: tuple[Section, ...]
    definitions: tuple[Definition, ...]
    left_out_because: dict[str, str]
    notes: tuple[str, ...]

    @property
    def known_on(self) -> date:
        """Return the day after which nothing was known."""
        return date.fromisoformat(self.as_of)

    @property
    def lines(self) -> list[Entry]:
        """Return the lines of all sections."""
        return [line for section in self.sections for line in section.lines]

    @property
    def unit_names(self) -> dict[str, str]:
        """Return the names of the units by their ids."""
        return {unit.id: unit.name for unit in self.units}


def to_json(document: Document) -> str:
    """Return the text of a document, which is also what is kept of a release."""
    return json.dumps(asdict(document), ensure_ascii=False, indent=1) + "\n"


def from_json(text: str) -> Document:
    """Return the document that a text of `to_json` holds."""
    said: dict[str, Any] = json.loads(text)
    return Document(
        **said
        | {
            "period": Days(**said["period"]),
            "options": tuple(Choice(**one) for one in said["options"]),
            "units": tuple(Unit(**one) for one in said["units"]),
            "sections": tuple(_section(one) for one in said["sections"]),
            "definitions": tuple(Definition(**one) for one in said["definitions"]),
            "notes": tuple(said["notes"]),
        }
    )


def _section(said: dict[str, Any]) -> Section:
    return Section(**said | {"lines": tuple(_entry(one) for one in said["lines"])})


def _entry(said: dict[str, Any]) -> Entry:
    return Entry(
        **said
        | {
            "days": Days(**said["days"]),
            "targets": tuple(Target(**one) for one in said["targets"]),
            "benchmarks": tuple(Benchmark(**one) for one in said["benchmarks"]),
        }
    )


def text_hash(text: str) -> str:
    """Return the SHA-256 of a document's text."""
    return hashlib.sha256(text.encode()).hexdigest()
