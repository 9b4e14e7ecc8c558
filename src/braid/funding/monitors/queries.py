"""Reading agreements whose figures are watched, and the review notes beside them."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count
from django.http import Http404

from braid.access.policy import Action, Actor, decide
from braid.funding.models import Agreement, MonitorNote


def agreements(actor: Actor) -> list[Agreement]:
    """Return the agreements whose money `actor` may see, with unit and funder."""
    found = Agreement.objects.visible_to(actor).select_related("unit", "funder")
    return list(found.order_by("unit__name", "contract", "first_day"))


def agreement(actor: Actor, key: UUID) -> Agreement:
    """Return one of these agreements, else answer 404."""
    one: Agreement | None = (
        Agreement.objects.visible_to(actor)
        .select_related("unit__organisation", "funder")
        .filter(pk=key)
        .first()
    )
    if one is None:
        raise Http404
    return one


def notes(actor: Actor, of: Agreement) -> list[MonitorNote]:
    """Return the review notes of an agreement: the open ones first, then the newest."""
    found = MonitorNote.objects.visible_to(actor).filter(agreement=of)
    rows: list[MonitorNote] = list(found.select_related("created_by"))
    return sorted(rows, key=lambda note: note.closed_on is not None)


def open_notes(actor: Actor) -> dict[UUID, int]:
    """Return how many review notes of each agreement wait for a talk: one question."""
    rows = MonitorNote.objects.visible_to(actor).filter(closed_on__isnull=True)
    counted = rows.order_by().values("agreement").annotate(number=Count("pk"))
    return dict(counted.values_list("agreement", "number"))


def note(actor: Actor, key: UUID) -> MonitorNote:
    """Return a review note, else answer 404."""
    one: MonitorNote | None = (
        MonitorNote.objects.visible_to(actor)
        .select_related("agreement__unit__organisation", "agreement__funder")
        .filter(pk=key)
        .first()
    )
    if one is None:
        raise Http404
    return one


def may_close(actor: Actor, of: Agreement) -> bool:
    """Say whether `actor` answers review notes: who claims for the unit does."""
    return decide(actor, Action.CLAIM, of.subject()).allowed
