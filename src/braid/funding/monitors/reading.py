"""Reading what is watched: figures of one unit, as both parties to an agreement see them.

Everything that a page shows is protected together. Whoever is outside the unit is shown
no small numbers, and no flag that only such a number would raise.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from braid.facts import leaving, statements
from braid.facts import queries as facts
from braid.funding import engine
from braid.kernel.dates import quarter_id, quarter_period
from braid.method.flags import Seen, flagged
from braid.method.measures import Asked
from braid.method.measures.reference.courses import REFUSAL_REASONS
from braid.packs import jurisdictions
from braid.packs import monitors as packs

if TYPE_CHECKING:
    from braid.access.policy import Actor
    from braid.facts.leaving import Number, Shown
    from braid.facts.reading import Facts
    from braid.funding.models import Agreement
    from braid.funding.monitors.early_exits import EarlyExit
    from braid.method.survival import Curve
    from braid.packs.measures import Measure
    from braid.packs.measures.figures import Figure
    from braid.packs.monitors import Flag, Monitor, Monitors

UNIT, GROUP, REASONS = "unit_id", "group", "reasons"
QUARTERS = 6  # of a trend
YEAR = 365


@dataclass(frozen=True, slots=True)
class Raised:
    """A flag, and of which key and value; both are empty where it is about all."""

    flag: Flag
    key: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Watched:
    """A monitor with its figures as they may be shown.

    `whole` are the figures of `periods`, the newest last; `groups` the newest by the
    values of each key, a value that is not known under an empty name; `curves` those of
    a key and value, of all under two empty names.
    """

    monitor: Monitor
    periods: tuple[Asked, ...]
    whole: tuple[Shown, ...]
    groups: Mapping[str, Mapping[str, Shown]]
    raised: tuple[Raised, ...]
    curves: Mapping[tuple[str, str], Curve] = field(default_factory=dict)

    @property
    def newest(self) -> Shown:
        """Return the figure of all in the newest period."""
        return self.whole[-1]


@dataclass(frozen=True, slots=True)
class Board:
    """All that is watched of the unit of an agreement, as known on a day.

    `exits` are those shortly before a milestone could no longer be reached, none of them
    for who is outside, and `exits_shown` how many by milestone, as they may be shown; an
    empty name for all.
    """

    agreement: Agreement
    day: date
    pack: Monitors
    watched: tuple[Watched, ...]
    exits: tuple[EarlyExit, ...]
    exits_shown: Mapping[str, Number]


@dataclass(frozen=True, slots=True)
class _Found:
    """What of a board is kept: all but whose it is."""

    watched: tuple[Watched, ...]
    exits: tuple[EarlyExit, ...]
    exits_shown: Mapping[str, Number]


class _Place(NamedTuple):
    """Where a figure stands: of a monitor, a value of a key (both empty: all), when."""

    monitor: str
    key: str
    value: str
    period: int


def is_inside(actor: Actor, agreement: Agreement) -> bool:
    """Say whether it is the actor's own unit; others are shown no small numbers."""
    return agreement.unit_id in actor.teams


def known_on(actor: Actor, agreement: Agreement, today: date) -> date:
    """Return the day that the figures end on, for whoever reads them."""
    return leaving.known_on(today, inside=is_inside(actor, agreement))


def board(
    actor: Actor,
    agreement: Agreement,
    day: date,
    pack: Monitors | None = None,
    *,
    inside: bool | None = None,
) -> Board:
    """Return all that is watched. Raises Refused.

    `inside` says for whom it is protected; without it, for whoever asks. It is kept for
    as long as nothing that it follows from changes.
    """
    watches = packs.get() if pack is None else pack
    shows = is_inside(actor, agreement) if inside is None else inside

    def work(drawn: Facts) -> _Found:
        with of_contract(drawn, agreement.contract) as own:
            return _found(own, agreement, watches, shows)

    what = _name(agreement, day, watches, shows)
    found = facts.result_of_parties(actor, agreement, day, what, work)
    return Board(agreement, day, watches, found.watched, found.exits, found.exits_shown)


