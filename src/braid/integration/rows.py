"""The rows behind a figure: listed as far as the reader may read whom they are about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from braid.facts.rows import RowLine, Rows
from braid.facts.rows import rows as told
from braid.integration.lenses import ABOUT_NOBODY, TELLS, Lens
from braid.integration.queries import UNIT
from braid.people import queries as people

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.access.policy import Actor
    from braid.facts.reading import Facts
    from braid.method.measures import Asked
    from braid.packs.measures import Measure

__all__ = ["RowLine", "Rows", "rows"]


def rows(
    actor: Actor,
    unit: Team,
    lens: Lens,
    measure: Measure,
    drawn: Facts,
    period: Asked,
    *,
    team: str = "",
    page: str | None = None,
) -> Rows:
    """Return one page of the rows behind a figure, of the unit or one of its teams."""
    group: dict[str, str | None] = {UNIT: str(unit.pk)} if UNIT in measure.by else {}
    if team and lens.key in measure.by:
        group[lens.key] = team
    return told(
        measure,
        drawn,
        period,
        lambda about: people.names_of(actor, about, TELLS[measure.id]),
        group=group,
        is_about_nobody=measure.id in ABOUT_NOBODY,
        page=page,
    )
