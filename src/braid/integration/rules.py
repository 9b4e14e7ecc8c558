"""Which quarters a trend has, what is still open."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from braid.kernel.dates import Period, add_months, quarter_id, quarter_period

QUARTERS = 8  # of a trend


def quarters(day: date, number: int = QUARTERS) -> list[str]:
    """Return the quarter that holds `day` and those before it, the oldest first."""
    first_day = quarter_period(quarter_id(day)).first_day
    return [quarter_id(add_months(first_day, -3 * n)) for n in reversed(range(number))]


def until(quarter: str, day: date) -> Period:
    """Return the days of a quarter, as far as they are over on `day`."""
    whole = quarter_period(quarter)
    return Period(whole.first_day, min(whole.last_day or day, day))


def open_decisions(
    tasks: Iterable[Mapping[str, Any]],
    meetings: Iterable[Mapping[str, Any]],
    last_day: date,
) -> tuple[int, int]:
    """Return how many decisions of meetings are open at the end of a day, how many late.

    Rows as the facts have them. A decision is a task that a meeting made; it is open
    until the day on which it was done.
    """
    held = {row["meeting_id"]: row["day"] for row in meetings}
    still = [
        row
        for row in tasks
        if held.get(row["meeting_id"], date.max) <= last_day
        and not (row["done_on"] and row["done_on"] <= last_day)
    ]
    late = [row for row in still if row["due_on"] and row["due_on"] < last_day]
    return len(still), len(late)