def _found(own: Facts, agreement: Agreement, watches: Monitors, shows: bool) -> _Found:
    watched = watched_in(
        own,
        str(agreement.unit_id),
        watches,
        shows_small=shows,
        country=agreement.unit.organisation.country,
    )
    exits = _exits(own, agreement)
    counts = Counter(one.milestone for one in exits)
    # One person may have left before several milestones: the whole is no sum of them.
    people = len({one.episode for one in exits})
    shown = leaving.counts({**counts, "": people}, leaving.usual(inside=shows))
    return _Found(watched, exits if shows else (), shown)


def _name(agreement: Agreement, day: date, watches: Monitors, shows: bool) -> str:
    """Return a name for all that a board follows from beside the facts of its unit."""
    settled = engine.terms(agreement)
    told = (
        str(statements.key_of(*SOURCES)),
        watches.model_dump_json(),
        *(one.defined.model_dump_json() for one in watches.monitors),
        *_breaches(agreement.unit.organisation.country),
        repr(settled.versions),
        repr(settled.bindings),
        repr(sorted(engine.files_of(agreement).items())),
        repr(leaving.usual(inside=shows)),
    )
    digest = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return f"monitors-{agreement.pk}-{day.isoformat()}-{shows:d}-{digest}"


SOURCES = (
    "funding/monitors/reading.py",
    "funding/monitors/early_exits.py",
    "packs/monitors.py",
)
"""Code of this room whose change makes what was kept worth nothing."""


def _exits(drawn: Facts, agreement: Agreement) -> tuple[EarlyExit, ...]:
    """Return the exits of a year before a milestone of this contract was out of reach."""
    from braid.funding.monitors.early_exits import early_exits
    from braid.funding.simulating.reading import rows_of
    from braid.method.contracts.running import cases

    settled = engine.terms(agreement)
    tables = rows_of(drawn, [str(agreement.unit_id)])
    since = drawn.as_of - timedelta(YEAR - 1)
    return tuple(
        early_exits(
            cases(settled.latest, tables, files=engine.files_of(agreement)),
            settled.versions,
            settled.bindings,
            drawn.as_of,
            since,
        )
    )


def of_contract(drawn: Facts, contract: str) -> Facts:
    """Return facts with the claims of one contract, and all else as it is.

    What another funder pays or refuses is nothing to this one.
    """
    import pyarrow.compute as pc

    from braid.facts.reading import Facts, tables

    found = {name: drawn.table(name) for name in tables()}
    claims = found["claims"]
    found["claims"] = claims.filter(pc.equal(claims.column("contract_id"), contract))
    return Facts.of(found, as_of=drawn.as_of, snapshot=drawn.snapshot)


def watched_in(
    drawn: Facts, unit: str, pack: Monitors, *, shows_small: bool, country: str = ""
) -> tuple[Watched, ...]:
    """Return what is watched in the facts of a unit, all of it protected together.

    What breaches zero exclusion is what the pack of its `country` says.
    """
    periods = {one.id: _periods(one, drawn) for one in pack.monitors}
    figures: dict[_Place, Figure] = {}
    for monitor in pack.monitors:
        defined = _defined(monitor, country)
        figures.update(_figures(monitor, defined, drawn, unit, periods[monitor.id]))
    shown = leaving.protect(figures, leaving.usual(inside=shows_small))
    curves = _curves(pack, figures, shows_small=shows_small)
    return tuple(
        _watched(one, shown, periods[one.id], curves.get(one.id, {}))
        for one in pack.monitors
    )


def _defined(monitor: Monitor, country: str) -> Measure:
    """Return the measure of a monitor as a country counts it."""
    if REASONS not in monitor.defined.options:
        return monitor.defined
    return monitor.defined.with_options(reasons=list(_breaches(country)))


def _breaches(country: str) -> tuple[str, ...]:
    """Return the reasons of a refusal that breach zero exclusion in a country."""
    told = jurisdictions.of_country(country).refusal_breaches.reasons
    return tuple(sorted(set(told) & set(REFUSAL_REASONS)))


def _curves(
    pack: Monitors, figures: Mapping[_Place, Figure], *, shows_small: bool
) -> dict[str, dict[tuple[str, str], Curve]]:
    """Return curves by monitor, key and value; outside the unit only that of all.

    Curves of groups beside that of all would tell by their difference what a single
    one hides.
    """
    named = {one.id: one.curve for one in pack.monitors if one.curve}
    profile = leaving.usual(inside=shows_small)
    found: dict[str, dict[tuple[str, str], Curve]] = {}
    for place, figure in figures.items():
        if place.monitor not in named or (place.key and not shows_small):
            continue
        drawn = leaving.curve(figure.statistics[named[place.monitor]].curve, profile)
        found.setdefault(place.monitor, {})[place.key, place.value] = drawn
    return found


