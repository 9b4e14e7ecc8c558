"""People of the region: names, ages, telephone numbers. Nobody is meant."""

from collections.abc import Collection
from datetime import date, timedelta

from braid.site.demo import tables
from braid.site.demo.dice import Dice
from braid.site.demo.values import Person

GENDERS = {"woman": 0.44, "man": 0.53, "other": 0.015, "undisclosed": 0.015}
YOUNGEST, OLDEST, USUAL_AGE = 19, 61, 32
DAYS_A_YEAR = 365.25


def draw(dice: Dice, number: int, today: date, taken: Collection[str]) -> list[Person]:
    """Draw people with different names, none of them in `taken`."""
    names = set(taken)
    found: list[Person] = []
    while len(found) < number:
        gender = dice.weighted(GENDERS)
        given, family = _name(dice, gender)
        if f"{given} {family}" in names:
            continue
        names.add(f"{given} {family}")
        found.append(
            Person(given, family, _birth_date(dice, today), gender, telephone(dice))
        )
    return found


def _name(dice: Dice, gender: str) -> tuple[str, str]:
    table = tables.load()["people"]
    given = {"woman": ("women",), "man": ("men",)}.get(gender, ("women", "men"))
    return dice.choice(table[dice.choice(given)]), dice.choice(table["families"])


def _birth_date(dice: Dice, today: date) -> date:
    age = min(max(dice.around(USUAL_AGE, 0.3), YOUNGEST), OLDEST) + dice.random()
    return today - timedelta(days=round(age * DAYS_A_YEAR))


def telephone(dice: Dice) -> str:
    """Return a number that cannot be called: no Danish number begins with two zeros."""
    pairs = " ".join(f"{dice.randrange(100):02}" for _ in range(3))
    return f"+45 00 {pairs}"
