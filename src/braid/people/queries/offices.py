"""Which treatment teams and job centres work with somebody's caseload."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from braid.access.policy import Action, Actor
from braid.people.models import CaseloadSpell, CaseworkSpell, TreatmentSpell


def offices_of_caseload(actor: Actor, staff_id: UUID, day: date) -> frozenset[UUID]:
    """Return the teams that work with those on the caseload of `staff_id`: two queries."""
    running = Q(last_day__isnull=True) | Q(last_day__gte=day)
    mine = (
        CaseloadSpell.objects.visible_to(actor, Action.RECORD)
        .filter(running, specialist_id=staff_id, first_day__lte=day)
        .order_by()
        .values("episode_id")
    )
    found: set[UUID] = set()
    models: tuple[Any, ...] = (TreatmentSpell, CaseworkSpell)
    for model in models:
        rows = model.objects.visible_to(actor, Action.RECORD).filter(
            running, episode_id__in=mine, first_day__lte=day
        )
        found |= set(rows.order_by().values_list("team_id", flat=True).distinct())
    return frozenset(found)
