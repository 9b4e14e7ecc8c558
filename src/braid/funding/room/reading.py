"""Figures of a unit for its funder: of all people together, quarter by quarter, protected."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from braid.facts import leaving, statements
from braid.facts import queries as facts
from braid.funding.monitors.reading import UNIT, is_inside, quarters
from braid.packs import measures

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.leaving import Shown
    from braid.facts.reading import Facts
    from braid.funding.models import Agreement
    from braid.method.measures import Asked
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure

MEASURES = ("out_working", "out_job_starts", "out_access", "out_retention")
"""What a funder reads of a unit: who works, who starts, who gets in, who stays in work."""
QUARTERS = 4


@dataclass(frozen=True, slots=True)
class Told:
    """A measure by quarter, the newest last, as it may be shown."""

    measure: Measure
    periods: tuple[Asked, ...]
    shown: tuple[Shown, ...]


def told(actor: Actor, agreement: Agreement, day: date) -> tuple[Told, ...]:
    """Return the figures of the unit of an agreement as known on a day. Raises Refused."""
    periods = quarters(day, QUARTERS)
    inside = is_inside(actor, agreement)

    def work(drawn: Facts) -> dict[tuple[str, int], Shown]:
        found = dict(_figures(drawn, str(agreement.unit_id), periods))
        return leaving.protect(found, leaving.usual(inside=inside))

    what = _name(day, inside=inside)
    shown = facts.result_of_parties(actor, agreement, day, what, work)
    return tuple(
        Told(
            measures.get(name),
            periods,
            tuple(shown[name, n] for n in range(len(periods))),
        )
        for name in MEASURES
    )


def _name(day: date, *, inside: bool) -> str:
    """Return a name for all that the figures follow from beside the facts of the unit."""
    told = "\n".join(
        (
            str(statements.key_of("funding/room/reading.py")),
            *(measures.get(name).model_dump_json() for name in MEASURES),
            repr(leaving.usual(inside=inside)),
        )
    )
    digest = hashlib.sha256(told.encode()).hexdigest()
    return f"funder-{day.isoformat()}-{inside:d}-{digest}"


def _figures(
    drawn: Facts, unit: str, periods: tuple[Asked, ...]
) -> Iterator[tuple[tuple[str, int], Figure]]:
    from braid.facts import measuring

    for name in MEASURES:
        asked = measuring.measured(measures.get(name), drawn, periods=periods, keys=())
        for n, figure in enumerate(asked.figures()):
            yield (name, n), replace(figure, group={UNIT: unit})
