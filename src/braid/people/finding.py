"""Finding somebody in an emergency: by exactly who they are, never by a part of it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from braid.access import secrets
from braid.packs import jurisdictions
from braid.people import rules
from braid.people.models import Applicant, Identifier

REASON = "somebody is looked for in an emergency; the caller asks the policy and audits"


def in_emergency(
    *, number: str = "", name: str = "", birth_date: date | None = None
) -> list[Applicant]:
    """Return whom a whole national number, or a full name with a birth date, means.

    Nobody's scope: the caller asks the policy about whoever is found.
    """
    people = Applicant.objects.system(REASON).select_related("organisation")
    if number:
        numbers = Identifier.objects.system(REASON).filter(value_hash__in=_keys(number))
        return list(people.filter(pk__in=numbers.values("applicant_id")).order_by("pk"))
    if not name or birth_date is None:
        return []
    wanted = folded(name)
    born = people.filter(birth_date=birth_date).order_by("pk")
    return [person for person in born if folded(person.name) == wanted]


def folded(name: str) -> str:
    """Return a name as two spellings of it are compared: its letters, one space each."""
    return " ".join(name.casefold().split())


def _keys(number: str) -> list[str]:
    """Return the hashes of a number, as a number of each national system."""
    checked = ((system, rules.check_number(system, number)) for system in _systems())
    return [
        secrets.keyed_hash(system, one.normalised)
        for system, one in checked
        if one.normalised
    ]


@lru_cache(maxsize=1)
def _systems() -> Sequence[str]:
    packs = jurisdictions.load().values()
    return sorted({system for pack in packs for system in pack.identifiers.person})
