"""Open questions about some people, asked again each second by a live meeting.

The query is prepared: planning it would cost more than its answer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.access.policy import Actor
from braid.access.prepared import prepared
from braid.teamwork.choices import QuestionState
from braid.teamwork.queries.questions import seen
from braid.teamwork.sealing import opened


@dataclass(frozen=True, slots=True)
class AskedView:
    """An open question about somebody, as a line of a meeting shows it."""

    id: UUID
    episode_id: UUID
    text: str
    of_sector: str
    due_on: date | None


def open_about(actor: Actor, episode_ids: Collection[UUID]) -> list[AskedView]:
    """Return the open questions about these people that `actor` may read."""
    if not episode_ids:
        return []
    return [_view(*row) for row in _open_about(actor, tuple(episode_ids))]


def _view(
    key: UUID, episode_id: UUID, about: UUID, text: str, sealed: Any, *rest: Any
) -> AskedView:
    return AskedView(key, episode_id, text or opened(about, sealed), *rest)


@prepared
def _open_about(actor: Actor, episode_ids: tuple[UUID, ...]) -> QuerySet[Any, Any]:
    rows = seen(actor).filter(episode_id__in=episode_ids, state=QuestionState.OPEN)
    listed: QuerySet[Any, Any] = rows.values_list(
        "pk",
        "episode_id",
        "episode__applicant_id",
        "text",
        "sealed_text",
        "of_sector",
        "due_on",
    )
    return listed
