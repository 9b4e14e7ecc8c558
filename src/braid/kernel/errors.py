"""The families of errors.

A message is at most three sentences and holds no personal data.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar


class BraidError(Exception):
    """Anything Braid says no to. `code` is stable and has its own page in the docs."""

    code: ClassVar[str] = "error"


class InputFault(BraidError):
    """Something the user mends, shown in the page beside `field`.

    `message` is a sentence, or a lazy translation of one. `reason` is a stable slug
    and `params` its values, for a page that words the fault itself.
    """

    code = "input_fault"

    def __init__(
        self, message: object, *, field: str = "", reason: str = "", **params: object
    ) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.reason = reason
        self.params = params

    def __str__(self) -> str:
        return str(self.message)


class PackFault(BraidError):
    """One fault of a data pack, mended by its author at `path`, `line` (from 1)."""

    code = "pack_fault"

    def __init__(self, message: str, *, path: str = "", line: int = 0) -> None:
        super().__init__(message)
        self.message = message
        self.path = path
        self.line = line

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}" if self.path else self.message


class PackFaults(BraidError):
    """All faults found in data packs in one go, each once, by path and line."""

    code = "pack_faults"

    def __init__(self, faults: Iterable[PackFault]) -> None:
        found = {(fault.path, fault.line, fault.message): fault for fault in faults}
        self.faults = tuple(found[key] for key in sorted(found))
        super().__init__(self.faults)

    def __str__(self) -> str:
        return "\n".join(str(fault) for fault in self.faults)


class Refused(BraidError):
    """The policy said no. `reason` is a slug; nothing about the subject is told."""

    code = "refused"

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Change:
    """One field that somebody else changed after the form was opened."""

    field: str
    old: str
    new: str
    by: str
    at: datetime


class Stale(BraidError):
    """The record changed meanwhile: nothing was saved, and `changes` says who did what.

    The values are for the page of somebody who may see the record; the text of the
    exception names the fields only.
    """

    code = "stale"

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self.changes = tuple(changes)
        super().__init__(self.changes)

    def __str__(self) -> str:
        fields = ", ".join(sorted({change.field for change in self.changes}))
        return (
            f"The record changed after the form was opened: {fields or 'unnamed'}. "
            "Nothing was saved. Look at the changes and save again."
        )

    __repr__ = __str__


class Broken(BraidError):
    """Our own fault. The user sees `reference` only; the log holds the rest."""

    code = "broken"

    def __init__(self, reference: str) -> None:
        super().__init__(reference)
        self.reference = reference
