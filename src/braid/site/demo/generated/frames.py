"""Frozen records of columns of one length: joined, and put into an order."""

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, TypeVar

import numpy as np

Frame = TypeVar("Frame")


def joined(parts: Sequence[Frame]) -> Frame:
    """Return the rows of all parts, one after another."""
    first: Any = parts[0]
    columns = {
        field.name: np.concatenate([getattr(part, field.name) for part in parts])
        for field in fields(first)
    }
    made: Frame = type(first)(**columns)
    return made


def taken(frame: Frame, rows: Any) -> Frame:
    """Return these rows (places, or a yes and no for each), in this order."""
    whole: Any = frame
    columns = {field.name: getattr(whole, field.name)[rows] for field in fields(whole)}
    made: Frame = replace(whole, **columns)
    return made
