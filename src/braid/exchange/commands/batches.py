"""Opening an import and saying what its files mean; nothing of the record changes."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.exchange import queries, rules, storage
from braid.exchange.choices import BatchState
from braid.exchange.models import ImportBatch, ImportEntry, ImportFile, KeptLayout
from braid.exchange.roster.plan import Layout, TableMapping
from braid.exchange.storage import Stored
from braid.kernel.errors import InputFault

if TYPE_CHECKING:
    from braid.access.models import Team

MOST_FILES = 20
LONGEST_NAME = 240
APPEND = "the entries of an import already opened by policy"


def open_batch(
    *,
    actor: Actor,
    unit: Team,
    files: Iterable[tuple[str, Iterable[bytes]]],
    setup: Mapping[str, Any] | None = None,
    as_of: date | None = None,
    layout_id: str = "",
) -> ImportBatch:
    """Store the files, pairs of name and bytes in pieces, and open an import of them.

    Without a setup the one of the unit's last import is used again, but for its date.
    Raises Refused, or InputFault where there is no file, too many or too large a one.
    """
    require(actor, Action.IMPORT, unit.subject())
    stored = [storage.store(unit.pk, name, pieces) for name, pieces in files]
    if not 0 < len(stored) <= MOST_FILES:
        raise InputFault(
            _("%(number)d files were brought. Bring 1 to %(most)d files together.")
            % {"number": len(stored), "most": MOST_FILES},
            field="files",
        )
    stated = queries.stated_for(unit, setup)
    with transaction.atomic():
        batch = ImportBatch.objects.create(
            unit=unit,
            as_of=as_of,
            layout_id=layout_id,
            setup=stated,
            created_by_id=actor.id,
        )
        ImportFile.objects.bulk_create(_files(batch, stored))
        enter_state(actor, batch, BatchState.READING)
        audit.record(actor, "import_opened", batch, count=len(stored))
    return batch


@transaction.atomic
def open_again(*, actor: Actor, batch: ImportBatch) -> ImportBatch:
    """Open a new import of the same files, to answer what was left open."""
    require(actor, Action.IMPORT, batch.unit.subject())
    again = ImportBatch.objects.create(
        unit=batch.unit,
        as_of=batch.as_of,
        layout_id=batch.layout_id,
        setup=batch.setup,
        layout=batch.layout,
        answers=batch.answers,
        created_by_id=actor.id,
    )
    stored = [Stored(f.name, f.sha256, f.size) for f in queries.files_of(actor, batch)]
    ImportFile.objects.bulk_create(_files(again, stored))
    enter_state(actor, again, BatchState.READING)
    audit.record(actor, "import_opened", again, count=len(stored))
    return again


def _files(batch: ImportBatch, stored: list[Stored]) -> list[ImportFile]:
    names = named_apart([file.name for file in stored])
    return [
        ImportFile(batch=batch, name=name, sha256=file.sha256, size=file.size)
        for name, file in zip(names, stored, strict=True)
    ]


def named_apart(names: Iterable[str]) -> list[str]:
    """Return names of files, two of one name told apart by a number."""
    found: list[str] = []
    for name in names:
        free, number = name[-LONGEST_NAME:], 2
        while free in found:
            free, number = f"{name[-LONGEST_NAME:]} ({number})", number + 1
        found.append(free)
    return found


def enter_state(
    actor: Actor,
    batch: ImportBatch,
    state: BatchState,
    said: Mapping[str, Any] | None = None,
) -> None:
    """Append a state; the batch keeps the last one. Raises InputFault if not from here."""
    entries = ImportEntry.objects.filter(batch=batch).system(APPEND)
    last = entries.last()
    finding = rules.can_move(last.state if last else "", state)
    if not finding.ok:
        raise InputFault(_sentence(finding.reasons[0]), reason=finding.reasons[0])
    ImportEntry.objects.create(
        batch=batch,
        number=last.number + 1 if last else 1,
        state=state,
        said=said,
        recorded_by_id=actor.id,
    )
    batch.state, batch.touched_at = state, timezone.now()
    batch.save(update_fields=["state", "touched_at"])


def _sentence(reason: str) -> str:
    if reason == "still_working":
        return _("This import is being worked on. Wait until that is done.")
    if reason == "already_committed":
        return _("This import is saved already. Take it back first, then change it.")
    return _("The import is not as it was. Reload the page and try again.")


@transaction.atomic
def set_setup(*, actor: Actor, batch: ImportBatch, setup: Mapping[str, Any]) -> None:
    """State once what the files leave open; a new plan is needed."""
    require(actor, Action.IMPORT, batch.subject())
    batch.setup = dict(setup)
    stated = batch.setup.get("as_of")
    batch.as_of = date.fromisoformat(stated) if stated else None
    _save_inputs(actor, batch, "import_setup_stated")


@transaction.atomic
def set_layout(
    *,
    actor: Actor,
    batch: ImportBatch,
    layout: Layout,
    keep: Iterable[TableMapping] = (),
) -> None:
    """Say what tables and columns mean; those of `keep` are used again for next files."""
    require(actor, Action.IMPORT, batch.subject())
    batch.layout = layout.as_dict()
    for table in keep:
        _keep(actor, batch, table)
    _save_inputs(actor, batch, "import_layout_corrected")


def _keep(actor: Actor, batch: ImportBatch, table: TableMapping) -> None:
    signature = json.dumps([table.sheet, table.caption, *table.signature])
    kept = KeptLayout.objects.system("the unit's own layouts")
    kept.update_or_create(
        unit_id=batch.unit_id,
        signature=hashlib.sha256(signature.encode()).hexdigest(),
        defaults={"table": Layout((table,)).as_dict(), "created_by_id": actor.id},
    )


@transaction.atomic
def answer(
    *, actor: Actor, batch: ImportBatch, answers: Iterable[Mapping[str, Any]]
) -> None:
    """Settle questions: mappings of file, sheet, row, field (or None) and answer.

    A later answer to the same question takes the place of the earlier one; an answer
    of None takes it back.
    """
    require(actor, Action.IMPORT, batch.subject())
    settled = {_question(one): one for one in batch.answers}
    for one in answers:
        if one["answer"] is None:
            settled.pop(_question(one), None)
        else:
            settled[_question(one)] = dict(one)
    batch.answers = list(settled.values())
    _save_inputs(actor, batch, "import_questions_answered")


def _question(one: Mapping[str, Any]) -> tuple[Any, ...]:
    return one["file"], one.get("sheet"), one["row"], one.get("field")


def _save_inputs(actor: Actor, batch: ImportBatch, action: str) -> None:
    if batch.state in (BatchState.COMMITTING, BatchState.COMMITTED):
        raise InputFault(_sentence("already_committed"), reason="already_committed")
    batch.save(update_fields=["setup", "layout", "answers", "as_of"])
    audit.record(actor, action, batch)
