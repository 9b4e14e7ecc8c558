"""Read RIS: two letters, two spaces, a dash, a value; a record ends with ER.

Programs stray from it: line ends, a missing second space, abstracts over several lines,
pages in one tag, names of journals in any of five. No library of it is needed for that.
Source: the tags as EndNote, Zotero and Web of Science export them.
"""

import re
from collections.abc import Iterator

from braid.voices.references.shape import Reference, doi, words, year

_TAG = re.compile(r"([A-Z][A-Z0-9]) {1,2}-(?: (.*))?")
_KINDS = {
    "JOUR": "article", "JFULL": "article", "EJOUR": "article", "MGZN": "article",
    "BOOK": "book", "EBOOK": "book", "EDBOOK": "book", "CHAP": "chapter",
    "ECHAP": "chapter", "CONF": "conference", "CPAPER": "conference", "THES": "thesis",
    "RPRT": "report", "GOVDOC": "report",
}  # fmt: skip
_TITLES, _CONTAINERS = ("TI", "T1", "CT", "BT"), ("T2", "JO", "JF", "JA", "J2", "BT")
_AUTHORS, _YEARS = ("AU", "A1"), ("PY", "Y1", "DA")
_ADDRESSES, _ABSTRACTS = ("UR", "L1", "LK"), ("AB", "N2")

Tags = dict[str, list[str]]


def looks_like_one(text: str) -> bool:
    """Say whether a text is RIS: its first record begins with its type."""
    first = text.lstrip("\ufeff \r\n\t")[:8]
    return bool(re.match(r"TY {1,2}-", first))


def references(text: str) -> Iterator[Reference]:
    """Yield the records of a file in order; one without a title has an empty one."""
    for number, tags in enumerate(_records(text), start=1):
        yield _reference(number, tags)


def _records(text: str) -> Iterator[Tags]:
    tags: Tags = {}
    lines: list[str] = []  # of the value that is being read, and after which tag
    tag = ""

    def put() -> None:
        if tag and tag != "ER":
            tags.setdefault(tag, []).append(" ".join(lines))

    for line in text.lstrip("\ufeff").splitlines():
        match = _TAG.fullmatch(line.strip())
        if match is None:
            if tag and tag != "ER" and line.strip():  # a value goes on in the next line
                lines.append(line.strip())
            continue
        put()
        tag, lines = match[1], [(match[2] or "").strip()]
        if tag in ("TY", "ER") and tags:
            yield tags
            tags = {}
    put()
    if tags:
        yield tags


def _reference(number: int, tags: Tags) -> Reference:
    title = _first(tags, _TITLES)
    container = next(
        (said for said in _all(tags, _CONTAINERS) if words(said) != words(title)), ""
    )
    pages = "–".join(filter(None, (_first(tags, ("SP",)), _first(tags, ("EP",)))))
    return Reference(
        number,
        words(title),
        tuple(words(name) for name in _all(tags, _AUTHORS)),
        year(*_all(tags, _YEARS)),
        _KINDS.get(_first(tags, ("TY",)).upper(), "other"),
        words(container),
        words(_first(tags, ("VL",))),
        words(_first(tags, ("IS",))),
        words(pages),
        doi(*_all(tags, ("DO", "DI", "M3", *_ADDRESSES))),
        words(_first(tags, _ADDRESSES)),
        words(_first(tags, _ABSTRACTS)),
        tuple(words(said) for said in _all(tags, ("KW",))),
        words(_first(tags, ("LA",))),
        words(_first(tags, ("ID", "AN"))),
    )


def _all(tags: Tags, names: tuple[str, ...]) -> list[str]:
    return [said for name in names for said in tags.get(name, ()) if said]


def _first(tags: Tags, names: tuple[str, ...]) -> str:
    return next(iter(_all(tags, names)), "")
