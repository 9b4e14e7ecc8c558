"""What every page says while the glass is broken: for whom, until when, and how to end it."""

from datetime import datetime, timedelta

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from braid.access import glass
from braid.access.policy import Actor
from braid.people import finding
from braid.web.presenters import Band


def bands(actor: Actor, now: datetime) -> list[Band]:
    """Return a band for each emergency access that is open to the actor now."""
    found = glass.open_glasses(actor, now)
    if not found:
        return []
    people = finding.open_in_emergency(actor)
    return [
        Band(
            title=_("Emergency access"),
            text=_left(people.get(one.applicant_id, ""), one.expires_at - now),
            until=one.expires_at,
            act=_("Close now"),
            act_url=reverse("desk:glass_close", args=[one.pk]),
            label=_("To the person"),
            url=reverse("desk:person", args=[one.applicant_id])
            if one.applicant_id in people
            else "",
        )
        for one in found
    ]


def _left(name: str, left: timedelta) -> str:
    minutes = max(1, round(left / timedelta(minutes=1)))
    text = ngettext(
        "%(number)s minute left, until", "%(number)s minutes left, until", minutes
    ) % {"number": minutes}
    return f"{name} · {text}" if name else text
