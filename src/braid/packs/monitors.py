"""Monitors: which figures are watched where results are paid for, and when to look again.

Limits are data with their source. A service that agrees on others keeps them in a file
of its own (`BRAID_PACKS`) under the same id; the file with the higher version holds.
"""

from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Literal, Self, cast

from pydantic import Field, field_validator, model_validator

from braid.method.flags import OF_GROUPS, Check, Rule, Seen, flagged
from braid.packs import loader, measures, questions
from braid.packs.jurisdictions import in_language
from braid.packs.measures.schema import Measure, Sentence
from braid.packs.shapes import Cited, Pack, Strict

USUAL = "default"


class Flag(Cited):
    """When a figure asks for a second look, with where the limit comes from.

    `reads` is a ratio, a statistic or an amount of the measure; `behind` the amounts of
    which there must be `at_least` so many together. `of_all`: only the figure of all is
    judged, though the monitor is told by a key.
    """

    reads: str
    of_all: bool = False
    rule: Rule
    limit: str = "0"
    behind: tuple[str, ...] = ()
    at_least: int = Field(default=0, ge=0)
    says: Sentence

    @field_validator("limit")
    @classmethod
    def _is_number(cls, limit: str) -> str:
        try:
            Fraction(limit)
        except (ValueError, ZeroDivisionError) as error:
            raise ValueError(f"'{limit}' is no number") from error
        return limit

    @model_validator(mode="after")
    def _counts_something(self) -> Self:
        if bool(self.behind) != bool(self.at_least):
            raise ValueError("'behind' and 'at_least' are given together")
        if self.rule == "rising" and Fraction(self.limit).denominator != 1:
            raise ValueError("'rising' takes a whole number of periods as its limit")
        return self

    @property
    def check(self) -> Check:
        """Return the rule with its numbers."""
        return Check(self.rule, Fraction(self.limit), self.at_least)


class Monitor(Strict):
    """A figure that is watched: a measure, by which keys it is told, and its flags.

    `apart` are equity groups (the measure's option `group`), `key` one of the measure's
    own keys, of whose values `by_key` is read. `trend`: told by quarter. `curve` is a
    statistic of the measure whose Kaplan-Meier curve is drawn.
    """

    id: str = Field(pattern=r"^[a-z][a-z-]*$")
    number: str = Field(pattern=r"^(M[0-9]+)?$", default="")
    title: Sentence
    why: Sentence
    measure: str
    reads: str
    apart: tuple[str, ...] = ()
    key: str = ""
    by_key: str = ""
    trend: bool = False
    curve: str = ""
    flags: tuple[Flag, ...] = ()

    @model_validator(mode="after")
    def _fits_its_measure(self) -> Self:
        faults = list(_misfits(self))
        if faults:
            raise ValueError("; ".join(faults))
        return self

    @property
    def defined(self) -> Measure:
        """Return its measure."""
        return measures.get(self.measure)

    def named(self, language: str) -> str:
        """Return what it is called, in `language`, else in English."""
        return in_language(self.title, language)


def _misfits(monitor: Monitor) -> list[str]:
    known = measures.load()
    if monitor.measure not in known:
        return [f"there is no measure '{monitor.measure}'"]
    measure = known[monitor.measure]
    readable = {*measure.ratios, *measure.statistics, *measure.amounts}
    found = [
        f"'{name}' is nothing that '{measure.id}' says"
        for name in (
            monitor.reads,
            monitor.by_key or monitor.reads,
            *(flag.reads for flag in monitor.flags),
        )
        if name not in readable
    ]
    found += [
        f"'{name}' is no amount of '{measure.id}'"
        for flag in monitor.flags
        for name in flag.behind
        if name not in measure.amounts
    ]
    if monitor.curve and monitor.curve not in measure.statistics:
        found.append(f"'{monitor.curve}' is no statistic of '{measure.id}'")
    if monitor.key and monitor.key not in measure.by:
        found.append(f"'{measure.id}' is not told by '{monitor.key}'")
    if monitor.apart and "group" not in measure.options:
        found.append(f"'{measure.id}' is not told by groups")
    if monitor.by_key and not monitor.key:
        found.append("'by_key' asks for 'key'")
    if not monitor.apart and any(flag.rule in OF_GROUPS for flag in monitor.flags):
        found.append("a flag against the whole asks for 'apart'")
    if not monitor.trend and any(flag.rule == "rising" for flag in monitor.flags):
        found.append("the flag 'rising' asks for 'trend: true'")
    return found


class Monitors(Pack):
    """All that is watched, in the order in which it is shown."""

    valid_from: date
    unit: Literal["unit"]
    monitors: tuple[Monitor, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _once(self) -> Self:
        names = [each.id for each in self.monitors]
        if again := sorted({name for name in names if names.count(name) > 1}):
            raise ValueError(f"'{again[0]}' stands here more than once")
        return self

    def monitor(self, name: str) -> Monitor | None:
        """Return a monitor by its id, None where there is none."""
        return next((one for one in self.monitors if one.id == name), None)


def load() -> dict[str, Monitors]:
    """Return all files of monitors by id. Raises: PackFaults."""
    return loader.load("monitors")


def get(name: str = USUAL, version: str | None = None) -> Monitors:
    """Return the monitors in force. Raises: PackFault, PackFaults."""
    return cast(Monitors, loader.get("monitors", name, version))


# Situations: figures go in, what is flagged comes out.


def _seen(name: str, told: Any) -> Seen:
    value, behind = told if isinstance(told, list) else (told, None)
    return Seen(name, None if value is None else Fraction(str(value)), behind)


def _flags(
    pack: Monitors,
    monitor: str,
    whole: Any = None,
    groups: Mapping[str, Any] | None = None,
    earlier: tuple[Any, ...] = (),
    reads: str = "",
) -> dict[str, Any]:
    """Say which groups, or the whole (an empty name), the flags of a monitor name."""
    found = pack.monitor(monitor)
    if found is None:
        return {}
    named: dict[str, None] = {}
    for flag in found.flags:
        if reads in ("", flag.reads):
            named |= dict.fromkeys(
                flagged(
                    flag.check,
                    _seen("", whole),
                    []
                    if flag.of_all
                    else [_seen(name, told) for name, told in (groups or {}).items()],
                    [_seen("", told) for told in earlier],
                )
            )
    return {"flagged": list(named)}


QUESTIONS: Mapping[str, Callable[..., Any]] = {"flags": _flags}
run_situation = questions.runner(QUESTIONS)
loader.register("monitors", Monitors, run_situation)
