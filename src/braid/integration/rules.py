"""What may be shown of small numbers, which quarters a trend has, what is still open."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from braid.kernel.dates import Period, add_months, quarter_id, quarter_period

SMALL = 5
"""Figures with fewer rows behind them say nothing outside the unit."""
QUARTERS = 8  # of a trend


def hidden(behind: Mapping[str, int], whole: int) -> tuple[frozenset[str], bool]:
    """Return the groups whose figures are not shown, and whether the whole is not.

    `behind` counts the rows of each group, `whole` those of all. A figure without rows
    is shown. What is hidden must not follow from the rest: where it adds up to fewer
    than five, the next smallest goes as well, and where there is none, the whole.
    """
    groups = sorted((count, name) for name, count in behind.items() if count)
    away = [(count, name) for count, name in groups if count < SMALL]
    rest = groups[len(away) :]
    while away and sum(count for count, _ in away) < SMALL and rest:
        away.append(rest.pop(0))
    names = frozenset(name for _, name in away)
    is_told = bool(away) and sum(count for count, _ in away) < SMALL
    return names, 0 < whole < SMALL or is_told


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
