"""A try on its way to a line, with what one case knows of its price, payer and hold."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from braid.method.contracts.case import Case
from braid.method.contracts.conditions import Known, Unbound
from braid.method.contracts.pricing import Price, held_on, payer_on, priced
from braid.method.contracts.reaching import Reaching
from braid.method.contracts.tries import Try


@dataclass(slots=True)
class Draft:
    """A try on its way to a line."""

    case: Case
    known: Known
    found: Try
    place: int
    price: Price = field(default_factory=Price)
    payer: str = ""
    held: str = ""
    payable_on: date | None = None
    amount: Decimal | None = None
    kind: str = "milestone"
    cut: bool = False

    @property
    def rank(self) -> tuple[date, str, str, int, int]:
        """By the day of the event, then the id of its row; never by when it was typed."""
        event = self.found.measured.event
        return (
            self.found.day,
            event.row,
            event.episode,
            self.place,
            self.found.ordinal,
        )

    @property
    def lives(self) -> bool:
        return self.found.reached_on is not None and not self.found.reason

    @property
    def group(self) -> str:
        return self.found.milestone.exclusive_group or self.found.milestone.id


def drafted(reaching: Reaching, place: int, found: Try) -> Draft:
    """Return a try with what one case knows of its price, payer and hold."""
    known = reaching.known(found.contract)
    draft = Draft(reaching.case, known, found, place, payable_on=found.reached_on)
    if found.reached_on is None:
        return draft
    if not found.milestone.pays:
        return draft
    try:
        draft.payer = payer_on(known, found.contract, found.reached_on)
        draft.held, draft.payable_on = held_on(known, found, reaching.as_of)
    except Unbound as error:
        found.unbound.append(error.parameter)
    draft.price = priced(known, found)
    found.unbound.extend(draft.price.unbound)
    return draft
