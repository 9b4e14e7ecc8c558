"""One unit and those around it: bodies, teams, staff, posts and their habits."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import pyarrow as pa

from braid.site.demo.generated.calendar import Calendar
from braid.site.demo.generated.chance import NONE, Real, Stream, Truth, Whole
from braid.site.demo.generated.scale import PER_SPECIALIST

UNITS_A_REGION = 40  # those that share a provider and a psychiatry
TREATMENT_TEAMS, CLINICIANS = 3, 3
JOB_CENTRE = 1 + TREATMENT_TEAMS
SHORTEST_POST, POST_DAYS = 200, 1000
# Shares of people that a job centre presses into an internship or a subsidy.
PRESSES = (0.04, 0.05, 0.06, 0.08, 0.12, 0.4)
SETTLED = 540  # days for which the first post has not changed hands: that of the cast
PARALLEL = 0.15  # of treatment teams
FTE = {100: 0.6, 80: 0.22, 60: 0.12, 50: 0.06}  # in hundredths
FTE_UNKNOWN = 0.02


class Purpose(IntEnum):
    """What a stream of chance is for; each has its own."""

    BODIES = 0
    SERVICE = 1
    COURSES = 2
    CASELOADS = 3
    JOBS = 4
    EMPLOYERS = 5
    CONTACTS = 6
    VISITS = 7
    MEETINGS = 8
    PAY = 9
    IDS = 10
    NAMES = 11


class Body(IntEnum):
    """The bodies of a region in the order of their ids; then a municipality a unit."""

    PROVIDER = 0
    PSYCHIATRY = 1
    MUNICIPALITY = 2


@dataclass(frozen=True, slots=True)
class Stretches:
    """Who has each post when, without a gap: nobody (NONE) while it is vacant.

    Sorted by post and day; the last stretch of a post is open (`last` is NONE).
    """

    post: Whole
    staff: Whole
    first: Whole
    last: Whole

    def of(self, post: Whole, day: Whole) -> Whole:
        """Return the place of the stretch in which each post is on each day."""
        key = self.post.astype(np.int64) << 32 | self.first
        asked = post.astype(np.int64) << 32 | day
        return (np.searchsorted(key, asked, side="right") - 1).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Service:
    """A unit; staff, teams and bodies are places in the pools of ids.

    All bodies but the municipality are those of the unit's region.
    Staff: the specialists, then supervisor, clinicians by team, caseworker. Teams: the
    unit, the treatment teams, the job centre.

    Of each post: its share of full time in hundredths (`fte`; of whom it is known says
    `fte_told`), its treatment teams `team_a` and `team_b`, its habits `care`, `outside`
    and `visits`. Of each treatment team: `together`, `meets`, `refuses`. Of the job
    centre: `presses`.
    """

    number: int
    people: int
    bodies: pa.StringArray
    teams: pa.StringArray
    staff: pa.StringArray
    stretches: Stretches
    fte: Whole
    fte_told: Truth
    team_a: Whole
    team_b: Whole
    care: Real
    outside: Real
    visits: Real
    together: Real
    meets: Real
    refuses: Real
    presses: float

    @property
    def specialists(self) -> int:
        return len(self.fte_told)

    @property
    def posts(self) -> int:
        return len(self.team_a)

    @property
    def supervisor(self) -> int:
        return self.specialists

    @property
    def caseworker(self) -> int:
        return len(self.staff) - 1

    def clinician(self, team: Whole, which: Whole) -> Whole:
        """Return the place of one of the clinicians of each treatment team."""
        return (self.supervisor + 1 + (team - 1) * CLINICIANS + which).astype(np.int32)

    @property
    def begins_region(self) -> bool:
        return self.number % UNITS_A_REGION == 0


def service(seed: int, number: int, people: int, calendar: Calendar) -> Service:
    """Draw a unit and those around it."""
    stream = Stream(seed, number + 1, Purpose.SERVICE)
    region = Stream(seed, 0, number // UNITS_A_REGION)
    posts = max(round(people / PER_SPECIALIST), 2)
    stretches = _stretches(stream, posts, calendar)
    specialists = int(stretches.staff.max()) + 1
    team_a = 1 + np.arange(posts, dtype=np.int32) % TREATMENT_TEAMS
    habits = np.clip(stream.around(100, 0.35, posts) / 100, 0.45, 1.7)
    care = np.clip(0.97 - stream.below(180, posts) / 1000, 0.78, 0.97)
    together, meets, refuses = _teams(stream)
    return Service(
        number=number,
        people=people,
        bodies=pa.concat_arrays([region.ids(Body.MUNICIPALITY), stream.ids(1)]),
        teams=stream.ids(2 + TREATMENT_TEAMS),
        staff=stream.ids(specialists + 1 + TREATMENT_TEAMS * CLINICIANS + 1),
        stretches=stretches,
        fte=_ftes(stream, posts),
        fte_told=~stream.chance(FTE_UNKNOWN, specialists),
        team_a=team_a,
        team_b=(1 + team_a % TREATMENT_TEAMS).astype(np.int32),
        care=care,
        outside=0.5 + stream.below(250, posts) / 1000,
        visits=4.6 * habits,
        together=together,
        meets=meets,
        refuses=refuses,
        presses=PRESSES[int(stream.below(len(PRESSES), 1)[0])],
    )


def _teams(stream: Stream) -> tuple[Real, Real, Real]:
    """Return the habits of the treatment teams; some treat IPS as a parallel service."""
    parallel = stream.chance(PARALLEL, TREATMENT_TEAMS)
    together = 20.0 + stream.below(14, TREATMENT_TEAMS)
    meets = 0.78 + stream.below(17, TREATMENT_TEAMS) / 100
    refuses = 0.03 + stream.below(25, TREATMENT_TEAMS) / 1000
    return (
        np.where(parallel, 240.0, together),
        np.where(parallel, 0.22, meets),
        np.where(parallel, 0.11, refuses),
    )


def _ftes(stream: Stream, number: int) -> Whole:
    """Return the shares of full time of the posts; the first is full time."""
    shares = np.array(list(FTE), dtype=np.int32)[stream.one_of([*FTE.values()], number)]
    shares[0] = max(FTE)
    return shares


def _stretches(stream: Stream, posts: int, calendar: Calendar) -> Stretches:
    """Draw who has each post: people leave, and some posts stay vacant for a time."""
    rows: list[tuple[int, int, int, int]] = []
    staff = 0
    for post in range(posts):
        day = calendar.opened
        while True:
            left = day + SHORTEST_POST + int(stream.waiting(POST_DAYS, 1)[0])
            vacant = int(stream.between(14, 90, 1)[0]) * bool(stream.chance(0.4, 1)[0])
            stays = left + vacant >= calendar.today - (SETTLED if post == 0 else 0)
            rows.append((post, staff, day, NONE if stays else left))
            staff += 1
            if stays:
                break
            if vacant:
                rows.append((post, NONE, left + 1, left + vacant))
            day = left + vacant + 1
    columns = np.array(rows, dtype=np.int32).T
    return Stretches(*columns)
