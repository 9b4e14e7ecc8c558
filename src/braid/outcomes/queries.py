"""Reading the outcomes of a scope: fresh inside a unit, frozen of all units together."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.utils import translation

from braid import __version__
from braid.access.queries import teams_named
from braid.facts import queries as facts
from braid.outcomes import periods as times
from braid.outcomes import selections
from braid.outcomes.charts import EQUITY_KEYS, SECTIONS, Chart, equity, known
from braid.outcomes.scopes import Scope, opened
from braid.outcomes.selections import Choices, Selection

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.models import Snapshot
    from braid.facts.reading import Facts
    from braid.method.measures import Asked
    from braid.outcomes.reading import Reading

KEPT = 4  # readings of frozen facts that a process remembers
STORED = 35 * 24 * 60 * 60  # seconds that they are kept for all processes
SHAPE = 2  # of what is stored: another where other figures are told together
_frozen: OrderedDict[tuple[str, str], Reading] = OrderedDict()


@dataclass(frozen=True, slots=True)
class Look:
    """What was read, of which periods, and inside a unit what people can be chosen by."""

    reading: Reading
    periods: tuple[Asked, ...]
    choices: Choices | None = None


def shown_charts() -> tuple[Chart, ...]:
    """Return the charts of the first page."""
    return known(tuple(chart for section in SECTIONS for chart in section.charts))


def look(
    actor: Actor,
    of: Scope,
    day: date,
    charts: Sequence[Chart],
    chosen: Selection | None = None,
) -> Look:
    """Return some charts of a scope. Raises Refused.

    Outside a unit all that could be asked for is read, and protected, together.
    """
    if of.unit is None:
        found = all_units(actor, of, day)
        return Look(found, found.periods)
    with looked(actor, of, day, charts, chosen) as (_drawn, inside):
        return inside


@contextmanager
def looked(
    actor: Actor,
    of: Scope,
    day: date,
    charts: Sequence[Chart],
    chosen: Selection | None = None,
) -> Iterator[tuple[Facts, Look]]:
    """Read charts of a unit and keep its facts open for more. Raises Refused."""
    periods = times.offered(day)
    with opened(actor, of, day) as drawn:
        if not of.is_inside:
            yield drawn, Look(read(drawn, of, shown_charts(), periods), periods)
            return
        offered = selections.choices(drawn)
        if chosen is None or chosen.is_all:
            yield drawn, Look(read(drawn, of, charts, periods), periods, offered)
            return
        with selections.narrowed(drawn, chosen) as some:
            yield some, Look(read(some, of, charts, periods), periods, offered)


def read(
    drawn: Facts, of: Scope, charts: Sequence[Chart], periods: Sequence[Asked]
) -> Reading:
    """Return charts of facts. Inside a unit everything is exact."""
    # The engine is loaded when a figure is asked for, never with a page.
    from braid.outcomes import reading

    return reading.read(drawn, of, charts, periods)


def all_units(actor: Actor, of: Scope, day: date) -> Reading:
    """Return every chart of all units; frozen facts never change, so it is kept.

    Where somebody was taken out of them their hash is another. What was found is kept for
    all processes, and for this one as it is used. Raises Refused.
    """
    if of.snapshot is None:
        with opened(actor, of, day) as drawn:
            return read(drawn, of, _all_charts(), times.offered(drawn.as_of))
    facts.require_snapshot(actor, of.snapshot)
    return _kept(of, of.snapshot)


def keep(snapshot: Snapshot) -> None:
    """Keep every chart of all units of a snapshot ready, in each language."""
    of = Scope(
        None, tuple(teams_named(snapshot.units)), is_inside=False, snapshot=snapshot
    )
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            _kept(of, snapshot)


def forget() -> None:
    """Let go of what this process keeps of frozen facts."""
    _frozen.clear()


def _kept(of: Scope, snapshot: Snapshot) -> Reading:
    key = f"{snapshot.pk}-{snapshot.hash}", translation.get_language() or "en"
    found = _frozen.get(key)
    if found is None:
        found = _frozen[key] = _read_once(of, snapshot, "-".join(key))
        while len(_frozen) > KEPT:
            _frozen.popitem(last=False)
    return found


def _read_once(of: Scope, snapshot: Snapshot, key: str) -> Reading:
    from braid.outcomes.reading import Reading

    charts, name = _all_charts(), f"outcomes-{__version__}-{SHAPE}-{key}"
    stored = cache.get(name)
    if stored is not None:
        return Reading(charts, times.offered(snapshot.as_of), *stored)
    with facts.opened(snapshot) as drawn:
        found = read(drawn, of, charts, times.offered(drawn.as_of))
    cache.set(name, (found.shown, found.curves), STORED)
    return found


def _all_charts() -> tuple[Chart, ...]:
    return (*shown_charts(), *_equity())


def _equity() -> tuple[Chart, ...]:
    return tuple(chart for key in EQUITY_KEYS for chart in known(equity(key)))
