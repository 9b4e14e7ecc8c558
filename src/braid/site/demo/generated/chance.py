"""Seeded chance, column by column; streams of one purpose do not disturb another.

Everything of the generated facts is kept in columns of whole numbers: days since 1970,
places in a closed list, hundredths of an amount. `NONE` is not known, in all of them.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from braid.facts.schema import CODES

Whole = npt.NDArray[np.int32]
Truth = npt.NDArray[np.bool_]
Real = npt.NDArray[np.float64]

NONE = -1
_HEX = np.frombuffer(
    "".join(f"{byte:02x}" for byte in range(256)).encode(), dtype="S2"
).copy()
_ID_LENGTH, _ID_BYTES = 36, 16
# Bytes from and to, and where their digits begin in the text, between the hyphens.
_GROUPS = ((0, 4, 0), (4, 6, 9), (6, 8, 14), (8, 10, 19), (10, 16, 24))


class Stream:
    """A stream of chance for one purpose in one unit."""

    def __init__(self, *key: int) -> None:
        self._random = np.random.Generator(np.random.SFC64(key))

    def chance(self, share: Any, number: int) -> Truth:
        """Draw yes with this share (one for all, or one each)."""
        return self._random.random(number, dtype=np.float32) < share

    def below(self, limits: Any, number: int) -> Whole:
        """Draw whole numbers from 0 to under the limits; a limit under 1 gives 0."""
        drawn = self._random.random(number) * np.maximum(limits, 1)
        return drawn.astype(np.int32)

    def between(self, low: int, high: int, number: int) -> Whole:
        """Draw whole numbers from `low` to `high`, both inside."""
        return self._random.integers(low, high + 1, number, dtype=np.int32)

    def around(self, median: Any, spread: Any, number: int) -> Whole:
        """Draw days or minutes from a log-normal with this median."""
        drawn = np.exp(self._random.standard_normal(number) * spread) * median
        return np.minimum(np.rint(drawn), 100_000).astype(np.int32)

    def waiting(self, mean: float, number: int) -> Whole:
        """Draw days from an exponential with this mean."""
        return self._random.exponential(mean, number).astype(np.int32)

    def counts(self, means: Any) -> Whole:
        """Draw how often something happens (Poisson), one number a mean."""
        return self._random.poisson(means).astype(np.int32)

    def one_of(self, weights: npt.ArrayLike, number: int) -> Whole:
        """Draw places in a list by their weights."""
        edges = np.cumsum(weights) / np.sum(weights)
        drawn = np.searchsorted(edges, self._random.random(number), side="right")
        return np.minimum(drawn, len(edges) - 1).astype(np.int32)

    def codes(
        self, among: Sequence[str], weights: Mapping[str, float], number: int
    ) -> Whole:
        """Draw codes of a closed list by weight; the empty code is not known."""
        known = [among.index(code) if code else NONE for code in weights]
        drawn = self.one_of(list(weights.values()), number)
        return np.array(known, dtype=np.int32)[drawn]

    def ids(self, number: int) -> pa.StringArray:
        """Draw identities in the form of the record's own (UUID, version 4)."""
        drawn = np.frombuffer(self._random.bytes(number * _ID_BYTES), dtype=np.uint8)
        bytes_ = drawn.reshape(number, _ID_BYTES).copy()
        bytes_[:, 6] = (bytes_[:, 6] & 0x0F) | 0x40
        bytes_[:, 8] = (bytes_[:, 8] & 0x3F) | 0x80
        digits = _HEX[bytes_].view(np.uint8).reshape(number, 2 * _ID_BYTES)
        text = np.full((number, _ID_LENGTH), ord("-"), dtype=np.uint8)
        for first, last, place in _GROUPS:
            text[:, place : place + 2 * (last - first)] = digits[
                :, 2 * first : 2 * last
            ]
        offsets = np.arange(number + 1, dtype=np.int32) * _ID_LENGTH
        return pa.StringArray.from_buffers(
            number, pa.py_buffer(offsets), pa.py_buffer(text)
        )


def every(codes: str, code: str, number: int) -> Whole:
    """Return a column that says the same code in every row."""
    return np.full(number, CODES[codes].index(code), np.int32)


def blank(number: int) -> Whole:
    """Return a column in which nothing is known."""
    return np.full(number, NONE, dtype=np.int32)


def places(condition: Truth) -> Whole:
    """Return the places at which the condition holds."""
    return np.flatnonzero(condition).astype(np.int32)


def where(condition: Truth, then: Any, otherwise: Any = NONE) -> Whole:
    """Return `then` where the condition holds, else `otherwise`, as whole numbers."""
    return np.where(condition, then, otherwise).astype(np.int32)
