"""Cells of a CSV as values of the schema: written out, one way each.

A column's distinct texts are read once; then the whole column is put together by Arrow.
"""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from braid.facts.columns import ARROW_TYPES
from braid.facts.schema import Column, Type

LARGEST = 2**63 - 1
TRUTHS = {"true": True, "false": False}


def _day(text: str) -> date:
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        raise ValueError
    return date.fromisoformat(text)


def _number(text: str) -> int:
    if not re.fullmatch(r"-?\d{1,19}", text) or abs(int(text)) > LARGEST:
        raise ValueError
    return int(text)


def _amount(text: str) -> Decimal:
    if not re.fullmatch(r"-?\d{1,14}(\.\d{1,4})?", text):
        raise ValueError
    return Decimal(text)


def _truth(text: str) -> bool:
    return TRUTHS[text.casefold()]


READ: Mapping[Type, Callable[[str], Any]] = {
    "day": _day,
    "number": _number,
    "amount": _amount,
    "truth": _truth,
}
EXPECTED: Mapping[Type, str] = {
    "id": "a text",
    "code": "a text",
    "text": "a text",
    "day": "a date such as 2026-03-31",
    "number": "a whole number",
    "amount": "a number with a point and at most four places",
    "truth": "true or false",
}


def read(column: Column, texts: pa.ChunkedArray) -> tuple[pa.Array, list[int]]:
    """Return the values of a column, and the rows (from 1) that hold none of its type.

    Such a cell is null in the values, as an empty one is. Line ends that a file carries
    at the end of its cells are no part of them.
    """
    trimmed = pc.utf8_rtrim(texts, characters="\r\n")
    kept = pc.if_else(pc.equal(trimmed, ""), pa.scalar(None, pa.string()), trimmed)
    cells = kept.combine_chunks().dictionary_encode()
    reader = READ.get(column.type)
    if reader is None:
        return cells.cast(pa.string()), []
    values = [_value(reader, text) for text in cells.dictionary.to_pylist()]
    read_ones = pa.array(values, ARROW_TYPES[column.type])
    found = read_ones.take(cells.indices)
    failed = pc.and_(found.is_null(), cells.is_valid())
    return found, [row + 1 for row in pc.indices_nonzero(failed).to_pylist()]


def _value(reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except (ValueError, KeyError):
        return None
