"""Scenario pages: one for its readers, and all that rest on one version of rules."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, Information, may
from braid.benefits.choices import CalculationState
from braid.benefits.models import Calculation
from braid.benefits.queries.records import kept
from braid.kernel.errors import Refused


def calculations(actor: Actor, applicant_id: UUID | None = None) -> QuerySet[Any]:
    """Return the scenario pages that `actor` reads, the latest first.

    A counsellor reads all; the person what a counsellor has confirmed, others what the
    person showed them.
    """
    rows = kept(actor, Calculation, applicant_id).select_related("confirmed_by")
    if may(actor, Action.CONFIRM, Information.BENEFITS):
        return rows
    own = Q(episode__applicant_id=actor.own, confirmed_at__isnull=False)
    return rows.filter(Q(shown_to_unit=True) | own)


def calculation(actor: Actor, key: UUID) -> Calculation:
    """Return one scenario page that `actor` reads, else answer 404."""
    found: Calculation | None = calculations(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def last_ready(actor: Actor, failed: Calculation) -> Calculation | None:
    """Return the latest page of the same person that was worked out and still stands."""
    rows = calculations(actor, failed.episode.applicant_id).filter(
        state=CalculationState.READY, recalled_on__isnull=True
    )
    found: Calculation | None = rows.first()
    return found


def calculations_with(
    actor: Actor, pack_id: str, pack_version: str
) -> list[Calculation]:
    """Return exactly the scenario pages that rest on one version of a pack."""
    rows = calculations(actor).filter(pack_id=pack_id, pack_version=pack_version)
    return list(rows.order_by("created_at", "pk"))


def all_calculations_with(
    actor: Actor, pack_id: str, pack_version: str = ""
) -> list[Calculation]:
    """Return the pages of all units on rules of this id, for a task of the operator.

    Raises Refused for anybody else: the page of a counsellor asks `calculations_with`.
    """
    if not actor.system:
        raise Refused("not_granted")
    rows = Calculation.objects.filter(
        episode__unit__in=actor.teams, pack_id=pack_id
    ).select_related("episode__unit__organisation", "episode__applicant")
    if pack_version:
        rows = rows.filter(pack_version=pack_version)
    return list(rows.system(actor.system).order_by("created_at", "pk"))


@dataclass(frozen=True, slots=True)
class EditionUsed:
    """A version of rules, and how many pages in force rest on it."""

    pack_id: str
    version: str
    pages: int


def editions_used(actor: Actor) -> list[EditionUsed]:
    """Return the versions of rules on which pages rest that nobody has recalled."""
    rows = (
        calculations(actor)
        .filter(recalled_on__isnull=True)
        .exclude(pack_id="")
        .order_by("pack_id", "pack_version")
        .select_related(None)
        .values_list("pack_id", "pack_version")
        .annotate(pages=Count("pk"))
    )
    return [EditionUsed(*row) for row in rows]
