"""What `braid roster inspect` says of files: layout, tables, columns."""

from collections.abc import Iterable
from typing import Any

from braid.exchange.roster.plan import TableSeen


def inspection(tables: Iterable[TableSeen], layout_id: str | None) -> dict[str, Any]:
    """Return the inspection as JSON can hold it.

    `layout` is the id of a layout known by name, else the language of the headings. A
    heading that stands twice in a table is told apart by its column's letter.
    """
    tables = tuple(tables)
    languages = [table.language for table in tables if table.language]
    return {
        "layout": layout_id or (languages[0] if languages else None),
        "tables": [_table(table) for table in tables],
    }


def _table(table: TableSeen) -> dict[str, Any]:
    columns: dict[str, str] = {}
    for column in table.columns:
        if column.field is not None:
            twice = column.heading in columns
            name = f"{column.heading} ({column.letter})" if twice else column.heading
            columns[name] = column.field
    return {
        "file": table.file,
        "sheet": table.sheet,
        "caption": table.caption,
        "kind": table.kind,
        "heading_row": table.heading_row,
        "columns": columns,
        "rows": table.rows,
        "unknown": list(table.unknown),
    }
