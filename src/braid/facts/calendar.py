"""The table of working days: made for the countries and years that the facts tell of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from braid.facts.registry import Told
from braid.packs import jurisdictions

if TYPE_CHECKING:
    import pyarrow as pa

YEARS = range(1990, 2101)  # a slip of the pen may name any other


def make(told: Told) -> Iterable[pa.RecordBatch]:
    """Yield each day of the years told of, for every country whose pack knows its days."""
    years = [year for year in told.years if year in YEARS]
    if not years:
        return
    for country in sorted(told.countries):
        yield from _days(country, min(years), max(years)).to_batches()


@lru_cache(maxsize=16)
def _days(country: str, first: int, last: int) -> pa.Table:
    # Only now: the wiring names this module, and a web worker need not load the engine.
    from braid.facts.columns import table_from_columns

    office = jurisdictions.of_country(country).office_days
    if office is None:
        return table_from_columns("calendar", {"country": [], "day": [], "working": []})
    start, end = date(first, 1, 1), date(last + 1, 1, 1)
    days = [start + timedelta(number) for number in range((end - start).days)]
    columns: dict[str, list[Any]] = {
        "country": [country] * len(days),
        "day": days,
        "working": [office.is_open(day) for day in days],
    }
    return table_from_columns("calendar", columns)


TABLES = {"calendar": make}
