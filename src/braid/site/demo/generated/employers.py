"""A unit's directory of employers: what they do, how large they are, who is whose branch."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pyarrow as pa

from braid.facts.schema import CODES
from braid.site.demo.employers import SIZES
from braid.site.demo.generated.chance import NONE, Stream, Whole, places, where
from braid.site.demo.generated.service import Purpose, Service
from braid.site.demo.trades import industries, trades

PER_PERSON, FEWEST = 0.55, 66  # employers known to a unit, for each applicant
BRANCHES, CHAINS = 0.06, 3


@dataclass(frozen=True, slots=True)
class Directory:
    """Employers in columns; `kind` is a place in the kinds of employers.

    The first ones are the heads of chains: they have branches, and no jobs themselves.
    """

    ids: pa.StringArray
    kind: Whole
    size: Whole
    parent: Whole
    by_trade: Whole
    trade_starts: Whole

    def of_trade(self, stream: Stream, trade: Whole) -> Whole:
        """Draw an employer with work of each trade."""
        first, after = self.trade_starts[trade], self.trade_starts[trade + 1]
        return self.by_trade[first + stream.below(after - first, len(trade))]

    def any(self, stream: Stream, number: int) -> Whole:
        """Draw employers that have work of some trade."""
        return (CHAINS + stream.below(len(self.ids) - CHAINS, number)).astype(np.int32)


@lru_cache(maxsize=1)
def trade_keys() -> tuple[str, ...]:
    """Return the keys of the trades; a trade is a place in them."""
    return tuple(trades())


def directory(seed: int, service: Service) -> Directory:
    """Draw the directory of a unit; every trade has an employer in it."""
    stream = Stream(seed, service.number + 1, Purpose.EMPLOYERS)
    kinds = industries()
    number = max(round(service.people * PER_PERSON), FEWEST)
    # Each kind of employer comes first once, so that there is work of every trade.
    kind = np.arange(number, dtype=np.int32) % len(kinds)
    kind[CHAINS + len(kinds) :] = stream.below(len(kinds), number - CHAINS - len(kinds))
    place = np.arange(number)
    may_be_branch = (place >= CHAINS + len(kinds)) & stream.chance(BRANCHES, number)
    parent = where(may_be_branch, stream.below(CHAINS, number))
    kind = where(parent == NONE, kind, kind[np.maximum(parent, 0)])
    size = stream.codes(CODES["size"], {**SIZES, "": 0.4}, number)
    size = where(place < CHAINS, CODES["size"].index("250_up"), size)
    by_trade, starts = _by_trade(kind)
    return Directory(stream.ids(number), kind, size, parent, by_trade, starts)


def _by_trade(kind: Whole) -> tuple[Whole, Whole]:
    """Return the employers of each trade one after another, and where each begins."""
    has = np.array(
        [[key in each.trades for key in trade_keys()] for each in industries()]
    )
    open_ = np.arange(len(kind)) >= CHAINS
    found = [places(has[kind, trade] & open_) for trade in range(has.shape[1])]
    starts = np.cumsum([0, *map(len, found)])
    return np.concatenate(found).astype(np.int32), starts.astype(np.int32)
