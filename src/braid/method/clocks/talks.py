"""Clocks of the conversations that IPS consists of: profile, plan, disclosure, benefits."""

from collections.abc import Iterator
from datetime import date, timedelta

from braid.kernel.moments import Clock
from braid.method.clocks.case import Case
from braid.method.clocks.values import (
    ASK_AGAIN,
    COUNSELLING,
    DISCLOSURE_TALK,
    LOOK_AGAIN,
    PLAN_REVIEW,
    PROFILE,
    SEARCH_PLAN,
)


def profile(case: Case) -> Iterator[Clock]:
    """C2: from entry until goal, jobs so far, everyday life and benefits are touched."""
    if not case.episode.talks.profile_drafted:
        yield from case.clock(PROFILE, case.entered_on, "profile_sections")


def disclosure_talk(case: Case) -> Iterator[Clock]:
    """C3: from entry to the first talk on what an employer may know.

    It belongs before any contact with an employer in somebody's name. Not for who came to
    keep a job, or has found one.
    """
    if _searches(case) and case.episode.talks.disclosure_on is None:
        yield from case.clock(DISCLOSURE_TALK, case.entered_on, "disclosure_talk")


def search_plan(case: Case) -> Iterator[Clock]:
    """C4: from entry to an agreed search plan, then to each look at it again.

    Nobody is asked to look at it while in work; when a job taken up since has ended,
    there is as long as for a first plan.
    """
    if not _searches(case):
        return
    seen_on = case.episode.talks.plan_seen_on
    if seen_on is None:
        yield from case.clock(SEARCH_PLAN, case.entered_on, "plan_agreed")
    else:
        due_on = _due_after_work(case, seen_on)
        yield from case.clock(PLAN_REVIEW, seen_on, "plan_reviewed", due_on=due_on)


def _due_after_work(case: Case, seen_on: date) -> date | None:
    """Return a later day for the plan where a job has ended since it was looked at."""
    review, first = case.limits.get(PLAN_REVIEW), case.limits.get(SEARCH_PLAN)
    ended = [
        job.last_day
        for job in case.jobs
        if job.first_day >= case.entered_on
        and job.last_day is not None
        and seen_on <= job.last_day < case.today
    ]
    if not ended or review is None or first is None:
        return None
    return max(review.due(seen_on), first.due(max(ended)))


def counselling(case: Case) -> Iterator[Clock]:
    """C7: benefits counselling that waits, until the day by which it should have been."""
    due_on = case.episode.talks.counselling_due_on
    yield from _promised(case, COUNSELLING, due_on, "counselling_done")


def ask_again(case: Case) -> Iterator[Clock]:
    """A “not yet” is asked again on the day that was said with it, until taken on."""
    if case.episode.state in ("referred", "waiting"):
        due_on = case.episode.talks.ask_again_on
        yield from _promised(case, ASK_AGAIN, due_on, "asked_again")


def look_again(case: Case) -> Iterator[Clock]:
    """A pause or a wait is looked at again on the day that was said with it."""
    due_on = case.episode.talks.look_again_on
    yield from _promised(case, LOOK_AGAIN, due_on, "looked_at")


def _promised(
    case: Case, kind: str, due_on: date | None, stops: str
) -> Iterator[Clock]:
    """Yield the clock of a promised day from as long before it as its limit says."""
    limit = case.limits.get(kind)
    if due_on is None or limit is None:
        return
    start = due_on - timedelta(limit.limit)
    if start <= case.today:
        yield from case.clock(kind, start, stops, due_on=due_on)


def _searches(case: Case) -> bool:
    """Say whether somebody looks for a job and has taken up none since entry."""
    works = any(
        case.entered_on <= job.first_day <= case.today for job in case.current()
    )
    return case.episode.seeks_job and not works
