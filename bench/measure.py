"""Measuring in turns, so that a disturbance of the computer meets every side alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from django.db import connection

from bench.workload import Side, Workload

Answer = Callable[..., Any]


@dataclass(slots=True)
class Samples:
    """Milliseconds of every call, a list a round."""

    wall: list[list[float]] = field(default_factory=list)
    cpu: list[list[float]] = field(default_factory=list)

    def turns(self, clock: str) -> list[float]:
        """Return the median of each round by a clock, wall or cpu."""
        rounds: list[list[float]] = getattr(self, clock)
        return [median(calls) for calls in rounds]


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of a workload; `first` is the first call, in ms of CPU."""

    workload: Workload
    samples: dict[str, Samples]
    first: float
    queries: int

    @property
    def median(self) -> float:
        return median(self.samples["ours"].turns("wall"))

    @property
    def cpu(self) -> float:
        return median(self.samples["ours"].turns("cpu"))

    @property
    def p99(self) -> float:
        """Return the 99th percentile of all calls: with few of them, the slowest."""
        calls = sorted(one for turn in self.samples["ours"].wall for one in turn)
        return calls[min(len(calls) - 1, round(0.99 * len(calls)))]

    @property
    def rate(self) -> float:
        """Return rows a second."""
        return 1000 * self.workload.rows / self.median

    def of(self, side: str) -> float | None:
        """Return the median of a side in ms by the workload's own clock."""
        found = self.samples.get(side)
        return median(found.turns(self.workload.by)) if found else None

    def ratio(self, side: str) -> float | None:
        """Return the median of the rounds' ratios of ours to another side."""
        other = self.samples.get(side)
        if other is None:
            return None
        by = self.workload.by
        pairs = zip(self.samples["ours"].turns(by), other.turns(by), strict=True)
        return median(ours / theirs for ours, theirs in pairs)

    def figure(self, of: str) -> float:
        """Return the figure that a goal is about."""
        if of == "to_peer":
            return self.ratio("peer") or 0.0
        value: float = getattr(self, of)
        return value

    def as_dict(self) -> dict[str, Any]:
        """Return everything for the JSON document."""
        return {
            "workload": self.workload.name,
            "size": self.workload.size,
            "rows": self.workload.rows,
            "clock_of_ratios": self.workload.by,
            "queries": self.queries,
            "first_call_cpu_ms": self.first,
            "median_ms": self.median,
            "p99_ms": self.p99,
            "cpu_ms": self.cpu,
            "to_peer": self.ratio("peer"),
            "to_floor": self.ratio("floor"),
            "goals": [asdict(goal) for goal in self.workload.goals],
            "samples_ms": {name: asdict(one) for name, one in self.samples.items()},
        }


def measure(workload: Workload, rounds: int, calls: int | None = None) -> Figures:
    """Measure a workload: first once, then in rounds in which the sides take turns.

    Correctness comes before time: raises Wrong where the sides do not agree.
    """
    first = _timed(workload.ours)[1]
    workload.check()
    queries = _count_queries(workload.ours)
    sides = workload.sides
    for side in sides.values():
        _timed(side)
    samples = {name: Samples() for name in sides}
    for _ in range(rounds):
        for name, side in sides.items():
            gc.collect()
            taken = [_timed(side) for _ in range(calls or workload.calls)]
            samples[name].wall.append([wall for wall, _cpu in taken])
            samples[name].cpu.append([cpu for _wall, cpu in taken])
    return Figures(workload, samples, first, queries)


def _timed(side: Side) -> tuple[float, float]:
    """Return wall and CPU milliseconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    side.call()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    side.after()
    return 1000 * wall, 1000 * cpu


def _count_queries(side: Side) -> int:
    """Return how many statements one call sends to the database."""
    asked = 0

    def count(execute: Answer, *statement: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*statement)

    with connection.execute_wrapper(count):
        side.call()
    side.after()
    return asked
