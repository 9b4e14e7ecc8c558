"""Opening and closing review notes: a figure that both parties want to talk about."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from braid.access import audit, changes
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.funding.models import Agreement, MonitorNote
from braid.kernel.errors import InputFault
from braid.packs import monitors

LONGEST = 4_000
REST = timedelta(90)
"""So long a figure that was talked about is not brought up by itself; a house decision."""
TASK = "monitors"


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


@transaction.atomic
def raise_notes(
    *, actor: Actor, agreement: Agreement, said: Iterable[tuple[str, str]], as_of: date
) -> list[MonitorNote]:
    """Open a review note for each flagged figure, with what the flag says.

    `said` are monitors with sentences. Done again it changes nothing: a figure has one
    note of its own at a time, and none for 90 days after it was talked about. Raises
    Refused.
    """
    ground = require(actor, Action.SEE_AMOUNTS, agreement.subject())
    rows = MonitorNote.objects.system("notes that flags opened of one agreement")
    held = rows.filter(agreement=agreement, is_raised=True).filter(
        Q(closed_on__isnull=True) | Q(closed_on__gt=as_of - REST)
    )
    known = set(held.values_list("monitor", flat=True))
    sentences: dict[str, list[str]] = {}
    for monitor, sentence in said:
        if monitor not in known:
            sentences.setdefault(monitor, []).append(sentence)
    made = [
        MonitorNote(
            agreement=agreement,
            monitor=monitor,
            as_of=as_of,
            question=" ".join(each)[:LONGEST],
            is_raised=True,
        )
        for monitor, each in sentences.items()
    ]
    # Somebody else may look at this moment: what they opened stays as it is.
    MonitorNote.objects.bulk_create(made, ignore_conflicts=True)
    stands = rows.filter(pk__in=[note.pk for note in made])
    opened = list(stands)
    for note in opened:
        audit.record(actor, "monitor_note_raised", note, ground=ground)
    return opened


def _text(text: str, field: str) -> str:
    kept = text.strip()
    if not 0 < len(kept) <= LONGEST:
        raise InputFault(
            _("This takes words, and at most 4,000 characters. Change its length."),
            field=field,
            reason="length",
        )
    return kept
