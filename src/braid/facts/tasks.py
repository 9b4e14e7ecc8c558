"""Freezing the facts of all units that somebody oversees, which no request waits for."""

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django_tasks import task

from braid.access.policy import Action, Actor, Information
from braid.access.queries import acting, require_anywhere
from braid.facts import commands, registry
from braid.facts.models import Snapshot
from braid.kernel.breakage import note
from braid.kernel.errors import Refused
from braid.kernel.ids import new_id

KEPT = 24 * 60 * 60  # seconds
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Building:
    """How far a build is: `snapshot` when done; `share` is what is written, of 100."""

    state: Literal["waiting", "done", "failed"] = "waiting"
    share: int | None = None
    snapshot: str = ""


def start_build(actor: Actor) -> UUID:
    """Let a worker freeze the facts; return the key to ask for how far it is.

    Raises Refused.
    """
    require_anywhere(actor, Action.OVERSEE, Information.STATISTICAL)
    key = new_id()
    _keep(actor, key, Building())
    build.enqueue(
        user_id=str(actor.id),
        role=actor.role.value,
        organisation_id=str(actor.organisation),
        key=str(key),
    )
    return key


def building(actor: Actor, key: UUID) -> Building | None:
    """Return how far a build is that `actor` started; None where there is none."""
    kept: Mapping[str, Any] | None = cache.get(_name(actor, key))
    return Building(**kept) if kept else None


def _keep(actor: Actor, key: UUID, state: Building) -> None:
    cache.set(_name(actor, key), asdict(state), KEPT)


def _name(actor: Actor, key: UUID) -> str:
    return f"facts-build-{actor.id}-{key}"


@task()
def build(user_id: str, role: str, organisation_id: str, key: str) -> None:
    """Freeze the facts and keep how far it is for whoever asked."""
    actor = acting(UUID(user_id), role, UUID(organisation_id), timezone.now())
    if actor is None:
        return

    def tell(done: int, of: int) -> None:
        _keep(actor, UUID(key), Building(share=100 * done // of))

    try:
        built = commands.build(actor=actor, today=timezone.localdate(), progress=tell)
    except Refused as refused:
        logger.info("facts were not built: %s", refused.reason)
        _keep(actor, UUID(key), Building("failed"))
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error("facts were not built: reference %s, %s", reference, path)
        _keep(actor, UUID(key), Building("failed"))
    else:
        done = Building("done", 100, built.manifest.snapshot)
        _keep(actor, UUID(key), done)
        work_out(built.manifest.snapshot)


def work_out(snapshot: str) -> None:
    """Keep beside a snapshot what pages will ask of it; without it they only wait."""
    found = Snapshot.objects.get(pk=snapshot)
    for keep in registry.beside():
        try:
            keep(found)
        except Exception as error:  # the facts themselves are built
            reference, path = note(error, settings.BRAID_DATA)
            logger.error("nothing kept beside facts: reference %s, %s", reference, path)
