"""The kinds of work in the region, and the kinds of employers that have it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from braid.site.demo import tables
from braid.site.demo.dice import Dice


@dataclass(frozen=True, slots=True)
class Trade:
    """A kind of work: titles with their occupation (ISCO-08), weight, pay an hour."""

    titles: tuple[tuple[str, str], ...]
    weight: int
    pay: int
    near: str


@dataclass(frozen=True, slots=True)
class Industry:
    """A kind of employer: NACE division, its trades, name patterns, whom one asks for."""

    division: str
    trades: tuple[str, ...]
    names: tuple[str, ...]
    head: str


@lru_cache(maxsize=1)
def trades() -> Mapping[str, Trade]:
    """Return the trades by their key."""
    return {
        key: Trade(
            titles=tuple((title, str(code)) for title, code in row["titles"].items()),
            weight=row["weight"],
            pay=row["pay"],
            near=row["near"],
        )
        for key, row in tables.load()["trades"]["trades"].items()
    }


@lru_cache(maxsize=1)
def industries() -> tuple[Industry, ...]:
    """Return the kinds of employers."""
    return tuple(
        Industry(
            row["division"], tuple(row["trades"]), tuple(row["names"]), row["head"]
        )
        for row in tables.load()["trades"]["industries"]
    )


def wished(dice: Dice) -> str:
    """Draw the trade that somebody wishes for."""
    return dice.weighted({key: trade.weight for key, trade in trades().items()})
