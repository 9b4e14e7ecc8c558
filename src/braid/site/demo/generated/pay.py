"""Hours and pay of jobs: what was agreed, what was worked and paid, days away."""

from dataclasses import dataclass, replace

import numpy as np

from braid.facts.schema import CODES
from braid.site.demo import jobs as usual
from braid.site.demo.generated.calendar import Calendar
from braid.site.demo.generated.chance import (
    NONE,
    Stream,
    Truth,
    Whole,
    every,
    places,
    where,
)
from braid.site.demo.generated.frames import joined, taken
from braid.site.demo.generated.jobs import Jobs
from braid.site.demo.trades import trades

MORE_HOURS, MORE_AFTER = 0.34, 110
HOURS_UNKNOWN, PAY_UNKNOWN = 0.05, 0.08
WHOLE_JOB, PAYSLIPS = 0.32, 0.2  # shares of jobs whose paid hours are known, and how
PAY_PERIOD = 28
WHOLE_JOB_SOURCES = {"schedule": 0.5, "employer": 0.3, "self_report": 0.2}
ILL, LONG_ENOUGH = 0.2, 60
HUNDREDTHS = 100


@dataclass(frozen=True, slots=True)
class Terms:
    """Agreed hours a week and pay an hour, in hundredths; sorted by job and day."""

    job: Whole
    first: Whole
    last: Whole
    hours: Whole
    pay: Whole


@dataclass(frozen=True, slots=True)
class PaidWork:
    """Hours and gross pay of days, both inside, in hundredths."""

    job: Whole
    first: Whole
    last: Whole
    hours: Whole
    gross: Whole
    source: Whole


@dataclass(frozen=True, slots=True)
class Absences:
    """Days away from a job."""

    job: Whole
    first: Whole
    last: Whole
    paid: Truth


def terms(stream: Stream, jobs: Jobs, calendar: Calendar) -> Terms:
    """Draw the terms of each job; some get more hours after a while."""
    number = len(jobs)
    choices = np.array(list(usual.HOURS), np.int32) * HUNDREDTHS
    hours = choices[stream.one_of(list(usual.HOURS.values()), number)]
    wage = np.array([each.pay for each in trades().values()])[jobs.trade]
    pay = (wage - 6 + stream.below(20, number)) * HUNDREDTHS
    pay += 25 * stream.below(4, number)
    unpaid = jobs.placement == CODES["placement"].index("unpaid_internship")
    first = Terms(
        job=np.arange(number, dtype=np.int32),
        first=jobs.first,
        last=jobs.last,
        hours=where(stream.chance(HOURS_UNKNOWN, number), NONE, hours),
        pay=where(unpaid | stream.chance(PAY_UNKNOWN, number), NONE, pay),
    )
    end = where(jobs.last == NONE, calendar.today, jobs.last)
    after = jobs.first + stream.around(MORE_AFTER, 0.4, number)
    day = calendar.workday_from(after)
    more = stream.chance(MORE_HOURS, number) & (first.hours != NONE)
    more &= (hours <= 25 * HUNDREDTHS) & (day > jobs.first) & (day < end - 1)
    added = np.array((3, 5, 5, 8), np.int32)[stream.below(4, number)] * HUNDREDTHS
    then = replace(first, first=day, hours=where(more, hours + added, first.hours))
    before = replace(first, last=where(more, day - 1, jobs.last))
    made = joined([before, taken(then, more)])
    return taken(made, np.lexsort((made.first, made.job)))


def paid_work(
    stream: Stream, jobs: Jobs, agreed: Terms, calendar: Calendar
) -> PaidWork:
    """Draw what is known of paid work: of some jobs as a whole, of others by payslips."""
    number = len(jobs)
    begun = np.searchsorted(agreed.job, np.arange(number))
    weekly, pay = agreed.hours[begun], agreed.pay[begun]
    known = (weekly != NONE) & (pay != NONE)
    ended = where(jobs.last == NONE, calendar.today - 1, jobs.last)
    drawn = stream.one_of((WHOLE_JOB, PAYSLIPS, 1 - WHOLE_JOB - PAYSLIPS), number)
    whole = places(known & (drawn == 0) & (jobs.last != NONE))
    slips = places(known & (drawn == 1) & (ended >= jobs.first))
    sources = stream.codes(CODES["paid_work_source"], WHOLE_JOB_SOURCES, len(whole))
    periods = (ended[slips] - jobs.first[slips]) // PAY_PERIOD + 1
    job = np.repeat(slips, periods)
    nth = np.arange(len(job)) - np.repeat(np.cumsum(periods) - periods, periods)
    first = jobs.first[job] + PAY_PERIOD * nth
    last = np.minimum(first + PAY_PERIOD - 1, ended[job])
    payslip = every("paid_work_source", "payslip", len(job))
    made = joined(
        [
            _Paid(whole, jobs.first[whole], ended[whole], sources),
            _Paid(job, first, last, payslip),
        ]
    )
    worked = 0.85 + stream.below(200, len(made.job)) / 1000
    span = made.last - made.first + 1
    quarters = np.rint(weekly[made.job] / 25 * span / 7 * worked)
    hours = np.maximum(quarters, 2).astype(np.int64) * 25
    gross = (hours * pay[made.job]) // HUNDREDTHS
    return PaidWork(
        made.job.astype(np.int32),
        made.first.astype(np.int32),
        made.last.astype(np.int32),
        hours.astype(np.int32),
        gross.astype(np.int32),
        made.source,
    )


@dataclass(frozen=True, slots=True)
class _Paid:
    """Days of a job that were paid, before the hours are known."""

    job: Whole
    first: Whole
    last: Whole
    source: Whole


def absences(stream: Stream, jobs: Jobs, calendar: Calendar) -> Absences:
    """Draw a time of illness for some of the longer jobs."""
    number = len(jobs)
    last = where(jobs.last == NONE, calendar.today - 1, jobs.last)
    span = last - jobs.first
    ill = stream.chance(ILL, number) & (span > LONG_ENOUGH)
    first = jobs.first + 20 + stream.below(span - 50, number)
    end = first + stream.between(2, 18, number)
    paid = stream.chance(0.85, number)
    rows = places(ill)
    return Absences(
        rows.astype(np.int32), first[rows].astype(np.int32), end[rows], paid[rows]
    )
