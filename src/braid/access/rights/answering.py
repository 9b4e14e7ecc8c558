"""Doing what a request asks for: each act by an open request of its own kind.

The act and the answer are one transaction: both stand, or neither.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from braid.access import audit, requests
from braid.access.choices import RequestState
from braid.access.models import Restriction
from braid.access.policy import ABOUT_A_PERSON, Actor
from braid.access.rights import erasing, exporting, journal, restricting


@transaction.atomic
def copy(*, actor: Actor, request_id: UUID, now: datetime) -> exporting.Copy:
    """Return what the organisation keeps, for whoever asked for a copy.

    The request stays open: it is answered when the copy was handed over. Raises
    InputFault, Refused.
    """
    found = requests.to_act_on(actor, request_id, "copy")
    made = exporting.gather(found.applicant_id, now, organisation=found.organisation)
    audit.record(
        actor,
        "subject_exported",
        found,
        applicant=found.applicant_id,
        information=ABOUT_A_PERSON,
        count=sum(made.counts.values()),
    )
    return made


@transaction.atomic
def erase(*, actor: Actor, request_id: UUID, now: datetime) -> journal.Line:
    """Decide the erasure that was asked for, and answer. Raises InputFault, Refused.

    The journal comes last: whatever is refused before it is written is not erased.
    """
    found = requests.to_act_on(actor, request_id, "erase")
    requests.answer(actor=actor, request_id=found.pk, state=RequestState.DONE, now=now)
    return erasing.order(
        actor=actor,
        applicant_id=found.applicant_id,
        reason=erasing.Reason.ASKED,
        now=now,
    )


@transaction.atomic
def close(
    *,
    actor: Actor,
    request_id: UUID,
    reason: str,
    words: str,
    now: datetime,
    ends_on: date | None = None,
) -> Restriction:
    """Close the record as was asked for, and answer. Raises InputFault, Refused."""
    found = requests.to_act_on(actor, request_id, "close")
    made = restricting.restrict(
        actor=actor,
        applicant_id=found.applicant_id,
        reason=reason,
        ends_on=ends_on,
        now=now,
    )
    requests.answer(
        actor=actor, request_id=found.pk, state=RequestState.DONE, words=words, now=now
    )
    return made
