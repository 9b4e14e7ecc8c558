"""Rules about jobs beside each other and over time, pure: values in, a finding out."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from braid.kernel.dates import Period

MOST_HOURS = Decimal(80)  # a week, in all jobs together
DAY = timedelta(1)


@dataclass(frozen=True, slots=True)
class Beside:
    """Another job of the same person: its days, employer and present hours a week."""

    job_id: UUID
    employer_id: UUID | None
    employer: str
    days: Period
    weekly_hours: Decimal | None = None


def overlapping(days: Period, others: Iterable[Beside]) -> list[Beside]:
    """Return the other jobs that have a day in common with these."""
    return [one for one in others if one.days.overlaps(days)]


def with_same_employer(
    employer_id: UUID | None, others: Iterable[Beside]
) -> Beside | None:
    """Return a job with the same employer among those that overlap, or None."""
    if employer_id is None:
        return None
    return next((one for one in others if one.employer_id == employer_id), None)


def hours_together(own: Decimal | None, others: Iterable[Beside]) -> Decimal | None:
    """Return the hours a week of overlapping jobs, which add; None where none is known."""
    known = [one.weekly_hours for one in others if one.weekly_hours is not None]
    known += [own] if own is not None else []
    return sum(known, Decimal(0)) if known else None


def began_on(
    first_day: date, employer_id: UUID | None, others: Collection[Beside]
) -> date:
    """Return the day on which the person began there.

    A job that turned ordinary is two rows of one employer, the second begun on the day
    after the first: the person did not start anew.
    """
    if employer_id is None:
        return first_day
    same = [one for one in others if one.employer_id == employer_id]
    earlier = next((one for one in same if one.days.last_day == first_day - DAY), None)
    if earlier is None:
        return first_day
    return began_on(earlier.days.first_day, employer_id, same)


class Step(StrEnum):
    """What a change of terms brought, where it brought something."""

    MORE_HOURS = "more_hours"
    FEWER_HOURS = "fewer_hours"
    RAISE = "raise"
    NEW_TITLE = "new_title"


FORWARD = frozenset({Step.MORE_HOURS, Step.RAISE, Step.NEW_TITLE})


def steps(before: Any, after: Any) -> frozenset[Step]:
    """Return what changed from one set of terms to the next.

    Pay is compared only where it is for the same unit in the same currency.
    """
    found = set()
    if before.weekly_hours is not None and after.weekly_hours is not None:
        if after.weekly_hours > before.weekly_hours:
            found.add(Step.MORE_HOURS)
        elif after.weekly_hours < before.weekly_hours:
            found.add(Step.FEWER_HOURS)
    if _is_raise(before, after):
        found.add(Step.RAISE)
    if after.title and after.title != before.title:
        found.add(Step.NEW_TITLE)
    return frozenset(found)


def _is_raise(before: Any, after: Any) -> bool:
    if before.pay is None or after.pay is None:
        return False
    same = (before.pay_unit, before.currency) == (after.pay_unit, after.currency)
    return bool(same and after.pay > before.pay)


def title_now(job_title: str, terms: Sequence[Any], day: date) -> str:
    """Return the title held on `day`: that of the latest terms which gave a new one."""
    given = [one.title for one in terms if one.title and one.first_day <= day]
    return given[-1] if given else job_title


class Need(StrEnum):
    """What is asked for as proof of a job, before any rule of a funder."""

    CONTRACT = "contract"
    PAYSLIP = "payslip"


# What stands for it: an employer's letter proves a contract, a register the pay.
PROVES: dict[Need, frozenset[str]] = {
    Need.CONTRACT: frozenset({"contract", "employer_letter"}),
    Need.PAYSLIP: frozenset({"payslip", "register_extract", "invoice"}),
}


def evidence_needs(kinds: Collection[str]) -> dict[Need, bool]:
    """Return what is usually asked for, each with whether one of `kinds` is there."""
    return {need: bool(proofs & set(kinds)) for need, proofs in PROVES.items()}


def has_evidence_for(
    check_from: date, check_day: date, papers: Iterable[tuple[date | None, date | None]]
) -> bool:
    """Say whether a paper covers days from `check_from` to `check_day`."""
    return any(
        first is not None
        and Period(check_from, check_day).overlaps(Period(first, last or first))
        for first, last in papers
    )
