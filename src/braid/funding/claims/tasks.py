"""Running a contract, which no request waits for."""

import logging
from dataclasses import asdict, dataclass
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from braid.access.policy import Action, Actor
from braid.access.queries import acting, require
from braid.funding import commands, queries
from braid.funding.models import Agreement
from braid.kernel.breakage import note
from braid.kernel.errors import InputFault, PackFault, PackFaults, Refused

KEPT = 24 * 60 * 60  # seconds
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Running:
    """How far a run is that somebody asked for; `told` says why it did not work."""

    state: Literal["none", "waiting", "failed"] = "none"
    told: str = ""


def start(actor: Actor, agreement: Agreement) -> None:
    """Let a worker run the contract of an agreement. Raises Refused."""
    require(actor, Action.CLAIM, agreement.subject())
    _keep(agreement.pk, Running("waiting"))
    run.enqueue(
        user_id=str(actor.id),
        role=actor.role.value,
        organisation_id=str(actor.organisation),
        key=str(agreement.pk),
    )


def running(agreement: Agreement) -> Running:
    """Return how far the run is that somebody asked for."""
    kept = cache.get(_name(agreement.pk))
    return Running(**kept) if kept else Running()


def _keep(key: UUID, state: Running) -> None:
    cache.set(_name(key), asdict(state), KEPT)


def _name(key: UUID) -> str:
    return f"funding-running-{key}"


@task()
def run(user_id: str, role: str, organisation_id: str, key: str) -> None:
    """Freeze the facts of an agreement's unit and run its contract on them."""
    actor = acting(UUID(user_id), role, UUID(organisation_id), timezone.now())
    if actor is None:
        return
    try:
        agreement = queries.agreement(actor, UUID(key))
    except Http404:
        return
    _keep(agreement.pk, _done(actor, agreement))


def _done(actor: Actor, agreement: Agreement) -> Running:
    try:
        commands.run(actor=actor, agreement=agreement, today=timezone.localdate())
    except (InputFault, PackFault, PackFaults) as fault:
        return Running("failed", str(fault))
    except Refused:
        return Running("failed", _("You may not run the contract of this unit."))
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error("a contract was not run: reference %s, %s", reference, path)
        told = _("Something in Braid is broken (reference %(reference)s).")
        return Running("failed", told % {"reference": reference})
    return Running()
