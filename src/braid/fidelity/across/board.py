"""What the pages of frozen facts show: live items by unit, and totals beside outcomes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.fidelity import reach
from braid.fidelity.across import snapshots, tables
from braid.fidelity.across.scatter import Scatter, scatter
from braid.fidelity.across.tables import OPEN, Grid

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.access.policy import Actor
    from braid.facts.models import Snapshot
    from braid.fidelity.across.reading import Reviews
    from braid.fidelity.across.snapshots import LiveRow
    from braid.method.scales import Scale

CAUTION = gettext_lazy(
    "Units with high totals differ from others in more than fidelity, and good results "
    "may make fidelity easier too. A correlation is no cause, and a total is no forecast."
)


@dataclass(frozen=True, slots=True)
class Row:
    """A unit: the possible total, and floor to ceiling of each item in words."""

    unit: Team
    total: str
    band: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """The live items of units, from one set of frozen facts."""

    scale: Scale
    names: tuple[tuple[int, str], ...]
    rows: tuple[Row, ...]

    @property
    def grid(self) -> Grid:
        """Return it as a table for a file."""
        return Grid(
            _("Live items by unit"),
            (
                _("Unit"),
                _("Total"),
                _("Band"),
                *(f"{no} · {name}" for no, name in self.names),
            ),
            tuple(
                (row.unit.name, row.total, row.band, *row.cells) for row in self.rows
            ),
        )


def board(actor: Actor, snapshot: Snapshot, scale: Scale) -> Board:
    """Return the live items of all units that `actor` oversees. Raises Refused."""
    found = snapshots.live_rows(actor, snapshot, scale)
    words = tables.scale_texts.texts(scale.id, tables.language())
    return Board(
        scale,
        tuple((item.no, words.items[item.no].title) for item in scale.items),
        tuple(
            _row(unit, found[str(unit.pk)], scale)
            for unit in reach.overseen(actor)
            if str(unit.pk) in found
        ),
    )


def _row(unit: Team, row: LiveRow, scale: Scale) -> Row:
    cells = tuple(_cell(low, high, scale) for low, high in row.bounds)
    total = f"{row.interval.low}–{row.interval.high}"
    return Row(unit, total, tables.band_name(scale, row.interval.band), cells)


def _cell(low: int, high: int, scale: Scale) -> str:
    if low == high:
        return str(low)
    return OPEN if (low, high) == (scale.lowest, scale.highest) else f"{low}–{high}"


def placed(actor: Actor, snapshot: Snapshot, found: Reviews) -> Scatter:
    """Return overseen units between the total of a review and the share working then."""
    units = {unit.pk: unit for unit in reach.overseen(actor)}
    last = {key: one for key, one in found.last.items() if key in units}
    return scatter(units, last, snapshots.rates(actor, snapshot, last))
