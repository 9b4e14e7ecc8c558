"""What every data pack has: identity, source, situations."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal, Protocol

import yaml
from pydantic import BaseModel, ConfigDict, Field

from braid.kernel.errors import PackFault
from braid.packs.reading import Document

SLUG = r"^[a-z0-9][a-z0-9_.-]*$"


class Strict(BaseModel):
    """A frozen part of a pack that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", coerce_numbers_to_str=True)


class Source(Strict):
    """Where a pack comes from, under which licence, and who checked it when."""

    title: str = Field(min_length=1)
    link: str = ""
    licence: str = ""
    decided_in: str = ""
    checked_by: str = ""
    checked_on: date | None = None


class Cited(Strict):
    """A value with its source.

    `mark` is S (seen in the source), R (general knowledge, a local reviewer checks it)
    or H (decision of the house).
    """

    source: str = Field(min_length=1)
    mark: Literal["S", "R", "H"]
    reviewed: bool = False


class Pack(Strict):
    """What every pack says of itself. `id` and `version` together name an edition.

    `extends` names a pack of the same kind (`id` or `id@version`): what this file
    leaves out is taken from there, mapping by mapping; lists are replaced whole.
    """

    id: str = Field(pattern=SLUG)
    version: str = Field(pattern=SLUG)
    source: Source
    extends: str | None = None

    @property
    def open_values(self) -> list[str]:
        """Return a line for each part with values that nobody has filled in yet."""
        return []


class Situation(Strict):
    """An example that must hold: a sentence, an input, the expected answer."""

    that: str = Field(min_length=1)
    input: Any
    expect: Any
    path: str = ""
    line: int = 0


class Runner(Protocol):
    """Run one situation on its pack and return what disagrees, a sentence each."""

    def __call__(self, pack: Any, situation: Situation, /) -> list[str]: ...


class Reader(Protocol):
    """Return what a document says, or None, and every fault of it with its line.

    What is returned has an `id`, a `version` (text) and `open_values` as a `Pack` has.
    """

    def __call__(self, document: Document, /) -> tuple[Any, list[PackFault]]: ...


class Beside(Protocol):
    """Return what the files of a kind may not say beside one another."""

    def __call__(self, documents: Sequence[Document], /) -> Iterable[PackFault]: ...


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of pack: its folder name, how a file is read and its situations are run.

    Files of a kind that `inherits` may name another one that they extend. A file with
    the key `mark` is of this kind even where it lies beside the folders of the kinds.
    """

    name: str
    read: Reader
    run_situation: Runner
    beside: Beside | None = None
    inherits: bool = True
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """A loaded pack with the file it came from and its situations.

    `folder` is the data folder the file lies in and `data` what it says as merged.
    """

    pack: Any
    path: str
    folder: Path
    data: Any
    situations: tuple[Situation, ...]

    @property
    def digest(self) -> str:
        """Return the SHA-256 by which a published edition is held to what it was.

        Of the data as written, so that a new optional key of the shape changes nothing.
        """
        text = yaml.safe_dump(self.data, sort_keys=False)
        return hashlib.sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found: editions by name, how many situations ran, every fault.

    `open` are values that nobody has filled in yet, a line for each part of a pack that
    may be left unfilled; they are no faults.
    """

    packs: tuple[str, ...]
    situations: int
    faults: tuple[PackFault, ...]
    open: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Say whether nothing is wrong."""
        return not self.faults
