"""Parts of words that other words are made of too, so that an engine may keep them.

A part follows from the facts and from the days on which they are known, `as_of`; one
that is `kept_of_periods` follows from the periods asked for too. Put together under
`keeping`, words name their parts as tables, which are worked out once for all of them.
Elsewhere a part is as it is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec

if TYPE_CHECKING:
    import ibis

Given = ParamSpec("Given")
Keep = Callable[["ibis.Table", bool], "ibis.Table"]
"""Takes a part and whether it is of periods; returns the table that stands for it."""
_keep: ContextVar[Keep | None] = ContextVar("keep", default=None)


@contextmanager
def keeping(keep: Keep | None) -> Iterator[None]:
    """Have the parts of words that are put together meanwhile kept by `keep`."""
    before = _keep.set(keep)
    try:
        yield
    finally:
        _keep.reset(before)


def are_kept() -> bool:
    """Say whether parts are kept: work on them is then done once for many words."""
    return _keep.get() is not None


def alike(name: str, columns: Sequence[str]) -> tuple[str, ...]:
    """Return what tells rows apart: the number that `numbered` gave, or the columns."""
    return (name,) if are_kept() else tuple(columns)


def numbered(rows: ibis.Table, name: str, columns: Sequence[str]) -> ibis.Table:
    """Return rows with a number, where parts are kept, for what is alike in columns.

    Many rows are put together by a number far quicker than by long texts. It follows
    from the values alone, so that a part that is worked out anew has the same.
    """
    import ibis

    if not are_kept():
        return rows
    order = ibis.window(order_by=list(columns))
    return rows.mutate(**{name: ibis.dense_rank().over(order).cast("int32")})


def kept(function: Callable[Given, ibis.Table]) -> Callable[Given, ibis.Table]:
    """Mark a function that returns a part."""
    return _part(function, of_periods=False)


def kept_of_periods(
    function: Callable[Given, ibis.Table],
) -> Callable[Given, ibis.Table]:
    """Mark a function that returns a part which is another for other periods."""
    return _part(function, of_periods=True)


def _part(
    function: Callable[Given, ibis.Table], *, of_periods: bool
) -> Callable[Given, ibis.Table]:
    @wraps(function)
    def part(*args: Given.args, **kwargs: Given.kwargs) -> ibis.Table:
        found, keep = function(*args, **kwargs), _keep.get()
        return found if keep is None else keep(found, of_periods)

    return part
