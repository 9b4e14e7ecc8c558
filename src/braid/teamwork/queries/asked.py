"""Open questions about some people, each read as the class of what it asks."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from braid.access.policy import Action, Actor, Information
from braid.access.prepared import prepared
from braid.teamwork.choices import QuestionKind, QuestionState
from braid.teamwork.models import Question
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
    found: Any = reduce(
        or_,
        (
            Question.objects.visible_to(
                actor, Action.TAKE_PART, Information(kind)
            ).filter(kind=kind)
            for kind in QuestionKind.values
        ),
    )
    rows = found.filter(episode_id__in=episode_ids, state=QuestionState.OPEN)
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
