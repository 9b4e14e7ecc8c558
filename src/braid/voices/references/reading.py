"""Read a file of references, RIS or BibTeX, told by what it says and not by its name."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from braid.voices import opening
from braid.voices.references import bibtex, ris
from braid.voices.references.shape import Reference

LARGEST = 64 * 1024**2
MOST = 100_000
_TOO_LARGE = _(
    "The file is larger than %(most)s MB. That is more than any search. Export the results "
    "in parts."
)
_NEITHER = _(
    "The file holds no references that can be read. Expected is RIS (.ris) or BibTeX (.bib). "
    "Choose one of them where you export from."
)
_TOO_MANY = _(
    "The file holds more than %(most)s references. Export the results in parts."
)


@dataclass(frozen=True, slots=True)
class Report:
    """How a file was read. `broken` entries break off, `untitled` ones have no title."""

    format: str
    references: int
    broken: int
    untitled: int
    encoding: str


def read(brought: Path | bytes) -> tuple[tuple[Reference, ...], Report]:
    """Return the references of a file in order, and how it was read.

    Those without a title are kept: a person decides about them.
    Raises: InputFault (`too_large`, `too_many`, `neither`).
    """
    data = brought if isinstance(brought, bytes) else _bytes(brought)
    if len(data) > LARGEST:
        raise _large()
    text, encoding = _decoded(data)
    if ris.looks_like_one(text):
        name, found = "ris", _limited(ris.references(text))
    elif bibtex.looks_like_one(text):
        name, found = "bibtex", _limited(bibtex.references(text))
    else:
        raise opening.fault(_NEITHER, "neither")
    whole = tuple(each for each in found if each is not None)
    untitled = sum(not each.title for each in whole)
    return whole, Report(name, len(whole), len(found) - len(whole), untitled, encoding)


def _bytes(path: Path) -> bytes:
    with path.open("rb") as stream:
        return stream.read(LARGEST + 1)


def _limited(found: Iterator[Reference | None]) -> list[Reference | None]:
    kept = []
    for each in found:
        kept.append(each)
        if len(kept) > MOST:
            raise opening.fault(_TOO_MANY % {"most": MOST}, "too_many")
    return kept


def _decoded(data: bytes) -> tuple[str, str]:
    """Return a text and how it was read: UTF-8, else UTF-16 by its mark, else Western."""
    for encoding in ("utf-8-sig", "utf-16"):
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding), encoding.removesuffix("-sig")
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", errors="replace"), "windows-1252"


def _large() -> Exception:
    return opening.fault(_TOO_LARGE % {"most": LARGEST // 1024**2}, "too_large")
