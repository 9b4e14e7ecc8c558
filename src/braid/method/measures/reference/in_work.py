"""Who is in work: jobs as they were known on a day, time in work, and job starts."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import lru_cache

from braid.kernel.dates import Period, days_between
from braid.method.competitive import (
    JobFacts,
    PaidWork,
    Profile,
    Start,
    Switches,
    Verdict,
    competitive,
    first_paid_day,
    start_counts,
)
from braid.method.measures.reference.populations import (
    Person,
    by,
    caseload_days,
    person_of,
)
from braid.method.measures.words import Asked, Row, Tables

# Of answers about a job there are few, of jobs and days on which they are known many.
_verdict = lru_cache(maxsize=4096)(competitive)


@dataclass(frozen=True, slots=True)
class Job:
    """A job as it was known on a day, with what the decision table says of it.

    `days` run from the day from which it counts (on call: the first paid shift) and
    are open where it had not ended by then; None: no day counts yet. `hours` are
    those known to be paid, by the days of `paid`; `all_hours`: whether that is all of
    them. `confirmed` is the last day on which it was known to go on.
    """

    row: Row
    episode: Row
    verdict: Verdict
    days: Period | None
    hours: Decimal
    all_hours: bool
    paid: tuple[PaidWork, ...] = ()
    confirmed: date | None = None

    @property
    def person(self) -> Person:
        """Return whose job it is."""
        return person_of(self.episode)

    @property
    def id(self) -> str:
        """Return the job's id."""
        return str(self.row["job_id"])


def jobs_known(
    tables: Tables, as_of: date, profile: Profile, switches: Switches
) -> list[Job]:
    """Return the jobs begun by a day, as they were known on it.

    A last day still to come is not known, nor is paid work whose days are not over.
    """
    episodes = {row["episode_id"]: row for row in tables["episodes"]}
    paid = by(
        (row for row in tables["paid_work"] if row["last_day"] <= as_of), "job_id"
    )
    return [
        _known(row, episodes[row["episode_id"]], paid[row["job_id"]], verdict, as_of)
        for row in tables["jobs"]
        if row["first_day"] <= as_of and row["episode_id"] in episodes
        for verdict in [_verdict(facts_of(row), switches, profile)]
    ]


def jobs_by_day(
    tables: Tables, asked: Iterable[Asked], profile: Profile, switches: Switches
) -> dict[date, list[Job]]:
    """Return the jobs as they were known on each `as_of` that is asked for."""
    return {
        as_of: jobs_known(tables, as_of, profile, switches)
        for as_of in {each.as_of for each in asked}
    }


def facts_of(job: Row) -> JobFacts:
    """Return what the decision table asks about a job."""
    return JobFacts(
        placement=job["placement"],
        permanence=job["permanence"],
        time_limit_origin=job["time_limit_origin"],
        open_to_all=job["open_to_all"],
        at_least_minimum=job["at_least_minimum"],
        going_rate=job["going_rate"],
        employer_of_record=job["employer_of_record"],
        normal_rights=job["normal_rights"],
        held_at_referral=job["held_at_referral"],
    )


def _known(
    row: Row, episode: Row, paid: Sequence[Row], verdict: Verdict, as_of: date
) -> Job:
    recorded = [
        PaidWork(each["first_day"], each["last_day"], each["hours"])
        for each in paid
        if each["hours"] is not None
    ]
    first = first_paid_day(row["first_day"], row["permanence"], recorded)
    last = row["last_day"]
    if last is not None and last > as_of:
        last = None
    begun = first is not None and (last is None or first <= last)
    return Job(
        row,
        episode,
        verdict,
        Period(first, last) if first is not None and begun else None,
        sum((each.hours for each in recorded), Decimal(0)),
        bool(paid) and len(recorded) == len(paid),
        tuple(recorded),
        _confirmed(row, first, as_of),
    )


def _confirmed(row: Row, first: date | None, as_of: date) -> date | None:
    heard: date | None = row["last_confirmed_on"]
    if first is None or heard is None or heard > as_of:
        return first
    return max(first, heard)


