"""Jobs and placements of a unit's episodes, from those held at referral onwards."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from braid.facts.schema import CODES
from braid.site.demo import jobs as usual
from braid.site.demo.courses import NEXT_JOB, STARTERS, TO_FIRST_SPREAD, TO_NEXT_JOB
from braid.site.demo.generated.calendar import Calendar
from braid.site.demo.generated.chance import (
    NONE,
    Stream,
    Whole,
    blank,
    every,
    places,
    where,
)
from braid.site.demo.generated.courses import Courses
from braid.site.demo.generated.employers import Directory, trade_keys
from braid.site.demo.generated.frames import joined, taken
from braid.site.demo.generated.service import Purpose, Service
from braid.site.demo.trades import trades

TO_FIRST = 235
ORDINARY_JOBS = 6  # one after another in one episode, at most
INTERNSHIP_WEEKS, SUBSIDY_WEEKS = 13, 26
WEEKS = (4, 8, 13, 13, 26)
TURNS_ORDINARY = 0.3
YES, NO = 1, 0


@dataclass(frozen=True, slots=True)
class Jobs:
    """One row a job or placement, sorted by the first day.

    Truths are 1, 0 or NONE; `trade` is what the work is, `fits` whether it was wished.
    """

    episode: Whole
    employer: Whole
    trade: Whole
    title: Whole
    first: Whole
    last: Whole
    known: Whole
    placement: Whole
    permanence: Whole
    time_limit_origin: Whole
    open_to_all: Whole
    at_least_minimum: Whole
    going_rate: Whole
    employer_of_record: Whole
    normal_rights: Whole
    held_at_referral: Whole
    fits: Whole
    found_by: Whole
    disclosure: Whole
    end_reason: Whole

    def __len__(self) -> int:
        return len(self.episode)


def wishes(stream: Stream, number: int) -> Whole:
    """Draw the trade that somebody wishes for."""
    return stream.one_of([each.weight for each in trades().values()], number)


def jobs(
    seed: int,
    service: Service,
    courses: Courses,
    directory: Directory,
    calendar: Calendar,
) -> tuple[Whole, Jobs]:
    """Draw what each episode wishes for, and its jobs."""
    stream = Stream(seed, service.number + 1, Purpose.JOBS)
    drawer = _Drawer(stream, service, courses, directory, calendar)
    return drawer.wish, drawer.draw()


class _Drawer:
    """Draws the jobs of one unit, kind by kind."""

    def __init__(
        self,
        stream: Stream,
        service: Service,
        courses: Courses,
        directory: Directory,
        calendar: Calendar,
    ) -> None:
        self._stream, self._service, self._courses = stream, service, courses
        self._directory, self._calendar = directory, calendar
        self._until = courses.end(calendar) - 1
        self.wish = wishes(stream, len(courses))

    def draw(self) -> Jobs:
        held, placed = self._held(), self._placed()
        turned = self._turned(placed)
        before = [held, placed, turned]
        found = joined([*before, *self._found(joined(before))])
        return taken(found, np.argsort(found.first, kind="stable"))

    def _held(self) -> Jobs:
        """Return the jobs of those who were in work when referred."""
        codes, courses = CODES["at_referral"], self._courses
        employed = np.isin(
            courses.at_referral,
            [codes.index("employed_seeking"), codes.index("employed_retention")],
        )
        rows = places(employed & (courses.entered != NONE))
        number = len(rows)
        first = courses.referred[rows] - 150 - self._stream.below(2350, number)
        job = self._ordinary(rows, first)
        lost = courses.referred[rows] + self._stream.around(120, 0.5, number)
        stays = self._stream.chance(0.6, number) | (lost > self._until[rows])
        end = where(stays, NONE, lost)
        return replace(
            job,
            last=end,
            known=end,
            end_reason=where(stays, NONE, CODES["end_reason"].index("health")),
            placement=every("placement", "competitive", number),
            permanence=every("permanence", "permanent", number),
            time_limit_origin=blank(number),
            open_to_all=np.full(number, YES, np.int32),
            employer_of_record=every("employer_of_record", "employer", number),
            found_by=every("found_by", "applicant", number),
            held_at_referral=np.full(number, YES, np.int32),
        )

    def _placed(self) -> Jobs:
        """Return the internships and wage subsidies that the job centre pressed for."""
        stream, courses = self._stream, self._courses
        number = len(courses)
        begins = courses.entered + 45 + stream.below(125, number)
        begins = self._calendar.workday_from(begins)
        weeks = np.array(WEEKS, np.int32)[stream.below(len(WEEKS), number)]
        last = begins + 7 * weeks
        pressed = stream.chance(self._service.presses, number)
        fits = (courses.entered != NONE) & pressed & (last < self._until)
        rows = places(fits)
        job = self._ordinary(rows, begins[rows])
        number, subsidy = len(rows), weeks[rows] >= SUBSIDY_WEEKS
        yes = where(subsidy, YES, NO)
        record, placement = CODES["employer_of_record"], CODES["placement"]
        return replace(
            job,
            last=last[rows],
            known=last[rows],
            placement=where(
                subsidy,
                placement.index("wage_subsidy"),
                placement.index("unpaid_internship"),
            ),
            permanence=every("permanence", "fixed_term", number),
            time_limit_origin=every("time_limit_origin", "programme", number),
            open_to_all=np.full(number, NO, np.int32),
            at_least_minimum=yes,
            going_rate=yes,
            employer_of_record=where(
                subsidy, record.index("employer"), record.index("programme")
            ),
            normal_rights=yes,
            fits=every("fits_preference", "partly", number),
            found_by=every("found_by", "job_centre", number),
            disclosure=every("disclosure", "support_only", number),
            end_reason=every("end_reason", "contract_ended", number),
        )

    def _turned(self, placed: Jobs) -> Jobs:
        """Return the ordinary jobs with the same employer that follow some of them."""
        turns = self._stream.chance(TURNS_ORDINARY, len(placed))
        before = taken(placed, turns)
        job = self._ordinary(before.episode, before.last + 1)
        return replace(
            job,
            employer=before.employer,
            trade=before.trade,
            title=before.title,
            found_by=every("found_by", "specialist", len(job)),
        )

    def _found(self, before: Jobs) -> Iterator[Jobs]:
        """Yield the first ordinary jobs of all who find one, then their next, and so on."""
        stream, courses = self._stream, self._courses
        number = len(courses)
        ends, blocked = np.full(number, NONE, np.int32), np.zeros(number, bool)
        np.maximum.at(ends, before.episode, before.last)
        blocked[before.episode[before.last == NONE]] = True
        looks = (courses.entered != NONE) & ~blocked & stream.chance(STARTERS, number)
        rows = places(looks)
        wait = stream.around(TO_FIRST, TO_FIRST_SPREAD, len(rows))
        first = np.maximum(courses.entered[rows] + wait, ends[rows] + 7)
        for _ in range(ORDINARY_JOBS):
            first = self._calendar.workday_from(first)
            begun = first <= self._until[rows]
            rows, first = rows[begun], first[begun]
            job = self._ordinary(rows, first)
            yield job
            again = (job.last != NONE) & stream.chance(NEXT_JOB, len(job))
            gap = np.maximum(stream.around(TO_NEXT_JOB, 0.8, len(job)), 2)
            rows, first = rows[again], (job.last + gap)[again]

    def _ordinary(self, rows: Whole, first: Whole) -> Jobs:
        """Return a job for each of these episodes; what would end later is still held."""
        stream, number = self._stream, len(rows)
        trade, fits = self._trades(rows)
        permanence = stream.codes(
            CODES["permanence"], usual.PERMANENCE | {"": 0.02}, number
        )
        placement = stream.codes(CODES["placement"], usual.PLACEMENT_SHARES, number)
        last, known, reason = self._ends(rows, first, permanence)
        own_end = np.isin(permanence, _own_ends())
        flex = placement == CODES["placement"].index("flex_job")
        agency = placement == CODES["placement"].index("agency")
        record = CODES["employer_of_record"]
        return Jobs(
            episode=rows,
            employer=where(
                stream.chance(0.015, number),
                NONE,
                self._directory.of_trade(stream, trade),
            ),
            trade=trade,
            title=stream.below(_titles()[trade], number),
            first=first.astype(np.int32),
            last=last,
            known=known,
            placement=placement,
            permanence=where(flex, CODES["permanence"].index("permanent"), permanence),
            time_limit_origin=where(
                own_end & ~flex, CODES["time_limit_origin"].index("employer")
            ),
            open_to_all=where(flex, NO, _mostly_yes(stream, 0.03, number)),
            at_least_minimum=_mostly_yes(stream, 0.02, number),
            going_rate=_mostly_yes(stream, 0.05, number),
            employer_of_record=where(
                agency, record.index("agency"), record.index("employer")
            ),
            normal_rights=_mostly_yes(stream, 0.02, number),
            held_at_referral=np.full(number, NO, np.int32),
            fits=fits,
            found_by=stream.codes(CODES["found_by"], usual.FOUND_BY, number),
            disclosure=stream.codes(
                CODES["disclosure"], usual.DISCLOSURE | {"": 0.05}, number
            ),
            end_reason=reason,
        )

    def _trades(self, rows: Whole) -> tuple[Whole, Whole]:
        """Return what the jobs are in the end, and whether that fits the wish."""
        codes, wish = CODES["fits_preference"], self.wish[rows]
        drawn = self._stream.one_of((0.76, 0.17, 0.07), len(rows))
        other = self._stream.below(len(trade_keys()), len(rows))
        trade = where(drawn == 0, wish, where(drawn == 1, nearest_trade()[wish], other))
        fits = np.array([codes.index(each) for each in ("yes", "partly", "no")])
        return trade, fits[drawn].astype(np.int32)

    def _ends(
        self, rows: Whole, first: Whole, permanence: Whole
    ) -> tuple[Whole, Whole, Whole]:
        """Return the last day, the day on which the end became known, and the reason."""
        stream, number, until = self._stream, len(rows), self._until[rows]
        tenure = np.maximum(stream.around(usual.TENURE, usual.TENURE_SPREAD, number), 3)
        last = first + tenure
        ended = last <= until
        known = self._calendar.workday_from(last + stream.between(-7, 3, number))
        known = np.minimum(np.maximum(known, first), until)
        reason = stream.codes(CODES["end_reason"], usual.END_REASONS, number)
        own = stream.chance(0.75, number)
        for code, why in usual.OWN_END.items():
            by_itself = (permanence == CODES["permanence"].index(code)) & own
            reason = where(by_itself, CODES["end_reason"].index(why), reason)
        return where(ended, last, NONE), where(ended, known), where(ended, reason)


def working_since(jobs_: Jobs, number: int, day: Whole) -> Whole:
    """Return since when each episode has had a job on `day`; NONE where it has none."""
    never = np.iinfo(np.int32).max
    since = np.full(number, never, np.int32)
    on = day[jobs_.episode]
    held = (jobs_.first <= on) & ((jobs_.last == NONE) | (on <= jobs_.last))
    np.minimum.at(since, jobs_.episode[held], jobs_.first[held])
    return where(since == never, NONE, since)


def _mostly_yes(stream: Stream, unknown: float, number: int) -> Whole:
    return where(stream.chance(unknown, number), NONE, YES)


def _own_ends() -> list[int]:
    return [CODES["permanence"].index(code) for code in usual.OWN_END]


def nearest_trade() -> Whole:
    """Return the trade that comes nearest to each trade."""
    return np.array([trade_keys().index(each.near) for each in trades().values()])


def _titles() -> Whole:
    return np.array([len(each.titles) for each in trades().values()])
