"""The clocks of an episode that run on a day, as pure rules; each says what stops it.

Limits are data of the jurisdiction pack. A clock runs from the day of its beginning
until its stopping event, which is in time up to and with `due_on`. Nothing runs for an
episode that has been exited. While an episode is paused or stepped down only the loss
of a job is a clock; the days go on counting, no due day is moved. The numbers C1 … C22
are those of the list of clocks in the documentation.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal
from uuid import UUID

from braid.kernel.dates import Period, add_months, days_between
from braid.kernel.moments import Clock
from braid.method.tenure import merge

Unit = Literal["day", "month"]

FIRST_CONTACT = "first_contact"
RAPID_SEARCH = "rapid_search"
BEFORE_START = "before_start"
AFTER_START = "after_start"
FIRST_MONTH = "first_month"
STABLE_WORK = "stable_work"
JOB_LOSS = "job_loss"
INACTIVITY = "inactivity"
STEP_DOWN_REVIEW = "step_down_review"
KINDS = (
    FIRST_CONTACT,
    RAPID_SEARCH,
    BEFORE_START,
    AFTER_START,
    FIRST_MONTH,
    STABLE_WORK,
    JOB_LOSS,
    INACTIVITY,
    STEP_DOWN_REVIEW,
)
# A message, or an attempt that was not answered, is no contact.
CONTACT_MODES = frozenset({"in_person", "phone", "video"})
# The first month is four weeks, each with its own contact.
WEEK, FIRST_WEEKS = 7, 28


@dataclass(frozen=True, slots=True)
class ClockLimit:
    """How long a clock runs, when it warns, and where the number comes from.

    `warn_before` counts days before the due day. `mark` is S (seen in the source),
    R (general knowledge, to be checked) or H (decision of the house).
    """

    kind: str
    limit: int
    unit: Unit
    warn_before: int
    owner: str
    source: str
    mark: str = ""

    def due(self, start: date) -> date:
        """Return the last day that is still in time when the clock began on `start`."""
        if self.unit == "month":
            return add_months(start, self.limit)
        return start + timedelta(self.limit)


@dataclass(frozen=True, slots=True)
class ContactFacts:
    """One contact with the applicant; `attended` None is not known."""

    day: date
    mode: str | None
    attended: bool | None


@dataclass(frozen=True, slots=True)
class EpisodeFacts:
    """What the clocks ask of an episode, already selected by the caller.

    `state` is referred, waiting, active, paused, stepped_down, exited or not_started;
    referred is followed as waiting is. `in_person_days` are the days
    of attended contacts face to face: the latest one ever, and all since the first
    day of the newest job. `first_employer_contact_on` is the first face-to-face
    employer contact made for this person. `seeks_job` is false for somebody who came
    to keep the job he or she has.
    """

    episode_id: UUID
    referred_on: date | None
    entered_on: date | None
    exited_on: date | None
    state: str
    last_attended_on: date | None = None
    in_person_days: tuple[date, ...] = ()
    first_employer_contact_on: date | None = None
    step_down_offered_on: date | None = None
    seeks_job: bool = True


@dataclass(frozen=True, slots=True)
class JobSpell:
    """One job of the person. `end_known_on` is when its end became known."""

    job_id: UUID
    employer: str
    first_day: date
    last_day: date | None = None
    end_known_on: date | None = None


def running(
    episode: EpisodeFacts,
    jobs: Sequence[JobSpell],
    limits: Mapping[str, ClockLimit],
    today: date,
) -> tuple[Clock, ...]:
    """Return the clocks of an episode that run on `today`, the nearest due day first.

    `jobs` are those that the unit follows. A kind without a limit does not run.
    """
    exited = episode.exited_on is not None and episode.exited_on <= today
    if exited or episode.state in _OVER:
        return ()
    case = _Case(episode, tuple(jobs), limits, today)
    entered = case.entered_on <= today
    rules = _RULES[episode.state] if entered else (_first_contact,)
    found = (clock for rule in rules for clock in rule(case))
    return tuple(sorted(found, key=lambda clock: (clock.due_on, clock.kind)))


def last_attended_on(contacts: Iterable[ContactFacts]) -> date | None:
    """Return the day of the last attended contact: in person, by phone or video.

    Missing: a contact is attended only when that was recorded; a mode that is not
    known is taken as one of the three.
    """
    modes = CONTACT_MODES | {None}
    return max(
        (c.day for c in contacts if c.attended and c.mode in modes), default=None
    )


def in_person_days(contacts: Iterable[ContactFacts]) -> tuple[date, ...]:
    """Return the days with an attended contact face to face, in order."""
    return tuple(
        sorted({c.day for c in contacts if c.attended and c.mode == "in_person"})
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """An episode with its jobs and limits, seen on a day."""

    episode: EpisodeFacts
    jobs: tuple[JobSpell, ...]
    limits: Mapping[str, ClockLimit]
    today: date

    @property
    def entered_on(self) -> date:
        """Return the day of entry; the end of time when there is none yet."""
        return self.episode.entered_on or date.max

    def seen(self, first: date, last: date) -> bool:
        """Say whether a face-to-face contact lies within these days."""
        return any(first <= day <= last for day in self.episode.in_person_days)

    def current(self) -> list[JobSpell]:
        """Return the jobs held today."""
        return [
            j for j in self.jobs if Period(j.first_day, j.last_day).contains(self.today)
        ]

    def in_first_weeks(self, job: JobSpell) -> bool:
        """Say whether a job taken up in this episode is in its first four weeks."""
        days = days_between(job.first_day, self.today)
        return job.first_day >= self.entered_on and days < FIRST_WEEKS

    def clock(
        self,
        kind: str,
        start: date,
        stops: str,
        job: JobSpell | None = None,
        due_on: date | None = None,
    ) -> Iterator[Clock]:
        """Yield the clock if the kind has a limit; `due_on` overrides what it says."""
        limit = self.limits.get(kind)
        if limit is None:
            return
        due_on = due_on or limit.due(start)
        warn_on = max(start, due_on - timedelta(limit.warn_before))
        yield Clock(
            kind,
            self.episode.episode_id,
            started_on=start,
            due_on=due_on,
            warn_on=warn_on if limit.warn_before else None,
            stops=stops,
            about=job.employer if job else "",
            job_id=job.job_id if job else None,
            limit_days=days_between(start, due_on),
            source=limit.source,
        )


Rule = Callable[[_Case], Iterator[Clock]]


def _first_contact(case: _Case) -> Iterator[Clock]:
    """C1: from the referral to the first meaningful contact, which is the entry."""
    start = case.episode.referred_on
    if start is not None and start <= case.today:
        yield from case.clock(FIRST_CONTACT, start, "first_meaningful_contact")


def _rapid_search(case: _Case) -> Iterator[Clock]:
    """C5: from entry to the first face-to-face employer contact for this person.

    A contact made before entry stops it too, and so does a job taken up since: who
    has begun to work has met an employer. It does not run for somebody who came to
    keep a job.
    """
    contacted = case.episode.first_employer_contact_on
    met = contacted is not None and contacted <= case.today
    works = any(case.entered_on <= job.first_day <= case.today for job in case.jobs)
    if case.episode.seeks_job and not met and not works:
        yield from case.clock(
            RAPID_SEARCH, case.entered_on, "in_person_employer_contact"
        )


def _before_start(case: _Case) -> Iterator[Clock]:
    """C8: face to face within the days before a known start.

    Runs from the first of those days to the day before the start; a contact made
    earlier does not stop it.
    """
    limit = case.limits.get(BEFORE_START)
    if limit is None:
        return
    for job in case.jobs:
        window = job.first_day - timedelta(limit.limit)
        comes = window <= case.today < job.first_day
        if comes and not case.seen(window, case.today):
            eve = job.first_day - timedelta(1)
            yield from case.clock(BEFORE_START, window, "in_person_contact", job, eve)


def _first_weeks(case: _Case) -> Iterator[Clock]:
    """C9 and C10: face to face soon after the start, then in each of weeks 1 to 4.

    Until the first contact on or after the first day only C9 runs; that contact is
    also the one of its week. A week runs from the weekday of the first day. Jobs begun
    before entry have no first month.
    """
    for job in filter(case.in_first_weeks, case.current()):
        into_week = days_between(job.first_day, case.today) % WEEK
        week_start = case.today - timedelta(into_week)
        if not case.seen(job.first_day, case.today):
            yield from case.clock(AFTER_START, job.first_day, "in_person_contact", job)
        elif not case.seen(week_start, case.today):
            yield from case.clock(FIRST_MONTH, week_start, "in_person_contact", job)


def _stable_work(case: _Case) -> Iterator[Clock]:
    """C11: from month 2 on, face to face every month, while the job lasts.

    Each contact starts it again. It is asked once, for the job held longest, and not
    while another job is in its first month, which asks for more. A job held at entry
    is asked from entry.
    """
    jobs = sorted(case.current(), key=lambda job: job.first_day)
    if jobs and not any(map(case.in_first_weeks, jobs)):
        month_2 = max(jobs[0].first_day + timedelta(FIRST_WEEKS), case.entered_on)
        seen = (day for day in case.episode.in_person_days if day <= case.today)
        start = max([month_2, *seen])
        yield from case.clock(STABLE_WORK, start, "in_person_contact", jobs[0])


def _job_loss(case: _Case) -> Iterator[Clock]:
    """C12: from the day the end of a job became known to an attended contact.

    A contact on that very day stops it. An end that was known before entry, or whose
    day of becoming known was not recorded, does not start it.
    """
    for job in case.jobs:
        known = job.end_known_on
        if known is not None and case.entered_on <= known <= case.today:
            attended = case.episode.last_attended_on
            if attended is None or attended < known:
                yield from case.clock(JOB_LOSS, known, "attended_contact", job)


def _inactivity(case: _Case) -> Iterator[Clock]:
    """C13: from the last attended contact, or else entry, to the next one.

    In person, by phone or by video; a message or an attempt does not stop it. For
    active episodes only.
    """
    start = max(case.entered_on, case.episode.last_attended_on or case.entered_on)
    yield from case.clock(INACTIVITY, start, "attended_contact")


def _step_down_review(case: _Case) -> Iterator[Clock]:
    """C22: after months in work without a day off work, offer to step down.

    Jobs that adjoin count as one time in work; a job held at entry counts from entry.
    An offer since that time began stops it, whatever the answer was.
    """
    spells = merge(Period(job.first_day, job.last_day) for job in case.jobs)
    for spell in spells:
        if spell.contains(case.today):
            start = max(spell.first_day, case.entered_on)
            offered = case.episode.step_down_offered_on
            if offered is None or offered < start:
                yield from case.clock(STEP_DOWN_REVIEW, start, "step_down_offer")


_FOLLOWED: tuple[Rule, ...] = (
    _rapid_search,
    _before_start,
    _first_weeks,
    _stable_work,
    _job_loss,
)
_OVER = frozenset({"exited", "not_started"})
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "referred": _FOLLOWED,
    "active": (*_FOLLOWED, _inactivity, _step_down_review),
    "waiting": _FOLLOWED,
    "paused": (_job_loss,),
    "stepped_down": (_job_loss,),
}
