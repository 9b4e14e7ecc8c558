"""Work on imports that no request waits for."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from braid.access.policy import Actor
from braid.access.queries import acting
from braid.exchange import commands, queries
from braid.exchange.choices import BatchState
from braid.exchange.models import ImportBatch
from braid.kernel.breakage import note
from braid.kernel.errors import InputFault, Refused

logger = logging.getLogger(__name__)


def start_reading(actor: Actor, batch: ImportBatch) -> None:
    """Let a worker read the files of an import again and make its plan."""
    commands.enter_state(actor, batch, BatchState.READING)
    read.enqueue(**_who(actor), batch_id=str(batch.pk))


def start_commit(actor: Actor, batch: ImportBatch, plan_hash: str) -> None:
    """Let a worker save an import, if its plan is still the one that was shown."""
    commands.enter_state(actor, batch, BatchState.COMMITTING)
    commit.enqueue(**_who(actor), batch_id=str(batch.pk), plan_hash=plan_hash)


def _who(actor: Actor) -> dict[str, str]:
    return {
        "user_id": str(actor.id),
        "role": actor.role.value,
        "organisation_id": str(actor.organisation),
    }


@contextmanager
def _told(batch_id: str) -> Iterator[None]:
    """Let the import's own page say what went wrong; no value comes into a log."""
    try:
        yield
    except (InputFault, Refused) as fault:
        logger.info("import %s: %s", batch_id, fault.code)
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error("import %s broke: reference %s, %s", batch_id, reference, path)


@task()
def read(user_id: str, role: str, organisation_id: str, batch_id: str) -> None:
    """Read the files of an import and keep the preview of its plan."""
    today = timezone.localdate()
    actor = acting(UUID(user_id), role, UUID(organisation_id), timezone.now())
    if actor is None:
        return
    batch = queries.batch(actor, UUID(batch_id))
    with _told(batch_id):
        commands.plan_batch(actor=actor, batch=batch, today=today)


@task()
def commit(
    user_id: str, role: str, organisation_id: str, batch_id: str, plan_hash: str
) -> None:
    """Save an import whole, or not at all."""
    today = timezone.localdate()
    actor = acting(UUID(user_id), role, UUID(organisation_id), timezone.now())
    if actor is None:
        return
    batch = queries.batch(actor, UUID(batch_id))
    with _told(batch_id):
        commands.commit_batch(
            actor=actor, batch=batch, plan_hash=plan_hash, today=today
        )
