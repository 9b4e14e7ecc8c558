"""What the same event is called by those who meet over it: a glossary between sectors.

One pack a country, on top of `default`. The words are those used in talk and letters,
in the middle of a sentence; a sector without a word of its own says what the unit says.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, Literal, Self, cast, get_args

from pydantic import Field, model_validator

from braid.kernel.errors import PackFault
from braid.packs import loader, questions
from braid.packs.shapes import Pack, Strict

Sector = Literal["ips", "health", "employment", "municipality", "applicant"]
"""Who speaks: the IPS unit, the treatment team, the employment service, the office that
decides about benefits, the applicant."""
SECTORS: tuple[Sector, ...] = get_args(Sector)

Group = Literal["people", "course", "work", "instead", "together"]
GROUPS: tuple[Group, ...] = get_args(Group)


class Said(Strict):
    """An event in the words of each sector, in one language; `about` explains it."""

    about: str = Field(min_length=1)
    ips: str = Field(min_length=1)
    health: str = ""
    employment: str = ""
    municipality: str = ""
    applicant: str = ""

    def by(self, sector: Sector) -> str:
        """Return the word of a sector, the unit's where it has none of its own."""
        return getattr(self, sector) or self.ips


class Event(Strict):
    """Something that several sectors speak of; `source` names where words come from."""

    group: Group
    source: str = ""
    said: dict[str, Said] = Field(min_length=1)


class Words(Pack):
    """The glossary between sectors of one country.

    `languages` are those in which every event has words; the first is the fallback of
    readers of another one.
    """

    country: str = Field(default="", pattern=r"^([A-Z]{2})?$")
    valid_from: date
    reviewed: bool = False
    languages: list[str] = Field(min_length=1)
    events: dict[str, Event] = Field(min_length=1)

    @model_validator(mode="after")
    def _says_all_in_every_language(self) -> Self:
        missing = [
            f"{name} ({language})"
            for name, event in self.events.items()
            for language in self.languages
            if language not in event.said
        ]
        if missing:
            raise ValueError(f"there are no words for {', '.join(missing)}")
        return self

    def language(self, wanted: str) -> str:
        """Return the language to speak: `wanted`, its base, or the pack's first."""
        for one in (wanted, wanted.partition("-")[0]):
            if one in self.languages:
                return one
        return self.languages[0]

    def of(self, event: str, language: str) -> Said:
        """Return an event as it is said. Raises PackFault for one that nobody knows."""
        known = self.events.get(event)
        if known is None:
            raise PackFault(
                f"The words of '{self.id}' do not know the event '{event}'. Known are: "
                f"{', '.join(self.events)}. Correct the name, or add the event."
            )
        return known.said[self.language(language)]


def load() -> dict[str, Words]:
    """Return the words of all countries by id, `default` included. Raises: PackFaults."""
    return loader.load("words")


def get(words: str, version: str | None = None) -> Words:
    """Return words by id and version. Raises: PackFault, PackFaults."""
    return cast(Words, loader.get("words", words, version))


def of_country(country: str) -> Words:
    """Return the words of a country by its two letters, the house's without a pack."""
    known = load()
    return known.get(country.lower()) or known["default"]


def say(event: str, sector: Sector, country: str, language: str) -> str:
    """Return what a sector of a country calls an event, in a language or the nearest.

    A country without words speaks the house's, a sector without a word the unit's.
    Raises: PackFault for an event that nobody knows.
    """
    return of_country(country).of(event, language).by(sector)


# Situations: each asks one question of the pack.


def _said(pack: Words, event: str, language: str) -> dict[str, Any]:
    found = pack.of(event, language)
    return {sector: found.by(sector) for sector in SECTORS}


def _spoken(pack: Words, language: str) -> dict[str, Any]:
    return {"language": pack.language(language)}


QUESTIONS: Mapping[str, Callable[..., dict[str, Any]]] = {
    "said": _said,
    "language": _spoken,
}
run_situation = questions.runner(QUESTIONS)
loader.register("words", Words, run_situation)
