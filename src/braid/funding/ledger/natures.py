"""What a milestone pays for, in words that do not depend on the contract. Pure.

Two contracts pay for one outcome when their milestones are of one nature and rest on one
event or fall on one day. A milestone that a funder's own letter reaches is of no nature
that another contract could have.
"""

from collections.abc import Iterator

from braid.funding.ledger.rules import JOB_START
from braid.method.contracts.shape import (
    Milestone,
    Window,
    Word,
    conditions_in,
)

DAYS = {"day": 1, "week": 7, "pay_period": 28, "month": 30.4375}
SERVICE, EARNINGS, CONTACT = "service", "earnings", "contact"
STARTS = frozenset({"job_start", "work_resumed"})
ACTIVITIES = frozenset({"units", "periodic"})


def natures(milestone: Milestone) -> frozenset[str]:
    """Return what a milestone pays for; empty where only its own contract knows it."""
    if milestone.kind == "settlement":
        return frozenset()
    if milestone.kind == "sustained" and milestone.window:
        return frozenset({f"sustained:{weeks(milestone.window)}"})
    if milestone.kind == "earnings" and milestone.window:
        return frozenset({f"{EARNINGS}:{weeks(milestone.window)}"})
    return frozenset(_of_words(milestone))


def weeks(window: Window) -> int:
    """Return how long a window is that must be filled, in whole weeks: 91 days are 13."""
    return round(window.n * DAYS[window.unit] / 7)


def is_activity(milestone: Milestone) -> bool:
    """Say whether a milestone pays for work that was done, not for an outcome."""
    return milestone.kind in ACTIVITIES


def is_for_new_work(milestone: Milestone) -> bool:
    """Say whether earlier work takes a milestone away (it looks back at entry)."""
    return milestone.look_back is not None


def _of_words(milestone: Milestone) -> Iterator[str]:
    for condition in conditions_in(milestone.reached):
        if not isinstance(condition, Word):
            continue
        if condition.word in STARTS:
            yield JOB_START
        elif condition.word == "plan_event" and condition.kind:
            yield f"plan:{condition.kind}"
        elif condition.word == "contact_minutes":
            yield CONTACT
        elif condition.word in ("on_caseload", "accepted"):
            yield SERVICE
        elif condition.word == "appointments":
            yield "engagement"
