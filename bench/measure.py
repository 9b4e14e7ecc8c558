"""Measuring in turns, so that a disturbance of the computer meets every side alike."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from statistics import median
from typing import Any

from django.db import connection

from bench import machine
from bench.workload import Goal, Side, Workload

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
class First:
    """The first call of a side: its time, statements, and the largest memory in MiB."""

    wall: float
    cpu: float
    queries: int
    memory: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of a workload."""

    workload: Workload
    samples: dict[str, Samples]
    first: First

    @property
    def queries(self) -> int:
        return self.first.queries

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
        if of in ("to_peer", "to_floor"):
            return self.ratio(of.removeprefix("to_")) or 0.0
        value: float = getattr(self, of)
        return value

    def as_dict(self) -> dict[str, Any]:
        """Return everything for the table and the JSON document."""
        return {
            "workload": self.workload.name,
            "rows": self.workload.rows,
            "clock_of_ratios": self.workload.by,
            "are_queries_fixed": self.workload.queries is not None,
            "queries": self.queries,
            "first_call_cpu_ms": self.first.cpu,
            "peak_memory_mib": self.first.memory,
            "median_ms": self.median,
            "p99_ms": self.p99,
            "cpu_ms": self.cpu,
            "peer_ms": self.of("peer"),
            "floor_ms": self.of("floor"),
            "to_peer": self.ratio("peer"),
            "to_floor": self.ratio("floor"),
            "goals": [self._goal(goal) for goal in self.workload.goals],
            "samples_ms": {name: asdict(one) for name, one in self.samples.items()},
        }

    def _goal(self, goal: Goal) -> dict[str, Any]:
        reached = self.figure(goal.of)
        met = goal.is_met(reached)
        return {"of": goal.of, "text": goal.text, "reached": reached, "is_met": met}


def measure(workload: Workload) -> Figures:
    """Measure a workload: every side once, then in rounds in which they take turns.

    Correctness comes before time: raises Wrong where a side did something else.
    """
    sides = workload.sides
    first = _first(workload.ours, workload.check)
    for name, side in sides.items():
        if name != "ours":
            _first(side, workload.check)
    samples = {name: Samples() for name in sides}
    for _ in range(workload.rounds):
        for name, side in sides.items():
            samples[name].add(side, workload.calls)
    return Figures(workload, samples, first)


def measure_shortly(workload: Workload) -> Figures:
    """Measure ours without a peer: an import once, a page and its floor in short."""
    first = _first(workload.ours, workload.check)
    if workload.rows or workload.floor is None:
        once = Samples([[first.wall]], [[first.cpu]])
        return Figures(workload, {"ours": once}, first)
    samples = {"ours": Samples(), "floor": Samples()}
    for _ in range(3):
        samples["ours"].add(workload.ours, 3)
        samples["floor"].add(workload.floor, 3)
    return Figures(workload, samples, first)


def _first(side: Side, check: Callable[[], None]) -> First:
    """Return the time of the first call, its memory, how many statements it sent."""
    asked = 0

    def count(execute: Answer, *statement: Any) -> Any:
        nonlocal asked
        asked += 1
        return execute(*statement)

    side.before()
    gc.collect()
    machine.forget_peak()
    with connection.execute_wrapper(count):
        wall, cpu = _timed(side.call)
    memory = machine.peak_memory()
    check()
    side.after()
    return First(wall, cpu, asked, memory)


def _timed(call: Callable[[], object]) -> tuple[float, float]:
    """Return wall and CPU milliseconds of one call."""
    wall, cpu = time.perf_counter(), time.process_time()
    call()
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    return 1000 * wall, 1000 * cpu
