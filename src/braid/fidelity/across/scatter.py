"""Fidelity against outcomes: one point a unit, and how far the two go together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from braid.fidelity.across.snapshots import rate_of
from braid.method.statistics.correlation import Correlation, correlation

if TYPE_CHECKING:
    from braid.access.models import Team
    from braid.facts.leaving import Shown
    from braid.fidelity.told import Told

FEWEST = 5
"""Units below which no correlation is worked out: it would say next to nothing."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit: the total of its last review, and the share working in that quarter."""

    unit: Team
    told: Told
    shown: Shown | None
    total: int | None
    rate: Fraction | None


@dataclass(frozen=True, slots=True)
class Scatter:
    """The units with both values, those without, and the correlation of the former."""

    places: tuple[Place, ...]
    left_out: tuple[Place, ...]
    correlation: Correlation | None

    @property
    def is_too_few(self) -> bool:
        return len(self.places) < FEWEST


@dataclass(frozen=True, slots=True)
class Published:
    """A correlation of a scale with employment as it was published."""

    r: str
    p: str
    of: Promise
    source: str


PUBLISHED = (
    Published(
        "0.34",
        "0.002",
        _("79 sites in 8 US states: total of the scale and employment rate"),
        "Bond and others 2012, Psychiatric Services, 10.1176/appi.ps.201100476",
    ),
    Published(
        "0.27",
        "0.02",
        _("another 79 sites in 12 US states: total of the scale and employment rate"),
        "Kim and others 2015, Journal of Vocational Rehabilitation 43(3), "
        "10.3233/JVR-150770; also told by Margolies and others 2018, Psychiatric "
        "Services 69(5), 10.1176/appi.ps.201700472",
    ),
    Published(
        "0.36",
        "0.04",
        _("34 cohorts of 18 sites in Sussex: total of the scale and starting work"),
        "Journal of Vocational Rehabilitation, 10.3233/JVR-180946",
    ),
)
"""What is known from elsewhere: fidelity and work go together, loosely."""


def scatter(
    units: Mapping[UUID, Team], last: Mapping[UUID, Told], rates: Mapping[UUID, Shown]
) -> Scatter:
    """Return the units between total and share working, by the names of the units."""
    found = []
    for key, unit in units.items():
        if key not in last:
            continue
        one, shown = last[key], rates.get(key)
        total = one.total.total if one.total else None
        found.append(Place(unit, one, shown, total, rate_of(shown)))
    has_both = [p for p in found if p.total is not None and p.rate is not None]
    left_out = [p for p in found if p.total is None or p.rate is None]
    pairs = [
        (place.total, place.rate)
        for place in has_both
        if place.total is not None and place.rate is not None
    ]
    together = correlation(pairs) if len(pairs) >= FEWEST else None
    return Scatter(tuple(has_both), tuple(left_out), together)
