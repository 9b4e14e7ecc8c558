"""A Kaplan-Meier curve with its interval from arrays of days, of a million episodes.

The peer is lifelines, where it is installed; the floor is counting the days twice, once
for everybody and once for the events, which is the least that a curve takes.
"""

from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

import numpy as np

from bench.workload import Goal, Side, Workload, Wrong
from braid.method import survival

EPISODES = 1_000_000
SHAPE, SCALE = 0.9, 260  # of the waiting time, Weibull
LONGEST = 1095  # days of follow-up, evenly from 1
SEED = 1
CLOSE = 1e-12
GOALS = (Goal("cpu", 15), Goal("to_peer", 1 / 4), Goal("to_floor", 3))


def workloads() -> Iterator[Workload]:
    """Yield the curve of a million episodes."""
    curve = _Curve()
    yield Workload(
        name="survival of a million",
        ours=Side(curve.ours),
        peer=Side(curve.lifelines) if find_spec("lifelines") else None,
        floor=Side(curve.counted),
        check=curve.check,
        goals=GOALS if find_spec("lifelines") else (GOALS[0], GOALS[2]),
        rounds=5,
        calls=3,
    )


class _Curve:
    """Invented waits for a first job, and the curve of them by each side."""

    def __init__(self) -> None:
        chance = np.random.default_rng(SEED)
        waits = np.ceil(chance.weibull(SHAPE, EPISODES) * SCALE)
        followed = chance.integers(1, LONGEST + 1, EPISODES)
        self._events = waits <= followed
        self._days = np.minimum(waits, followed).astype(np.int32)
        self._ours: survival.Curve | None = None
        self._theirs: Any = None

    def ours(self) -> None:
        table = survival.from_arrays(self._days, self._events)
        self._ours = survival.curve_of(table)

    def lifelines(self) -> None:
        from lifelines import KaplanMeierFitter

        fitted = KaplanMeierFitter().fit(self._days, self._events)
        self._theirs = fitted.survival_function_.join(fitted.confidence_interval_)

    def counted(self) -> None:
        np.bincount(self._days)
        np.bincount(self._days[self._events])

    def check(self) -> None:
        """Every event must be in the curve, and no height or limit beside the peer's."""
        if self._ours is None:
            return
        events = sum(step.events for step in self._ours.steps)
        if events != int(self._events.sum()):
            raise Wrong(f"the curve has {events} events, {self._events.sum()} expected")
        if self._theirs is None:
            return
        steps = self._ours.steps
        mine = np.array([(step.survival, step.low, step.high) for step in steps], float)
        theirs = self._theirs.loc[[step.time for step in steps]].to_numpy()
        difference = float(np.nanmax(np.abs(mine - theirs)))
        if difference > CLOSE:
            raise Wrong(
                f"heights and limits differ from the peer's by {difference:.1g}"
            )
