"""Somebody on a caseload list or in Braid, and how names and numbers are compared."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache

from braid.exchange.roster.drafts import Draft
from braid.exchange.roster.plan import ExistingPerson
from braid.exchange.roster.records import PersonRecord
from braid.exchange.roster.values.texts import split_name
from braid.method.likeness import fold

TITLES = frozenset(("mr", "mrs", "ms", "miss", "mx", "dr", "hr", "fr", "dhr", "mevr"))


@dataclass(slots=True, eq=False)
class Person:
    """Somebody on a caseload list, or in Braid already (`existing`).

    `second_of`: the person they may be; `waits` until somebody says so or not.
    """

    key: str
    number: str | None
    given: str
    family: str
    birth: date | None
    phone: str = ""
    drafts: list[Draft] = field(default_factory=list)
    existing: ExistingPerson | None = None
    second_of: "Person | None" = None
    waits: bool = False

    @property
    def name(self) -> str:
        return f"{self.given} {self.family}".strip()

    def record(self) -> PersonRecord:
        return PersonRecord(
            self.key, self.number, self.given, self.family, self.birth, self.phone
        )


def number_key(text: str) -> str:
    """Return a client number as it is compared: without case, spaces, leading zeros."""
    bare = re.sub(r"\s", "", text).casefold()
    return bare.lstrip("0") or bare if bare.isdigit() else bare


@lru_cache(maxsize=65_536)
def name_key(name: str) -> str:
    """Return a name as it is compared: without titles, in any order of its words."""
    words = fold(name).split()
    return " ".join(sorted(word for word in words if word not in TITLES) or words)


def halves(draft: Draft) -> tuple[str, str]:
    """Return given and family name of a row, from two columns or from one."""
    last, first = draft.get("last"), draft.get("first")
    if last or first:
        return first or "", last or ""
    return split_name(draft.get("name") or "")


def name_and_birth(given: str, family: str, birth: date | None) -> str:
    name = f"{family}, {given}" if given and family else family or given
    return f"{name} ({birth.isoformat()})" if birth else name


def phone_of(draft: Draft) -> str:
    for name in ("last", "first", "name"):
        rest = draft.rest(name)
        if rest:
            return str(rest)
    return ""
