"""Measuring in turns, so that a disturbance of the computer meets every side alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from django.db import connection

from bench import record
from bench.workload import Side, Workload

Answer = Callable[..., Any]


@dataclass(slots=True)
class Samples:
    """Milliseconds of every call, a list a round."""

    wall: list[list[float]] = field(default_factory=list)
    cpu: list[list[float]] = field(default_factory=list)

    def add(self, side: Side, calls: int) -> None:
        """Add a round."""
        self.wall.append([])
        self.cpu.append([])
        gc.collect()
        for _ in range(calls):
            side.before()
            wall, cpu = _timed(side.call)
            side.after()
            self.wall[-1].append(wall)
            self.cpu[-1].append(cpu)

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
    def rows_text(self) -> str:
        """Return the size of the work as the table shows it."""
        return f"{self.workload.rows:,}" if self.workload.rows else record.SIZE

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

    def best(self, side: str) -> float:
        """Return the CPU of a side's quickest call; neighbours can only add to it."""
        return min(one for turn in self.samples[side].cpu for one in turn)

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


def measure(workload: Workload) -> Figures:
    """Measure a workload: every side once, then in rounds in which they take turns.

    Correctness comes before time: raises Wrong where a side did something else.
    """
    sides = workload.sides
    first, queries = _first(workload.ours, workload.check)
    for name, side in sides.items():
        if name != "ours":
            _first(side, workload.check)
    samples = {name: Samples() for name in sides}
    for _ in range(workload.rounds):
        for name, side in sides.items():
            samples[name].add(side, workload.calls)
    return Figures(workload, samples, first.cpu[0][0], queries)


def measure_shortly(workload: Workload) -> Figures:
    """Measure ours without a peer: an import once, a page and its floor in short."""
    first, queries = _first(workload.ours, workload.check)
    if workload.rows or workload.floor is None:
        return Figures(workload, {"ours": first}, first.cpu[0][0], queries)
    samples = {"ours": Samples(), "floor": Samples()}
    for _ in range(3):
        samples["ours"].add(workload.ours, 3)
        samples["floor"].add(workload.floor, 3)
    return Figures(workload, samples, first.cpu[0][0], queries)


def _first(side: Side, check: Callable[[], None]) -> tuple[Samples, int]:
    """Return the time of the first call and how many statements it sent."""
    asked = 0

    def count(execute: Answer, *statement: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*statement)

    side.before()
    with connection.execute_wrapper(count):
        wall, cpu = _timed(side.call)
    check()
    side.after()
    return Samples([[wall]], [[cpu]]), asked


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU milliseconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return 1000 * wall, 1000 * cpu
