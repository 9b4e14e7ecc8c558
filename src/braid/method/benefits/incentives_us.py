"""Work incentives of disability benefits in the United States, month by month.

Each month is judged by the levels of its own year; a year without levels is not known,
never the year before. Months are those in which pay was earned, not paid out; the
counsellor holds the ledger against the payer's statement before it is printed.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from braid.kernel.dates import add_months
from braid.kernel.errors import InputFault

Phase = Literal["trial", "eligibility", "after", "ended", "not_known"]
NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Levels:
    """The levels of one calendar year, a month. `confirmed`: seen in the source."""

    year: int
    trial_work: Decimal
    substantial: Decimal
    substantial_blind: Decimal
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Terms:
    """How many months each right has, and what is left out of income for SSI."""

    trial_months: int
    trial_window_months: int
    eligibility_months: int
    grace_months: int
    reinstatement_months: int
    general_exclusion: Decimal
    earned_exclusion: Decimal
    earned_share: Decimal


@dataclass(frozen=True, slots=True)
class Earned:
    """What was earned in one month, and what is taken off it."""

    month: date
    gross: Decimal
    work_expenses: Decimal = NOTHING
    subsidy: Decimal = NOTHING

    @property
    def countable(self) -> Decimal:
        """Return gross without impairment-related expenses and the value of help."""
        return max(self.gross - self.work_expenses - self.subsidy, NOTHING)


@dataclass(frozen=True, slots=True)
class Line:
    """One month of the ledger.

    `trial` says whether the month used up one of the trial; `used` how many are used
    within the window that ends with it; `eligibility_month` counts from 1 after the
    trial. `paid` says whether SSDI is due. None is not known.
    """

    month: date
    gross: Decimal | None
    countable: Decimal | None
    trial: bool | None
    used: int | None
    phase: Phase
    eligibility_month: int | None = None
    paid: bool | None = None


@dataclass(frozen=True, slots=True)
class Ledger:
    """All months in order.

    `trial_ended` is the month in which the trial was used up, `reinstate_until` the
    last month in which an ended benefit may be asked back quickly. `unknown_years` have
    no levels, `unconfirmed_years` have some that nobody has seen in the source,
    `unknown_months` lie between months given.
    """

    lines: tuple[Line, ...]
    trial_ended: date | None
    reinstate_until: date | None
    unknown_years: tuple[int, ...]
    unconfirmed_years: tuple[int, ...]
    unknown_months: tuple[date, ...]

    @property
    def trial_used(self) -> tuple[date, ...]:
        """Return the months that used up one of the trial, as far as it is known."""
        return tuple(line.month for line in self.lines if line.trial)


def ledger(
    months: Iterable[Earned],
    levels: Mapping[int, Levels],
    terms: Terms,
    *,
    blind: bool = False,
) -> Ledger:
    """Return the trial work period and what follows it, from the first month given.

    Missing: a month that is not given, or whose year has no levels, is not known, and so
    is the phase of every later month unless the trial was used up before.
    Raises: InputFault when a month is given twice, or is not its first day.
    """
    by_month = _in_order(months)
    book = _Book(levels, terms, blind)
    lines = tuple(
        book.line(month, by_month.get(month)) for month in _calendar(by_month)
    )
    years = {line.month.year for line in lines if line.gross}
    return Ledger(
        lines=lines,
        trial_ended=book.trial_ended,
        reinstate_until=book.ended
        and add_months(book.ended, terms.reinstatement_months - 1),
        unknown_years=tuple(sorted(years - set(levels))),
        unconfirmed_years=tuple(
            sorted(y for y in years & set(levels) if not levels[y].confirmed)
        ),
        unknown_months=tuple(line.month for line in lines if line.gross is None),
    )


class _Book:
    """Goes through the months in order and keeps what the next one needs to know."""

    def __init__(self, levels: Mapping[int, Levels], terms: Terms, blind: bool) -> None:
        self.levels, self.terms, self.blind = levels, terms, blind
        self.used: list[date] = []
        self.trial_ended: date | None = None
        self.ceased: date | None = None
        self.ended: date | None = None
        self.is_known = True

    def line(self, month: date, earned: Earned | None) -> Line:
        """Return the next month's line."""
        gross = earned.gross if earned else None
        countable = earned.countable if earned else None
        if self.trial_ended is None:
            return self._in_trial(month, gross, countable)
        number = _months_between(self.trial_ended, month)
        phase, paid = self._after_trial(month, countable, number)
        within = number <= self.terms.eligibility_months
        return Line(
            month,
            gross,
            countable,
            False,
            None,
            phase,
            number if within else None,
            paid,
        )

    def _in_trial(
        self, month: date, gross: Decimal | None, countable: Decimal | None
    ) -> Line:
        trial = self._reaches(month, gross, "trial_work")
        if trial is None:
            self.is_known = False
        first = add_months(month, 1 - self.terms.trial_window_months)
        self.used = [each for each in self.used if each >= first]
        if trial:
            self.used.append(month)
        if not self.is_known:
            return Line(month, gross, countable, trial, None, "not_known")
        if len(self.used) >= self.terms.trial_months:
            self.trial_ended = month
        return Line(month, gross, countable, trial, len(self.used), "trial", None, True)

    def _after_trial(
        self, month: date, countable: Decimal | None, number: int
    ) -> tuple[Phase, bool | None]:
        """Return the phase of a month after the trial, and whether SSDI is due."""
        if self.ended:
            return "ended", False
        within = number <= self.terms.eligibility_months
        phase: Phase = "eligibility" if within else "after"
        substantial = self._reaches(
            month, countable, "substantial_blind" if self.blind else "substantial"
        )
        if not self.is_known or substantial is None:
            self.is_known = False
            return phase, None
        if substantial and self.ceased is None:
            self.ceased = month
        graced = (
            self.ceased is not None
            and _months_between(self.ceased, month) <= self.terms.grace_months
        )
        if graced:
            return phase, True
        if substantial and not within:
            self.ended = month
            return "ended", False
        return phase, not substantial

    def _reaches(self, month: date, amount: Decimal | None, level: str) -> bool | None:
        if amount is None:
            return None
        if amount == 0:
            return False
        levels = self.levels.get(month.year)
        return None if levels is None else bool(amount >= getattr(levels, level))


