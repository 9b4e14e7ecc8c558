"""The schema of the facts as a data package: Frictionless Table Schema, as JSON.

A folder of facts with this beside it can be read by any tool that knows the format.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Literal

from braid.facts.schema import CODES, TABLES, VERSION, Column, Table, Type

Form = Literal["csv", "parquet"]
Document = dict[str, Any]

NAME = "datapackage.json"
PROFILES = {"csv": "tabular-data-package", "parquet": "data-package"}
TYPES: Mapping[Type, str] = {
    "id": "string",
    "code": "string",
    "text": "string",
    "day": "date",
    "number": "integer",
    "amount": "number",
    "truth": "boolean",
}
MEDIA = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}


def table_schema(table: Table) -> Document:
    """Return the Table Schema of one table."""
    found: Document = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    # A primary key has no unknown part; where one of ours may, none is stated.
    if table.key and not any(c.optional for c in table.columns if c.name in table.key):
        found["primaryKey"] = list(table.key)
    keys = [_foreign_key(table, column) for column in table.columns if column.refers]
    return found | ({"foreignKeys": keys} if keys else {})


def _field(column: Column) -> Document:
    constraints: Document = {"required": True} if not column.optional else {}
    if column.codes:
        constraints["enum"] = list(CODES[column.codes])
    field: Document = {"name": column.name, "type": TYPES[column.type]}
    return field | ({"constraints": constraints} if constraints else {})


def _foreign_key(table: Table, column: Column) -> Document:
    (key,) = TABLES[column.refers].key
    resource = "" if column.refers == table.name else column.refers
    return {
        "fields": column.name,
        "reference": {"resource": resource, "fields": key},
    }


def package(form: Form = "csv", tables: Iterable[str] = TABLES) -> Document:
    """Return the data package of files of these tables."""
    return {
        "name": "ips-facts",
        "title": "Facts of Individual Placement and Support",
        "version": VERSION,
        "profile": PROFILES[form],
        "resources": [
            {
                "name": name,
                "path": f"{name}.{form}",
                "format": form,
                "mediatype": MEDIA[form],
                "encoding": "utf-8",
                "schema": table_schema(TABLES[name]),
            }
            for name in tables
        ],
    }


def write(folder: Path, form: Form = "csv", tables: Iterable[str] = TABLES) -> Path:
    """Write the data package into `folder`; return its file."""
    path = folder / NAME
    path.write_text(as_text(package(form, tables)), "utf-8")
    return path


def as_text(document: Document) -> str:
    """Return a document as it is published."""
    return f"{json.dumps(document, indent=1, ensure_ascii=False)}\n"
