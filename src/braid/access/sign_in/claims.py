"""What a provider says of a person, read as its organisation configured it.

Pure: no Django, no network. Brokers name the same thing differently, so which claim is
what is data. A role that a claim names is a proposal and gives nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

LONGEST = 300


@dataclass(frozen=True, slots=True)
class Reading:
    """Which claim says what; an empty name says that none does.

    `org_value` is what the claim `org_id` must say, `person_system` the kind of number
    that `person_id` is.
    """

    subject: str = "sub"
    name: str = "name"
    assurance: str = "acr"
    roles: str = ""
    person_id: str = ""
    person_system: str = ""
    org_id: str = ""
    org_value: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, str]) -> "Reading":
        """Return the reading that was kept; what it does not know is left out."""
        known = {field.name for field in fields(cls)}
        return cls(**{key: text for key, text in kept.items() if key in known})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in, as the provider says."""

    issuer: str
    subject: str
    name: str
    assurance: str
    roles: tuple[str, ...]
    person_id: str
    organisation: str


class Unfit(Exception):
    """The sign-in is genuine and still not enough; `reason` is a slug for a sentence."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def read(claims: Mapping[str, Any], reading: Reading) -> Identity:
    """Return who signed in. Raises Unfit where nobody is named or another organisation.

    Source: OpenID Connect Core 1.0, 2 (`iss` and `sub` together name a person).
    """
    subject = _text(claims, reading.subject)
    if not subject:
        raise Unfit("no_subject")
    organisation = _text(claims, reading.org_id)
    if reading.org_value and organisation != reading.org_value:
        raise Unfit("other_organisation")
    return Identity(
        issuer=_text(claims, "iss"),
        subject=subject,
        name=_text(claims, reading.name),
        assurance=_text(claims, reading.assurance),
        roles=tuple(_words(_find(claims, reading.roles))),
        person_id=_text(claims, reading.person_id),
        organisation=organisation,
    )


def require_assurance(identity: Identity, enough: Collection[str]) -> None:
    """Raise Unfit where the provider was less sure than the organisation asks."""
    if enough and identity.assurance not in enough:
        raise Unfit("assurance")


def is_just_now(claims: Mapping[str, Any], now: float, seconds: float) -> bool:
    """Say whether the provider itself asked the person within so many seconds."""
    asked_at = claims.get("auth_time")
    if isinstance(asked_at, bool) or not isinstance(asked_at, int | float):
        return False
    return abs(now - asked_at) <= seconds


def _find(claims: Mapping[str, Any], name: str) -> Any:
    """Return a claim by its name, or by its path where the name has dots."""
    if not name:
        return None
    if name in claims:
        return claims[name]
    found: Any = claims
    for step in name.split("."):
        found = found.get(step) if isinstance(found, Mapping) else None
    return found


def _text(claims: Mapping[str, Any], name: str) -> str:
    found = _find(claims, name)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    return str(found)[:LONGEST]


def _words(found: Any) -> Iterable[str]:
    if isinstance(found, str):
        return found.split()
    if isinstance(found, Collection) and not isinstance(found, Mapping):
        return [word for word in found if isinstance(word, str)]
    return []
