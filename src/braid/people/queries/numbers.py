"""Numbers of people as they are written, for what has to compare them with another's."""

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from braid.access import secrets
from braid.access.policy import Actor
from braid.people import rules
from braid.people.models import Identifier


def number_label(system: str) -> str:
    """Return what a kind of number is called."""
    if system.startswith(rules.CLIENT):
        return _("The unit's own number")
    country, _dash, name = system.partition("-")
    return f"{name.upper()} ({country.upper()})"


def number_kinds(actor: Actor) -> list[str]:
    """Return the kinds of number that people whom `actor` may read have, in order.

    Without a unit's own, which nobody else knows.
    """
    rows = Identifier.objects.visible_to(actor).order_by("system")
    found = rows.exclude(system__startswith=rules.CLIENT)
    return list(found.values_list("system", flat=True).distinct())


def written_numbers(
    actor: Actor, applicants: Collection[UUID], system: str
) -> dict[UUID, str]:
    """Return the number of one kind of each of these people who has one."""
    rows = Identifier.objects.visible_to(actor).filter(
        applicant_id__in=applicants, system=system
    )
    return {row.applicant_id: secrets.decrypt(row.value_encrypted) for row in rows}
