"""Run a report over facts: which edition, which lines, what may be shown of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import partial
from typing import TYPE_CHECKING, cast

from braid.facts.numbers import rounded
from braid.kernel.errors import InputFault
from braid.outcomes.reporting.document import (
    Choice,
    Days,
    Document,
    Entry,
    Number,
    Section,
    Target,
    Unit,
)
from braid.outcomes.reporting.sentences import (
    because,
    benchmarks,
    capitalised,
    cited,
    definitions,
    said_of,
)
from braid.outcomes.reporting.showing import Shown, shown
from braid.packs import measures, reports, suppression
from braid.packs.jurisdictions import in_language
from braid.packs.measures.schema import Measure
from braid.packs.reports import targets
from braid.packs.reports.composing import Answer, compose
from braid.packs.reports.periods import Span, months, span
from braid.packs.reports.schema import UNIT, Report, holds

if TYPE_CHECKING:
    from braid.facts.reading import Facts

OF_REPORT = "report"
"""Names the rule for small numbers that the report itself names."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for. `profile` is a rule for small numbers; without one, exact.

    `as_of`: nothing is known after it, by default the last day of the facts. `unit`: of
    facts that hold several, only this one. `restate`: by the latest edition, whatever
    was in force in the period. `version` and `measures` name editions of the report and
    of measures by their ids; without them, those in force.
    """

    report: str
    period: str
    options: Mapping[str, str] = field(default_factory=dict)
    profile: str | None = None
    restate: bool = False
    language: str = "en"
    unit: str | None = None
    as_of: date | None = None
    version: str = ""
    measures: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What an order comes to: which edition for which days, by which rule."""

    report: Report
    period: Span
    options: Mapping[str, str]
    profile: str | None


def run(
    order: Order,
    facts: Facts,
    *,
    units: Mapping[str, str] | None = None,
    content_hash: str | None = None,
) -> Document:
    """Return a report over facts.

    `units`: the names of the units by their ids; without it each is called by its id.
    Raises: InputFault for a report, period, option, profile or unit that is not known.
    """
    from braid.facts.measuring import measured  # only now: it loads the engine

    as_of = _known_on(order, facts)
    found = chosen(order)
    report, period, options = found.report, found.period, found.options
    about = _units(order, facts, units)
    answers = compose(
        report,
        period,
        as_of,
        options,
        lambda name: _measure(order, name, period.last_day),
        lambda measure, periods: measured(measure, facts, periods=periods),
        {UNIT: order.unit} if order.unit is not None else None,
    )
    say = partial(in_language, language=order.language)
    lines = list(zip(answers, shown(answers, found.profile), strict=True))
    return Document(
        report=report.id,
        version=report.version,
        title=report.title(options, order.language),
        about=say(report.about),
        source=cited(report),
        period=Days(
            period.id, period.first_day.isoformat(), period.last_day.isoformat()
        ),
        is_over=period.last_day <= as_of,
        as_of=as_of.isoformat(),
        options=tuple(_choices(found, order.language)),
        is_restated=order.restate,
        valid_from=report.valid_from.isoformat(),
        is_before_first_edition=report.valid_from > period.last_day,
        units=about,
        snapshot=facts.snapshot,
        hash=content_hash,
        profile=found.profile,
        language=order.language,
        sections=tuple(_sections(report, lines, options, order.language)),
        definitions=tuple(definitions(answers, order.language)),
        left_out_because=because(answers),
        notes=tuple(say(note) for note in report.notes),
    )


def chosen(order: Order) -> Chosen:
    """Return which edition answers an order, in the period that it names.

    The one it names; else that which was in force on the last day of the period, or the
    latest where the report is restated. Raises InputFault.
    """
    known = reports.load()
    if order.report not in known:
        raise InputFault(
            f"'{order.report}' is no report. Known are: {', '.join(sorted(known))}.",
            field="report",
            reason="report_unknown",
        )
    latest = known[order.report]
    period = span(order.period, latest.periods)
    report = latest
    if order.version:
        report = reports.get(order.report, order.version)
    elif not order.restate:
        report = reports.in_force(order.report, period.last_day)
    profile = report.suppression if order.profile == OF_REPORT else order.profile
    if profile is not None and profile not in suppression.load():
        raise InputFault(
            f"'{profile}' is no rule for small numbers. Known are: "
            f"{', '.join(suppression.load())}.",
            field="profile",
            reason="profile_unknown",
        )
    return Chosen(report, period, report.chosen(order.options), profile)


