"""What the review of accesses must know of people: surnames, streets, who works with whom.

Handed in to `access/reviewing.py` by the site. Nothing of it is shown to anybody; it is
compared, and what is left is the name of a rule.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from braid.access.unusual import Person, Spell
from braid.method.likeness import fold
from braid.people.choices import EpisodeState
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    CaseworkSpell,
    Episode,
    TreatmentNote,
    TreatmentSpell,
)

REASON = "which accesses are unusual"
CHUNK = 2000  # keys of one query
DAY = timedelta(days=1)
Found = Iterator[tuple[UUID, Spell]]


def people(keys: Collection[UUID]) -> Mapping[UUID, Person]:
    """Return the applicants of these keys that there are, with who works with them."""
    found: dict[UUID, Person] = {}
    wanted = list(keys)
    for chunk in (wanted[at : at + CHUNK] for at in range(0, len(wanted), CHUNK)):
        spells: dict[UUID, list[Spell]] = defaultdict(list)
        for key, spell in _spells(chunk):
            spells[key].append(spell)
        rows = Applicant.objects.system(REASON).filter(pk__in=chunk).order_by()
        for key, surname, address, postcode in rows.values_list(
            "pk", "family_name", "address", "postcode"
        ):
            found[key] = Person(
                surname_of(surname), street(address, postcode), tuple(spells[key])
            )
    return found


def surnames(organisation: UUID) -> Mapping[str, int]:
    """Return how many applicants of an organisation have each surname."""
    rows = Applicant.objects.system(REASON).filter(organisation_id=organisation)
    names = rows.order_by().values_list("family_name", flat=True)
    return Counter(surname_of(name) for name in names.iterator())


def surname_of(name: str) -> str:
    """Return the last name of all, folded: of two family names the one that counts."""
    return fold(name).rpartition(" ")[2]


def street(address: str, postcode: str) -> str:
    """Return street and postcode without the number; empty where either is unknown."""
    words = [word for word in fold(address).split() if not word[0].isdigit()]
    name = " ".join(word for word in words if len(word) > 1)
    return f"{name} {fold(postcode)}" if name and postcode.strip() else ""


def _spells(keys: Collection[UUID]) -> Found:
    yield from _units(keys)
    for model, user in (
        (TreatmentSpell, "key_clinician_id"),
        (CaseworkSpell, "caseworker_id"),
    ):
        yield from _around(model, user, keys)
    notes = (
        TreatmentNote.objects.system(REASON).filter(applicant_id__in=keys).order_by()
    )
    for key, team, day in notes.values_list("applicant_id", "team_id", "day"):
        yield key, Spell(team, day)


def _units(keys: Collection[UUID]) -> Found:
    """Yield the units of episodes, and the specialists who had them."""
    episodes = Episode.objects.system(REASON).filter(applicant_id__in=keys).order_by()
    for key, unit, referred, created, exited, state in episodes.values_list(
        "applicant_id", "unit_id", "referred_on", "created_at", "exited_on", "state"
    ):
        first = referred or created.date()
        last = exited - DAY if exited else None
        if last is None and state == EpisodeState.NOT_STARTED:
            last = first
        yield key, Spell(unit, first, last)
    held = CaseloadSpell.objects.system(REASON).filter(episode__applicant_id__in=keys)
    for key, unit, user, first, last in held.order_by().values_list(
        "episode__applicant_id",
        "episode__unit_id",
        "specialist_id",
        "first_day",
        "last_day",
    ):
        if user is not None:
            yield key, Spell(unit, first, last, user)


def _around(model: Any, user: str, keys: Collection[UUID]) -> Found:
    rows = model.objects.system(REASON).filter(episode__applicant_id__in=keys)
    for key, team, person, first, last, exited in rows.order_by().values_list(
        "episode__applicant_id",
        "team_id",
        user,
        "first_day",
        "last_day",
        "episode__exited_on",
    ):
        last = _earlier(last, exited)
        yield key, Spell(team, first, last)
        if person is not None:
            yield key, Spell(team, first, last, person)


def _earlier(last: date | None, exited: date | None) -> date | None:
    ends = [day for day in (last, exited - DAY if exited else None) if day is not None]
    return min(ends, default=None)
