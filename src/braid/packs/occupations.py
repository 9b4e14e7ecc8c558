"""Occupations (ISCO-08) and industries (ISIC Rev. 4): what a code says, and search.

The lists carry English titles. Beside them may lie plain words of another language, our
own translations (`data/occupations/README.md`); what has none is said in English.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal

from braid.method import likeness
from braid.packs import loader
from braid.packs.shapes import Pack, Situation

Scheme = Literal["occupation", "industry"]

PACKS: Mapping[Scheme, str] = {"occupation": "isco08", "industry": "isic4"}
FOLDER = loader.DATA / "occupations"
SHORTEST = 2  # letters from which words are searched
WHOLE_WORDS, NEAR = 97.0, 80.0  # see `likeness.search`


class Classification(Pack):
    """A classification: its list of groups, and plain words of other languages.

    `groups` names a CSV file with code, English label, level from 1 and parent;
    `words` one a language with code, label (empty: that of the list) and everyday words.
    People choose from `broadest_level` on, and find `chosen_level` first.
    """

    scheme: Scheme
    groups: str
    words: dict[str, str] = {}
    broadest_level: int
    chosen_level: int
    attribution: str


@dataclass(frozen=True, slots=True)
class Group:
    """A group of a classification; `parent` is empty for the broadest (level 1)."""

    code: str
    label: str
    level: int
    parent: str


@dataclass(frozen=True, slots=True)
class _List:
    groups: Mapping[str, Group]
    words: Mapping[str, str]


def get(scheme: Scheme) -> Classification:
    """Return the pack of a classification. Raises: PackFaults."""
    found: Classification = loader.get("occupations", PACKS[scheme])
    return found


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


@lru_cache(maxsize=8)
def _list(scheme: Scheme, language: str) -> _List:
    """Return the groups in a language, and by code all words that find one."""
    pack = get(scheme)
    said = {
        spoken: {row["code"]: row for row in _rows(pack.words[spoken])}
        for spoken in (language, "en")
        if spoken in pack.words
    }
    groups, words = {}, {}
    for row in _rows(pack.groups):
        code, english = row["code"], row["label_en"]
        own = said.get(language, {}).get(code)
        title = (own and own["label"]) or english
        groups[code] = Group(code, title, int(row["level"]), row["parent"])
        also = (by_code[code]["also"] for by_code in said.values() if code in by_code)
        words[code] = " ".join(dict.fromkeys((title, *also, english)))
    return _List(groups, words)


def _base(language: str) -> str:
    return language.partition("-")[0]


def group(scheme: Scheme, code: str, language: str = "en") -> Group | None:
    """Return the group of a code, its label in `language` or else in English."""
    return _list(scheme, _base(language)).groups.get(code)


def label(scheme: Scheme, code: str, language: str = "en") -> str:
    """Return what a code says; the code itself where no group has it."""
    found = group(scheme, code, language)
    return found.label if found else code


def find(
    scheme: Scheme, text: str, language: str = "en", limit: int = 12
) -> list[Group]:
    """Return the groups that a text means, best first; nothing for less than a word.

    A number is a code or the beginning of one. Words are met in `language` and in
    English, whatever the case, the accents or a typing error; the finest groups come
    before the broader ones that meet the text as well.
    """
    pack, known = get(scheme), _list(scheme, _base(language))
    wanted = " ".join(text.split())
    offered = [g for g in known.groups.values() if g.level >= pack.broadest_level]
    if wanted.isdigit():
        begun = (one for one in offered if one.code.startswith(wanted))
        return sorted(begun, key=lambda one: one.code)[:limit]
    if len(wanted) < SHORTEST:
        return []
    words = {one.code: known.words[one.code] for one in offered}
    hits = likeness.search(wanted, words, limit=len(words), cutoff=NEAR)
    ranked = sorted(
        (known.groups[hit.id] for hit in _clear(hits)),
        key=lambda one: abs(one.level - pack.chosen_level),
    )
    return ranked[:limit]


def _clear(hits: list[likeness.Hit[str]]) -> list[likeness.Hit[str]]:
    """Leave guesses out where something has the words themselves."""
    if hits and hits[0].score >= WHOLE_WORDS:
        return [hit for hit in hits if hit.score >= WHOLE_WORDS]
    return hits


def _answer(question: Mapping[str, Any]) -> Any:
    """Answer a situation: what a text finds, or what a code says."""
    scheme = question["scheme"]
    if "label" in question:
        return label(scheme, question["label"], question.get("language", "en"))
    found = find(scheme, question["find"], question.get("language", "en"))
    return [one.code for one in found][: question.get("first", 1)]


def run_situation(pack: Classification, situation: Situation) -> list[str]:
    """Ask what a situation asks and say what comes out otherwise."""
    found = _answer({"scheme": pack.scheme, **situation.input})
    if found == situation.expect:
        return []
    return [f"{found!r} comes out, {situation.expect!r} is expected."]


loader.register("occupations", Classification, run_situation)