def _choices(found: Chosen, language: str) -> Iterator[Choice]:
    """Yield what was chosen for each option of the report, in words."""
    for name, option in found.report.options.items():
        choice = found.options[name]
        means = in_language(option.choices[choice], language)
        yield Choice(name, choice, in_language(option.label, language), means)


def _known_on(order: Order, facts: Facts) -> date:
    as_of = order.as_of or facts.as_of
    if as_of > facts.as_of:
        raise InputFault(
            f"The facts end on {facts.as_of}. Ask for an earlier day, or build the facts "
            "anew.",
            field="as_of",
            reason="after_the_facts",
        )
    return as_of


def _units(
    order: Order, facts: Facts, units: Mapping[str, str] | None
) -> tuple[Unit, ...]:
    known = facts.units
    if order.unit is not None and order.unit not in known:
        raise InputFault(
            "These facts have no such unit. Choose one of theirs.",
            field="unit",
            reason="unit_unknown",
        )
    wanted = [order.unit] if order.unit is not None else known
    named = units or {}
    return tuple(Unit(key, named.get(key, key)) for key in wanted)


def _measure(order: Order, name: str, day: date) -> Measure:
    if name in order.measures:
        return measures.get(name, order.measures[name])
    return cast(Measure, reports.edition_of("measures", name, day))


def _sections(
    report: Report,
    found: Sequence[tuple[Answer, Shown]],
    options: Mapping[str, str],
    language: str,
) -> Iterator[Section]:
    for key, section in report.sections.items():
        lines = tuple(
            _entry(answer, one, options, language)
            for answer, one in found
            if answer.section == key
        )
        if lines:
            about = in_language(section.about, language) if section.about else ""
            yield Section(key, in_language(section.label, language), about, lines)


def _entry(
    answer: Answer, one: Shown, options: Mapping[str, str], language: str
) -> Entry:
    say = partial(in_language, language=language)
    line, asked = answer.line, answer.figure.period
    said = said_of(answer, language)
    return Entry(
        id=answer.name,
        label=capitalised(say(answer.label)),
        measure=answer.measure.id,
        part=answer.shows[1],
        form=said.form,
        means=said.means,
        days=Days(
            asked.period, asked.first_day.isoformat(), asked.last_day.isoformat()
        ),
        group=dict(answer.figure.group),
        numerator=_number(one.numerator),
        numerator_is=said.numerator,
        denominator=_number(one.denominator),
        denominator_is=said.denominator,
        value=_number(one.value),
        n=one.n,
        reason="" if one.mark else answer.part.reason,
        mark=one.mark,
        left_out={
            reason: n for reason, n in one.left_out.items() if reason in answer.reasons
        },
        targets=tuple(_targets(answer, one, options, language)),
        benchmarks=tuple(benchmarks(answer, language)),
        note=say(line.note) if line.note and not answer.is_group else "",
    )


def _targets(
    answer: Answer, one: Shown, options: Mapping[str, str], language: str
) -> Iterator[Target]:
    """Yield what a line was to reach, worked out from what may be shown of it."""
    asked = answer.figure.period
    count = months(asked.first_day, asked.last_day)
    for target in () if answer.is_group else answer.line.targets:
        if holds(target.when, options):
            found = targets.of_parts(target, one.numerator, one.denominator, count)
            means = in_language(target.means, language)
            yield Target(means, found.needed, found.is_met)


def _number(value: Fraction | float | None) -> Number | None:
    """Return a number as JSON has it: whole where it is, else to six decimals."""
    if isinstance(value, Fraction) and value.denominator == 1:
        return int(value)
    return rounded(value)
