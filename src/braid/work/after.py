"""What happened to somebody's job, told to the rooms above that have to do with it.

Those rooms use this one, never the other way round: the site hands in what listens.
A listener runs inside the transaction of the change; if it fails, nothing is saved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from braid.access.policy import Actor


class What(StrEnum):
    """What happened; the values are those of what makes benefits counselling due.

    That a start was undone is told too: it never happened.
    """

    OFFERED = "offer"
    STARTED = "start"
    TERMS_CHANGED = "change"
    ENDED = "end"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a job on a day; an offer is of no job yet."""

    what: What
    day: date
    episode_id: UUID
    applicant_id: UUID
    job_id: UUID | None = None


Listener = Callable[[Actor, Happened], None]

_listeners: list[Listener] = []


def hand_in(*listeners: Listener) -> None:
    """Take those who listen, in place of earlier ones; the site calls this once."""
    _listeners[:] = listeners


def tell(actor: Actor, happened: Happened) -> None:
    """Tell everybody who listens, in the transaction that is open."""
    for listener in _listeners:
        listener(actor, happened)
