"""An event of a calendar, and which days a calendar shows. Pure: no clock, no database."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID

BEFORE, AFTER = timedelta(days=30), timedelta(days=180)
KEPT_CANCELLED = timedelta(days=30)
USUAL_MINUTES = 30  # taken for what does not say how long it lasts


@dataclass(frozen=True, slots=True)
class Event:
    """Something in a calendar: when, and what kind of thing it is.

    Without a time it takes the whole day. `version` counts its changes from 1 and
    `changed_at` knows its zone. `url` leads to its page, where who is signed in reads
    the rest.
    """

    key: UUID
    summary: str
    day: date
    changed_at: datetime
    version: int = 1
    begins_at: time | None = None
    minutes: int | None = None
    is_cancelled: bool = False
    url: str = ""


def window(today: date) -> tuple[date, date]:
    """Return the first and the last day that a calendar of today shows."""
    return today - BEFORE, today + AFTER
