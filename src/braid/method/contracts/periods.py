"""The calendar months or quarters in which a condition holds."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from braid.kernel.dates import add_months
from braid.method.contracts.conditions import Event, Known
from braid.method.contracts.measured import Measured
from braid.method.contracts.shape import Milestone

ONE_DAY = timedelta(1)


def periods(known: Known, milestone: Milestone, floor: date) -> Iterator[Measured]:
    """Yield the calendar months or quarters in which the condition holds on a day."""
    days = known.spans(milestone.reached, milestone.profile)
    events = known.events(milestone.reached, milestone.profile)
    length = 3 if milestone.every == "quarter" else 1
    at_end = milestone.reached_on == "period_end"
    end = known.as_of
    first = floor.replace(month=(floor.month - 1) // length * length + 1, day=1)
    while first <= end:
        after = _after(first, length)
        begins = first if first > floor else floor
        day = next(
            (a if a > begins else begins for a, b in days if b >= begins and a < after),
            None,
        )
        reached = after - ONE_DAY if at_end else day
        if day is not None and reached is not None and reached <= end:
            source = [each for each in events if each.day <= day]
            event = source[-1] if source else known.entry
            if event is not None:
                yield Measured(day, reached, Event(reached, event.row, event.episode))
        first = after


@lru_cache(maxsize=4096)
def _after(first: date, length: int) -> date:
    return add_months(first, length)
