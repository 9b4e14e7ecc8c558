"""The calendar of the region as columns: workdays, and how much is done in a week."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from braid.site.demo import days
from braid.site.demo.generated.chance import Truth, Whole

EPOCH = date(1970, 1, 1)
HISTORY = 1826  # days of five years
_BEFORE, _AFTER = 3200, 800  # jobs held at referral reach back, plans reach on


def number_of(day: date) -> int:
    """Return a day as days since 1970."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """Return the day that lies this many days after the first of 1970."""
    return EPOCH + timedelta(int(number))


@dataclass(frozen=True, slots=True)
class Calendar:
    """What holds for each day around the history that ends on `today`.

    `today` and `opened` are days since 1970; nothing has happened on `today` yet.
    """

    today: int
    opened: int
    start: int
    works: Truth
    pace: npt.NDArray[np.float32]
    following: Whole

    def workday_from(self, day: Whole) -> Whole:
        """Return each day, or the first workday after it."""
        place = np.clip(day - self.start, 0, len(self.following) - 1)
        return np.maximum(self.following[place], day).astype(np.int32)

    def work_done(self, day: Whole) -> npt.NDArray[np.float32]:
        """Return which share of ordinary work is done on each day; 0 on days off."""
        place = np.clip(day - self.start, 0, len(self.works) - 1)
        return self.pace[place] * self.works[place]


@lru_cache(maxsize=4)
def calendar(today: date) -> Calendar:
    """Return the calendar of the five years before `today`."""
    opened = number_of(today) - HISTORY
    start = opened - _BEFORE
    span = [EPOCH + timedelta(n) for n in range(start, number_of(today) + _AFTER)]
    works = np.array([days.is_workday(day) for day in span])
    places = np.arange(len(span))
    nexts = np.minimum.accumulate(np.where(works, places, len(span))[::-1])[::-1]
    return Calendar(
        today=number_of(today),
        opened=opened,
        start=start,
        works=works,
        pace=np.array([days.pace(day) for day in span], dtype=np.float32),
        following=(start + nexts).astype(np.int32),
    )
