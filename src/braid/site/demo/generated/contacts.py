"""The support contacts of a unit: when, how, where, how long, with whom, what for."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from braid.facts.schema import CODES
from braid.site.demo import diary
from braid.site.demo.generated.calendar import Calendar
from braid.site.demo.generated.caseloads import Spells
from braid.site.demo.generated.chance import (
    NONE,
    Real,
    Stream,
    Truth,
    Whole,
    places,
    where,
)
from braid.site.demo.generated.courses import Courses
from braid.site.demo.generated.daily import PAUSED, STEPPED_DOWN, Days
from braid.site.demo.generated.jobs import Jobs
from braid.site.demo.generated.service import Service

# How likely a contact is on an ordinary workday, by what is going on.
BEGINNING, SEARCHING, WHILE_PAUSED, AFTER_STEP_DOWN = 0.44, 0.33, 0.08, 0.04
IN_WORK = ((28, 0.44), (180, 0.26), (100_000, 0.18))
# Days around a job start on which a meeting is agreed.
AROUND_START = ((-6, -1), (0, 3), (7, 12), (14, 19), (21, 26))
BETWEEN_CONTACTS = 5.5  # days, by which a rhythm becomes a share of contacts
COLLEAGUE, NAMELESS = 0.03, 0.004
INITIATED_BY = {
    "specialist": 0.63,
    "applicant": 0.24,
    "clinician": 0.03,
    "caseworker": 0.02,
    "other": 0.01,
    "": 0.07,
}
PHASES = ((1, "intake"), (14, "engagement"), (35, "assessment"))


@dataclass(frozen=True, slots=True)
class Contacts:
    """One row a contact, sorted by day. Truths are 1, 0 or NONE."""

    episode: Whole
    staff: Whole
    day: Whole
    minutes: Whole
    mode: Whole
    place: Whole
    phase: Whole
    with_applicant: Whole
    with_clinician: Whole
    with_caseworker: Whole
    with_family: Whole
    attended: Whole
    outreach: Whole
    scheduled: Whole
    initiated_by: Whole

    def __len__(self) -> int:
        return len(self.day)


def contacts(
    stream: Stream,
    service: Service,
    courses: Courses,
    jobs: Jobs,
    spells: Spells,
    found: Days,
    calendar: Calendar,
) -> Contacts:
    """Draw the contacts of a unit up to yesterday."""
    agreed = _agreed(stream, service, courses, jobs, found, calendar)
    chosen = stream.chance(_likely(found, calendar), len(found)) | agreed
    rows = places(chosen)
    rows = rows[np.argsort(found.day[rows], kind="stable")]
    drawer = _Drawer(stream, service, courses, found, rows, agreed[rows])
    return drawer.contacts(spells)


def _likely(found: Days, calendar: Calendar) -> Real:
    """Return how likely a contact is on each day."""
    likely = np.where(found.since < 30, BEGINNING, SEARCHING)
    for days, share in reversed(IN_WORK):
        working = (found.working != NONE) & (found.working < days)
        likely = np.where(working, share, likely)
    likely = np.where(found.state == PAUSED, WHILE_PAUSED, likely)
    likely = np.where(found.state == STEPPED_DOWN, AFTER_STEP_DOWN, likely)
    return likely * calendar.work_done(found.day)


def _agreed(
    stream: Stream,
    service: Service,
    courses: Courses,
    jobs: Jobs,
    found: Days,
    calendar: Calendar,
) -> Truth:
    """Mark first contacts, and the meetings that a start or an end of a job asks for."""
    care = service.care[courses.post[jobs.episode]]
    number = len(jobs)
    marked = found.since == 0
    for low, high in AROUND_START:
        day = calendar.workday_from(jobs.first + stream.between(low, high, number))
        _mark(marked, found, jobs.episode, day, stream.chance(care, number))
    day = calendar.workday_from(jobs.known + stream.between(0, 2, number))
    kept = stream.chance(care, number) & (jobs.known != NONE)
    _mark(marked, found, jobs.episode, day, kept)
    return marked


def _mark(marked: Truth, found: Days, episode: Whole, day: Whole, which: Truth) -> None:
    place = found.place(episode, day)
    marked[place[which & (place != NONE)]] = True


class _Drawer:
    """Draws what is known of contacts on chosen days."""

    def __init__(
        self,
        stream: Stream,
        service: Service,
        courses: Courses,
        found: Days,
        rows: Whole,
        agreed: Truth,
    ) -> None:
        self._stream, self._service, self._agreed = stream, service, agreed
        self._episode, self._day = found.episode[rows], found.day[rows]
        self._since, self._working = found.since[rows], found.working[rows]
        self._answers = found.answers[rows]
        self._post = courses.post[self._episode]
        self._team = courses.team[self._episode]
        self._number = len(rows)

    def contacts(self, spells: Spells) -> Contacts:
        together = self._chance(self._rhythm() * self._answers)
        sure = (self._agreed | together) & self._answers
        mode = self._mode(sure)
        attended = self._attended(mode, sure)
        met = (attended == 1) & (mode == _mode("in_person"))
        together &= met
        caseworker = met & ~together & self._chance(0.045)
        return Contacts(
            episode=self._episode,
            staff=self._staff(spells),
            day=self._day,
            minutes=self._minutes(mode, attended),
            mode=where(self._chance(0.004), NONE, mode),
            place=self._place(mode, together, caseworker),
            phase=self._phase(),
            with_applicant=where(self._chance(0.004), NONE, 1),
            with_clinician=where(self._chance(0.01), NONE, together),
            with_caseworker=where(self._chance(0.01), NONE, caseworker),
            with_family=where(met & self._chance(0.02), 1, 0),
            attended=attended,
            outreach=where(~self._answers & self._chance(0.6), 1, 0),
            scheduled=where(self._chance(0.05), NONE, sure | self._chance(0.55)),
            initiated_by=self._codes("initiated_by", INITIATED_BY),
        )

    def _chance(self, share: float | Real) -> Truth:
        return self._stream.chance(share, self._number)

    def _codes(self, codes: str, weights: Mapping[str, float]) -> Whole:
        return self._stream.codes(CODES[codes], weights, self._number)

    def _rhythm(self) -> Real:
        return BETWEEN_CONTACTS / self._service.together[self._team - 1]

    def _mode(self, sure: Truth) -> Whole:
        usual = where(
            self._working == NONE,
            self._codes("mode", diary.MODES),
            self._codes("mode", diary.MODES_IN_WORK),
        )
        mode = where(sure, _mode("in_person"), usual)
        return where(self._answers, mode, self._codes("mode", diary.NOT_ANSWERED))

    def _attended(self, mode: Whole, sure: Truth) -> Whole:
        share = np.zeros(len(CODES["mode"]))
        for code, usual in diary.KEPT.items():
            share[_mode(code)] = usual
        kept = sure | (self._answers & self._chance(share[mode]))
        return where(mode == _mode("message"), NONE, kept)

    def _place(self, mode: Whole, together: Truth, caseworker: Truth) -> Whole:
        outside = where(
            self._working == NONE,
            self._codes("place", diary.OUTSIDE),
            self._codes("place", diary.OUTSIDE_IN_WORK),
        )
        goes_out = self._chance(self._service.outside[self._post] + 0.08)
        place = where(goes_out, outside, self._codes("place", diary.INSIDE))
        codes = CODES["place"]
        at_clinic = together & self._chance(0.5)
        place = where(at_clinic, codes.index("treatment_office"), place)
        place = where(caseworker, codes.index("job_centre"), place)
        place = where(mode == _mode("in_person"), place, codes.index("remote"))
        return where(self._chance(0.01), NONE, place)

    def _minutes(self, mode: Whole, attended: Whole) -> Whole:
        median, spread = np.full((2, len(CODES["mode"])), 5.0)
        for code, (usual, differs) in diary.MINUTES.items():
            median[_mode(code)], spread[_mode(code)] = usual, differs
        drawn = self._stream.around(median[mode], spread[mode], self._number)
        rounded = np.clip((drawn + 2) // 5 * 5, 5, 480)
        message = mode == _mode("message")
        known = (attended == 1) & ~self._chance(0.012)
        return where(message, 5, where(known, rounded, NONE))

    def _phase(self) -> Whole:
        codes = CODES["phase"]
        phase = np.full(self._number, codes.index("job_search"), np.int32)
        for days, code in reversed(PHASES):
            phase = where(self._since < days, codes.index(code), phase)
        in_work = where(
            self._working < 28, codes.index("coaching"), codes.index("follow_along")
        )
        return where(self._working == NONE, phase, in_work)

    def _staff(self, spells: Spells) -> Whole:
        """Return who has the episode, at times a colleague, rarely nobody knows who."""
        service = self._service
        holder = spells.holder(self._episode, self._day)
        post = self._stream.below(service.posts, self._number)
        stretch = service.stretches.of(post, self._day)
        colleague = service.stretches.staff[stretch]
        away = (holder == NONE) | self._chance(COLLEAGUE)
        staff = where(away, colleague, holder)
        return where(self._chance(NAMELESS), NONE, staff)


def _mode(code: str) -> int:
    return CODES["mode"].index(code)
