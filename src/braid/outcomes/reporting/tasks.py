"""Releasing a report of many units, which no request waits for.

state = ask_for(actor, order)       # where the release stands
state = stands(actor, order)        # waiting, done with a key, refused with a sentence
"""

import hashlib
import json
import logging
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django_tasks import task

from braid.access.policy import Actor
from braid.access.queries import acting
from braid.kernel.breakage import note
from braid.kernel.errors import InputFault, Refused
from braid.outcomes.reporting import commands
from braid.outcomes.reporting.running import Order

KEPT = 24 * 60 * 60  # seconds
WAITED = 15 * 60  # after that a worker that was stopped is not waited for
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where a release stands: `key` names it when done, `told` says why there is none."""

    state: Literal["unknown", "waiting", "done", "refused"]
    key: str = ""
    told: str = ""


def ask_for(actor: Actor, order: Order) -> str:
    """Let a worker release a report of all units that `actor` oversees."""
    text = json.dumps(asdict(replace(order, as_of=None)), sort_keys=True)
    address = _address(actor, text)
    cache.set(address, asdict(Stands("waiting")), WAITED)
    release.enqueue(
        user_id=str(actor.id),
        role=actor.role.value,
        organisation_id=str(actor.organisation),
        order=text,
    )
    return address


def stands(actor: Actor, address: str) -> Stands:
    """Return where a release that `actor` asked for stands."""
    is_own = address.startswith(_prefix(actor))
    kept = cache.get(address) if is_own else None
    return Stands(**kept) if kept else Stands("unknown")


def _prefix(actor: Actor) -> str:
    said = f"{actor.id} {actor.role.value} {actor.organisation}"
    return f"outcome-release-{hashlib.sha256(said.encode()).hexdigest()[:16]}-"


def _address(actor: Actor, order: str) -> str:
    return _prefix(actor) + hashlib.sha256(order.encode()).hexdigest()[:24]


@task()
def release(user_id: str, role: str, organisation_id: str, order: str) -> None:
    """Release a report, and keep for a day where it is or why there is none."""
    actor = acting(UUID(user_id), role, UUID(organisation_id), timezone.now())
    if actor is None:
        return
    said: dict[str, Any] = json.loads(order)
    wanted = Order(**said)
    with translation.override(wanted.language):
        found = _released(actor, wanted)
    cache.set(_address(actor, order), asdict(found), KEPT)


def _released(actor: Actor, order: Order) -> Stands:
    try:
        made = commands.release(
            actor=actor, order=order, unit=None, today=timezone.localdate()
        )
    except InputFault as fault:
        return Stands("refused", told=str(fault))
    except Refused:
        return Stands("refused", told=_("You may not release this report."))
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error("a release broke: reference %s, %s", reference, path)
        told = _("Something in Braid is broken (reference %(reference)s).")
        return Stands("refused", told=told % {"reference": reference})
    return Stands("done", key=str(made.pk))
