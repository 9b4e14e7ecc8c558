"""What an import would change, as plain values for pages, the shell and JSON.

A day is an ISO date, a code stays a code, a record is told by its name. Who may see a
value is decided where it is shown: `of` and `field` say what it is.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from braid.exchange.roster.plan import Place

What = Literal["update", "ask"]


@dataclass(frozen=True, slots=True)
class Told:
    """A field of a kind of record with its value."""

    of: str
    field: str
    value: Any


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field, what stands in Braid and what the file says.

    `does`: change, or make or remove where the whole part is new or goes.
    """

    of: str
    field: str
    does: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class RecordChange:
    """A record that saving changes, or one that somebody has to decide about.

    `told` are the fields by which it is known again, as they stand.
    """

    kind: str
    what: What
    place: Place | None
    applicant: str | None
    name: str
    edited_since: bool
    fields: tuple[FieldChange, ...]
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Gone:
    """A record of an earlier import that the files no longer hold; it is kept.

    `place` is where it stood; `why` a guess: became (then `perhaps` says which row),
    person_gone, before_first, or nothing.
    """

    kind: str
    place: Place | None
    applicant: str | None
    name: str
    told: tuple[Told, ...]
    why: str = ""
    perhaps: Place | None = None


@dataclass(frozen=True, slots=True)
class Example:
    """A row that becomes a new record."""

    place: Place
    name: str
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class NewOnes:
    """How many records of a kind are new, and the first of them."""

    kind: str
    count: int
    examples: tuple[Example, ...]


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs; `changed` counts the records of each kind that change."""

    changes: tuple[RecordChange, ...] = ()
    gone: tuple[Gone, ...] = ()
    new: tuple[NewOnes, ...] = ()
    changed: Mapping[str, int] = field(default_factory=dict)
