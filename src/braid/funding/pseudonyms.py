"""Pseudonyms of episodes and people in claims, and the way from a line's ids to them.

A token is drawn by chance and says nothing; the only way back is the row of the case,
which ends with the record of the person.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from braid.funding.models import Case

SIGNS = "23456789BCDFGHJKMNPQRSTVWXYZ"  # no vowels, nothing that reads as another
REASON = "pseudonyms of episodes whose claims are prepared"


def new_token() -> str:
    """Return a pseudonym that nobody has: two groups of five signs."""
    drawn = "".join(secrets.choice(SIGNS) for _ in range(10))
    return f"{drawn[:5]}-{drawn[5:]}"


def new_link() -> str:
    """Return what stands at the end of the address of a piece of evidence."""
    return secrets.token_hex(16)


@dataclass
class Names:
    """Pseudonyms of one contract: `episodes` and `people` by id, and back."""

    episodes: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)

    def hide(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return a line with pseudonyms in the place of ids, wherever they stand."""
        return _with(document, {**self.people, **self.episodes})

    def show(self, document: Mapping[str, Any]) -> dict[str, Any]:
        """Return a line as the engine had it; who is no longer known keeps a pseudonym."""
        back = {token: key for key, token in {**self.people, **self.episodes}.items()}
        return _with(document, back)


def _with(document: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    """Replace whole values and parts of keys; ids and tokens never overlap in a text."""
    own = {document.get("episode", ""), document.get("person", "")}
    text = json.dumps(document)
    for old in sorted(own, key=len, reverse=True):
        if old and old in names:
            text = text.replace(old, names[old])
    found: dict[str, Any] = json.loads(text)
    return found


def names_of(contract: str, episodes: Mapping[str, str]) -> Names:
    """Return the pseudonyms of episodes (id to person), drawn where there are none yet."""
    kept = _kept(contract, episodes)
    missing = sorted(set(episodes) - set(kept.episodes))
    made = []
    for episode in missing:
        person = kept.people.setdefault(episodes[episode], new_token())
        kept.episodes[episode] = new_token()
        made.append(
            Case(
                episode_id=UUID(episode),
                contract=contract,
                token=kept.episodes[episode],
                person_token=person,
            )
        )
    Case.objects.bulk_create(made)
    return kept


def _kept(contract: str, episodes: Mapping[str, str]) -> Names:
    """Return what was drawn before, for these episodes and others of the same people."""
    people_of = set(episodes.values())
    rows = Case.objects.system(REASON).filter(
        contract=contract, episode__applicant_id__in=[UUID(one) for one in people_of]
    )
    found = Names()
    for episode, person, token, person_token in rows.values_list(
        "episode_id", "episode__applicant_id", "token", "person_token"
    ):
        found.episodes[str(episode)] = token
        found.people[str(person)] = person_token
    return found


def known(contract: str) -> Names:
    """Return every pseudonym of a contract whose person is still on record."""
    rows = Case.objects.system(REASON).filter(contract=contract)
    found = Names()
    for episode, person, token, person_token in rows.values_list(
        "episode_id", "episode__applicant_id", "token", "person_token"
    ):
        found.episodes[str(episode)] = token
        found.people[str(person)] = person_token
    return found


def episodes_behind(contract: str, tokens: Iterable[str]) -> dict[str, UUID]:
    """Return the episodes behind pseudonyms, for the unit's own commands."""
    rows = Case.objects.system(REASON).filter(contract=contract, token__in=list(tokens))
    return dict(rows.values_list("token", "episode_id"))


def people_behind(contract: str, tokens: Iterable[str]) -> dict[str, UUID]:
    """Return the applicants behind pseudonyms, for the unit's own commands."""
    rows = Case.objects.system(REASON).filter(contract=contract, token__in=list(tokens))
    return dict(rows.values_list("token", "episode__applicant_id"))
