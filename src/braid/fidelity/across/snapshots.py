"""Live items and outcomes of the units that somebody oversees, from facts frozen together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from braid.facts import leaving
from braid.facts import queries as facts
from braid.fidelity import stored
from braid.fidelity.stored import Bounds
from braid.kernel.dates import quarter_id, quarter_period
from braid.method.measures import Asked
from braid.method.scales import interval
from braid.packs import measures, suppression

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.leaving import Shown
    from braid.facts.models import Snapshot
    from braid.fidelity.told import Told
    from braid.method.scales import Interval, Scale

RATE, UNIT = "out_working", "unit_id"


@dataclass(frozen=True, slots=True)
class LiveRow:
    """What the facts say of a unit: floor and ceiling of each item, and of the total."""

    bounds: Bounds
    interval: Interval


def live_rows(actor: Actor, snapshot: Snapshot, scale: Scale) -> Mapping[str, LiveRow]:
    """Return the live items of all units of a snapshot, by unit. Raises Refused."""
    facts.require_snapshot(actor, snapshot)
    found = stored.bounds_of(
        snapshot.folder, scale.id, scale.version, lambda: facts.opened(snapshot)
    )
    return {
        unit: LiveRow(bounds, interval(scale, dict(enumerate(bounds, 1))))
        for unit, bounds in found.items()
    }


def rates(
    actor: Actor, snapshot: Snapshot, last: Mapping[UUID, Told]
) -> dict[UUID, Shown]:
    """Return the share working of each unit, in the quarter of its last review.

    As it may be shown outside a unit. A quarter that the facts do not reach is absent.
    Raises Refused.
    """
    from braid.facts.measuring import measured

    quarters = {
        key: quarter
        for key, one in last.items()
        if (quarter := asked_quarter(one.review.facts_on, snapshot.as_of)) is not None
    }
    if not quarters:
        return {}
    measure = measures.get(RATE)
    periods = list({one.period: one for one in quarters.values()}.values())
    with facts.snapshot_facts(actor, snapshot) as drawn:
        asked = measured(measure, drawn, periods=periods, keys=[UNIT])
    figures = {
        (figure.group[UNIT], figure.period.period): figure
        for figure in asked.figures([UNIT])
    }
    profile = suppression.get(measure.suppression)
    shown = leaving.protect(figures, profile)
    return {
        key: shown[str(key), quarter.period]
        for key, quarter in quarters.items()
        if (str(key), quarter.period) in shown
    }


def asked_quarter(day: date, as_of: date) -> Asked | None:
    """Return the quarter that holds a day, as far as it is over; None if not begun."""
    name = quarter_id(day)
    period = quarter_period(name)
    if period.first_day > as_of:
        return None
    last_day = min(period.last_day or as_of, as_of)
    return Asked(name, period.first_day, last_day, as_of)


def rate_of(shown: Shown | None) -> Fraction | None:
    """Return a share as it may be shown; None where it is hidden or there is none."""
    if shown is None or shown.is_hidden or shown.value is None:
        return None
    return Fraction(shown.value)