def days_by_person(jobs: Iterable[Job]) -> dict[Person, list[Period]]:
    """Return the days of jobs by person, one period a job."""
    found: dict[Person, list[Period]] = defaultdict(list)
    for job in jobs:
        if job.days is not None:
            found[job.person].append(job.days)
    return found


# Job starts


@dataclass(frozen=True, slots=True)
class WorkSpell:
    """Time in competitive work at one employer: jobs that carry one another on.

    Hours paid are summed over its jobs, and are all known only where they are for
    each of them.
    """

    jobs: tuple[Job, ...]
    days: Period

    @property
    def job(self) -> Job:
        """Return its first job."""
        return self.jobs[0]

    def start(self, min_paid_hours: Decimal | None, as_of: date) -> Start:
        """Say whether it is a job start; hours known to be enough are enough."""
        hours = sum((job.hours for job in self.jobs), Decimal(0))
        known = all(job.all_hours for job in self.jobs)
        if min_paid_hours is not None and hours >= min_paid_hours:
            known = True
        return start_counts(
            hours if known else None,
            self.days.first_day,
            self.days.last_day,
            min_paid_hours,
            as_of,
        )

    def dated(self, min_paid_hours: Decimal | None, dating: str) -> date:
        """Return the day that the start is dated on: of the first shift, or of the
        hours that reached the minimum, where they have."""
        first = self.days.first_day
        if min_paid_hours is None or dating == "first_shift":
            return first
        so_far, paid = Decimal(0), [each for job in self.jobs for each in job.paid]
        for each in sorted(paid, key=lambda one: one.last_day):
            so_far += each.hours
            if so_far >= min_paid_hours:
                return max(first, each.last_day)
        return first

    @property
    def confirmed(self) -> date:
        """Return the last day on which it was known to go on."""
        return max(job.confirmed or self.days.first_day for job in self.jobs)


def work_spells(jobs: Iterable[Job], held_at_referral: bool = False) -> list[WorkSpell]:
    """Return the spells of competitive work: of jobs held at referral, or all others.

    A job carries on the one that began before it at the same employer when it begins
    on the day after that one's last; so a job held at referral takes with it what
    carries it on. An employer not known is never the same.
    """
    begun = [
        (job.days, job) for job in jobs if job.verdict.counts and job.days is not None
    ]
    begun.sort(key=lambda found: (found[0].first_day, found[1].id))
    spells: list[WorkSpell] = []
    latest: dict[tuple[Person, str], int] = {}
    for days, job in begun:
        employer = job.row["employer_id"]
        before = latest.get((job.person, employer)) if employer else None
        if before is not None and _carries_on(days, spells[before].jobs[-1]):
            spells[before] = _longer(spells[before], job, days)
        else:
            before = len(spells)
            spells.append(WorkSpell((job,), days))
        if employer:
            latest[job.person, employer] = before
    return [
        each
        for each in spells
        if bool(each.job.row["held_at_referral"]) is held_at_referral
    ]


def _carries_on(days: Period, before: Job) -> bool:
    last = before.days.last_day if before.days else None
    return last is not None and days_between(last, days.first_day) == 1


def _longer(spell: WorkSpell, job: Job, days: Period) -> WorkSpell:
    return WorkSpell((*spell.jobs, job), Period(spell.days.first_day, days.last_day))


def starts_on_caseload(job: Job, basis: str, counted_from: str = "basis") -> bool:
    """Say whether a job begins to count on a day on the caseload of its episode.

    Or, `counted_from` referral, on a day since then, the basis being reached or not.
    """
    on = caseload_days(job.episode, basis)
    if counted_from == "referral":
        on = _since_referral(job.episode, on)
    return bool(on and job.days and on.contains(job.days.first_day))


def _since_referral(episode: Row, on: Period | None) -> Period | None:
    """Return the days on the caseload, from the day of referral where that is sooner."""
    referred, exited = episode["referred_on"], episode["exited_on"]
    if referred is None or (on is not None and on.first_day <= referred):
        return on
    if exited is not None and exited <= referred:
        return on
    return Period(referred, exited and exited - timedelta(1))
