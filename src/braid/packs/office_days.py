"""On which days of a country offices are open."""

from datetime import date, timedelta
from functools import lru_cache
from typing import Self

from pydantic import Field, model_validator

from braid.kernel.dates import easter_sunday
from braid.packs.shapes import Cited, Strict

SATURDAY = 5
COMMON_YEAR = 2001


class Closed(Strict):
    """A day of each year on which offices are closed: a fixed one, or one from Easter.

    `easter` counts the days after Easter Sunday, below 0 those before it. `until_year`
    is the last year in which it was one.
    """

    on: str | None = Field(None, pattern=r"^[0-9]{2}-[0-9]{2}$")
    easter: int | None = Field(None, ge=-60, le=60)
    until_year: int | None = None

    @model_validator(mode="after")
    def _says_one_day(self) -> Self:
        if (self.on is None) == (self.easter is None):
            raise ValueError("say either `on` or `easter`")
        if self.on is not None:
            date.fromisoformat(f"{COMMON_YEAR}-{self.on}")
        return self

    def day(self, year: int) -> date | None:
        """Return the day in `year`; None where offices are not closed for it."""
        if self.until_year is not None and year > self.until_year:
            return None
        if self.easter is not None:
            return easter_sunday(year) + timedelta(self.easter)
        return date.fromisoformat(f"{year}-{self.on}")


class OfficeDays(Cited):
    """Monday to Friday, less the days on which offices are closed."""

    closed: tuple[Closed, ...]

    def is_open(self, day: date) -> bool:
        """Say whether offices are open on `day`."""
        return day.weekday() < SATURDAY and day not in _closed(self.closed, day.year)


@lru_cache(maxsize=512)
def _closed(rules: tuple[Closed, ...], year: int) -> frozenset[date]:
    return frozenset(day for rule in rules if (day := rule.day(year)) is not None)
