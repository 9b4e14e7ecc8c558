"""Saving an import: the plan that was shown, whole or not at all."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from braid.access import audit
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.exchange import queries, storage
from braid.exchange.choices import BatchState, Does
from braid.exchange.commands.batches import enter_state
from braid.exchange.commands.planning import Prepared, prepare
from braid.exchange.commands.writing import write
from braid.exchange.models import ImportBatch, KeptAnswer
from braid.exchange.preview import outcome, plain
from braid.exchange.roster.wording import N_, say
from braid.kernel.errors import InputFault

PLAN_CHANGED = N_(
    "Something changed in Braid after this preview was made, so nothing was saved. "
    "Look at the new preview and save that."
)


def commit_batch(
    *,
    actor: Actor,
    batch: ImportBatch,
    plan_hash: str,
    today: date,
    prepared: Prepared | None = None,
) -> None:
    """Save what the plan with `plan_hash` says, in one transaction.

    `prepared` spares reading the files again where the same process made the plan.
    Raises Refused, or InputFault (`plan_changed`) when the plan is no longer the one
    that was shown: then nothing is saved.
    """
    require(actor, Action.IMPORT, batch.unit.subject())
    if batch.state != BatchState.COMMITTING:
        enter_state(actor, batch, BatchState.COMMITTING)
    try:
        ready = prepared or prepare(actor, batch, today)
        with transaction.atomic():
            _refuse_changed(actor, batch, ready, plan_hash)
            _save(actor, batch, ready)
    except InputFault as fault:
        batch.refresh_from_db()
        batch.planned_from = ""
        batch.save(update_fields=["planned_from"])
        said = {"message": plain(fault.message)}
        enter_state(actor, batch, BatchState.PLANNED, said)
        raise
    except BaseException:
        batch.refresh_from_db()
        enter_state(actor, batch, BatchState.FAILED, {"reason": "broken"})
        raise
    storage.forget_preview(batch.unit_id, batch.pk)


def _refuse_changed(
    actor: Actor, batch: ImportBatch, ready: Prepared, plan_hash: str
) -> None:
    """Compare with what was shown, inside the transaction that saves."""
    same_plan = ready.plan.plan_hash == plan_hash
    if not same_plan or queries.existing(actor, batch.unit) != ready.existing:
        raise InputFault(say(PLAN_CHANGED), reason="plan_changed")


def _save(actor: Actor, batch: ImportBatch, ready: Prepared) -> None:
    plan = ready.plan
    batch.commit_began_at = timezone.now()
    done = write(actor, batch, plan)
    _keep_answers(actor, batch, ready)
    batch.summary = {
        "totals": plain(plan.totals),
        "counts": plain(plan.counts),
        "outcome": outcome(plan, done[Does.UPDATED]),
        **done,
    }
    batch.committed_at = timezone.now()
    batch.save(update_fields=["summary", "commit_began_at", "committed_at"])
    audit.record(
        actor,
        "import_committed",
        batch,
        count=sum(sum(kinds.values()) for kinds in done.values()),
        digest=plan.plan_hash,
    )
    enter_state(actor, batch, BatchState.COMMITTED)


def _keep_answers(actor: Actor, batch: ImportBatch, ready: Prepared) -> None:
    """Keep what was answered, so that the same row is not asked about next month.

    That the file was right this time is not kept: a later edit is asked about anew.
    """
    known = ready.existing.answers
    new = {
        (one.fingerprint, one.finding.field or ""): one.answer
        for one in ready.plan.settled
        if known.get((one.fingerprint, one.finding.field)) != one.answer
        and "file" not in (one.answer.get("keep"), one.answer.get("keep_person"))
    }
    KeptAnswer.objects.bulk_create(
        [
            KeptAnswer(
                unit_id=batch.unit_id,
                batch=batch,
                fingerprint=fingerprint,
                field=field,
                answer=dict(answer),  # type: ignore[misc]
                created_by_id=actor.id,
            )
            for (fingerprint, field), answer in new.items()
        ],
        update_conflicts=True,
        unique_fields=["unit", "fingerprint", "field"],
        update_fields=["answer", "batch", "created_by"],
    )
