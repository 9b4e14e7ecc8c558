"""Working out scenarios, which no request waits for."""

import logging
from uuid import UUID

from django.conf import settings
from django.http import Http404
from django.utils import timezone
from django_tasks import task

from braid.access.policy import Actor
from braid.access.queries import acting
from braid.benefits import commands, queries
from braid.kernel.breakage import note
from braid.kernel.errors import Refused

logger = logging.getLogger(__name__)


def start(actor: Actor, calculation_id: UUID) -> None:
    """Let a worker work a scenario page out; who may is asked again when it does."""
    work_out.enqueue(
        user_id=str(actor.id),
        role=actor.role.value,
        organisation_id=str(actor.organisation),
        purpose=actor.works_at.value,
        calculation_id=str(calculation_id),
    )


@task()
def work_out(
    user_id: str, role: str, organisation_id: str, purpose: str, calculation_id: str
) -> None:
    """Work a scenario page out as whoever asked for it, if they still may."""
    now = timezone.now()
    actor = acting(UUID(user_id), role, UUID(organisation_id), now, purpose)
    if actor is None:
        logger.info("calculation %s: nobody may work it out any more", calculation_id)
        return
    try:
        found = queries.calculation(actor, UUID(calculation_id))
        commands.work_out(actor=actor, calculation=found, now=now)
    except (Http404, Refused):
        logger.info("calculation %s: refused", calculation_id)
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error(
            "calculation %s broke: reference %s, %s", calculation_id, reference, path
        )
