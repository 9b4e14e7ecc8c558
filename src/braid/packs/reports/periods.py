"""The periods of reports: how they are written, and on which days a line looks.

`2026Q1`, `2026-03`, `2026`, `2025/26` (April to March), `2026-03-31`, and any two days
as `2026-01-01/2026-03-31`. The text is the id of the period.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

from braid.kernel.dates import Period, add_months, quarter_period
from braid.kernel.errors import InputFault

Kind = Literal["day", "month", "quarter", "year", "financial_year", "days"]
KINDS: tuple[Kind, ...] = get_args(Kind)
EXAMPLES: Mapping[Kind, str] = {
    "day": "2026-03-31",
    "month": "2026-03",
    "quarter": "2026Q1",
    "year": "2026",
    "financial_year": "2025/26",
    "days": "2026-01-01/2026-03-31",
}
APRIL = 4


@dataclass(frozen=True, slots=True)
class Span:
    """A period of a report: what it is called, its days, both inside."""

    id: str
    kind: Kind
    first_day: date
    last_day: date


def span(text: str, kinds: Iterable[Kind] = KINDS) -> Span:
    """Return the period that `text` means, if it is of one of the `kinds`.

    Raises: InputFault (`period_unknown`), or (`period_reversed`).
    """
    for kind in kinds:
        if (match := _PATTERNS[kind].fullmatch(text)) is None:
            continue
        try:
            days = _READ[kind](match)
        except ValueError:  # the 31st of a month that has none, month 13, year 0
            break
        return Span(text, kind, days.first_day, days.last_day or days.first_day)
    examples = ", ".join(EXAMPLES[kind] for kind in kinds)
    raise InputFault(
        f"This is not a period of this report. It is written like {examples}.",
        field="period",
        reason="period_unknown",
    )


def of_day(day: date, kind: Kind) -> Span:
    """Return the period of a kind that holds `day`; `days` are those of its month."""
    return span(_NAMED[kind](day), [kind])


def before(day: date, kind: Kind, count: int) -> list[Span]:
    """Return the last periods of a kind up to that of `day`, the newest first."""
    found: list[Span] = []
    while len(found) < count:
        found.append(of_day(day, kind))
        day = found[-1].first_day - timedelta(1)
    return found


def year_start(day: date, first_month: int) -> date:
    """Return the first day of the year that holds `day`, which begins in a month."""
    year = day.year if day.month >= first_month else day.year - 1
    return date(year, first_month, 1)


def months(first_day: date, last_day: date) -> int:
    """Return how many whole months lie between two days, both inside."""
    after = last_day + timedelta(1)
    count = (after.year - first_day.year) * 12 + after.month - first_day.month
    return max(0, count - (add_months(first_day, count) > after))


def _day(match: re.Match[str]) -> Period:
    day = date.fromisoformat(match[0])
    return Period(day, day)


def _month(match: re.Match[str]) -> Period:
    return _whole(date(int(match[1]), int(match[2]), 1), 1)


def _quarter(match: re.Match[str]) -> Period:
    return quarter_period(match[0])


def _year(match: re.Match[str]) -> Period:
    return _whole(date(int(match[0]), 1, 1), 12)


def _financial_year(match: re.Match[str]) -> Period:
    if (int(match[1]) + 1) % 100 != int(match[2]):
        raise ValueError("not the year after")
    return _whole(date(int(match[1]), APRIL, 1), 12)


def _days(match: re.Match[str]) -> Period:
    return Period(date.fromisoformat(match[1]), date.fromisoformat(match[2]))


def _whole(first_day: date, count: int) -> Period:
    return Period(first_day, add_months(first_day, count) - timedelta(1))


_PATTERNS: Mapping[Kind, re.Pattern[str]] = {
    "day": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "month": re.compile(r"([0-9]{4})-([0-9]{2})"),
    "quarter": re.compile(r"(?!0000)[0-9]{4}Q[1-4]"),
    "year": re.compile(r"[0-9]{4}"),
    "financial_year": re.compile(r"([0-9]{4})/([0-9]{2})"),
    "days": re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})"),
}
_READ: Mapping[Kind, Callable[[re.Match[str]], Period]] = {
    "day": _day,
    "month": _month,
    "quarter": _quarter,
    "year": _year,
    "financial_year": _financial_year,
    "days": _days,
}


def _financial(day: date) -> str:
    year = year_start(day, APRIL).year
    return f"{year:04}/{(year + 1) % 100:02}"


_NAMED: Mapping[Kind, Callable[[date], str]] = {
    "day": date.isoformat,
    "month": lambda day: f"{day:%Y-%m}",
    "quarter": lambda day: f"{day.year:04}Q{(day.month + 2) // 3}",
    "year": lambda day: f"{day.year:04}",
    "financial_year": _financial,
    "days": lambda day: (
        f"{day.replace(day=1)}/{_whole(day.replace(day=1), 1).last_day}"
    ),
}
