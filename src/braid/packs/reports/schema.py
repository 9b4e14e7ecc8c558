"""What a report says: sections of lines, each naming a measure and a part of it.

A line shows one number of a measure: an amount, a ratio, a statistic, or what the
measure says first. Options choose which lines stand in a report; there are no formulas.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal, Self

from pydantic import Field, model_validator

from braid.kernel.errors import InputFault
from braid.packs.jurisdictions import Language, in_language
from braid.packs.measures.schema import Sentence, Suppression
from braid.packs.reports.periods import Kind
from braid.packs.shapes import Pack, Strict

UNIT = "unit_id"
Rounding = Literal["ceil", "floor", "half_up"]


class Option(Strict):
    """Something that whoever makes the report chooses; printed in its title if said."""

    label: Sentence
    choices: dict[str, Sentence] = Field(min_length=1)
    default: str
    in_title: bool = False

    @model_validator(mode="after")
    def _default_is_a_choice(self) -> Self:
        if self.default not in self.choices:
            raise ValueError(f"the default '{self.default}' is none of the choices")
        return self


When = dict[str, tuple[str, ...]]
"""The choices of options for which something stands in the report; all must hold."""


class Target(Strict):
    """What is to be reached: a share of the denominator, or so many a year for each.

    A share of 0.65 of 16 needs 11 where parts are rounded up. So many a year is asked
    for each unit of the denominator, by months of the line's window beyond the ramp-up.
    """

    share: Decimal | None = Field(default=None, gt=0, le=1)
    per_year: Decimal | None = Field(default=None, gt=0)
    ramp_up_months: int = Field(default=0, ge=0)
    rounding: Rounding = "ceil"
    when: When = {}
    means: Sentence

    @model_validator(mode="after")
    def _one(self) -> Self:
        if (self.share is None) == (self.per_year is None):
            raise ValueError("give one of 'share', 'per_year'")
        return self

    def needed(self, base: Fraction, months: int) -> int:
        """Return what is needed of a denominator in a window of so many months."""
        if self.share is not None:
            return rounded(base * Fraction(self.share), self.rounding)
        counted = max(0, months - self.ramp_up_months)
        each = Fraction(self.per_year or 0) * counted / 12
        return rounded(base * each, self.rounding)


def rounded(value: Fraction, rounding: Rounding) -> int:
    """Return a whole number: the next, the last, or the nearest with halves up."""
    if rounding == "half_up":
        return (value + Fraction(1, 2)).__floor__()
    return value.__ceil__() if rounding == "ceil" else value.__floor__()


class Window(Strict):
    """On which days a line looks; without anything, those of the report's period.

    `end`: its last day. `trailing_days`: so many that end on it. `year_to_date`: from
    the first day of the report's year to it.
    """

    end: Literal[True] | None = None
    trailing_days: int | None = Field(default=None, gt=0)
    year_to_date: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> Self:
        if len(self.model_fields_set) > 1:
            raise ValueError("give one of 'end', 'trailing_days', 'year_to_date'")
        return self


class FromOption(Strict):
    """The choice made for an option of the report."""

    option: str


class Line(Strict):
    """One number of a measure, and by which keys it is shown besides the whole.

    Without a `label` it is called what the measure says of the part. `with` sets options
    of the measure: to a value, or to what an option of the report was chosen to be, as
    `{option: scope}`. `known_by` is an amount of the measure: where it is 0 nobody has
    said anything, and the line has no value.
    """

    label: Sentence | None = None
    measure: str
    amount: str | None = None
    ratio: str | None = None
    statistic: str | None = None
    given: dict[str, str | int | FromOption] = Field(default={}, alias="with")
    known_by: str | None = None
    window: Window = Window()
    by: tuple[str, ...] = ()
    when: When = {}
    targets: tuple[Target, ...] = ()
    note: Sentence | None = None

    @model_validator(mode="after")
    def _one_part(self) -> Self:
        parts = (self.amount, self.ratio, self.statistic)
        if sum(part is not None for part in parts) > 1:
            raise ValueError("give one of 'amount', 'ratio', 'statistic'")
        return self

    def options_of_measure(self, options: Mapping[str, str]) -> dict[str, str | int]:
        """Return the options of the measure as this line sets them."""
        return {
            name: options[value.option] if isinstance(value, FromOption) else value
            for name, value in self.given.items()
        }


class Section(Strict):
    """Lines under one heading."""

    label: Sentence
    about: Sentence | None = None
    lines: dict[str, Line] = Field(min_length=1)


class Report(Pack):
    """A report. `periods` are the kinds it is made for, the usual one first."""

    label: Sentence
    about: Sentence
    valid_from: date
    periods: tuple[Kind, ...] = Field(min_length=1)
    year_begins: int = Field(default=1, ge=1, le=12)
    options: dict[str, Option] = {}
    sections: dict[str, Section] = Field(min_length=1)
    notes: tuple[Sentence, ...] = ()
    suppression: Suppression

    @model_validator(mode="after")
    def _each_line_once(self) -> Self:
        names = [name for _section, name, _line in self._all()]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"the line '{twice[0]}' stands in two sections")
        return self

    @model_validator(mode="after")
    def _known_choices(self) -> Self:
        for _section, name, line in self._all():
            for value in line.given.values():
                if isinstance(value, FromOption) and value.option not in self.options:
                    raise ValueError(
                        f"the line '{name}' takes '{value.option}', which is no option"
                    )
            for when in (line.when, *(target.when for target in line.targets)):
                for option, choices in when.items():
                    known = (
                        self.options[option].choices if option in self.options else ()
                    )
                    for choice in choices:
                        if choice not in known:
                            raise ValueError(
                                f"the line '{name}' waits for '{option}: {choice}', "
                                "which is no choice of an option"
                            )
        return self

    def _all(self) -> Iterator[tuple[str, str, Line]]:
        for key, section in self.sections.items():
            for name, line in section.lines.items():
                yield key, name, line

    def chosen(self, asked: Mapping[str, str]) -> dict[str, str]:
        """Return a choice for each option, the default where none is asked for.

        Raises: InputFault (`option_unknown`, `choice_unknown`).
        """
        for name, choice in asked.items():
            if name not in self.options:
                raise InputFault(
                    f"The report '{self.id}' has no option '{name}'. It has "
                    f"{', '.join(self.options) or 'none'}.",
                    field=name,
                    reason="option_unknown",
                )
            known = self.options[name].choices
            if choice not in known:
                raise InputFault(
                    f"'{choice}' is no choice of '{name}'. Choose {', '.join(known)}.",
                    field=name,
                    reason="choice_unknown",
                )
        return {
            name: asked.get(name, option.default)
            for name, option in self.options.items()
        }

    def lines(self, options: Mapping[str, str]) -> Iterator[tuple[str, str, Line]]:
        """Yield section, name and line of what stands in the report with these options."""
        return (each for each in self._all() if holds(each[2].when, options))

    def name(self, language: Language) -> str:
        """Return the label in `language`, else in its base or in English."""
        return in_language(self.label, language)

    def title(self, options: Mapping[str, str], language: Language) -> str:
        """Return the label with the choices that belong into the title."""
        said = [
            in_language(option.choices[options[name]], language)
            for name, option in self.options.items()
            if option.in_title
        ]
        return (
            f"{self.name(language)} ({', '.join(said)})"
            if said
            else self.name(language)
        )


def holds(when: Mapping[str, tuple[str, ...]], options: Mapping[str, str]) -> bool:
    """Say whether every option has one of the choices waited for."""
    return all(options.get(name) in choices for name, choices in when.items())
