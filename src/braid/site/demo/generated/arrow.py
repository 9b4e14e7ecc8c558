"""Columns of whole numbers turned into the tables of the facts."""

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from braid.facts import columns
from braid.facts.schema import CODES, TABLES, Column
from braid.site.demo.generated.chance import NONE, Whole

Given = Mapping[str, Any]
YES = 1
_DAYS = ("day", "first_day", "referred_on")  # by the first of them a table is sorted


def table(name: str, given: Given) -> pa.Table:
    """Turn columns into a table of the facts; what is not given is null.

    Ids and texts come as Arrow has them, a single text stands for every row; codes,
    days, numbers, truths and amounts come as whole numbers.
    """
    length = next(len(each) for each in given.values() if not isinstance(each, str))
    schema = columns.arrow_schema(name)
    arrays = [
        _array(column, given.get(column.name), length)
        for column in TABLES[name].columns
    ]
    made = pa.Table.from_arrays(arrays, schema=schema)
    day = next((given[each] for each in _DAYS if each in given), None)
    if day is None or np.all(day[:-1] <= day[1:]):
        return made
    return made.take(np.argsort(day, kind="stable"))


def _array(column: Column, values: Any, length: int) -> pa.Array:
    arrow = columns.ARROW_TYPES[column.type]
    if values is None:
        return pa.nulls(length, arrow)
    if isinstance(values, (pa.Array, pa.ChunkedArray)):
        return values
    if isinstance(values, str):
        return pa.repeat(pa.scalar(values, arrow), length)
    if column.type == "code":
        return chosen(pa.array(CODES[column.codes], arrow), values)
    missing = values == NONE
    if column.type == "amount":
        return _amounts(values, missing)
    if column.type == "day":
        return pa.array(values.astype(np.int32), pa.int32(), mask=missing).cast(arrow)
    if column.type == "truth":
        return pa.array(values == YES, arrow, mask=missing)
    return pa.array(values.astype(np.int64), arrow, mask=missing)


def chosen(pool: pa.Array, places: Whole) -> pa.Array:
    """Return the values at these places of a pool; null for NONE."""
    return pool.take(pa.array(places, pa.int32(), mask=places == NONE))


def _amounts(hundredths: Whole, missing: Any) -> pa.Array:
    """Return decimals with four places: sixteen bytes each, the lower half first."""
    halves = np.zeros((len(hundredths), 2), dtype=np.int64)
    halves[:, 0] = np.where(missing, 0, hundredths.astype(np.int64) * 100)
    valid = pa.array(~missing).buffers()[1]
    kind = columns.ARROW_TYPES["amount"]
    return pa.Array.from_buffers(kind, len(hundredths), [valid, pa.py_buffer(halves)])
