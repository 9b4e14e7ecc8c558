"""What was done for one person within some days, for reports to those who pay."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from braid.access.policy import Actor
from braid.work.choices import Mode
from braid.work.models import Contact, EmployerContact


@dataclass(frozen=True, slots=True)
class Done:
    """Contacts that took place, and contacts with employers, each with its way."""

    met: tuple[tuple[date, str, int | None], ...]
    missed: int
    employers: tuple[tuple[date, str], ...]


def done_between(
    actor: Actor, episode_ids: Collection[UUID], first: date, last: date
) -> Done:
    """Return what was done from `first` to `last`, the earliest first. No names, no notes."""
    within = {"episode_id__in": episode_ids, "day__range": (first, last)}
    contacts = (
        Contact.objects.visible_to(actor)
        .filter(**within)
        .order_by("day", "created_at")
        .values_list("day", "mode", "minutes", "attended")
    )
    visits = (
        EmployerContact.objects.visible_to(actor)
        .filter(**within)
        .order_by("day", "created_at")
        .values_list("day", "mode")
    )
    words = dict(Mode.choices)
    found = list(contacts)
    return Done(
        met=tuple(
            (day, str(words.get(mode, "")), minutes)
            for day, mode, minutes, attended in found
            if attended
        ),
        missed=sum(attended is False for *_rest, attended in found),
        employers=tuple((day, str(words.get(mode, ""))) for day, mode in visits),
    )
