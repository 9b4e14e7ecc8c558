"""Hours and pay, spread evenly over the days that they were earned on.

Whole numbers only: amounts are counted in ten-thousandths, and every share is rounded
half up from the first day on, so that shares add up to the amount to the last one and
every engine finds the same.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from braid.kernel.dates import Period, days_between

SCALE = 10_000
"""How many counted units an hour, or a unit of money, has."""


def counted(amount: Decimal) -> int:
    """Return an amount of at most four decimal places in ten-thousandths."""
    return int(amount * SCALE)


def quotient(amount: int, by: int) -> int:
    """Return a whole number divided by one, rounded half up; neither is negative."""
    return (2 * amount + by) // (2 * by)


def exact(amount: int) -> Decimal:
    """Return ten-thousandths as an amount."""
    return Decimal(amount) / SCALE


@dataclass(frozen=True, slots=True)
class Spread:
    """An amount of ten-thousandths for every `over` days of `days`, which are closed.

    What was paid for certain days has as many `over` as days; what is agreed by the
    week has 7, however long it runs.
    """

    days: Period
    amount: int
    over: int

    def within(self, first_day: date, last_day: date) -> int:
        """Return the share of the days from one to the other, both inside."""
        return max(0, self._until(last_day) - self._until(first_day - timedelta(1)))

    def up_to(self, last_day: date) -> "Spread | None":
        """Return the part that ends on a day, or None where it begins after it."""
        if self.days.first_day > last_day:
            return None
        ends = min(self.days.last_day or last_day, last_day)
        return Spread(Period(self.days.first_day, ends), self.amount, self.over)

    def _until(self, day: date) -> int:
        """Return the share of all days up to and with one."""
        so_far = max(0, min(days_between(self.days.first_day, day) + 1, self._length))
        return quotient(self.amount * so_far, self.over)

    @property
    def _length(self) -> int:
        return self.days.days(date.max)
