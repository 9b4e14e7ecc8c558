"""Watching without anybody looking: figures worked out ahead, and notes that flags open.

A flag opens a review note that both parties read, so it is the flag that both may see:
one that only a small number raises opens none.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q
from django.utils import timezone, translation

from braid.access.queries import system_actor
from braid.facts import leaving
from braid.funding.models import Agreement, MonitorNote
from braid.funding.monitors import commands, presenters, reading

if TYPE_CHECKING:
    from braid.facts.models import Snapshot

REASON = "what is watched of every agreement, whoever looks"


def look(agreement: Agreement, today: date) -> list[MonitorNote]:
    """Open the review notes that the flags of an agreement ask for, once each."""
    actor = system_actor(agreement.unit, commands.TASK)
    day = leaving.known_on(today, inside=False)
    shown = reading.board(actor, agreement, day, inside=False)
    with translation.override(settings.LANGUAGE_CODE):
        said = [
            (one.monitor.id, presenters.raised_text(raised))
            for one in shown.watched
            for raised in one.raised
        ]
    return commands.raise_notes(actor=actor, agreement=agreement, said=said, as_of=day)


def look_at_all(today: date) -> int:
    """Look at every agreement that is in force; return how many notes were opened."""
    return sum(len(look(one, today)) for one in _in_force(today))


def keep(snapshot: Snapshot) -> None:
    """Work out what is watched of the units of a snapshot, so that no page waits."""
    today = timezone.localdate()
    for one in _in_force(today):
        if str(one.unit_id) not in snapshot.units:
            continue
        actor = system_actor(one.unit, commands.TASK)
        for inside in (True, False):
            day = leaving.known_on(today, inside=inside)
            reading.board(actor, one, day, inside=inside)


def _in_force(today: date) -> Iterator[Agreement]:
    rows = Agreement.objects.system(REASON).filter(first_day__lte=today)
    open_ones = rows.filter(Q(last_day__isnull=True) | Q(last_day__gte=today))
    return iter(open_ones.select_related("unit__organisation", "funder__organisation"))
