"""One shape for a reference, whichever format it came in."""

import re
import unicodedata
from dataclasses import dataclass
from html import unescape

_DOI = re.compile(r"10\.\d{4,9}/\S+", re.IGNORECASE)
_YEAR = re.compile(r"(?<!\d)(1[5-9]|20|21)\d{2}(?!\d)")
_SPACE = re.compile(r"\s+")
_TAGS = re.compile(r"</?(?:i|b|em|strong|sub|sup|scp|title|p)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reference:
    """A record of a search. `doi` is bare and lower case; `year` is None if not told.

    `number` is its place in the file, from 1; `kind` one of KINDS.
    """

    number: int
    title: str
    authors: tuple[str, ...] = ()
    year: int | None = None
    kind: str = "other"
    container: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    address: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    key: str = ""


KINDS = ("article", "book", "chapter", "conference", "thesis", "report", "other")


def doi(*said: str) -> str:
    """Return the first DOI in what is said, bare and in lower case; empty for none."""
    for text in said:
        if found := _DOI.search(text.strip()):
            return unescape(found[0]).rstrip(".,;)]}").lower()
    return ""


def year(*said: str) -> int | None:
    """Return the first year from 1500 on in what is said."""
    for text in said:
        if found := _YEAR.search(text):
            return int(found[0])
    return None


def words(said: str) -> str:
    """Return words in one line, in NFC, without tags of markup."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", _TAGS.sub("", said))).strip()
