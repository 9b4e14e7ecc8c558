"""What people told for figures about equal access, and where they live."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from braid.access.models import Team
from braid.access.policy import Actor
from braid.people import commands as people
from braid.people.commands import NewCharacteristic, NewResidence
from braid.site.demo import tables
from braid.site.demo.dice import Dice
from braid.site.demo.values import Life


def write(actor: Actor, unit: Team, lives: Sequence[tuple[UUID, Life]]) -> None:
    """Let those whose course began tell what they told; some were not asked."""
    dice = Dice(f"{unit.slug} equal access")
    known = [(key, life) for key, life in lives if life.accepted_on]
    people.record_equity(
        actor=actor,
        unit=unit,
        told=[one for key, life in known for one in _told(dice, key, life)],
        residences=[one for key, life in known for one in _homes(dice, key, life)],
    )


def _told(dice: Dice, key: UUID, life: Life) -> Iterator[NewCharacteristic]:
    words = tables.load()["equity"]
    for name, answers in words["answers"].items():
        if dice.chance(words["asked"]):
            answers = words["of_teams"].get(life.team, {}).get(name, answers)
            yield NewCharacteristic(key, name, dice.weighted(answers))


def _homes(dice: Dice, key: UUID, life: Life) -> Iterator[NewResidence]:
    words = tables.load()["equity"]
    if life.accepted_on and dice.chance(words["asked"]):
        areas = words["areas"].get(life.unit, words["areas"]["elsewhere"])
        yield NewResidence(key, dice.weighted(areas), life.accepted_on, life.exited_on)
