"""What was said of benefits around a person, told to the rooms above that act on it.

Those rooms use this one, never the other way round: the site hands in what listens.
A listener runs inside the transaction of the change; if it fails, nothing is saved.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from braid.access.policy import Actor
from braid.people.models import Episode


class What(StrEnum):
    """What was said; the values are those of what makes benefits counselling due."""

    WORRIED = "worry"
    PROFILE = "profile"


@dataclass(frozen=True, slots=True)
class Said:
    """Something about benefits that somebody said, of one episode, on a day."""

    what: What
    day: date
    episode: Episode


Listener = Callable[[Actor, Said], None]

_listeners: list[Listener] = []


def hand_in(*listeners: Listener) -> None:
    """Take those who listen, in place of earlier ones; the site calls this once."""
    _listeners[:] = listeners


def tell(actor: Actor, said: Said) -> None:
    """Tell everybody who listens, in the transaction that is open."""
    for listener in _listeners:
        listener(actor, said)
