"""The word about the caseload at the end of each month."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from braid.kernel.dates import Period, add_months
from braid.method.measures.reference.caseloads import (
    CASELOAD_AND_POSTS,
    caseload_and_posts,
)
from braid.method.measures.words import BASIS, Asked, Tables, Word

CASELOAD_AT_MONTH_ENDS = Word(
    name="caseload_at_month_ends",
    family="month_ends",
    about="On each last day of a month in the period: the episodes on the caseload, and "
    "the specialists' posts held. A sum counts every month.",
    ids=("episode_id",),
    keys=("staff_id", "month"),
    amounts={
        name: f"{means}, at each month's end"
        for name, means in CASELOAD_AND_POSTS.amounts.items()
        if name != "without_specialist"
    },
    decimals=CASELOAD_AND_POSTS.decimals,
    left_out=CASELOAD_AND_POSTS.left_out,
    parameters={"basis": BASIS},
)


def caseload_at_month_ends(
    tables: Tables, asked: Sequence[Asked], basis: str = "accepted"
) -> list[dict[str, Any]]:
    """Return the rows of the word; its definition is CASELOAD_AT_MONTH_ENDS."""
    rows = []
    for each in asked:
        for day in _month_ends(each.days):
            on = Asked(each.period, day, day, each.as_of)
            for row in caseload_and_posts(tables, [on], basis):
                shown = {n: row[n] for n in CASELOAD_AT_MONTH_ENDS.columns if n in row}
                rows.append(
                    {**CASELOAD_AT_MONTH_ENDS.row(**shown), "month": f"{day:%Y-%m}"}
                )
    return rows


def _month_ends(days: Period) -> Iterator[date]:
    first, last = days.first_day.replace(day=1), days.last_day or days.first_day
    while (end := add_months(first, 1) - timedelta(1)) <= last:
        yield end
        first = add_months(first, 1)
