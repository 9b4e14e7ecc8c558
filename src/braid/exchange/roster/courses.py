"""To which episode of a person something belongs."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Course:
    """The days of one episode; `exited` is the first day off the caseload."""

    key: str
    referred: date | None
    accepted: date | None
    exited: date | None
    in_work_at_referral: bool = False

    @property
    def begins(self) -> date:
        """Return the first day that is known of it."""
        return min(filter(None, (self.referred, self.accepted)), default=date.min)

    def holds(self, day: date) -> bool:
        """Say whether the person is on the caseload on that day."""
        if self.accepted is None or day < self.accepted:
            return False
        return self.exited is None or day < self.exited

    def overlaps(self, first: date, last: date | None) -> bool:
        """Say whether a spell and the time on the caseload share a day."""
        if self.accepted is None or (last is not None and last < self.accepted):
            return False
        return self.exited is None or first < self.exited


def in_order(courses: Sequence[Course]) -> list[Course]:
    """Return the courses of a person in the order in which they began."""
    return sorted(courses, key=lambda c: (c.begins, c.accepted or date.max, c.key))


def of_day(courses: Sequence[Course], day: date) -> Course | None:
    """Return the episode that something on a day belongs to.

    First the episode on whose caseload the day falls; else the latest that had begun
    by then, with its referral or acceptance (so a contact on the day of discharge or
    after it stays with the episode that ended); else the first of all.
    """
    ordered = in_order(courses)
    for course in ordered:
        if course.holds(day):
            return course
    begun = [course for course in ordered if course.begins <= day]
    if begun:
        return begun[-1]
    return ordered[0] if ordered else None


def of_spell(
    courses: Sequence[Course], first: date, last: date | None
) -> Course | None:
    """Return the episode that a job belongs to.

    The episode on whose caseload it began; else the first during which it was held (a
    job that the person came with); else as for its first day.
    """
    ordered = in_order(courses)
    for course in ordered:
        if course.holds(first):
            return course
    for course in ordered:
        if (
            course.accepted is not None
            and first < course.accepted
            and (course.overlaps(first, last))
        ):
            before = [c for c in ordered if c.begins <= first and c.exited is not None]
            # Begun after an earlier discharge it is of that episode: a job after it.
            return before[-1] if before else course
    return of_day(ordered, first)
