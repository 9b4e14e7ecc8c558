"""Life tables from arrays of days: one pass of counting, however many people.

numpy is loaded when a function is called.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any

from braid.kernel.errors import InputFault
from braid.method.survival.life_tables import LifeTable

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

# Counting by day needs a place a day; days much more numerous than people are looked up.
_DAYS_A_PERSON = 4
_DAYS_AT_LEAST = 100_000


def from_arrays(durations: ArrayLike, events: ArrayLike) -> LifeTable:
    """Return the life table of people from their days and whether each had the event.

    `durations` are whole numbers from 0, `events` true or false, or 1 or 0; both of one
    length. Raises InputFault (`arrays_unfit`) where they are something else.
    """
    days, had = _checked(durations, events)
    times, counts = _counted(days, had)
    return _table(times, counts)


def by_group(
    durations: ArrayLike, events: ArrayLike, groups: Sequence[Hashable] | NDArray[Any]
) -> dict[Any, LifeTable]:
    """Return the life table of each group, in the order of the groups' values.

    `groups` names each person's group. Raises InputFault (`arrays_unfit`).
    """
    import numpy as np

    days, had = _checked(durations, events)
    names, places = np.unique(np.asarray(groups), return_inverse=True)
    if len(places) != len(days):
        raise _unfit("There is not one group for each of the durations.")
    # In the order of their groups, the members of each stand side by side.
    order = np.argsort(places, kind="stable")
    days, had = days[order], had[order]
    ends = np.cumsum(np.bincount(places, minlength=len(names))).tolist()
    return {
        name: _table(*_counted(days[first:end], had[first:end]))
        for name, first, end in zip(names.tolist(), [0, *ends], ends, strict=False)
    }


def _checked(
    durations: ArrayLike, events: ArrayLike
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    import numpy as np

    days, had = np.asarray(durations), np.asarray(events)
    if days.ndim != 1 or days.shape != had.shape:
        raise _unfit("Durations and events are two lists of one length.")
    if not len(days):
        return days.astype(np.int64), had.astype(np.bool_)
    if days.dtype.kind not in "iu" or days.min() < 0:
        raise _unfit("Durations are whole numbers of days, from 0.")
    if had.dtype.kind != "b":
        if had.dtype.kind not in "iu" or had.min() < 0 or had.max() > 1:
            raise _unfit("Events are 1 or 0, true or false.")
        had = had.astype(np.bool_)
    return days, had


def _counted(
    days: NDArray[Any], had: NDArray[np.bool_]
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Return the days on which anybody's time ended, and a row each: without, with event."""
    import numpy as np

    if not len(days):
        return days, np.zeros((0, 2), np.int64)
    length = int(days.max()) + 1
    times = None
    if length > max(_DAYS_AT_LEAST, _DAYS_A_PERSON * len(days)):
        times, days = np.unique(days, return_inverse=True)
        length = len(times)
    # Day and event in one number: one count tells both.
    both = days.astype(np.intp)
    both += both
    both += had
    counts = np.bincount(both, minlength=2 * length).reshape(-1, 2)
    if times is not None:
        return times, counts
    times = np.flatnonzero(counts.sum(axis=1))
    return times, counts[times]


def _table(times: NDArray[Any], counts: NDArray[Any]) -> LifeTable:
    return LifeTable.counted(
        times.tolist(), counts[:, 1].tolist(), counts.sum(axis=1).tolist()
    )


def _unfit(sentence: str) -> InputFault:
    return InputFault(sentence, reason="arrays_unfit")
