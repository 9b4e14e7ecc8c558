"""What a page across units says as a file: its table, with all that one must know."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from braid.fidelity.across.tables import Grid
from braid.kernel.cells import csv_text

KINDS: Mapping[str, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
}
"""The kinds of file and what they are to a browser."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A table with the sentences that it is not to be read without."""

    grid: Grid
    said: Mapping[str, str] = field(default_factory=dict)


def make(kind: str, paper: Paper) -> str:
    """Return a table as a file; a CSV repeats in every line what it is of."""
    if kind == "json":
        document = {
            "title": paper.grid.name,
            **paper.said,
            "columns": list(paper.grid.columns),
            "rows": [list(map(str, row)) for row in paper.grid.rows],
        }
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    extra = list(paper.said)
    head = [*paper.grid.columns, *extra]
    rows = [[*map(str, row), *paper.said.values()] for row in paper.grid.rows]
    return csv_text([head, *rows])
