"""How far counselling is: all that a specialist sees of it unless shown more."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from braid.access.policy import Actor
from braid.benefits import rules
from braid.benefits.models import Counselling, PayerQuestion
from braid.benefits.queries.records import keeping


@dataclass(frozen=True, slots=True)
class Process:
    """Where counselling stands: `none`, `due`, `offered`, `booked`, `done`, `declined`.

    `day` is when that was or will be.
    """

    state: str = "none"
    day: date | None = None
    open_questions: int = 0


@dataclass(frozen=True, slots=True)
class ClockRow:
    """A round of counselling as the clock of counselling (C7) asks of it."""

    episode_id: UUID
    job_id: UUID | None
    trigger: str
    due_on: date | None
    done_on: date | None
    before_shift: bool
    declined: bool


def process_of(actor: Actor, episode_ids: Collection[UUID]) -> dict[UUID, Process]:
    """Return how far counselling is, for each of the episodes."""
    rounds: dict[UUID, list[Counselling]] = {}
    keys = set(episode_ids)
    rows = Counselling.objects.visible_to(actor, keeping(actor))
    rows = rows.filter(episode_id__in=keys)
    for row in rows:
        rounds.setdefault(row.episode_id, []).append(row)
    unanswered = (
        PayerQuestion.objects.visible_to(actor, keeping(actor))
        .filter(answered_on__isnull=True, episode_id__in=keys)
        .order_by()
        .values_list("episode_id")
        .annotate(number=Count("pk"))
    )
    open_questions = dict(unanswered)
    return {
        key: process(rounds.get(key, ()), open_questions.get(key, 0))
        for key in episode_ids
    }


def process(rounds: Collection[Counselling], open_questions: int) -> Process:
    """Return how far counselling is, by its rounds."""
    row = rules.latest(rounds)
    if row is None:
        return Process(open_questions=open_questions)
    state = rules.state_of(row)
    day = {
        "due": row.due_on,
        "offered": row.offered_on,
        "booked": row.booked_on,
        "done": row.done_on,
        "declined": row.answered_on,
    }[state]
    return Process(state, day, open_questions)


def clock_rows(actor: Actor, episode_ids: Collection[UUID]) -> list[ClockRow]:
    """Return the rounds of these episodes for the clocks, the earliest due first."""
    rows = Counselling.objects.visible_to(actor, keeping(actor)).filter(
        episode_id__in=episode_ids
    )
    return [
        ClockRow(
            row.episode_id,
            row.job_id,
            row.trigger,
            row.due_on,
            row.done_on,
            row.before_shift,
            row.answer == "declined",
        )
        for row in rows.order_by("due_on", "created_at")
    ]
