"""What came of a referral in work: told to this room by the one that keeps jobs.

That room uses this one, never the other way round: the site hands in what answers.
"""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from braid.access.policy import Actor


@dataclass(frozen=True, slots=True)
class FirstStart:
    """The first day of the first competitive job, and when it was written down."""

    day: date
    recorded_at: datetime


Starts = Callable[[Actor, Collection[UUID]], Mapping[UUID, FirstStart]]

_starts: list[Starts] = []


def hand_in(starts: Starts) -> None:
    """Take who answers; the site calls this once."""
    _starts[:] = [starts]


def first_starts(
    actor: Actor, episode_ids: Collection[UUID]
) -> Mapping[UUID, FirstStart]:
    """Return the first competitive job starts that `actor` may read, by episode."""
    return _starts[0](actor, episode_ids) if _starts and episode_ids else {}
