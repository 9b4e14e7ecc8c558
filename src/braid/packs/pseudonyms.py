"""What may tell who somebody is, by country: numbers, telephones, addresses, dates, words.

A pack gives forms and words; what they mean is in `braid.voices.pseudonyms`. In a form,
9 is a digit, A a capital letter, a space or a hyphen a separator that may be left out,
and every other sign stands for itself.
"""

import re
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Literal

from pydantic import Field, field_validator

from braid.method import identifiers
from braid.packs import loader
from braid.packs.jurisdictions import Names
from braid.packs.shapes import Cited, Pack, Situation

FORM = r"^[0-9A-Z +./()-]{2,30}$"
_SIGNS = {
    "9": "[0-9]",
    "A": "[A-Z]",
    " ": "[ \u00a0\u2013-]?",
    "-": "[ \u00a0\u2013-]?",
}
_ALONE = r"(?<![\w+])(?:%s)(?!\w|[.,]\d)"


class Number(Cited):
    """A number by which a register knows a person; `system` says how it is checked."""

    system: str
    forms: tuple[str, ...] = Field(min_length=1)

    @field_validator("system")
    @classmethod
    def _is_known(cls, system: str) -> str:
        if system not in identifiers.PERSON:
            raise ValueError(f"name one of {', '.join(identifiers.PERSON)}")
        return system


class Forms(Cited):
    """Forms of telephone numbers, or of postcodes (then maybe with a town behind)."""

    forms: tuple[str, ...] = Field(min_length=1)
    with_town: bool = False


class Streets(Cited):
    """How a street's name ends, and whether its number comes before or after."""

    endings: tuple[str, ...] = Field(min_length=1)
    number: Literal["before", "after"]


class Speech(Cited):
    """Months as they are said, and words that are common though they get a capital."""

    months: tuple[str, ...] = Field(min_length=12)
    common: tuple[str, ...]


class Identifying(Pack):
    """What may tell who somebody is in the texts of a country."""

    label: Names
    numbers: tuple[Number, ...]
    phones: Forms
    postcodes: Forms
    streets: Streets
    speech: Speech

    @field_validator("numbers", "phones", "postcodes")
    @classmethod
    def _forms_are_plain(cls, value: Any) -> Any:
        parts = value if isinstance(value, tuple) else (value,)
        for form in (form for part in parts for form in part.forms):
            if not re.fullmatch(FORM, form):
                raise ValueError(
                    f"'{form}' is no form: use 9, A, separators and digits"
                )
        return value


def pattern(forms: tuple[str, ...]) -> re.Pattern[str]:
    """Return what finds any of these forms, standing alone. It looks at each sign once."""
    ordered = sorted(forms, key=len, reverse=True)
    said = ("".join(_SIGNS.get(c, re.escape(c)) for c in form) for form in ordered)
    return re.compile(_ALONE % "|".join(said))


def load() -> Mapping[str, Identifying]:
    """Return the packs by country. Raises: PackFaults."""
    return loader.load("pseudonyms")


@lru_cache(maxsize=64)
def _compiled(forms: tuple[str, ...]) -> re.Pattern[str]:
    return pattern(forms)


def numbers(pack: Identifying, text: str) -> Iterator[tuple[int, int, str]]:
    """Yield where the numbers of a country stand that could be real: start, end, system."""
    for number in pack.numbers:
        for match in _compiled(number.forms).finditer(text):
            if identifiers.check(number.system, match[0]).state != "impossible":
                yield match.start(), match.end(), number.system


def formed(forms: Forms, text: str) -> Iterator[tuple[int, int]]:
    """Yield where one of these forms stands."""
    return ((m.start(), m.end()) for m in _compiled(forms.forms).finditer(text))


def run_situation(pack: Identifying, situation: Situation) -> list[str]:
    """Look what a pack finds in a sentence, and say what comes out otherwise."""
    text = situation.input
    found = {
        "numbers": [text[start:end] for start, end, _ in numbers(pack, text)],
        "phones": [text[start:end] for start, end in formed(pack.phones, text)],
        "postcodes": [text[start:end] for start, end in formed(pack.postcodes, text)],
    }
    return [
        f"{found[kind]!r} comes out for {kind}, {wanted!r} is expected."
        for kind, wanted in situation.expect.items()
        if found[kind] != wanted
    ]


loader.register("pseudonyms", Identifying, run_situation)
