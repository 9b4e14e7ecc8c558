"""A report in words: for pages, spreadsheets and paper alike, in the active language.

What the packs say is in the language of the document already.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from babel.numbers import format_decimal
from django.utils.translation import get_language, to_locale
from django.utils.translation import gettext as _

from braid.facts.presenters import LEFT_OUT, NOTHING, as_of_text
from braid.method.statistics.rounding import half_up
from braid.outcomes.reporting.document import (
    Days,
    Definition,
    Document,
    Entry,
    Number,
    Target,
)
from braid.outcomes.reporting.groups import group_text
from braid.outcomes.reporting.sentences import capitalised
from braid.packs import suppression
from braid.web.days import day_text

PLACES: Mapping[str, int] = {"share": 1, "days": 0, "number": 2}


@dataclass(frozen=True, slots=True)
class Told:
    """Something said of the report as a whole."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A line in words. `made_of` says what was divided by what, with both named.

    `days` are those on which it looks, where they are not the days of the report.
    """

    id: str
    label: str
    group: str
    value: str
    made_of: str
    means: str
    days: str
    left_out: tuple[str, ...]
    beside: tuple[str, ...]
    measure: str

    @property
    def is_group(self) -> bool:
        return bool(self.group)

    @property
    def beneath(self) -> tuple[str, ...]:
        """Return what stands beneath the value: parts, days, what was left out."""
        if self.is_group:
            return (self.made_of,) if self.made_of else ()
        left_out = _("Left out: %(what)s") % {"what": "; ".join(self.left_out)}
        said = (
            self.made_of or self.means,
            self.days,
            left_out if self.left_out else "",
        )
        return tuple(each for each in said if each)


@dataclass(frozen=True, slots=True)
class Part:
    """The lines under one heading."""

    id: str
    label: str
    about: str
    rows: tuple[Row, ...]


def heading(document: Document) -> str:
    """Return the title with its period, and what makes it no usual report of it."""
    said = f"{document.title}, {document.period.id}"
    if document.is_restated:
        return _("%(title)s, restated") % {"title": said}
    return said


def lead(document: Document) -> Iterator[Told]:
    """Yield what must be known to read any number of the report."""
    yield Told(_("Report"), f"{document.report} {document.version}")
    yield Told(_("Period"), period_text(document))
    yield Told(_("Known"), as_of_text(document.known_on))
    yield Told(_("Units"), ", ".join(unit.name for unit in document.units) or NOTHING)
    for choice in document.options:
        yield Told(choice.label, choice.means)
    yield Told(_("Drawn from"), source_text(document))
    yield Told(_("Small numbers"), profile_text(document))
    yield Told(_("Definition"), edition_text(document))


def period_text(document: Document) -> str:
    """Return the period with its days, and that it is not over where it is not."""
    said = {"name": document.period.id, "days": days_text(document.period)}
    if document.is_over:
        return _("%(name)s, %(days)s") % said
    return _("%(name)s, %(days)s, not over yet") % said


def days_text(days: Days) -> str:
    """Return days in words, both inside."""
    if days.first_day == days.last_day:
        return _("on %(day)s") % {"day": day_text(days.last)}
    return _("%(first)s to %(last)s") % {
        "first": day_text(days.first),
        "last": day_text(days.last),
    }


def source_text(document: Document) -> str:
    """Return the snapshot with its hash, or that it was the record itself."""
    if document.snapshot is None and document.hash is None:
        return _("the record as it stood, not frozen")
    said = {"snapshot": document.snapshot or NOTHING, "hash": document.hash or NOTHING}
    return _("snapshot %(snapshot)s, content %(hash)s") % said


def profile_text(document: Document) -> str:
    """Return the rule by which small numbers are kept back, or that none is."""
    if document.profile is None:
        return _("exact figures, for the unit itself; not to be handed on")
    profile = suppression.get(document.profile)
    return _("kept back by %(name)s (%(id)s)") % {
        "name": profile.name(get_language() or "en"),
        "id": profile.id,
    }


def edition_text(document: Document) -> str:
    """Return since when the edition is in force, and why this one was taken."""
    day = day_text(date.fromisoformat(document.valid_from))
    said = {"version": document.version, "day": day}
    if document.is_restated:
        return _("%(version)s, the latest, whatever was in force in the period") % said
    if document.is_before_first_edition:
        return _("%(version)s, the first: none was in force in the period") % said
    return _("%(version)s, in force from %(day)s") % said


def parts(document: Document) -> Iterator[Part]:
    """Yield the sections of a report in words."""
    units = document.unit_names
    for section in document.sections:
        rows = tuple(_row(line, units, document.period) for line in section.lines)
        yield Part(section.id, section.label, section.about, rows)


def _row(line: Entry, units: Mapping[str, str], period: Days) -> Row:
    return Row(
        id=line.id,
        label=line.label,
        group=group_name(line, units),
        value=value_text(line),
        made_of=made_of_text(line),
        means=line.means,
        days=days_text(line.days) if line.days != period else "",
        left_out=tuple(left_out_texts(line.left_out)),
        beside=tuple(_beside(line)),
        measure=line.measure,
    )


def group_name(line: Entry, units: Mapping[str, str]) -> str:
    """Return what a group is called, nothing for the whole."""
    values = line.group.values()
    return ", ".join(units.get(value or "", group_text(value)) for value in values)


def value_text(line: Entry) -> str:
    """Return a value as its form is written, the mark of one kept back, or a dash."""
    if line.mark:
        return line.mark
    value = exact_value(line)
    if value is None:
        return NOTHING
    if line.form == "share":
        return _("%(number)s %%") % {"number": number_text(100 * value, 1, fixed=True)}
    return number_text(value, PLACES[line.form])


def exact_value(line: Entry) -> Fraction | None:
    """Return a value unrounded: what was divided by what, else as it stands."""
    if line.value is None:
        return None
    if line.numerator is not None and line.denominator:
        return _exact(line.numerator) / _exact(line.denominator)
    return _exact(line.value)


def _exact(value: Number) -> Fraction:
    return Fraction(str(value))


def number_text(value: Fraction | Number, places: int, *, fixed: bool = False) -> str:
    """Return a number with at most so many decimals, or exactly so many; half up."""
    after = ("." + ("0" if fixed else "#") * places) if places else ""
    return format_decimal(
        half_up(value, places),
        format=f"#,##0{after}",
        locale=to_locale(get_language() or "en"),
    )


def made_of_text(line: Entry) -> str:
    """Return what was divided by what with both named, or how many it is about."""
    if line.mark:
        return _("too few to be shown")
    if line.n is not None:
        return _("of %(n)s") % {"n": number_text(line.n, 0)}
    if line.numerator is None or line.denominator is None:
        return ""
    said = {
        "part": number_text(line.numerator, 2),
        "part_is": line.numerator_is,
        "whole": number_text(line.denominator, 2),
        "whole_is": line.denominator_is,
    }
    if not line.denominator:
        return _("nothing to count: 0 %(whole_is)s") % said
    if line.group:  # what the parts are stands at the whole
        return _("%(part)s of %(whole)s") % said
    return _("%(part)s (%(part_is)s) of %(whole)s (%(whole_is)s)") % said


def left_out_texts(left_out: Mapping[str, int | None]) -> Iterator[str]:
    """Yield why rows were left out, and how many where that may be said."""
    for reason, number in left_out.items():
        count = 2 if number is None else number
        said = _("some") if number is None else number_text(number, 0)
        text = LEFT_OUT[reason](count) if reason in LEFT_OUT else f"%(n)s {reason}"
        yield text % {"n": said}


def _beside(line: Entry) -> Iterator[str]:
    """Yield targets, benchmarks and the note of a line."""
    for target in line.targets:
        yield target_text(target)
    for benchmark in line.benchmarks:
        share = number_text(100 * _exact(benchmark.share), 1)
        if share in benchmark.means:
            yield capitalised(benchmark.means)
        else:
            said = {"share": share, "means": benchmark.means}
            yield _("%(share)s %%: %(means)s") % said
    if line.note:
        yield line.note


def target_text(target: Target) -> str:
    """Return what was to be reached, how many that is, and whether it was."""
    if target.needed is None:
        return target.means
    said = {"means": target.means, "needed": number_text(target.needed, 0)}
    if target.is_met:
        return _("%(means)s: %(needed)s needed, reached") % said
    return _("%(means)s: %(needed)s needed, not reached") % said


def definition_text(definition: Definition) -> str:
    """Return what a measure is, with its rules and its source."""
    said = (definition.about, definition.source)
    return " · ".join(part for part in said if part)
