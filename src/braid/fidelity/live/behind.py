"""From a figure of an item to its rows, inside the unit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from braid.facts import leaving
from braid.facts import queries as facts
from braid.facts import rows as facts_rows
from braid.fidelity.live.reading import STAFF, period_of
from braid.packs import measures
from braid.people import queries as people

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.leaving import Shown
    from braid.fidelity.live.asking import Asked
    from braid.method.measures import Asked as Period
    from braid.packs.measures import Measure

TELLS = facts.TOLD
"""What a row tells about a person: who reads all of it is told the name."""


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure, its days, and a page of the rows behind it."""

    measure: Measure
    period: Period
    shown: Shown
    rows: facts_rows.Rows


def may_see(actor: Actor, asked: Asked, staff: str) -> bool:
    """Say whether figures of a specialist are told: to the very one, and in supervision."""
    return asked.of.is_inside and (asked.of.oversees or staff == str(actor.id))


def behind(
    actor: Actor, asked: Asked, name: str, *, staff: str = "", page: str | None = None
) -> Behind:
    """Return the rows of a measure, of one specialist where that is asked.

    Answers 404 outside the unit, and to who may not see the specialist. Raises Refused.
    """
    from braid.facts.measuring import measured

    measure = measures.load()[name]
    if not asked.of.is_inside or (staff and not may_see(actor, asked, staff)):
        raise Http404
    period = period_of(measure, asked.day)
    with facts.unit_facts(actor, asked.of.unit, asked.day) as drawn:
        group: dict[str, str | None] = {}
        if staff:
            known = drawn.table("staff").column(STAFF).to_pylist()
            if STAFF not in measure.by or staff not in known:
                raise Http404
            group = {STAFF: staff}
        (figure,) = measured(measure, drawn, periods=[period]).figures((), group)
        found = facts_rows.rows(
            measure,
            drawn,
            period,
            lambda about: people.names_of(actor, about, TELLS),
            group=group,
            page=page,
        )
    return Behind(measure, period, leaving.exact(figure), found)


def people_in(found: Behind) -> set[UUID]:
    """Return whom the rows of a page name."""
    lines = found.rows.page.object_list
    return {line.applicant_id for line in lines if line.applicant_id}
