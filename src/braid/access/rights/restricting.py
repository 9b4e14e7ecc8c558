"""Closing a record: it is kept and not used. The name stays, everything else is closed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.models import Restriction
from braid.access.policy import Action, Actor, Subject
from braid.access.queries import require
from braid.access.rights.erasing import holder_of
from braid.kernel.errors import InputFault


def in_force(applicant_id: UUID, today: date) -> QuerySet[Restriction]:
    """Return the restrictions of a record on a day."""
    return Restriction.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=today),
        applicant_id=applicant_id,
        lifted_at__isnull=True,
    )


@transaction.atomic
def restrict(
    *,
    actor: Actor,
    applicant_id: UUID,
    reason: str,
    now: datetime,
    ends_on: date | None = None,
) -> Restriction:
    """Close a record, until the end of a day or until lifted. Raises Refused, InputFault."""
    holder = holder_of(applicant_id)
    require(actor, Action.ANSWER, Subject(None, holder))
    if not reason.strip():
        raise InputFault(
            _("Say why the record is closed."), field="reason", reason="reason_missing"
        )
    if ends_on is not None and ends_on < now.date():
        raise InputFault(
            _("The last day lies in the past."), field="ends_on", reason="in_the_past"
        )
    made = Restriction.objects.create(
        organisation_id=holder,
        applicant_id=applicant_id,
        reason=reason.strip(),
        set_at=now,
        set_by_id=actor.id,
        ends_on=ends_on,
    )
    audit.record(actor, "record_restricted", made, applicant=applicant_id)
    return made


@transaction.atomic
def lift(*, actor: Actor, applicant_id: UUID, now: datetime) -> int:
    """Open a record again; return how many restrictions were lifted. Raises Refused."""
    holder = holder_of(applicant_id)
    require(actor, Action.ANSWER, Subject(None, holder))
    open_ones = Restriction.objects.filter(
        applicant_id=applicant_id, lifted_at__isnull=True
    )
    lifted = open_ones.update(lifted_at=now)
    if lifted:
        audit.record(actor, "restriction_lifted", applicant=applicant_id, count=lifted)
    return lifted
