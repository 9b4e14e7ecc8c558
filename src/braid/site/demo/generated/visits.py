"""Employer contacts of a unit: for one person, on the way to a job, for nobody yet."""

from dataclasses import dataclass, replace

import numpy as np

from braid.facts.schema import CODES
from braid.site.demo import rounds
from braid.site.demo.generated.calendar import HISTORY, Calendar
from braid.site.demo.generated.caseloads import Spells
from braid.site.demo.generated.chance import NONE, Stream, Whole, every, places, where
from braid.site.demo.generated.courses import Courses
from braid.site.demo.generated.daily import Days
from braid.site.demo.generated.employers import Directory
from braid.site.demo.generated.frames import joined, taken
from braid.site.demo.generated.jobs import Jobs, nearest_trade
from braid.site.demo.generated.service import Service

FOR_SOMEBODY = 0.2  # how likely on a workday, while somebody looks for work
IN_GENERAL = 0.42  # share of the usual visits a week that are for nobody yet
LEAD = ((24, "interview", "both"), (10, "offer", "specialist"))
WORKDAYS = 5
MODES_IN_GENERAL = {"in_person": 0.86, "phone": 0.14}


@dataclass(frozen=True, slots=True)
class Visits:
    """One row an employer contact, sorted by day. Truths are 1, 0 or NONE."""

    made_by: Whole
    staff: Whole
    employer: Whole
    episode: Whole
    day: Whole
    mode: Whole
    with_hiring_role: Whole
    fits_plan: Whole
    outcome: Whole

    def __len__(self) -> int:
        return len(self.day)


def visits(
    stream: Stream,
    service: Service,
    courses: Courses,
    wish: Whole,
    jobs: Jobs,
    spells: Spells,
    found: Days,
    directory: Directory,
    calendar: Calendar,
) -> Visits:
    """Draw the employer contacts of a unit up to yesterday."""
    drawer = _Drawer(stream, directory)
    somebody = drawer.for_somebody(
        *_searching(stream, service, courses, found, calendar), wish, spells
    )
    to_jobs = [drawer.to_jobs(jobs, found, spells, calendar, *each) for each in LEAD]
    general = drawer.in_general(*_general(stream, service, calendar))
    made = joined([somebody, *to_jobs, general])
    return taken(made, np.argsort(made.day, kind="stable"))


def _searching(
    stream: Stream, service: Service, courses: Courses, found: Days, calendar: Calendar
) -> tuple[Whole, Whole]:
    """Return the episodes and days on which an employer is met for somebody."""
    care = service.care[courses.post]
    wait = stream.around(rounds.TO_FIRST / care**3, 0.55, len(courses))
    first = calendar.workday_from(courses.entered + wait)[found.episode]
    seeks = (found.working == NONE) & (found.state == 0) & found.answers
    likely = FOR_SOMEBODY * calendar.work_done(found.day)
    meets = stream.chance(likely, len(found)) & (found.day > first)
    rows = places(seeks & (meets | (found.day == first)))
    return found.episode[rows], found.day[rows]


def _general(
    stream: Stream, service: Service, calendar: Calendar
) -> tuple[Whole, Whole]:
    """Return staff and days of the visits for nobody in particular."""
    days = np.tile(np.arange(HISTORY, dtype=np.int32), service.posts) + calendar.opened
    post = np.repeat(np.arange(service.posts, dtype=np.int32), HISTORY)
    staff = service.stretches.staff[service.stretches.of(post, days)]
    usual = service.visits[post] * IN_GENERAL / WORKDAYS
    number = stream.counts(usual * calendar.work_done(days) * (staff != NONE))
    return np.repeat(staff, number), np.repeat(days, number)


class _Drawer:
    """Draws what is known of employer contacts."""

    def __init__(self, stream: Stream, directory: Directory) -> None:
        self._stream, self._directory = stream, directory

    def _visits(
        self, episode: Whole, staff: Whole, employer: Whole, day: Whole
    ) -> Visits:
        stream, number = self._stream, len(day)
        return Visits(
            made_by=stream.codes(CODES["made_by"], rounds.MADE_BY, number),
            staff=staff,
            employer=where(stream.chance(0.01, number), NONE, employer),
            episode=episode,
            day=day,
            mode=stream.codes(CODES["mode"], rounds.MODES | {"": 0.01}, number),
            with_hiring_role=where(
                stream.chance(0.05, number), NONE, stream.chance(0.72, number)
            ),
            fits_plan=where(
                stream.chance(0.05, number), NONE, stream.chance(0.9, number)
            ),
            outcome=stream.codes(
                CODES["outcome"], rounds.OUTCOMES | {"": 0.03}, number
            ),
        )

    def for_somebody(
        self, episode: Whole, day: Whole, wish: Whole, spells: Spells
    ) -> Visits:
        """Return visits to employers with the work that is wished for, or near it."""
        stream, number = self._stream, len(day)
        near = stream.chance(0.2, number)
        trade = where(near, nearest_trade()[wish[episode]], wish[episode])
        employer = self._directory.of_trade(stream, trade)
        return self._visits(episode, spells.holder(episode, day), employer, day)

    def to_jobs(
        self,
        jobs: Jobs,
        found: Days,
        spells: Spells,
        calendar: Calendar,
        lead: int,
        outcome: str,
        made_by: str,
    ) -> Visits:
        """Return the visits in which an employer met somebody, or made an offer."""
        by = CODES["found_by"].index("specialist")
        own = taken(jobs, (jobs.found_by == by) & (jobs.held_at_referral == 0))
        early = self._stream.between(lead - 5, lead - 1, len(own))
        day = calendar.workday_from(own.first - early)
        inside = (found.place(own.episode, day) != NONE) & (day < own.first)
        own, day = taken(own, inside), day[inside]
        made = self._visits(
            own.episode, spells.holder(own.episode, day), own.employer, day
        )
        number = len(day)
        return replace(
            made,
            made_by=every("made_by", made_by, number),
            mode=every("mode", "in_person", number),
            with_hiring_role=np.ones(number, np.int32),
            fits_plan=np.ones(number, np.int32),
            outcome=every("outcome", outcome, number),
        )

    def in_general(self, staff: Whole, day: Whole) -> Visits:
        """Return visits that are for nobody in particular."""
        stream, number = self._stream, len(day)
        employer = self._directory.any(stream, number)
        made = self._visits(np.full(number, NONE, np.int32), staff, employer, day)
        return replace(
            made,
            made_by=every("made_by", "specialist", number),
            mode=stream.codes(CODES["mode"], MODES_IN_GENERAL, number),
            fits_plan=np.full(number, NONE, np.int32),
            outcome=stream.codes(CODES["outcome"], rounds.OUTCOMES_GENERAL, number),
        )
