"""Seeded chance, and decks of sentences; the same seed draws the same region."""

import random
from collections.abc import Iterable, Mapping
from typing import TypeVar

T = TypeVar("T")


class Dice(random.Random):
    """A stream of chance for one purpose; streams do not disturb one another."""

    def chance(self, share: float) -> bool:
        return self.random() < share

    def around(self, median: float, spread: float = 0.5) -> int:
        """Draw whole days or minutes from a log-normal with this median."""
        return round(median * self.lognormvariate(0, spread))

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Draw one of the keys by its weight."""
        return self.choices(list(weights), list(weights.values()))[0]


class Deck:
    """Sentences that come back only when all of them were drawn."""

    def __init__(self, dice: Dice, cards: Iterable[str]) -> None:
        self._dice = dice
        self._cards = tuple(cards)
        self._left: list[str] = []

    def draw(self) -> str:
        if not self._left:
            self._left = self._dice.sample(self._cards, len(self._cards))
        return self._left.pop()
