"""How large a generated region is: how many units, and how many people each."""

from collections.abc import Mapping
from dataclasses import dataclass

# Units differ as towns do: many small ones, a few large ones, none beyond this.
_TAIL, _LARGEST = 0.4, 0.98
_GOLDEN = 0.6180339887498949
PEOPLE = 100
PER_SPECIALIST = 50  # people over five years; about twenty at a time


@dataclass(frozen=True, slots=True)
class Scale:
    """A number of units with `people` applicants each in the mean."""

    units: int
    people: int = PEOPLE

    def people_of(self, number: int) -> int:
        """Return how many people the unit has; it does not matter how many units are.

        The sizes follow a cut power law, taken at evenly spread places of it, so that
        any number of units in a row has about the mean that was asked for.
        """
        place = min((0.5 + number * _GOLDEN) % 1, _LARGEST)
        return max(round(self.people * (1 - place) ** -_TAIL / _mean()), 4)


def _mean() -> float:
    """Return the mean of the cut power law before it is scaled."""
    left = 1 - _LARGEST
    body = (1 - left ** (1 - _TAIL)) / (1 - _TAIL)
    return float(body + left * left**-_TAIL)


SCALES: Mapping[str, Scale] = {
    "region": Scale(units=40, people=500),
    "nation": Scale(units=600, people=833),
}
