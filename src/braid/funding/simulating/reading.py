"""The rows of facts that a contract may read, of some units. Imports no Django."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

from braid.kernel.errors import InputFault
from braid.method.contracts.case import TABLES

if TYPE_CHECKING:
    from braid.facts.reading import Facts


def rows_of(
    drawn: "Facts", unit_ids: Collection[str] | None
) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all tables that a contract may read; None: of all units."""
    import pyarrow as pa
    import pyarrow.compute as pc

    wanted = None if unit_ids is None else pa.array(sorted(unit_ids), pa.string())
    found = {}
    for name in TABLES:
        table = drawn.table(name)
        if wanted is not None:
            table = table.filter(pc.is_in(table.column("unit_id"), wanted))
        # What was claimed by other contracts is no part of what this one would pay.
        found[name] = [] if name == "claims" else table.to_pylist()
    return found


def must_fit(episodes: int, most: int | None) -> None:
    """Raise InputFault (`too_many`) where there are more episodes than asked for."""
    if most is not None and episodes > most:
        raise InputFault(
            f"These facts hold {episodes} episodes, more than the {most} that a page "
            "simulates. Use 'braid funding simulate' on the console.",
            field="snapshot",
            reason="too_many",
        )
