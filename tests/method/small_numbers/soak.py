"""`python -m tests.method.small_numbers.soak [MINUTES] [SEED]`: attack for so long.

Tables of many shapes, rates of groups, medians and curves, each from numbers drawn
anew; it ends with the first that tells somebody, and prints how many did not.
"""

import sys
import time

import numpy as np
from tests.method.small_numbers.cubes import RULES
from tests.method.small_numbers.test_attacks import attack, attack_rates
from tests.method.small_numbers.test_curves import check_curve
from tests.method.small_numbers.test_magnitudes import check_middle

from braid.method.survival import Observation

ROUND = 25


def main() -> int:
    """Attack until the time is over."""
    minutes = float(sys.argv[1]) if len(sys.argv) > 1 else 10.0
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    ends_at, tables = time.monotonic() + 60 * minutes, 0
    while time.monotonic() < ends_at:
        attack(ROUND, seed)
        attack_rates(ROUND, seed)
        for n in range(seed, seed + ROUND):
            _attack_values(np.random.default_rng(n))
        seed, tables = seed + ROUND, tables + 3 * ROUND
    print(f"{tables} attacks told nobody; the next seed is {seed}.")
    return 0


def _attack_values(chance: np.random.Generator) -> None:
    """Attack the median and the curve of some waits."""
    number = int(chance.integers(1, 90))
    days = np.ceil(chance.weibull(0.9, number) * chance.choice([20, 90, 400])) + 1
    events = chance.random(number) < chance.choice([0.2, 0.6, 0.9])
    people = [
        Observation(int(day), bool(event))
        for day, event in zip(days, events, strict=True)
    ]
    for rule in RULES.values():
        check_curve(people, rule)
        check_middle([int(day) for day in days], rule)


if __name__ == "__main__":
    sys.exit(main())
