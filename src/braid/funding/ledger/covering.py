"""Whose a day of support is, where money ends, and which days nobody pays for. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from braid.funding.ledger.rules import Span

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class PayerDays:
    """The days on which activities are a payer's: from the first, and before `until`.

    `is_begun` is false where the day that begins it has not come.
    """

    payer: str
    since: date | None = None
    until: date | None = None
    is_begun: bool = True

    def holds(self, day: date) -> bool:
        return (
            self.is_begun
            and (self.since is None or self.since <= day)
            and (self.until is None or day < self.until)
        )


def payers_on(periods: Iterable[PayerDays], day: date) -> tuple[str, ...]:
    """Return whose an activity of a day is: none is a gap, more than one breaks D1."""
    return tuple(sorted({each.payer for each in periods if each.holds(day)}))


# Before money ends, and where there is none.


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """That a contract stops paying for somebody, and who pays on the day after."""

    span: Span
    ends_on: date
    days_left: int
    then: tuple[str, ...] = field(default=())


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Days of support that no contract pays for; the last None is open."""

    person: str
    case: str
    first_day: date
    last_day: date | None


def endings(spans: Iterable[Span], as_of: date, within_days: int) -> tuple[Ending, ...]:
    """Return what ends from `as_of` on within so many days, the earliest first.

    The end of money is never the end of support: `then` empty says that the support
    goes on without a payer.
    """
    given = list(spans)
    found = []
    for span in given:
        if span.last_day is None:
            continue
        left = (span.last_day - as_of).days
        if 0 <= left <= within_days:
            after = span.last_day + DAY
            others = {
                other.payer
                for other in given
                if other is not span and other.case == span.case and other.holds(after)
            }
            found.append(
                Ending(
                    span=span,
                    ends_on=span.last_day,
                    days_left=left,
                    then=tuple(sorted(others)),
                )
            )
    return tuple(
        sorted(
            found, key=lambda each: (each.ends_on, each.span.case, each.span.contract)
        )
    )


def gaps(
    person: str,
    case: str,
    first_day: date,
    last_day: date | None,
    spans: Iterable[Span],
) -> tuple[Gap, ...]:
    """Return the days of somebody's support that no span of the case covers."""
    covers = sorted(
        (span for span in spans if span.case == case), key=lambda each: each.first_day
    )
    found: list[Gap] = []
    free: date | None = first_day
    for span in covers:
        if free is None or (last_day is not None and free > last_day):
            break
        if span.first_day > free:
            until = span.first_day - DAY
            end = until if last_day is None else min(until, last_day)
            found.append(Gap(person=person, case=case, first_day=free, last_day=end))
        free = None if span.last_day is None else max(free, span.last_day + DAY)
    if free is not None and (last_day is None or free <= last_day):
        found.append(Gap(person=person, case=case, first_day=free, last_day=last_day))
    return tuple(found)
