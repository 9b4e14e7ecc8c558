"""Tables of the generated pages, in Markdown."""

from collections.abc import Sequence

Cells = Sequence[object]


def table(heading: Cells, rows: Sequence[Cells]) -> str:
    """Return a Markdown table."""
    lines = [heading, ["---"] * len(heading), *rows]
    return "".join(f"| {' | '.join(map(_cell, line))} |\n" for line in lines)


def _cell(value: object) -> str:
    return str(value).replace("|", "\\|").replace("\n", " ")
