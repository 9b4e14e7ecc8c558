"""Who has which episode on which days: posts, handovers, times without anybody."""

from dataclasses import dataclass

import numpy as np

from braid.facts.schema import CODES
from braid.site.demo.generated.calendar import Calendar
from braid.site.demo.generated.chance import NONE, Stream, Whole, blank, places, where
from braid.site.demo.generated.courses import WAITS_VISIBLY, Courses
from braid.site.demo.generated.frames import joined, taken
from braid.site.demo.generated.service import Purpose, Service, Stretches

HANDED_OVER, SETTLED = 0.06, 120
FAR = np.iinfo(np.int32).max


@dataclass(frozen=True, slots=True)
class Spells:
    """Days of episodes with a specialist (NONE: nobody), sorted by episode and day."""

    episode: Whole
    staff: Whole
    first: Whole
    last: Whole
    ended: Whole

    def holder(self, episode: Whole, day: Whole) -> Whole:
        """Return who has each episode on each day, NONE where nobody has."""
        key = self.episode.astype(np.int64) << 32 | self.first
        asked = episode.astype(np.int64) << 32 | day
        place = np.searchsorted(key, asked, side="right") - 1
        found = np.maximum(place, 0)
        last = where(self.last[found] == NONE, FAR, self.last[found])
        inside = (place >= 0) & (self.episode[found] == episode) & (day <= last)
        return where(inside, self.staff[found])


@dataclass(frozen=True, slots=True)
class _Parts:
    """Days of episodes in a post; `ended` says why, `last` is NONE while they last."""

    episode: Whole
    post: Whole
    first: Whole
    last: Whole
    ended: Whole


def caseloads(
    seed: int, service: Service, courses: Courses, calendar: Calendar
) -> Spells:
    """Return who has the episodes of a unit."""
    stream = Stream(seed, service.number + 1, Purpose.CASELOADS)
    parts = _in_posts(stream, service, courses, calendar)
    spells = joined([_waiting(courses), _held(service.stretches, parts)])
    return taken(spells, np.lexsort((spells.first, spells.episode)))


def _waiting(courses: Courses) -> Spells:
    """Return the days before somebody was found for those who waited visibly."""
    late = courses.accepted - courses.referred > WAITS_VISIBLY
    still = (courses.accepted == NONE) & (courses.waits_from != NONE) & ~courses.refused
    rows = places(late | still)
    accepted = courses.accepted[rows]
    return Spells(
        episode=rows,
        staff=blank(len(rows)),
        first=courses.referred[rows],
        last=where(accepted == NONE, NONE, accepted - 1),
        ended=blank(len(rows)),
    )


def _in_posts(
    stream: Stream, service: Service, courses: Courses, calendar: Calendar
) -> _Parts:
    """Return the post that has each episode; some are handed to another on the way."""
    rows = places(courses.accepted != NONE)
    first, exited = courses.accepted[rows], courses.exited[rows]
    end, number = courses.end(calendar)[rows], len(rows)
    span = end - first - 2 * SETTLED
    moves = stream.chance(HANDED_OVER, number) & (span > 0)
    moved_on = first + SETTLED + stream.below(span, number)
    last = where(exited == NONE, NONE, exited - 1)
    ends = where(exited == NONE, NONE, CODES["ended_because"].index("exit"))
    handover = CODES["ended_because"].index("handover")
    post = courses.post[rows]
    other = (post + 1 + stream.below(service.posts - 1, number)) % service.posts
    before = _Parts(
        rows,
        post,
        first,
        where(moves, moved_on - 1, last),
        where(moves, handover, ends),
    )
    after = _Parts(rows, other.astype(np.int32), moved_on.astype(np.int32), last, ends)
    return joined([before, taken(after, moves)])


def _held(stretches: Stretches, parts: _Parts) -> Spells:
    """Cut the days in a post at the days on which its holder changed."""
    from_ = stretches.of(parts.post, parts.first)
    to = stretches.of(parts.post, where(parts.last == NONE, FAR, parts.last))
    number = to - from_ + 1
    part = np.repeat(np.arange(len(number)), number)
    within = np.arange(len(part)) - np.repeat(np.cumsum(number) - number, number)
    stretch = from_[part] + within
    is_last = within == number[part] - 1
    staff = stretches.staff[stretch]
    left = CODES["ended_because"].index("specialist_left")
    return Spells(
        episode=parts.episode[part],
        staff=staff,
        first=np.maximum(stretches.first[stretch], parts.first[part]),
        last=where(is_last, parts.last[part], stretches.last[stretch]),
        ended=where(is_last, parts.ended[part], where(staff == NONE, NONE, left)),
    )
