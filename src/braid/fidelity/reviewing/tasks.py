"""Freezing the figures of a review, which no request waits for."""

import logging
from dataclasses import asdict, dataclass
from typing import Literal
from uuid import UUID

from django.conf import settings
from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from braid.access.policy import Actor
from braid.access.queries import acting
from braid.fidelity import commands, queries
from braid.fidelity.commands.opening import must_freeze
from braid.fidelity.models import Review
from braid.kernel.breakage import note
from braid.kernel.errors import InputFault, Refused

KEPT = 24 * 60 * 60  # seconds
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Freezing:
    """How far the freezing of a review's figures is; `told` says why it did not work."""

    state: Literal["none", "waiting", "failed"] = "none"
    told: str = ""


def start(actor: Actor, review: Review) -> None:
    """Let a worker freeze the figures of a review. Raises Refused, and InputFault."""
    must_freeze(actor, review, timezone.localdate())
    _keep(review.pk, Freezing("waiting"))
    freeze.enqueue(
        user_id=str(actor.id),
        role=actor.role.value,
        organisation_id=str(actor.organisation),
        key=str(review.pk),
    )


def freezing(review: Review) -> Freezing:
    """Return how far the freezing is that somebody asked for."""
    kept = cache.get(_name(review.pk))
    return Freezing(**kept) if kept else Freezing()


def _keep(key: UUID, state: Freezing) -> None:
    cache.set(_name(key), asdict(state), KEPT)


def _name(key: UUID) -> str:
    return f"fidelity-freezing-{key}"


@task()
def freeze(user_id: str, role: str, organisation_id: str, key: str) -> None:
    """Freeze the figures of a review and give them to it."""
    actor = acting(UUID(user_id), role, UUID(organisation_id), timezone.now())
    review = queries.review(actor, UUID(key)) if actor is not None else None
    if actor is None or review is None:
        return
    _keep(review.pk, _done(actor, review))


def _done(actor: Actor, review: Review) -> Freezing:
    try:
        commands.freeze(actor=actor, review=review, today=timezone.localdate())
    except InputFault as fault:
        return Freezing("failed", str(fault))
    except Refused:
        return Freezing("failed", _("You may not freeze the figures of this unit."))
    except Exception as error:
        reference, path = note(error, settings.BRAID_DATA)
        logger.error("figures were not frozen: reference %s, %s", reference, path)
        told = _("Something in Braid is broken (reference %(reference)s).")
        return Freezing("failed", told % {"reference": reference})
    return Freezing()
