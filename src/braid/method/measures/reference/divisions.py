"""The weeks, months, quarters and half-years of a period."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal

from braid.kernel.dates import Period, days_between
from braid.method.measures.words import Parameter

Division = Literal["week", "month", "quarter", "half_year"]
MONTHS: Mapping[str, int] = {"month": 1, "quarter": 3, "half_year": 6}
EVERY = Parameter(
    "How long each stretch is: weeks are seven days, counted back from the last day of "
    "the period; months and quarters are those of the calendar that lie wholly in it.",
    "week",
    choices=("week", "month", "quarter"),
)


def divisions(days: Period, every: Division) -> list[Period]:
    """Return the weeks counted back from the last day, or what lies wholly in a period."""
    last = days.last_day or days.first_day
    if every == "week":
        whole = (days_between(days.first_day, last) + 1) // 7
        ends = [last - timedelta(7 * number) for number in range(whole)]
        return [Period(end - timedelta(6), end) for end in ends]
    size = MONTHS[every]
    numbers = range(_number(days.first_day, size), _number(last, size) + 1)
    found = [(_first(n * size), _first((n + 1) * size) - timedelta(1)) for n in numbers]
    return [
        Period(*each) for each in found if days.first_day <= each[0] <= each[1] <= last
    ]


def _number(day: date, size: int) -> int:
    return (day.year * 12 + day.month - 1) // size


def _first(months: int) -> date:
    return date(months // 12, months % 12 + 1, 1)
