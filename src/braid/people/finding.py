"""Finding somebody in an emergency: by exactly who they are, never by a part of it."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from uuid import UUID

from braid.access import secrets
from braid.access.policy import Actor
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
        key
        for system, one in checked
        if one.normalised
        for key in secrets.keyed_hashes(system, one.normalised)
    ]


@lru_cache(maxsize=1)
def _systems() -> Sequence[str]:
    packs = jurisdictions.load().values()
    return sorted({system for pack in packs for system in pack.identifiers.person})


def open_in_emergency(actor: Actor) -> dict[UUID, str]:
    """Return the names of those for whom the actor has broken the glass, by their key."""
    seen = Applicant.objects.visible_to(actor).filter(pk__in=actor.opened)
    return {person.pk: person.name for person in seen.order_by("pk")}
