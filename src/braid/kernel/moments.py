"""What rooms hand to the desk: running clocks and moments of a timeline.

Both carry slugs and values, never sentences: presenters word and translate them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Literal
from uuid import UUID

from braid.kernel.dates import days_between

State = Literal["ok", "soon", "due", "overdue"]


class Strand(StrEnum):
    """The three strands of the braid: whose side of the record a moment belongs to."""

    HEALTH = "health"
    EMPLOYMENT = "employment"
    APPLICANT = "applicant"


@dataclass(frozen=True, slots=True)
class Clock:
    """A reminder that runs: since when, until when, and what stops it.

    `due_on` is the last day on which the stopping event is still in time. `stops` is
    the slug of that event. `about` may name an employer, never anything of health.
    """

    kind: str
    episode_id: UUID
    started_on: date
    due_on: date
    warn_on: date | None
    stops: str
    about: str = ""
    job_id: UUID | None = None
    limit_days: int | None = None
    source: str = ""

    def days_left(self, today: date) -> int:
        """Return the days until `due_on`: 0 on that day, negative after it."""
        return days_between(today, self.due_on)

    def state(self, today: date) -> State:
        """Say how near the clock is: `soon` from the warning day, `due` on the last."""
        if today > self.due_on:
            return "overdue"
        if today == self.due_on:
            return "due"
        return "ok" if self.warn_on is None or today < self.warn_on else "soon"


@dataclass(frozen=True, slots=True)
class Moment:
    """One entry of a timeline, on its own strand.

    `title` is the slug of a sentence and `values` what goes into it. `meets` holds the
    strands that came together in this moment, its own included; empty when none did.
    """

    day: date
    kind: str
    strand: Strand
    record_kind: str
    record_id: UUID
    title: str = ""
    values: Mapping[str, object] = field(default_factory=dict, compare=False)
    by: str = ""
    meets: frozenset[Strand] = frozenset()
