"""What a page of a unit shows, kept for as long as nothing that it follows from changes.

What is kept are figures of the unit, not what somebody may see of them: that is decided
anew for whoever asks. A day, a scale and the way of counting have names of their own.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from braid.facts import queries as facts
from braid.facts import statements
from braid.fidelity import stored
from braid.packs import measures, scales

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.reading import Facts
    from braid.fidelity.live.asking import Asked
    from braid.fidelity.live.board import Board
    from braid.fidelity.live.treatment import ByTeam, Column
    from braid.method.scales import Scale

SOURCES = (*stored.SOURCES, "fidelity/live/board.py", "fidelity/live/treatment.py")


@dataclass(frozen=True, slots=True)
class Page:
    """The board of a unit, and the figures of its treatment teams by measure."""

    board: Board
    by_team: Mapping[str, ByTeam]


def page(
    actor: Actor,
    asked: Asked,
    *,
    columns: Sequence[Column] = (),
    scale: Scale | None = None,
) -> Page:
    """Return what a page shows; `scale` may hold some items alone. Raises Refused."""

    def work(drawn: Facts) -> Page:
        from braid.fidelity.live.board import board_of
        from braid.fidelity.live.treatment import by_team

        return Page(
            board_of(drawn, asked, scale),
            {column.measure: by_team(drawn, asked, column) for column in columns},
        )

    items = ",".join(str(item.no) for item in scale.items) if scale else "all"
    teams = ",".join(column.measure for column in columns)
    told = f"{_method(asked.scale.id, asked.scale.version)} {asked.day} {items} {teams}"
    what = f"live-{hashlib.sha256(told.encode()).hexdigest()}"
    return facts.shared_result(actor, asked.of.unit, asked.day, what, work)


@cache
def _methods() -> str:
    """Return a name for how this process counts: source, libraries, measures."""
    known = "\n".join(one.model_dump_json() for one in measures.load().values())
    data = hashlib.sha256(known.encode()).hexdigest()
    return f"{statements.key_of(*SOURCES)} {data}"


@cache
def _method(scale: str, version: str) -> str:
    """Return a name for how a scale is counted at present."""
    told = scales.pack(scale, version).model_dump_json()
    data = hashlib.sha256(told.encode()).hexdigest()
    return f"{scale} {version} {data} {_methods()}"
