"""What the walk day by day tells: a milestone that was reached, and what takes it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from braid.method.contracts.shape import Milestone


@dataclass(slots=True)
class Told:
    """A milestone that was reached, and why it is not paid, if it is not."""

    subject: str
    milestone: Milestone
    first_day: date
    reached_on: date
    row: str
    ordinal: int = 1
    reason: str = ""
    amount: Decimal | None = None

    @property
    def plain(self) -> tuple[str, str, int, date, str, Decimal | None]:
        """Return what is compared with a line of the engine."""
        name = self.milestone.id
        return (
            self.subject,
            name,
            self.ordinal,
            self.reached_on,
            self.reason,
            self.amount,
        )
