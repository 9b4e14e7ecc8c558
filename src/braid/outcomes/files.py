"""A chart as a file, with all that must be known to read it: what its page shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from braid.kernel.cells import csv_text
from braid.outcomes.presenters.cards import Card
from braid.packs import measures
from braid.web.charts import drawing

KINDS: Mapping[str, str] = {
    "png": "image/png",
    "svg": "image/svg+xml",
    "csv": "text/csv; charset=utf-8",
}
"""The kinds of file and what they are to a browser."""


def make(kind: str, card: Card, where: str) -> bytes | None:
    """Return a chart as a file; None as a picture where nothing was drawn.

    `where` says whose figures they are.
    """
    if kind == "csv":
        return csv_text(_rows(card, where)).encode()
    if card.picture is None:
        return None
    caption = drawing.Caption(
        card.title, (card.finding, f"{where}. {card.definition}", card.source)
    )
    if kind == "svg":
        return drawing.svg_file(card.picture, caption).encode()
    return drawing.png_file(card.picture, caption)


def _rows(card: Card, where: str) -> Iterator[list[str]]:
    """Yield the tables of a chart as one; every line says what it is of."""
    grids = [grid for grid in (card.grid, card.more) if grid is not None and grid.rows]
    columns = dict.fromkeys(name for grid in grids for name in grid.columns)
    of = measures.get(card.measure)
    beside = {
        "chart": card.title,
        "whose": where,
        "measure": f"{of.id} {of.version}",
        "definition": f"{card.definition} {card.rules}".strip(),
        "left_out": "; ".join(card.left_out),
        "source": card.source,
    }
    yield [*columns, *beside]
    for grid in grids:
        for row in grid.rows:
            texts = dict(zip(grid.columns, (cell.text for cell in row), strict=True))
            yield [*(texts.get(name, "") for name in columns), *beside.values()]
