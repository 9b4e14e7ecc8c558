"""Clocks that somebody put off until a day: they stand apart until then."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from braid.desk.presenters.clocks import clock_line
from braid.desk.queries import Course
from braid.kernel.moments import Clock
from braid.people.queries import CaseloadRow
from braid.teamwork.queries import Key, PutOff


@dataclass(frozen=True, slots=True)
class PutOffLine:
    """A clock of somebody that waits: until when, and why."""

    row: CaseloadRow
    text: str
    off: PutOff


def parted(
    course: Course, off: Mapping[Key, PutOff], today: date
) -> tuple[Course, list[PutOffLine]]:
    """Return the course without the clocks that are put off, and these, soonest first."""
    rows = {row.episode_id: row for row in course.rows}
    lines = [
        PutOffLine(rows[key], clock_line(clock, today).text, held)
        for key, clocks in course.clocks.items()
        for clock in clocks
        if (held := off.get(_key(clock))) is not None
    ]
    running: dict[UUID, tuple[Clock, ...]] = {
        key: tuple(clock for clock in clocks if _key(clock) not in off)
        for key, clocks in course.clocks.items()
    }
    return replace(course, clocks=running), sorted(
        lines, key=lambda line: line.off.until_on
    )


def _key(clock: Clock) -> Key:
    return clock.kind, clock.episode_id, clock.job_id
