"""Decisions about benefits counselling, pure: what is due when, what may be printed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

# A change of hours or pay is followed by counselling within a fortnight (clock C7).
AFTER_A_CHANGE = timedelta(days=14)
DUE_ON_THE_DAY = frozenset({"start", "review"})
# What people are shown at once, from no work to full time; none of them is advised.
HOURS = tuple(Decimal(hours) for hours in (0, 4, 8, 12, 16, 20, 24, 30, 37))
MOST_HOURS = Decimal(80)
WEEKS = Decimal(52)
MONTHS = Decimal(12)
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Finding:
    """An answer with its reasons, each a slug that the page words."""

    ok: bool
    reasons: tuple[str, ...] = ()


def due_on(trigger: str, known_on: date, begins_on: date | None = None) -> date:
    """Return the day by which counselling is due.

    Before a job it is due by its first day, a review on the day that was agreed; anything
    else within 14 days of the day on which it holds or became known (clock C7). An offer
    is of no day yet: the job's own start says by when.
    """
    if trigger in DUE_ON_THE_DAY:
        return begins_on or known_on
    return (begins_on or known_on) + AFTER_A_CHANGE


def is_before_start(done_on: date | None, before_shift: bool, first_day: date) -> bool:
    """Say whether counselling came before the job.

    The order of the days decides; on the first day it counts when it is marked as held
    before the shift.
    """
    if done_on is None:
        return False
    return done_on < first_day or (done_on == first_day and before_shift)


def state_of(round_: Any) -> str:
    """Return where a round of counselling stands: due, offered, booked, done, declined."""
    if round_.done_on is not None:
        return "done"
    if round_.answer == "declined":
        return "declined"
    if round_.booked_on is not None:
        return "booked"
    return "offered" if round_.offered_on is not None else "due"


def is_open(round_: Any) -> bool:
    """Say whether somebody still has to do something about a round."""
    return state_of(round_) not in {"done", "declined"}


def same_round(rounds: Iterable[Any], trigger: str, job_id: Any | None) -> Any | None:
    """Return the open round that a new reason belongs to.

    That is one for the same reason and job; for the start of a job also that of an
    offer, which is of no job yet.
    """
    waiting = [one for one in rounds if is_open(one)]
    same = [one for one in waiting if (one.trigger, one.job_id) == (trigger, job_id)]
    if trigger == "start":
        same += [
            one
            for one in waiting
            if one.trigger == "offer" and one.job_id in (None, job_id)
        ]
    return next(iter(same), None)


def household_asks(rounds: Iterable[Any], day: date) -> bool:
    """Say whether a change in the household asks for counselling of its own.

    Not while a round is open, nor on the day of counselling: there it was talked about.
    """
    return not any(is_open(one) or one.done_on == day for one in rounds)


def review_reached(rounds: Iterable[Any], day: date) -> Any | None:
    """Return the last round where its agreed next look has come; None otherwise.

    The same look is opened once, whatever became of it.
    """
    known = list(rounds)
    last = latest(known)
    agreed = last.next_review_on if last is not None else None
    if agreed is None or agreed > day or state_of(last) != "done":
        return None
    opened = any(one.trigger == "review" and one.due_on == agreed for one in known)
    return None if opened else last


def may_print(
    calculation: Any, expires_on: date | None, duties_shown: bool, day: date
) -> Finding:
    """Say whether a scenario page may be printed or handed over on `day`, and why not.

    `expires_on` is the last day of the rules it rests on; without one they do not
    expire.
    """
    reasons = []
    if calculation.state != "ready" or calculation.result is None:
        reasons.append("not_ready")
    if calculation.confirmed_at is None:
        reasons.append("unconfirmed")
    if not duties_shown:
        reasons.append("duties_not_shown")
    if is_expired(expires_on, day):
        reasons.append("expired_pack")
    if calculation.recalled_on is not None:
        reasons.append("recalled")
    return Finding(not reasons, tuple(reasons))


def may_confirm(calculation: Any, expires_on: date | None, day: date) -> Finding:
    """Say whether a counsellor may put their name to a scenario page."""
    reasons = []
    if calculation.state != "ready" or calculation.result is None:
        reasons.append("not_ready")
    if calculation.confirmed_at is not None:
        reasons.append("already_confirmed")
    if is_expired(expires_on, day):
        reasons.append("expired_pack")
    if calculation.recalled_on is not None:
        reasons.append("recalled")
    return Finding(not reasons, tuple(reasons))


def is_expired(expires_on: date | None, day: date) -> bool:
    """Say whether rules are past their last day."""
    return expires_on is not None and day > expires_on


def assumed(inputs: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what nobody has verified yet: ids of benefits, and `household`.

    The household is known from what was said, so it is assumed until somebody ticks
    that it was checked.
    """
    benefits = inputs["asked"]["benefits"]
    found = [one["benefit"] for one in benefits if not one["verified"]]
    if not inputs.get("household_verified"):
        found.append("household")
    return tuple(found)


def carries_not_verified(inputs: Mapping[str, Any]) -> bool:
    """Say whether a page must say that a benefit it rests on is not verified."""
    return any(not one["verified"] for one in inputs["asked"]["benefits"])


def alters(
    before: Mapping[str, Any], after: Mapping[str, Any], notify_delta: Decimal
) -> bool:
    """Say whether new rules change a stored result by more than they tell people.

    A net that becomes known or unknown is a change too.
    """
    nets = {row["id"]: row["net"] for row in after["rows"]}
    return any(
        _differ(row["net"], nets.get(row["id"]), notify_delta) for row in before["rows"]
    )


def _differ(old: str | None, new: str | None, by_more_than: Decimal) -> bool:
    if old is None or new is None:
        return old is not new
    return abs(Decimal(old) - Decimal(new)) > by_more_than


def hours_compared(*also: Decimal | None) -> tuple[Decimal, ...]:
    """Return the hours of a scenario page, ascending, with those that are asked about."""
    return tuple(sorted({*HOURS, *(one for one in also if one is not None)}))


def hourly(pay: Decimal, unit: str, weekly_hours: Decimal) -> Decimal | None:
    """Return pay for an hour; None where hours or unit do not say what an hour brings.

    A month is a twelfth of 52 weeks.
    """
    if unit == "hour":
        return pay
    weeks = {"week": Decimal(1), "month": WEEKS / MONTHS, "year": WEEKS}.get(unit)
    if weeks is None or weekly_hours <= 0:
        return None
    return (pay / weeks / weekly_hours).quantize(CENT)


def latest(rounds: Iterable[Any]) -> Any | None:
    """Return the round that says how counselling stands: an open one, else the last."""
    found = list(rounds)
    waiting = [one for one in found if is_open(one)]
    return max(
        waiting or found,
        key=lambda one: (
            one.done_on or one.booked_on or one.offered_on or date.min,
            one.created_at,
        ),
        default=None,
    )
