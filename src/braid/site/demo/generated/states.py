"""What is decided about episodes on the way: pauses, and stepping down after a year."""

from dataclasses import dataclass, replace

import numpy as np

from braid.facts.schema import CODES
from braid.site.demo.generated.calendar import Calendar
from braid.site.demo.generated.chance import NONE, Stream, Whole, where
from braid.site.demo.generated.courses import Courses
from braid.site.demo.generated.jobs import Jobs, working_since

PAUSES, SHORTEST_BEFORE, PAUSE_DAYS = 0.14, 60, (20, 90)
STEPS_DOWN, WORKED = 0.5, 365
LONG_IN_WORK = 180


@dataclass(frozen=True, slots=True)
class Decisions:
    """The days from which an episode is paused, goes on, and is stepped down."""

    paused: Whole
    resumed: Whole
    stepped_down: Whole


def decisions(
    stream: Stream, courses: Courses, jobs: Jobs, calendar: Calendar
) -> Decisions:
    """Draw the pauses and step-downs of those who have begun."""
    number, end = len(courses), courses.end(calendar)
    begun = np.maximum(courses.entered, courses.accepted)
    span = end - begun - SHORTEST_BEFORE
    paused = begun + SHORTEST_BEFORE + stream.below(span, number)
    pauses = stream.chance(PAUSES, number) & (courses.entered != NONE)
    pauses &= (span > 0) & (paused < end - 1)
    paused = where(pauses, paused)
    resumed = paused + stream.between(*PAUSE_DAYS, number)
    resumed = where((paused != NONE) & (resumed < end), resumed)
    since = working_since(jobs, number, end - 1)
    worked_from = np.maximum(since, courses.entered)
    rest = end - 1 - worked_from - WORKED
    down = worked_from + WORKED + stream.below(rest, number)
    steps = (since != NONE) & (courses.entered != NONE) & (rest > 0)
    steps &= stream.chance(STEPS_DOWN, number)
    # Who is paused still, or paused after it, was not stepped down.
    steps &= (paused == NONE) | ((resumed != NONE) & (down > resumed))
    return Decisions(paused, resumed, where(steps & (down < end), down))


def with_exits_in_work(courses: Courses, jobs: Jobs, calendar: Calendar) -> Courses:
    """Return the courses, where who left with a settled job needed no more support."""
    before = courses.end(calendar) - 1
    since = working_since(jobs, len(courses), before)
    settled = (since != NONE) & (before - since > LONG_IN_WORK)
    settled &= courses.exit_reason != NONE
    reason = CODES["exit_reason"].index("working_no_support_needed")
    return replace(courses, exit_reason=where(settled, reason, courses.exit_reason))
