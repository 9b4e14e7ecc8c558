"""Attempts to reach somebody, as the rule about ending an episode counts them."""

from datetime import date
from uuid import UUID

from django.db.models import Max

from braid.access.policy import Actor
from braid.people.rules import Attempt
from braid.work.choices import Place
from braid.work.models import Contact

IN_COMMUNITY = frozenset({Place.COMMUNITY, Place.HOME, Place.EMPLOYER_SITE})


def attempts(actor: Actor, episode_id: UUID, until: date) -> list[Attempt]:
    """Return the outreach since the person was last met, up to and with a day.

    Meeting somebody ends the search for them: what came before counts no more.
    """
    contacts = Contact.objects.visible_to(actor).filter(
        episode_id=episode_id, day__lte=until
    )
    met = contacts.filter(attended=True).aggregate(last=Max("day"))["last"]
    rows = contacts.filter(outreach=True).exclude(attended=True)
    if met is not None:
        rows = rows.filter(day__gt=met)
    return [
        Attempt(day, mode, place in IN_COMMUNITY)
        for day, mode, place in rows.order_by("day").values_list("day", "mode", "place")
    ]
