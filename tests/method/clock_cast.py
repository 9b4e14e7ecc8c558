"""The limits, the people and the job of the clock stories."""

from dataclasses import replace
from datetime import date
from uuid import UUID

from braid.method.clocks import ClockLimit, EpisodeFacts, JobSpell, Talks, running


def limit_of(kind, limit, unit="day", warn_before=0):
    return ClockLimit(kind, limit, unit, warn_before, "specialist", f"source of {kind}")


LIMITS = {
    each.kind: each
    for each in (
        limit_of("first_contact", 30, warn_before=23),
        limit_of("rapid_search", 30, warn_before=15),
        limit_of("before_start", 7, warn_before=2),
        limit_of("after_start", 3, warn_before=1),
        limit_of("first_month", 6, warn_before=2),
        limit_of("stable_work", 1, "month", warn_before=7),
        limit_of("job_loss", 3),
        limit_of("inactivity", 28, warn_before=7),
        limit_of("step_down_review", 12, "month", warn_before=30),
        limit_of("profile", 30, warn_before=10),
        limit_of("disclosure_talk", 30, warn_before=15),
        limit_of("search_plan", 30, warn_before=10),
        limit_of("plan_review", 90, warn_before=14),
        limit_of("counselling", 14, warn_before=7),
        limit_of("ask_again", 28, warn_before=3),
        limit_of("look_again", 28, warn_before=3),
    )
}
EPISODE = UUID(int=1)
PAT = EpisodeFacts(
    episode_id=EPISODE,
    referred_on=date(2026, 1, 5),
    entered_on=date(2026, 1, 12),
    exited_on=None,
    state="active",
    last_attended_on=date(2026, 1, 12),
    in_person_days=(date(2026, 1, 12),),
    talks=Talks(
        profile_drafted=True,
        disclosure_on=date(2026, 1, 12),
        plan_seen_on=date(2026, 1, 12),
    ),
)
# Pat has met an employer and is in touch: nothing of the search runs any more.
SETTLED = replace(PAT, first_employer_contact_on=date(2026, 1, 20))
BAKERY = UUID(int=7)


def bakery(first_day, last_day=None, end_known_on=None):
    return JobSpell(BAKERY, "North bakery", first_day, last_day, end_known_on)


def kinds_of(episode, jobs, today, limits=LIMITS):
    return {clock.kind for clock in running(episode, jobs, limits, today)}


def clock_of(kind, episode, jobs, today):
    found = [c for c in running(episode, jobs, LIMITS, today) if c.kind == kind]
    return found[0] if found else None


def met_on(episode, *days):
    return replace(
        episode,
        in_person_days=tuple(sorted({*episode.in_person_days, *days})),
        last_attended_on=max(*days, episode.last_attended_on),
    )


START = date(2026, 3, 2)
