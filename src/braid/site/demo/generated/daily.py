"""The days that people spend with a unit, one row a person and day, and what holds then.

A day is the grain because all that a contact leans on (a job, a pause, a time of
withdrawal) changes by the day; a unit's days fit in some megabytes.
"""

from dataclasses import dataclass

import numpy as np

from braid.site.demo.generated.calendar import Calendar
from braid.site.demo.generated.chance import NONE, Stream, Truth, Whole, where
from braid.site.demo.generated.courses import Courses
from braid.site.demo.generated.jobs import Jobs
from braid.site.demo.generated.states import Decisions

WITHDRAWS, AWAY_DAYS = 0.16, (22, 46)
GONE = 42  # days before an exit by lost contact in which nobody answers
PAUSED, STEPPED_DOWN = 1, 2


@dataclass(frozen=True, slots=True)
class Days:
    """Rows sorted by episode and day, from the first contact to the last day.

    `working` counts the days since the job began, NONE without one; `answers` says
    that the person is not withdrawn. For each episode: `entry` is its first day,
    `starts` where its rows begin, `lengths` how many they are.
    """

    episode: Whole
    day: Whole
    since: Whole
    working: Whole
    state: Whole
    answers: Truth
    entry: Whole
    starts: Whole
    lengths: Whole

    def __len__(self) -> int:
        return len(self.day)

    def place(self, episode: Whole, day: Whole) -> Whole:
        """Return the row of each episode and day; NONE outside the episode."""
        offset = day - self.entry[episode]
        inside = (offset >= 0) & (offset < self.lengths[episode])
        return where(inside, self.starts[episode] + offset)


def days(
    stream: Stream,
    courses: Courses,
    jobs: Jobs,
    decided: Decisions,
    lost: Truth,
    calendar: Calendar,
) -> Days:
    """Lay out the days of all who entered; `lost` are those who stopped answering."""
    end = courses.end(calendar)
    lengths = where(courses.entered == NONE, 0, np.maximum(end - courses.entered, 0))
    starts = (np.cumsum(lengths) - lengths).astype(np.int32)
    episode = np.repeat(np.arange(len(courses), dtype=np.int32), lengths)
    since = np.arange(len(episode), dtype=np.int32) - starts[episode]
    day = since + courses.entered[episode]
    found = Days(
        episode,
        day,
        since,
        working=np.full(len(day), NONE, np.int32),
        state=_states(decided, episode, day),
        answers=_answers(stream, courses, lost, end, episode, day),
        entry=courses.entered,
        starts=starts,
        lengths=lengths,
    )
    found.working[:] = _working(found, jobs)
    return found


def _states(decided: Decisions, episode: Whole, day: Whole) -> Whole:
    far = np.iinfo(np.int32).max
    paused = where(decided.paused == NONE, far, decided.paused)
    resumed = where(decided.resumed == NONE, far, decided.resumed)
    down = where(decided.stepped_down == NONE, far, decided.stepped_down)
    is_paused = (day >= paused[episode]) & (day < resumed[episode])
    return where(day >= down[episode], STEPPED_DOWN, where(is_paused, PAUSED, 0))


def _answers(
    stream: Stream,
    courses: Courses,
    lost: Truth,
    end: Whole,
    episode: Whole,
    day: Whole,
) -> Truth:
    number = len(courses)
    span = end - courses.entered - 60
    withdraws = stream.chance(WITHDRAWS, number) & (span > 0)
    first = courses.entered + 30 + stream.below(span, number)
    first = where(withdraws, first, np.iinfo(np.int32).max)
    last = first.astype(np.int64) + stream.between(*AWAY_DAYS, number)
    away = (day >= first[episode]) & (day < last[episode])
    gone = where(lost, end - GONE, np.iinfo(np.int32).max)
    return ~(away | (day >= gone[episode]))


def _working(found: Days, jobs: Jobs) -> Whole:
    """Return the days since the latest job began on each day, NONE without a job."""
    rows = len(found)
    entry, length = found.entry[jobs.episode], found.lengths[jobs.episode]
    last = where(jobs.last == NONE, np.iinfo(np.int32).max // 2, jobs.last)
    low = np.clip(jobs.first - entry, 0, length)
    high = np.clip(last + 1 - entry, low, length)
    begins = found.starts[jobs.episode] + low
    change = np.zeros(rows + 1, np.int32)
    np.add.at(change, begins, 1)
    np.add.at(change, found.starts[jobs.episode] + high, -1)
    held = np.cumsum(change[:-1]) > 0
    latest = np.full(rows + 1, NONE, np.int32)
    some = high > low
    latest[begins[some]] = np.maximum(jobs.first[some], 0)
    began = latest[np.maximum.accumulate(where(latest != NONE, np.arange(rows + 1), 0))]
    return where(held, found.day - began[:-1])
