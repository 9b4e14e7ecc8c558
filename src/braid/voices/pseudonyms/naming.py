"""What a hit is, and the pseudonym that it gets: the same in every text of a study."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What may tell who somebody is. The first ones have a number of their own each."""

    PERSON = "person"
    EMPLOYER = "employer"
    ORGANISATION = "organisation"
    PLACE = "place"
    TOWN = "town"
    OTHER = "other"
    NATIONAL_NUMBER = "national_number"
    PHONE = "phone"
    EMAIL = "email"
    WEB = "web"
    DATE = "date"
    ADDRESS = "address"
    POSTCODE = "postcode"
    WORD = "word"


LISTED = (
    *(Kind.PERSON, Kind.EMPLOYER, Kind.ORGANISATION, Kind.PLACE, Kind.TOWN, Kind.OTHER),
)
"""The kinds that a list of names may give."""
_NUMBERED = {
    Kind.PERSON: "P",
    Kind.WORD: "P",
    Kind.EMPLOYER: "employer ",
    Kind.ORGANISATION: "organisation ",
    Kind.PLACE: "place ",
    Kind.OTHER: "name ",
}
_PLAIN = {Kind.NATIONAL_NUMBER: "number", Kind.EMAIL: "e-mail"}
_ENDING = re.compile(r"['’]?s?\Z")
PSEUDONYM = re.compile(r"\[[^\[\]\n]{1,60}\]")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of a study's list, with other ways in which the same is said."""

    text: str
    kind: Kind = Kind.PERSON
    also: tuple[str, ...] = ()


def key(text: str) -> str:
    """Return a name as it is compared: case folded, one space between words."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def bare(text: str) -> str:
    """Return the key of a name without the `s` of a genitive: Mettes, Mette's."""
    folded = key(text)
    return _ENDING.sub("", folded) if len(folded) > 3 else folded


@dataclass(slots=True)
class Names:
    """The names of a study and the pseudonyms given so far, by key.

    `given` is the replacement table: it tells who is who, and is kept encrypted and
    apart from the texts.
    """

    listed: tuple[Name, ...] = ()
    given: dict[str, str] = field(default_factory=dict)

    def aliases(self) -> Mapping[str, Name]:
        """Return the listed names by each way in which they are said."""
        return {
            key(said): name for name in self.listed for said in (name.text, *name.also)
        }

    def suggested(self, kind: Kind, text: str) -> str:
        """Return the pseudonym of a text, and remember it; the same for the same name."""
        if kind not in _NUMBERED:
            return f"[{_PLAIN.get(kind, kind.value.replace('_', ' '))}]"
        wanted = self._main(text)
        if wanted not in self.given:
            self.given[wanted] = self._next(_NUMBERED[kind])
        return self.given[wanted]

    def _main(self, text: str) -> str:
        """Return the key by which a name is remembered: of its entry, without a genitive."""
        known = self.aliases()
        for said in (key(text), bare(text)):
            if said in known:
                return key(known[said].text)
            if said in self.given:
                return said
        return key(text)

    def _next(self, stem: str) -> str:
        used = (
            re.fullmatch(rf"\[{re.escape(stem)}(\d+)\]", p) for p in self.given.values()
        )
        last = max((int(match[1]) for match in used if match), default=0)
        return f"[{stem}{last + 1}]"


def counted(kinds: Iterable[Kind]) -> dict[str, int]:
    """Return how many there are of each kind, in the order of the kinds."""
    found = Counter(kinds)
    return {kind.value: found[kind] for kind in Kind if found[kind]}
