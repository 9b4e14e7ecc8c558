"""In whose words a page, a letter or a mail speaks: those of the reader's sector."""

from collections.abc import Mapping

from django.utils.translation import get_language

from braid.access.policy import Actor, Purpose, Role
from braid.packs import words
from braid.packs.words import Sector

# Roles without a line speak as the unit does.
OF_ROLE: Mapping[Role, Sector] = {
    Role.CLINICIAN: "health",
    Role.CLINICAL_MANAGER: "health",
    Role.CASEWORKER: "employment",
    Role.APPLICANT: "applicant",
}
# Who finds work for somebody and who decides about money use different words.
OF_PURPOSE: Mapping[Purpose, Sector] = {
    Purpose.BENEFIT_DECISION: "municipality",
    Purpose.BENEFIT_CONTROL: "municipality",
}


def sector_of(actor: Actor | None) -> Sector:
    """Return the sector whose words somebody speaks, the unit's where nobody is known."""
    if actor is None:
        return "ips"
    return OF_PURPOSE.get(actor.works_at) or OF_ROLE.get(actor.role, "ips")


def said(event: str, actor: Actor | None, sector: Sector | None = None) -> str:
    """Return what the reader's sector calls an event, in the language of the page.

    `sector` speaks in the words of another one: a letter in those of who gets it.
    Raises: PackFault for an event that nobody knows.
    """
    country = actor.country if actor is not None else ""
    language = get_language() or ""
    return words.say(event, sector or sector_of(actor), country, language)
