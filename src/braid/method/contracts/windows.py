"""When work, earnings or another event fills the window of a milestone.

Source: the rules of the contract language. The n-th day in work (counted), or the first
day and n more (elapsed); n weeks, months or pay periods of so many, reached at the end
of the one that completes them.
"""

from dataclasses import replace
from datetime import date

from braid.method.contracts.conditions import Known
from braid.method.contracts.day_windows import by_days
from braid.method.contracts.events import Event
from braid.method.contracts.measured import Holds, Measured
from braid.method.contracts.shape import Milestone, Window
from braid.method.contracts.slot_windows import Asked, by_slots
from braid.method.contracts.slots import of_earnings, of_jobs

__all__ = ["Measured", "earned", "from_event", "in_work"]


def in_work(
    known: Known, milestone: Milestone, floor: date, conditions: Holds, repeated: bool
) -> list[Measured]:
    """Return the tries at lasting work that began on a day or later. Raises Unbound."""
    work = known.work(milestone.profile)
    jobs = work.begun_from(floor)
    if milestone.wage == "at_least_minimum":
        jobs = [each for each in jobs if each.row["at_least_minimum"]]
    if not jobs:
        return []
    window = milestone.window or Window(n=1, of=1, unit="day")
    if window.unit == "day":
        return by_days(known, milestone, window, work, jobs)
    value = of_jobs(work, jobs, window.sick_counts)
    starts = [jobs[0].first_day]
    if window.anchor == "start":
        starts = work.starts_from(floor)
    return [
        found
        for start in starts
        for found in by_slots(
            Asked(known, milestone, window, jobs, value, conditions, repeated), start
        )
    ]


def from_event(
    known: Known, milestone: Milestone, event: Event, conditions: Holds
) -> list[Measured]:
    """Return the tries at a window that opens with an event. Raises Unbound."""
    window = milestone.window
    if window is None:
        return [Measured(event.day, event.day, event)]
    work = known.work(milestone.profile)
    jobs = [each for each in work.counted if each.last_day >= event.day]
    if window.unit == "day":
        found = by_days(known, milestone, window, work, jobs, event.day)
        return [replace(each, event=event) for each in found[:1]]
    value = of_jobs(work, jobs, window.sick_counts)
    asked = Asked(known, milestone, window, jobs, value, conditions, False)
    return [replace(each, event=event) for each in by_slots(asked, event.day)]


def earned(
    known: Known, milestone: Milestone, floor: date, conditions: Holds, repeated: bool
) -> list[Measured]:
    """Return the tries at earnings from the month of a day on. Raises Unbound."""
    window = milestone.window or Window(n=1, of=1, unit="month", anchor="rolling")
    rows = known.case.of("paid_work")
    if not rows:
        return []
    value = of_earnings(rows, known.as_of)
    asked = Asked(known, milestone, window, (), value, conditions, repeated)
    return list(by_slots(asked, floor))
