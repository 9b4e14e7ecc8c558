"""Noting what something else pays for."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require
from braid.funding.models import Agreement, PaidElsewhere
from braid.kernel.errors import InputFault

STATISTICAL = (Information.STATISTICAL,)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """That something else pays for an activity; `last_day` None is open."""

    activity: str
    payer: str
    first_day: date
    source: str
    last_day: date | None = None


@transaction.atomic
def note_elsewhere(
    *, actor: Actor, agreement: Agreement, noted: Elsewhere
) -> PaidElsewhere:
    """Note that something else pays for an activity. Raises Refused, InputFault."""
    require(actor, Action.CLAIM, agreement.subject())
    if noted.last_day is not None and noted.last_day < noted.first_day:
        raise InputFault(
            _("It ends before it begins. Correct one of the two days."),
            field="last_day",
            reason="days_reversed",
        )
    made: PaidElsewhere = PaidElsewhere.objects.create(
        agreement=agreement, created_by_id=actor.id, **asdict(noted)
    )
    audit.record(actor, "paid_elsewhere_noted", made, information=STATISTICAL)
    return made
