"""Which of the tries at a milestone make lines: the first that counts, or all."""

from collections.abc import Sequence

from braid.method.contracts.shape import Milestone, Word
from braid.method.contracts.tries import Try


def is_repeated(milestone: Milestone) -> bool:
    """Say whether the file lets a milestone be reached more than once."""
    counts = [tier.max_count for tier in milestone.tiers if tier.max_count is not None]
    person = milestone.cap.person if milestone.cap else None
    return (
        milestone.kind in ("periodic", "units")
        or milestone.repeat is not None
        or bool(counts)
        or (person is not None and person != 1)
        or (person == 1 and _is_one_word(milestone))
    )


def _is_one_word(milestone: Milestone) -> bool:
    """Say whether each row is an event of its own: a start, a consent, a plan.

    Of several conditions, and of a number of appointments, only the first day counts.
    """
    reached = milestone.reached
    return (
        milestone.kind == "event"
        and isinstance(reached, Word)
        and reached.word in ("job_start", "funder_event", "plan_event", "accepted")
    )


def chosen(found: Sequence[Try]) -> list[Try]:
    """Return the tries that make lines, numbered: all reached, or the furthest one."""
    if not found:
        return []
    if is_repeated(found[-1].milestone):
        reached = [each for each in found if each.measured.reached_on is not None]
        return _numbered(reached or [max(found, key=_how_far)])
    first = next((each for each in found if each.counts), None)
    return [first or max(found, key=_how_far)]


def _how_far(found: Try) -> tuple[bool, int, bool, int]:
    reached = found.reached_on is not None
    is_open = found.reason == "window_open"
    return reached, found.passed, is_open, -found.day.toordinal()


def _numbered(found: list[Try]) -> list[Try]:
    for number, each in enumerate(found, start=1):
        each.ordinal = number
    return found
