"""Clocks of contact and support: from the first meeting to the offer to step down."""

from collections.abc import Iterator
from datetime import timedelta

from braid.kernel.dates import Period, days_between
from braid.kernel.moments import Clock
from braid.method.clocks.case import Case
from braid.method.clocks.values import (
    AFTER_START,
    BEFORE_START,
    FIRST_CONTACT,
    FIRST_MONTH,
    FIRST_WEEKS,
    INACTIVITY,
    JOB_LOSS,
    RAPID_SEARCH,
    STABLE_WORK,
    STEP_DOWN_REVIEW,
    WEEK,
)
from braid.method.tenure import merge


def first_contact(case: Case) -> Iterator[Clock]:
    """C1: from the referral to the first meaningful contact, which is the entry."""
    start = case.episode.referred_on
    if start is not None and start <= case.today:
        yield from case.clock(FIRST_CONTACT, start, "first_meaningful_contact")


def rapid_search(case: Case) -> Iterator[Clock]:
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


def before_start(case: Case) -> Iterator[Clock]:
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


def first_weeks(case: Case) -> Iterator[Clock]:
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


def stable_work(case: Case) -> Iterator[Clock]:
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


def job_loss(case: Case) -> Iterator[Clock]:
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


def inactivity(case: Case) -> Iterator[Clock]:
    """C13: from the last attended contact, or else entry, to the next one.

    In person, by phone or by video; a message or an attempt does not stop it. For
    active episodes only.
    """
    start = max(case.entered_on, case.episode.last_attended_on or case.entered_on)
    yield from case.clock(INACTIVITY, start, "attended_contact")


def step_down_review(case: Case) -> Iterator[Clock]:
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
