"""What every page of an import begins with: who asks, and how far the import is."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from braid.access.policy import Action, Actor, may
from braid.exchange import queries, rules, storage
from braid.exchange.choices import BatchState
from braid.exchange.models import ImportBatch
from braid.exchange.tasks import start_reading
from braid.kernel.errors import Refused

Preview = dict[str, Any]


class Elsewhere(Exception):
    """The import is at another page; the argument is its address."""


def actor_of(request: HttpRequest) -> Actor:
    """Return who asks."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    return actor


def importer(request: HttpRequest) -> Actor:
    """Return who asks. Raises Refused where the role can import for nobody."""
    actor = actor_of(request)
    if not may(actor, Action.IMPORT):
        raise Refused("not_granted")
    return actor


def is_stalled(batch: ImportBatch) -> bool:
    return rules.is_stalled(batch.state, batch.touched_at, timezone.now())


def opened(request: HttpRequest, batch_id: UUID) -> tuple[Actor, ImportBatch]:
    """Return who asks and the import, 404 for strangers."""
    actor = actor_of(request)
    return actor, queries.batch(actor, batch_id)


def planned(request: HttpRequest, batch_id: UUID) -> tuple[Actor, ImportBatch, Preview]:
    """Return an import that waits for decisions, with its preview.

    Raises Elsewhere where it is being worked on, saved, or was not read.
    """
    actor, batch = opened(request, batch_id)
    if batch.state != BatchState.PLANNED:
        raise Elsewhere(address_of(batch))
    preview = storage.read_preview(batch.unit_id, batch.pk)
    if preview is None:  # lost, as after a restore from a backup: made anew
        start_reading(actor, batch)
        raise Elsewhere(reverse("exchange:progress", args=[batch.pk]))
    return actor, batch, preview


def address_of(batch: ImportBatch) -> str:
    """Return the page that an import is at."""
    pages = {
        BatchState.PLANNED: "found",
        BatchState.COMMITTED: "result",
        BatchState.UNDONE: "result",
    }
    name = pages.get(BatchState(batch.state), "progress")
    return reverse(f"exchange:{name}", args=[batch.pk])


def read_again(actor: Actor, batch: ImportBatch, then: str) -> HttpResponse:
    """Let a worker make the plan anew and wait for it; `then` is the step after it."""
    start_reading(actor, batch)
    return redirect(f"{reverse('exchange:progress', args=[batch.pk])}?then={then}")
