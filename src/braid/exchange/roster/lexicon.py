"""The words of all layout packs, ready to be looked up."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from braid.exchange.roster.values.days import DayWords
from braid.packs.layouts import FIELDS, LISTS, LayoutPack, folded, folded_heading
from braid.packs.loader import load


@dataclass(frozen=True, slots=True, eq=False)
class Lexicon:
    """Words by what they may mean. Every text is folded before it is looked up.

    `headings`: heading -> (language, kind, field) of each meaning. `by_kind`: kind ->
    (heading, language, field). `values`: list -> language -> word -> roster word.
    `kinds`: name of a sheet -> kinds. `days`: names of months, words before a day.
    `named`: layouts that are known by name.
    """

    headings: Mapping[str, tuple[tuple[str, str, str], ...]]
    by_kind: Mapping[str, tuple[tuple[str, str, str], ...]]
    values: Mapping[str, Mapping[str, Mapping[str, str]]]
    kinds: Mapping[str, frozenset[str]]
    days: DayWords
    currencies: Mapping[str, str]
    named: tuple[LayoutPack, ...]

    def is_heading(self, text: str) -> bool:
        """Say whether a text is a heading of any kind in any language."""
        return folded_heading(text) in self.headings

    def meaning(
        self, list_name: str, text: str, language: str | None = None
    ) -> str | None:
        """Return the roster word of a value, the table's own language first."""
        wanted = _key(text)
        languages = self.values.get(list_name, {})
        own = languages.get(language or "", {})
        if wanted in own:
            return own[wanted]
        for words in languages.values():
            if wanted in words:
                return words[wanted]
        return None

    def means(self, list_name: str, roster_word: str, text: str) -> bool:
        """Say whether a text stands for that roster word in any language."""
        wanted = _key(text)
        return any(
            words.get(wanted) == roster_word
            for words in self.values.get(list_name, {}).values()
        )


def _key(text: str) -> str:
    """Return a value as it is looked up; one that is all signs (✓, ?) as it stands."""
    return folded(text) or text.strip()


def compile_lexicon(packs: Iterable[LayoutPack]) -> Lexicon:
    """Return the lexicon of the given packs."""
    packs = tuple(packs)
    headings: dict[str, list[tuple[str, str, str]]] = {}
    by_kind: dict[str, list[tuple[str, str, str]]] = {kind: [] for kind in FIELDS}
    values: dict[str, dict[str, dict[str, str]]] = {name: {} for name in LISTS}
    kinds: dict[str, set[str]] = {}
    months: dict[str, int] = {}
    before: set[str] = set()
    currencies: dict[str, str] = {}
    for pack in packs:
        for kind, field, word in pack.heading_words():
            text = folded_heading(word)
            headings.setdefault(text, []).append((pack.language, kind, field))
            by_kind[kind].append((text, pack.language, field))
        for name, words in pack.values.items():
            values[name][pack.language] = {
                _key(text): word for word, texts in words.items() for text in texts
            }
        for kind, names in pack.kinds.items():
            for name in names:
                kinds.setdefault(folded_heading(name), set()).add(kind)
        for number, names in enumerate(pack.months, 1):
            months.update({folded(name): number for name in names})
        before.update(map(folded, pack.values.get("around", {}).get("before_day", ())))
        for code, signs in pack.currencies.items():
            for sign in signs:
                currencies.setdefault(_key(sign), code)
    return Lexicon(
        {text: tuple(found) for text, found in headings.items()},
        {kind: tuple(found) for kind, found in by_kind.items()},
        values,
        {name: frozenset(found) for name, found in kinds.items()},
        DayWords(months, frozenset(before)),
        currencies,
        tuple(pack for pack in packs if pack.tables),
    )


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the lexicon of the packs at hand; read once a process."""
    packs: dict[str, LayoutPack] = load("layouts")
    return compile_lexicon(packs.values())
