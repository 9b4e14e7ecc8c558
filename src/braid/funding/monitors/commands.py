"""Opening and closing review notes: a figure that both parties want to talk about."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from braid.access import audit, changes
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.funding.models import Agreement, MonitorNote
from braid.kernel.errors import InputFault
from braid.packs import monitors

LONGEST = 4_000


@transaction.atomic
def open_note(
    *, actor: Actor, agreement: Agreement, monitor: str, question: str, as_of: date
) -> MonitorNote:
    """Open a review note about a figure. Raises Refused, and InputFault."""
    ground = require(actor, Action.SEE_AMOUNTS, agreement.subject())
    if monitors.get().monitor(monitor) is None:
        raise InputFault(
            _("There is no figure of that name. Choose one that is listed."),
            field="monitor",
            reason="monitor_unknown",
        )
    note = MonitorNote.objects.create(
        agreement=agreement,
        monitor=monitor,
        as_of=as_of,
        question=_text(question, "question"),
        created_by_id=actor.id,
    )
    audit.record(actor, "monitor_note_opened", note, ground=ground)
    return note


@transaction.atomic
def close_note(
    *,
    actor: Actor,
    note: MonitorNote,
    answer: str,
    closed_on: date,
    expected_version: int,
) -> bool:
    """Close a review note with what came of it. Raises Refused, InputFault, and Stale."""
    require(actor, Action.CLAIM, note.agreement.subject())
    return changes.edit(
        actor,
        note,
        action="monitor_note_closed",
        expected_version=expected_version,
        answer=_text(answer, "answer"),
        closed_on=closed_on,
    )


def _text(text: str, field: str) -> str:
    kept = text.strip()
    if not 0 < len(kept) <= LONGEST:
        raise InputFault(
            _("This takes words, and at most 4,000 characters. Change its length."),
            field=field,
            reason="length",
        )
    return kept
