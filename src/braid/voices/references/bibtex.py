"""Read BibTeX as reference managers export it: entries, values in braces or quotes.

Braces nest, words in braces keep their letters, and letters may be written in TeX
(`{\\o}`, `\\'e`). Strings that stand for others are filled in. What is not an entry is
passed over, an entry that breaks off is counted by the caller.
"""

import re
import unicodedata
from collections.abc import Iterator

from braid.voices.references.shape import Reference, doi, words, year

MOST_NESTED = 40
_ENTRY = re.compile(r"@\s*([A-Za-z]+)\s*([{(])")
_NAME = re.compile(r"\s*,?\s*([A-Za-z][\w.:+/-]*)\s*=\s*")
_BARE = re.compile(r"[^\s,#{}\"()]+")
_JOIN = re.compile(r"\s*#\s*")
_KINDS = {
    "article": "article", "book": "book", "inbook": "chapter", "incollection": "chapter",
    "inproceedings": "conference", "conference": "conference", "proceedings": "conference",
    "phdthesis": "thesis", "mastersthesis": "thesis", "thesis": "thesis",
    "techreport": "report", "report": "report", "booklet": "book",
}  # fmt: skip
_MONTHS = {
    name: name for name in re.findall("...", "janfebmaraprmayjunjulaugsepoctnovdec")
}
_LETTERS = {
    "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ", "AE": "Æ", "oe": "œ", "OE": "Œ",
    "aa": "å", "AA": "Å", "ss": "ß", "i": "i", "j": "j", "textendash": "–",
    "textemdash": "—", "&": "&", "%": "%", "_": "_", "$": "$", "#": "#",
}  # fmt: skip
_ACCENTS = {
    "'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303",
    "=": "\u0304", ".": "\u0307", "u": "\u0306", "v": "\u030c", "H": "\u030b",
    "c": "\u0327", "k": "\u0328", "r": "\u030a", "d": "\u0323", "b": "\u0331",
}  # fmt: skip
_ACCENT = re.compile(
    r"\\([`'^\"~=.])\s*\{?\\?([A-Za-z])\}?|\\([uvHckrdb])(?:\s*\{\\?([A-Za-z])\}|\s+([A-Za-z]))"
)
_LETTER = re.compile(
    r"\{\\(o|O|l|L|ae|AE|oe|OE|aa|AA|ss|i|j)\}"
    r"|\\(o|O|l|L|ae|AE|oe|OE|aa|AA|ss|textendash|textemdash)(?![A-Za-z])(?:\{\}| )?"
    r"|\\([&%_$#])"
)
_COMMAND = re.compile(r"\\(?:emph|textit|textbf|texttt|url|href|mathrm)\s*(?=\{)")

Fields = dict[str, str]


class Broken(Exception):
    """An entry that breaks off or nests without end."""


def looks_like_one(text: str) -> bool:
    """Say whether a text is BibTeX: it has an entry that begins."""
    return _ENTRY.search(text[:100_000]) is not None


def references(text: str) -> Iterator[Reference | None]:
    """Yield the entries of a file in order, None for one that breaks off."""
    strings: Fields = dict(_MONTHS)
    number = at = 0
    while match := _ENTRY.search(text, at):
        kind, at = match[1].lower(), match.end()
        if kind in ("comment", "preamble"):
            continue
        try:
            key, fields, at = _entry(text, at, strings, named=kind != "string")
        except Broken:
            if kind != "string":
                number += 1
                yield None
            continue
        if kind == "string":
            strings |= fields
            continue
        number += 1
        yield _reference(number, kind, key, fields)


def plain(said: str) -> str:
    """Return a value without TeX: accents composed, braces gone, dashes as dashes."""
    said = _ACCENT.sub(_accented, said)
    said = _LETTER.sub(lambda m: _LETTERS[m[1] or m[2] or m[3]], said)
    said = _COMMAND.sub("", said).replace("{", "").replace("}", "")
    said = said.replace("---", "—").replace("--", "–").replace("~", " ")
    return words(unicodedata.normalize("NFC", said))


def _entry(
    text: str, at: int, strings: Fields, *, named: bool
) -> tuple[str, Fields, int]:
    key = ""
    if named:
        end = min((i for i in (text.find(c, at) for c in ",})") if i >= 0), default=-1)
        if end < 0:
            raise Broken
        key, at = text[at:end].strip(), end
    fields: Fields = {}
    while match := _NAME.match(text, at):
        value, at = _value(text, match.end(), strings)
        fields.setdefault(match[1].lower(), value)
    rest = text[at:].lstrip(" \t\r\n,")[:1]
    if rest not in ("}", ")"):
        raise Broken
    return key, fields, at + 1


def _value(text: str, at: int, strings: Fields) -> tuple[str, int]:
    """Return a value, pieces joined by # put together, and where it ends."""
    pieces = []
    while True:
        mark = text[at : at + 1]
        if mark in ("{", '"') and mark:
            piece, at = _quoted(text, at)
            pieces.append(piece)
        elif match := _BARE.match(text, at):
            pieces.append(strings.get(match[0].lower(), match[0]))
            at = match.end()
        else:
            raise Broken
        joined = _JOIN.match(text, at)
        if joined is None:
            return "".join(pieces), at
        at = joined.end()


def _quoted(text: str, at: int) -> tuple[str, int]:
    is_brace, depth, start = text[at] == "{", 0, at + 1
    at += 1
    while at < len(text):
        char = text[at]
        if char == "\\":
            at += 2
            continue
        if depth == 0 and char == ("}" if is_brace else '"'):
            return text[start:at], at + 1
        depth += (char == "{") - (char == "}")
        if depth > MOST_NESTED or depth < 0:
            raise Broken
        at += 1
    raise Broken


def _accented(match: re.Match[str]) -> str:
    accent, letter = match[1] or match[3], match[2] or match[4] or match[5]
    return letter + _ACCENTS[accent]


def _reference(number: int, kind: str, key: str, fields: Fields) -> Reference:
    def said(*names: str) -> str:
        return next((plain(fields[name]) for name in names if fields.get(name)), "")

    authors = re.split(r"\s+and\s+", " ".join(fields.get("author", "").split()))
    keywords = re.split(r"[;,]", said("keywords", "keyword"))
    return Reference(
        number,
        said("title"),
        tuple(plain(name) for name in authors if name),
        year(said("year", "date")),
        _KINDS.get(kind, "other"),
        said("journal", "journaltitle", "booktitle", "school", "institution"),
        said("volume"),
        said("number", "issue"),
        said("pages"),
        doi(fields.get("doi", ""), fields.get("url", "")),
        fields.get("url", "").strip(),
        said("abstract"),
        tuple(word.strip() for word in keywords if word.strip()),
        said("language", "langid"),
        key,
    )
