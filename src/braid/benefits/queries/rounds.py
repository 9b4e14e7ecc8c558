"""Rounds of counselling as commands need them, of episodes that policy has opened."""

from datetime import date
from uuid import UUID

from braid.access.policy import Actor
from braid.benefits import rules
from braid.benefits.models import Counselling
from braid.people.circle import OVER

SAME = "the rounds of an episode already opened by policy"


def rounds_of(episode_id: UUID) -> list[Counselling]:
    """Return all rounds of one episode, the latest due first."""
    return list(Counselling.objects.filter(episode_id=episode_id).system(SAME))


def is_waiting(episode_id: UUID) -> bool:
    """Say whether a round is open, so that whatever is new is talked about there."""
    return any(map(rules.is_open, rounds_of(episode_id)))


def reviews_reached(actor: Actor, day: date) -> list[Counselling]:
    """Return the rounds whose agreed next look has come, and is nobody's round yet.

    For a task of the operator, of all the units that it works for.
    """
    rows = (
        Counselling.objects.filter(episode__unit__in=actor.teams)
        .exclude(episode__state__in=OVER)
        .system(actor.system or SAME)
    )
    by_episode: dict[UUID, list[Counselling]] = {}
    for row in rows:
        by_episode.setdefault(row.episode_id, []).append(row)
    found = (rules.review_reached(rounds, day) for rounds in by_episode.values())
    return [row for row in found if row is not None]