@dataclass(frozen=True, slots=True)
class Countable:
    """What counts as income for SSI in a month; `payment` None without its rate."""

    unearned: Decimal
    earned: Decimal
    payment: Decimal | None

    @property
    def total(self) -> Decimal:
        return self.unearned + self.earned


def ssi(
    earned: Decimal,
    terms: Terms,
    *,
    unearned: Decimal = NOTHING,
    work_expenses: Decimal = NOTHING,
    blind_work_expenses: Decimal = NOTHING,
    set_aside: Decimal = NOTHING,
    rate: Decimal | None = None,
) -> Countable:
    """Return the countable income of a month and what SSI is left of its rate.

    The general exclusion is used up by unearned income first. `work_expenses` come off
    before the share is taken, those of a blind person and what a plan (PASS) sets
    aside come off after it.
    """
    general = terms.general_exclusion
    left = max(general - unearned, NOTHING)
    before = earned - left - terms.earned_exclusion - work_expenses
    counted = max(before, NOTHING) * terms.earned_share
    counted = max(counted - blind_work_expenses - set_aside, NOTHING)
    others = max(unearned - general, NOTHING)
    payment = None if rate is None else max(rate - counted - others, NOTHING)
    return Countable(others, counted, payment)


def keeps_medicaid(yearly_gross: Decimal, threshold: Decimal | None) -> bool | None:
    """Say whether pay stays within a state's threshold; None when it is not known."""
    return None if threshold is None else yearly_gross <= threshold


def _in_order(months: Iterable[Earned]) -> dict[date, Earned]:
    found: dict[date, Earned] = {}
    for earned in sorted(months, key=lambda each: each.month):
        if earned.month.day != 1 or earned.month in found:
            raise InputFault(
                f"The month {earned.month:%Y-%m} is given twice, or not by its first "
                "day. Give each month once.",
                field="month",
                reason="month_twice",
            )
        found[earned.month] = earned
    return found


def _calendar(months: Mapping[date, Earned]) -> Iterator[date]:
    """Yield every month from the first to the last one given."""
    if months:
        first, last = min(months), max(months)
        for number in range(_months_between(first, last) + 1):
            yield add_months(first, number)


def _months_between(one: date, other: date) -> int:
    return (other.year - one.year) * 12 + other.month - one.month