def _periods(monitor: Monitor, drawn: Facts) -> tuple[Asked, ...]:
    """Return the window of the measure; of a trend, the quarters that are over."""
    from braid.facts.measuring import periods_of

    if monitor.trend:
        return quarters(drawn.as_of, QUARTERS)
    return tuple(periods_of(monitor.defined, drawn)[-1:])


def quarters(day: date, number: int) -> tuple[Asked, ...]:
    """Return so many quarters that are over on a day, the newest last."""
    found: list[Asked] = []
    last = day + timedelta(1)
    while len(found) < number:
        days = quarter_period(quarter_id(last))
        if days.last_day is not None and days.last_day <= day:
            name = quarter_id(days.first_day)
            found.insert(0, Asked(name, days.first_day, days.last_day, day))
        last = days.first_day - timedelta(1)
    return tuple(found)


def _figures(
    monitor: Monitor,
    defined: Measure,
    drawn: Facts,
    unit: str,
    periods: Sequence[Asked],
) -> Iterator[tuple[_Place, Figure]]:
    yield from _told(monitor, defined, monitor.key, drawn, unit, periods)
    for key in monitor.apart:
        measure = defined.with_options(group=key)
        for place, figure in _told(monitor, measure, GROUP, drawn, unit, periods):
            if place.key:
                yield place._replace(key=key), figure


def _told(
    monitor: Monitor,
    measure: Measure,
    key: str,
    drawn: Facts,
    unit: str,
    periods: Sequence[Asked],
) -> Iterator[tuple[_Place, Figure]]:
    """Yield the figures of a measure: of all, and in the newest period by a key."""
    from braid.facts import measuring

    asked = measuring.measured(measure, drawn, periods=periods)
    own = {UNIT: unit} if UNIT in measure.by else {}
    for n, figure in enumerate(asked.figures((), own)):
        yield _Place(monitor.id, "", "", n), replace(figure, group=own)
    newest = periods[-1].period
    for figure in asked.figures((key,), own) if key else ():
        if figure.period.period == newest:
            place = _Place(monitor.id, key, figure.group[key] or "", len(periods) - 1)
            yield place, replace(figure, group={**own, **figure.group})


def _watched(
    monitor: Monitor,
    shown: Mapping[_Place, Shown],
    periods: tuple[Asked, ...],
    curves: Mapping[tuple[str, str], Curve],
) -> Watched:
    last = len(periods) - 1
    whole = tuple(shown[_Place(monitor.id, "", "", n)] for n in range(len(periods)))
    groups: dict[str, dict[str, Shown]] = {}
    for place, figure in shown.items():
        if place.monitor == monitor.id and place.key and place.period == last:
            groups.setdefault(place.key, {})[place.value] = figure
    raised = tuple(_raised(monitor, whole, groups))
    return Watched(monitor, periods, whole, groups, raised, curves)


def _raised(
    monitor: Monitor,
    whole: Sequence[Shown],
    groups: Mapping[str, Mapping[str, Shown]],
) -> Iterator[Raised]:
    for flag in monitor.flags:
        of_all = [_seen(flag, "", one) for one in whole]
        told = {} if flag.of_all else groups
        if not told:
            for _name in flagged(flag.check, of_all[-1], (), of_all[:-1]):
                yield Raised(flag)
        for key, found in told.items():
            seen = [_seen(flag, name, one) for name, one in found.items() if name]
            for name in flagged(flag.check, of_all[-1], seen):
                if name:
                    yield Raised(flag, key, name)


def _seen(flag: Flag, name: str, shown: Shown) -> Seen:
    behind = [shown.amounts[each].exact for each in flag.behind]
    known = [count for count in behind if count is not None]
    number = int(sum(known, Fraction(0))) if len(known) == len(behind) else None
    return Seen(name, number_of(shown, flag.reads).value, number)


def number_of(shown: Shown, name: str) -> Number:
    """Return a ratio, a statistic or an amount of a figure, as it may be shown."""
    if name in shown.ratios:
        return shown.ratios[name].value
    if name in shown.statistics:
        return shown.statistics[name]
    return shown.amounts[name]
