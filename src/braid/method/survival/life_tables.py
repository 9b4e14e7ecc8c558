"""A group of people by the day on which each one's time ended: all that curves need."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Observation:
    """`count` people followed for `time` days, at the end of which `event` or not."""

    time: int
    event: bool
    count: int = 1


class Day(NamedTuple):
    """The day that is `time` days from the origin: who was there, and whose time ended.

    `ended` counts the events too. On one day events come before ends of observation.
    """

    time: int
    at_risk: int
    events: int
    ended: int


@dataclass(frozen=True, slots=True)
class LifeTable:
    """The days on which somebody's time ended, in order, and how many people there are."""

    days: tuple[Day, ...]
    observed: int

    @classmethod
    def of(cls, observations: Iterable[Observation]) -> LifeTable:
        """Return the table of people, counted. Unit: days, from 0."""
        events: Counter[int] = Counter()
        ended: Counter[int] = Counter()
        for each in observations:
            if each.count > 0:
                ended[each.time] += each.count
                events[each.time] += each.count * each.event
        times = sorted(ended)
        return cls.counted(
            times, [events[time] for time in times], [ended[time] for time in times]
        )

    @classmethod
    def counted(
        cls, times: Iterable[int], events: Iterable[int], ended: Iterable[int]
    ) -> LifeTable:
        """Return the table from the days in order and what happened on each."""
        counted = list(zip(times, events, ended, strict=True))
        observed = at_risk = sum(gone for _time, _had, gone in counted)
        days = []
        for time, had, gone in counted:
            days.append(Day(time, at_risk, had, gone))
            at_risk -= gone
        return cls(tuple(days), observed)

    @property
    def events(self) -> int:
        return sum(day.events for day in self.days)

    @property
    def last_time(self) -> int:
        """Return for how many days anybody was observed; 0 where there is nobody."""
        return self.days[-1].time if self.days else 0
