"""When the next review of a unit is due, by the rule of its country."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from braid.access.policy import Actor
from braid.fidelity.told import Told, last_of_each, planned, told
from braid.kernel.dates import add_months
from braid.packs import jurisdictions

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.fidelity.models import Review
    from braid.packs.jurisdictions import FidelityReviews


@dataclass(frozen=True, slots=True)
class NextReview:
    """The last review of a unit, the day by which the next is due, and one planned.

    `due_on` is None before the first review, and where the country has no rule.
    `warn_on` is the day from which it is near; `source` says whose rule it is.
    """

    unit_id: UUID
    last: Told | None = None
    due_on: date | None = None
    warn_on: date | None = None
    planned: Review | None = None
    source: str = ""

    def state(self, today: date) -> str:
        """Return planned, unknown, ok, soon, due or overdue."""
        if self.planned is not None:
            return "planned"
        if self.due_on is None or self.warn_on is None:
            return "unknown"
        if today >= self.due_on:
            return "due" if today == self.due_on else "overdue"
        return "soon" if today >= self.warn_on else "ok"

    def is_near(self, today: date) -> bool:
        """Say whether somebody should plan it by now."""
        return self.state(today) in ("soon", "due", "overdue")


def next_review(actor: Actor, unit: Team) -> NextReview:
    """Return when the next review of a unit is due, as far as `actor` may know."""
    return next_reviews(actor, [unit])[unit.pk]


def next_reviews(actor: Actor, units: Iterable[Team]) -> dict[UUID, NextReview]:
    """Return the same of several units at once."""
    asked = list(units)
    keys = [unit.pk for unit in asked]
    last, ahead = last_of_each(told(actor, keys)), planned(actor, keys)
    return {
        unit.pk: _next(unit, last.get(unit.pk), ahead.get(unit.pk)) for unit in asked
    }


def _next(unit: Team, last: Told | None, ahead: Review | None) -> NextReview:
    rule = jurisdictions.of_country(unit.organisation.country).fidelity_reviews
    source = rule.source if rule else ""
    if last is None or rule is None:
        return NextReview(unit.pk, last, planned=ahead, source=source)
    due_on = due(rule, last.review.last_day, last.band)
    warn_on = due_on - timedelta(rule.warn_before)
    return NextReview(unit.pk, last, due_on, warn_on, ahead, source)


def due(rule: FidelityReviews, reviewed_on: date, band: str | None) -> date:
    """Return the day by which a review follows one whose visit ended on a day."""
    return add_months(reviewed_on, rule.after(band))
