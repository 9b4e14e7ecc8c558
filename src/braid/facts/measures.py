"""Measures as a notebook asks for them. Imports no Django.

from braid.facts.read import Facts, measures

with Facts.read("my-facts") as facts:
    for figure in measures.run("item01_caseload", facts, by=["staff_id"]):
        print(figure.group["staff_id"], figure.value, figure.left_out)
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from braid.facts import measuring
from braid.facts.measuring import Figure
from braid.facts.reading import Facts
from braid.method.measures import Asked
from braid.packs import measures as packs
from braid.packs.measures import Measure
from braid.packs.measures.periods import between

__all__ = ["Figure", "names", "period", "rows", "run"]


def names() -> list[str]:
    """Return the ids of the measures that there are."""
    return list(packs.load())


def period(first_day: date, last_day: date, as_of: date | None = None) -> Asked:
    """Return a period, both days inside; nothing is known after `as_of`, or its end."""
    return between(first_day, last_day, as_of or last_day)


def run(
    measure: str | Measure,
    facts: Facts,
    *,
    by: Sequence[str] = (),
    periods: Sequence[Asked] | None = None,
) -> list[Figure]:
    """Return the figures of a measure, by default for its own window as the facts end.

    Raises InputFault where there is no such measure or key, or a period ends after the
    facts.
    """
    return measuring.run(_found(measure), facts, by=by, periods=periods)


def rows(
    measure: str | Measure,
    facts: Facts,
    *,
    periods: Sequence[Asked] | None = None,
    group: Mapping[str, str | None] | None = None,
) -> list[dict[str, Any]]:
    """Return the rows that add up to a figure, and those left out with their reason."""
    return measuring.rows_behind(_found(measure), facts, periods=periods, group=group)


def _found(measure: str | Measure) -> Measure:
    return packs.get(measure) if isinstance(measure, str) else measure
