"""The calendar of the region: weekends, public holidays, quiet weeks."""

from datetime import date, timedelta
from functools import lru_cache

from braid.kernel.dates import easter_sunday

DAY = timedelta(days=1)
SATURDAY = 5
# Weeks in which most are away, and the share of work that is done in them.
QUIET_WEEKS = {28: 0.3, 29: 0.3, 30: 0.35, 31: 0.6, 52: 0.2, 1: 0.4, 7: 0.7, 42: 0.7}


@lru_cache(maxsize=16)
def holidays(year: int) -> frozenset[date]:
    """Return the days on which Danish offices are closed."""
    sunday = easter_sunday(year)
    moving = {sunday + timedelta(days) for days in (-3, -2, 1, 39, 50)}
    fixed = {(1, 1), (6, 5), (12, 24), (12, 25), (12, 26), (12, 31)}
    return frozenset(moving | {date(year, month, day) for month, day in fixed})


def is_workday(day: date) -> bool:
    return day.weekday() < SATURDAY and day not in holidays(day.year)


def workday_from(day: date) -> date:
    """Return `day`, or the first workday after it."""
    while not is_workday(day):
        day += DAY
    return day


def workday_until(day: date) -> date:
    """Return `day`, or the last workday before it."""
    while not is_workday(day):
        day -= DAY
    return day


def pace(day: date) -> float:
    """Return which share of ordinary work is done in the week of `day`."""
    return QUIET_WEEKS.get(day.isocalendar().week, 1.0)


def weekday_ago(today: date, *days: int) -> date:
    """Return the first of these distances back from `today` that is a Monday to Friday.

    Holidays do not count here. Three distances in a row always hold such a day; where
    fewer do not, the first of them is taken as it is.
    """
    found = [today - timedelta(n) for n in days]
    return next((day for day in found if day.weekday() < SATURDAY), found[0])
