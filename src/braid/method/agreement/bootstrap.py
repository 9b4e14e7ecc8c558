"""How far an agreement could be off: the units drawn anew, many times, by a seed."""

import math
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from braid.kernel.errors import InputFault
from braid.method.agreement.coefficients import Coefficient
from braid.method.agreement.ratings import Ratings
from braid.method.statistics.intervals import Interval
from braid.method.statistics.spread import quantile

DRAWS = 1000
SEED = 1
TAILS = (Fraction(1, 40), Fraction(39, 40))
_FEW = 10  # expected successes below which they are counted one by one
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Drawn:
    """The percentile interval at 95 per cent of `draws` draws.

    `undefined` draws had no coefficient and are left out of it; None: all of them.
    """

    interval: Interval | None
    draws: int
    undefined: int
    seed: int


def interval(
    ratings: Ratings,
    coefficient: Callable[[Ratings], Coefficient],
    *,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Drawn:
    """Return the interval of a coefficient over the units that two coders judged.

    The same ratings and seed give the same interval. For units that may be taken as
    independent, such as turns: characters are not. Raises: InputFault (`draws_unfit`).
    Source: B. Efron and R. Tibshirani (1993), the percentile interval.
    """
    if draws < 1:
        raise InputFault(
            "An interval needs one draw or more.", field="draws", reason="draws_unfit"
        )
    chance = random.Random(seed)  # noqa: S311 - statistics, no secret
    # In a fixed order, so that a seed means the same whatever came first.
    patterns = dict(sorted(ratings.pairable().items()))
    found = []
    for _ in range(draws if patterns else 0):
        drawn = replace(ratings, patterns=again(patterns, chance))
        value = coefficient(drawn).value
        if value is not None:
            found.append(value)
    low, high = (quantile(found, share) for share in TAILS)
    between = None if low is None or high is None else Interval(float(low), float(high))
    return Drawn(between, draws, draws - len(found), seed)


def again(counts: Mapping[Key, int], chance: random.Random) -> dict[Key, int]:
    """Return as many draws, with replacement, from things counted; none with count 0.

    A multinomial draw, as one binomial after another: however many units there are,
    the work is that of the kinds of them.
    """
    left = sum(counts.values())
    among, drawn = left, {}
    for key, count in counts.items():
        if not left:
            break
        hit = left if count >= among else binomial(left, count / among, chance)
        if hit:
            drawn[key] = hit
        left, among = left - hit, among - count
    return drawn


def binomial(n: int, p: float, chance: random.Random) -> int:
    """Return how many of `n` trials succeed, each with the chance `p` from 0 to 1.

    Source: L. Devroye (1986), by waiting times, for few; W. Hörmann (1993), BTRS,
    for many. Python has it from 3.12 on.
    """
    if p > 0.5:
        return n - binomial(n, 1 - p, chance)
    if n * p < _FEW:
        return _by_waiting(n, p, chance)
    return _by_trial(n, p, chance)


def _by_waiting(n: int, p: float, chance: random.Random) -> int:
    if p <= 0:
        return 0
    successes, trials, spread = 0, 0, math.log1p(-p)
    while True:
        trials += math.floor(math.log(1.0 - chance.random()) / spread) + 1
        if trials > n:
            return successes
        successes += 1


def _by_trial(n: int, p: float, chance: random.Random) -> int:
    sd = math.sqrt(n * p * (1 - p))
    b = 1.15 + 2.53 * sd
    a = -0.0873 + 0.0248 * b + 0.01 * p
    c = n * p + 0.5
    accept = 0.92 - 4.2 / b
    scale = (2.83 + 5.1 / b) * sd
    odds = math.log(p / (1 - p))
    mode = math.floor((n + 1) * p)
    at_mode = math.lgamma(mode + 1) + math.lgamma(n - mode + 1)
    while True:
        u = chance.random() - 0.5
        room = 0.5 - abs(u)
        if room == 0:
            continue
        k = math.floor((2 * a / room + b) * u + c)
        v = chance.random()
        if not 0 <= k <= n or v == 0:
            continue
        if room >= 0.07 and v <= accept:
            return k
        limit = (
            at_mode - math.lgamma(k + 1) - math.lgamma(n - k + 1) + (k - mode) * odds
        )
        if math.log(v * scale / (a / (room * room) + b)) <= limit:
            return k
