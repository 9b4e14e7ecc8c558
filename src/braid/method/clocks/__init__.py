"""The clocks of an episode that run on a day, as pure rules; each says what stops it.

Limits are data of the jurisdiction pack. A clock runs from the day of its beginning
until its stopping event, which is in time up to and with `due_on`. Nothing runs for an
episode that has been exited. While an episode is paused or stepped down only the loss
of a job is a clock; the days go on counting, no due day is moved. The numbers C1 … C22
are those of the list of clocks in the documentation.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from braid.kernel.moments import Clock
from braid.method.clocks import support, talks
from braid.method.clocks.case import Case, Rule
from braid.method.clocks.values import (
    AFTER_START,
    ASK_AGAIN,
    BEFORE_START,
    CONTACT_MODES,
    COUNSELLING,
    DISCLOSURE_TALK,
    FIRST_CONTACT,
    FIRST_MONTH,
    FIRST_WEEKS,
    INACTIVITY,
    JOB_LOSS,
    KINDS,
    LOOK_AGAIN,
    PLAN_REVIEW,
    PROFILE,
    RAPID_SEARCH,
    SEARCH_PLAN,
    STABLE_WORK,
    STEP_DOWN_REVIEW,
    UNHURRIED,
    WEEK,
    ClockLimit,
    ContactFacts,
    EpisodeFacts,
    JobSpell,
    Talks,
    Unit,
    in_person_days,
    last_attended_on,
)

__all__ = [
    "AFTER_START",
    "ASK_AGAIN",
    "BEFORE_START",
    "CONTACT_MODES",
    "COUNSELLING",
    "DISCLOSURE_TALK",
    "FIRST_CONTACT",
    "FIRST_MONTH",
    "FIRST_WEEKS",
    "INACTIVITY",
    "JOB_LOSS",
    "KINDS",
    "LOOK_AGAIN",
    "PLAN_REVIEW",
    "PROFILE",
    "RAPID_SEARCH",
    "SEARCH_PLAN",
    "STABLE_WORK",
    "STEP_DOWN_REVIEW",
    "UNHURRIED",
    "WEEK",
    "ClockLimit",
    "ContactFacts",
    "EpisodeFacts",
    "JobSpell",
    "Talks",
    "Unit",
    "in_person_days",
    "last_attended_on",
    "running",
]


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
    case = Case(episode, tuple(jobs), limits, today)
    entered = case.entered_on <= today
    rules = _RULES[episode.state] if entered else _BEFORE_ENTRY
    found = (clock for rule in rules for clock in rule(case))
    return tuple(sorted(found, key=lambda clock: (clock.due_on, clock.kind)))


_FOLLOWED: tuple[Rule, ...] = (
    support.rapid_search,
    support.before_start,
    support.first_weeks,
    support.stable_work,
    support.job_loss,
    talks.counselling,
)
_OVER = frozenset({"exited", "not_started"})
_RULES: Mapping[str, tuple[Rule, ...]] = {
    "referred": (*_FOLLOWED, talks.ask_again),
    "active": (
        *_FOLLOWED,
        support.inactivity,
        support.step_down_review,
        talks.profile,
        talks.disclosure_talk,
        talks.search_plan,
    ),
    "waiting": (*_FOLLOWED, talks.ask_again, talks.look_again),
    "paused": (support.job_loss, talks.counselling, talks.look_again),
    "stepped_down": (support.job_loss, talks.counselling),
}
_BEFORE_ENTRY: tuple[Rule, ...] = (
    support.first_contact,
    talks.ask_again,
    talks.look_again,
)
