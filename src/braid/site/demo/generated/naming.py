"""Names and words for what the facts know by its id only. Nobody is meant."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from django.utils.text import slugify

from braid.site.demo import cast, tables
from braid.site.demo.cast import ADA, BEN, SAM, STEWARD_NAME
from braid.site.demo.dice import Dice
from braid.site.demo.employers import register_numbers
from braid.site.demo.generated.chance import NONE
from braid.site.demo.generated.service import TREATMENT_TEAMS, UNITS_A_REGION
from braid.site.demo.generated.unit import Unit
from braid.site.demo.trades import industries

FIRST_UNIT = "ips-nord"
_LETTERS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "Ø": "Oe", "Å": "Aa"})
QUARTERS = ("Øst", "Havn", "Ung")  # as the treatment teams of the first unit are called
CARDS = {ADA: "Ada Holm", BEN: "Ben Lauritsen", SAM: STEWARD_NAME}


@dataclass(frozen=True, slots=True)
class Named:
    """A name with what makes it unique: an e-mail address or a short name."""

    name: str
    slug: str


@dataclass(frozen=True, slots=True)
class NamedEmployer:
    """An employer's name and town, whom one asks for, and its register number."""

    name: str
    city: str
    contact_person: str
    register_number: str


class Names:
    """Names for one unit and those around it."""

    def __init__(self, unit: Unit, seed: int) -> None:
        self._unit, self._number = unit, unit.service.number
        self.dice = Dice(f"{seed} {self._number} names")
        self._words = tables.load()
        self.towns = self._towns()

    def _towns(self) -> tuple[str, ...]:
        if self._number == 0:
            return cast.units()[FIRST_UNIT].towns
        return tuple(_town(3 * self._number + nth) for nth in range(3))

    def bodies(self) -> list[str]:
        """Return the names of provider, psychiatry and municipality."""
        first = {each.key: each.name for each in cast.organisations()}
        municipality = f"{self.towns[0]} Kommune"
        region = self._number // UNITS_A_REGION
        if region == 0:
            return [first[cast.PROVIDER], first["region"], municipality]
        name = _town(7 * region)
        return [f"IPS {name}", f"Region {name}", municipality]

    def teams(self) -> list[str]:
        """Return the names of the unit, its treatment teams and its job centre."""
        town = self.towns[0]
        if self._number == 0:
            unit = cast.teams()[FIRST_UNIT].name
            treatment = [f"Team {quarter}" for quarter in QUARTERS]
        else:
            unit = f"IPS {town}"
            treatment = [f"Team {town} {quarter}" for quarter in QUARTERS]
        return [unit, *treatment[:TREATMENT_TEAMS], f"Jobcenter {town}"]

    def staff(self) -> list[Named]:
        """Return the staff in the order of their places; the cast is in the first unit."""
        service = self._unit.service
        found = [
            Named(name, f"{plain(name)}.{self._number}.{place}")
            for place, name in enumerate(
                self.people(["woman", "man"], len(service.staff))
            )
        ]
        if self._number == 0:
            held = (service.stretches.last == NONE) & (service.stretches.post == 0)
            found[int(service.stretches.staff[held][0])] = Named(CARDS[ADA], ADA)
            found[service.supervisor] = Named(CARDS[BEN], BEN)
        return found

    def steward(self) -> Named:
        """Return the steward of the unit's region."""
        if self._number == 0:
            return Named(CARDS[SAM], SAM)
        (name,) = self.people(["woman", "man"], 1)
        return Named(name, f"{plain(name)}.{self._number}")

    def people(self, genders: Sequence[str], number: int) -> Iterator[str]:
        """Yield names of people of any of these genders."""
        for _ in range(number):
            yield " ".join(self.person(self.dice.choice(genders)))

    def person(self, gender: str) -> tuple[str, str]:
        """Return a given and a family name."""
        table = self._words["people"]
        given = {"woman": ("women",), "man": ("men",)}.get(gender, ("women", "men"))
        return (
            self.dice.choice(table[self.dice.choice(given)]),
            self.dice.choice(table["families"]),
        )

    def employers(self) -> Iterator[NamedEmployer]:
        """Yield the employers of the unit, each with a name of its own."""
        numbers, taken = register_numbers(self.dice), set[str]()
        known = self._unit.directory
        heads: list[str] = []
        for kind, parent in zip(
            known.kind.tolist(), known.parent.tolist(), strict=True
        ):
            town = self.dice.choice(self.towns)
            if parent == NONE:
                name = self._employer(kind, town, taken)
            else:
                name = _free(f"{heads[parent]}, {town}", taken)
            heads.append(name)
            person, _family = self.person("")
            yield NamedEmployer(
                name,
                town,
                f"{person}, {industries()[kind].head}",
                next(numbers) if parent == NONE and self.dice.chance(0.5) else "",
            )

    def _employer(self, kind: int, town: str, taken: set[str]) -> str:
        words = self._words["trades"]
        families = [*words["families"], *self._words["people"]["families"]]
        pattern = self.dice.choice(industries()[kind].names)
        name = pattern.format(
            town=town,
            spot=self.dice.choice(words["spots"]),
            tree=self.dice.choice(words["trees"]),
            bird=self.dice.choice(words["birds"]),
            family=self.dice.choice(families),
        )
        return _free(name, taken)


def plain(name: str) -> str:
    """Return a name as an address has it, its letters written out."""
    return slugify(name.translate(_LETTERS))


def _free(name: str, taken: set[str]) -> str:
    """Return the name, with a number behind it where it is taken."""
    numbered = (f"{name} {number}" for number in count(2))
    free = next(each for each in chain([name], numbered) if each not in taken)
    taken.add(free)
    return free


def _town(place: int) -> str:
    """Return the name of a town; different places have different names at first."""
    words = tables.load()["places"]
    beginnings, endings = words["beginnings"], words["endings"]
    # The step has no factor in common with the number of names, so none comes twice.
    number = place * 101 % (len(beginnings) * len(endings))
    beginning, ending = divmod(number, len(endings))
    return f"{beginnings[beginning]}{endings[ending]}"
