"""A unit's directory of employers: drawn, with branches and a few entered twice."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from stdnum.dk import cvr
from stdnum.exceptions import ValidationError

from braid.site.demo import tables
from braid.site.demo.cast import Unit
from braid.site.demo.dice import Deck, Dice
from braid.site.demo.trades import Industry, industries
from braid.site.demo.values import Employer

EACH = 2  # employers of one kind in a unit's towns, at most
SIZES = {"under_10": 4, "10_49": 4, "50_249": 2, "250_up": 0.5}
# Employers of the hand-written stories stand in the first unit's directory.
OF_STORIES = (
    ("bakery", "Havnelund Bageri", "10", ("bakery", "shop"), "Jonas, master baker"),
    ("care-home", "Plejehjemmet Åbrinken", "87", ("care", "kitchen"), "Grethe, ward"),
    ("library", "Havnelund Bibliotek", "91", ("library", "culture"), "Sine, librarian"),
    ("laundry", "Kystens Vaskeri", "96", ("textile",), "Orla, owner"),
    ("museum", "Havnelund Søfartsmuseum", "91", ("culture",), "Bettina, visitors"),
    ("nursery", "Planteskolen Birkely", "81", ("garden",), "Verner, foreman"),
    ("canteen", "Rådhuskantinen", "56", ("kitchen", "cafe"), "Mona, cook"),
    ("post", "Kystposten", "53", ("post", "driving"), "Ejvind, rounds"),
)


@dataclass(frozen=True, slots=True)
class Directory:
    """The employers of a unit, and which of them have work of a trade."""

    employers: tuple[Employer, ...]
    by_trade: Mapping[str, tuple[str, ...]]

    def draw(self, dice: Dice, trade: str) -> str:
        """Draw an employer with work of this trade."""
        return dice.choice(self.by_trade[trade])


def directory(unit: Unit, dice: Dice, *, with_stories: bool) -> Directory:
    """Draw the directory of a unit."""
    numbers = register_numbers(dice)
    found = list(_of_stories(unit, numbers)) if with_stories else []
    found += _drawn(unit, dice, numbers, taken={each.name for each in found})
    found += _chains(unit, dice, numbers)
    by_trade: dict[str, tuple[str, ...]] = {}
    for each in found:
        for trade in each.trades:
            by_trade[trade] = (*by_trade.get(trade, ()), each.key)
    return Directory((*found, *_entered_twice(found)), by_trade)


def register_numbers(dice: Dice) -> Iterator[str]:
    """Yield numbers in the form of a CVR number, from a range never given out."""
    number = 98_000_000 + dice.randrange(1000)
    while True:
        number += dice.randrange(3, 60)
        try:
            yield cvr.validate(str(number))
        except ValidationError:
            continue


def _of_stories(unit: Unit, numbers: Iterator[str]) -> Iterator[Employer]:
    for key, name, division, trades, person in OF_STORIES:
        yield Employer(
            key=key,
            name=name,
            city=unit.towns[0],
            industry=division,
            trades=trades,
            size="10_49",
            contact_person=person,
            register_number=next(numbers),
        )


def _drawn(
    unit: Unit, dice: Dice, numbers: Iterator[str], taken: set[str]
) -> Iterator[Employer]:
    words = tables.load()
    parts = {
        name: Deck(dice, words["trades"][plural])
        for name, plural in (
            ("spot", "spots"),
            ("tree", "trees"),
            ("bird", "birds"),
            ("family", "families"),
        )
    }
    learned = Deck(dice, words["employers"]["notes"])
    for industry in industries():
        for pattern in _patterns(industry, dice):
            town = dice.choice(unit.towns)
            drawn = {name: deck.draw() for name, deck in parts.items()}
            name = pattern.format(town=town, **drawn)
            if name in taken:
                continue
            taken.add(name)
            yield Employer(
                key=f"{unit.key}/{name}",
                name=name,
                city=town,
                industry=industry.division,
                trades=industry.trades,
                size=dice.weighted(SIZES),
                contact_person=f"{_given(dice)}, {industry.head}",
                learned=learned.draw() if dice.chance(0.4) else "",
                register_number=next(numbers) if dice.chance(0.6) else "",
            )


def _patterns(industry: Industry, dice: Dice) -> Sequence[str]:
    return [dice.choice(industry.names) for _ in range(EACH)]


def _given(dice: Dice) -> str:
    people = tables.load()["people"]
    return dice.choice(people[dice.choice(("women", "men"))])


def _chains(unit: Unit, dice: Dice, numbers: Iterator[str]) -> Iterator[Employer]:
    """Yield chains, each with a branch in every town of the unit."""
    for row in tables.load()["trades"]["chains"]:
        head = Employer(
            key=f"{unit.key}/{row['name']}",
            name=row["name"],
            city="",
            industry=row["division"],
            trades=(),
            size="250_up",
            register_number=next(numbers),
        )
        yield head
        for town in unit.towns:
            yield replace(
                head,
                key=f"{unit.key}/{row['name']}/{town}",
                name=f"{row['name']}, {town}",
                city=town,
                trades=tuple(row["trades"]),
                size="10_49",
                parent=head.key,
                contact_person=f"{_given(dice)}, shift leader",
                register_number="",
            )


def _entered_twice(employers: Iterable[Employer]) -> Iterator[Employer]:
    """Yield what somebody typed again: a legal form, a slip of the pen, another name."""
    drawn = [each for each in employers if not each.parent and each.trades]
    numbered = [each for each in drawn if each.register_number]
    bare = [each for each in drawn if not each.register_number]
    for first, name in (
        (bare[0], f"{bare[0].name} ApS"),
        (bare[-1], _mistyped(bare[-1].name)),
        (numbered[-1], f"{numbered[-1].contact_person.split(',')[0]}s firma"),
    ):
        yield replace(
            first, key=f"{first.key}/again", name=name, trades=(), contact_person=""
        )


def _mistyped(name: str) -> str:
    """Swap two letters in the middle of the longest word."""
    word = max(name.split(), key=len)
    half = len(word) // 2
    slip = word[: half - 1] + word[half] + word[half - 1] + word[half + 1 :]
    return name.replace(word, slip)
