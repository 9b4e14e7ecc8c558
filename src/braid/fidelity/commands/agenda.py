"""The agenda of a review: laid from the usual one, changed line by line."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, time
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.changes import edit
from braid.access.policy import Actor, Information
from braid.fidelity import queries
from braid.fidelity.commands.gathering import must_be_kept
from braid.fidelity.models import Evidence, Meeting, Review
from braid.fidelity.preparing import AGENDA, Slot
from braid.kernel.errors import InputFault, Refused

STATISTICAL = (Information.STATISTICAL,)


@dataclass(frozen=True, slots=True)
class Met:
    """One line of the agenda."""

    kind: str
    what: str
    with_role: str = ""
    name: str = ""
    day: date | None = None
    begins_at: time | None = None
    minutes: int | None = None


@transaction.atomic
def lay_agenda(*, actor: Actor, review: Review) -> int:
    """Begin the agenda with the usual lines, once; return how many.

    A visit of one day has no times: the lines are put in order by hand. Raises Refused,
    and InputFault where there is an agenda.
    """
    _must_prepare(actor, review)
    if Meeting.objects.system("is there an agenda").filter(review=review).exists():
        raise InputFault(
            _("There is an agenda already. Add lines to it, or remove some."),
            reason="agenda_there",
        )
    for slot in AGENDA:
        _put(actor, review, _on_days(review, slot))
    audit.record(
        actor, "review_agenda_laid", review, information=STATISTICAL, count=len(AGENDA)
    )
    return len(AGENDA)


def _on_days(review: Review, slot: Slot) -> Met:
    is_long = review.last_day > review.first_day
    return Met(
        kind=slot.kind,
        what=str(slot.what),
        with_role=slot.with_role,
        day=review.first_day if slot.day == 1 else review.last_day,
        begins_at=slot.begins_at if is_long else None,
        minutes=slot.minutes,
    )


@transaction.atomic
def add_meeting(*, actor: Actor, review: Review, met: Met) -> Meeting:
    """Put somebody to be met, or something to be watched, on the agenda."""
    _must_prepare(actor, review)
    made = _put(actor, review, met)
    audit.record(actor, "review_meeting_added", made, information=STATISTICAL)
    return made


def _put(actor: Actor, review: Review, met: Met) -> Meeting:
    return Meeting.objects.create(review=review, created_by_id=actor.id, **_values(met))


def _values(met: Met) -> dict[str, Any]:
    return asdict(met) | {"what": met.what.strip(), "name": met.name.strip()}


def change_meeting(
    *,
    actor: Actor,
    meeting: Meeting,
    met: Met,
    held: bool | None,
    row_version: int,
) -> None:
    """Change a line, or say whether it took place. Raises Refused, and Stale."""
    _must_prepare(actor, meeting.review)
    edit(
        actor,
        meeting,
        action="review_meeting_changed",
        expected_version=row_version,
        held=held,
        **_values(met),
    )


@transaction.atomic
def remove_meeting(*, actor: Actor, meeting: Meeting) -> None:
    """Take a line off the agenda. Raises Refused, and InputFault with evidence of it."""
    _must_prepare(actor, meeting.review)
    told = Evidence.objects.system("evidence of a line").filter(meeting=meeting)
    if told.exists():
        raise InputFault(
            _("Something was written down of this line. It stays on the agenda."),
            reason="has_evidence",
        )
    audit.record(actor, "review_meeting_removed", meeting, information=STATISTICAL)
    meeting.delete()


def _must_prepare(actor: Actor, review: Review) -> None:
    if not (queries.may_plan(actor, review) or queries.may_rate(actor, review)):
        raise Refused("no_ground")
    must_be_kept(review)
