"""Measures: what is counted, over what, in which window. Data that names words.

A word (`braid.method.measures`) gives rows with amounts; a figure is a sum of amounts,
a ratio one sum over another, a statistic says something of how amounts are spread.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import InitErrorDetails, PydanticCustomError

from braid.kernel.errors import InputFault
from braid.method.measures import WORDS, Parameter, Word
from braid.packs.jurisdictions import Language, Names, in_language
from braid.packs.measures.statistics import Amounts, Kinds, UnitMean
from braid.packs.shapes import Pack, Strict

Basis = Literal["referred", "accepted", "entered", "profile"]
Form = Literal["share", "days", "number"]
"""How a value is written: a share in per cent, days, or a plain number."""
Suppression = Literal["nhs-mhsds", "nhs-hes", "dst", "cbs", "cms"]
BASIS_COLUMN: Mapping[str, str] = {
    "referred": "referred_on",
    "accepted": "accepted_on",
    "entered": "entered_on",
    "profile": "profile_started_on",
}
"""The column of `episodes` from which each basis counts."""
# What the measure says once, and each of its words is given that takes it.
OF_THE_MEASURE = ("basis", "profile")
UNIT = "unit_id"

Fault = tuple[tuple[str | int, ...], str]


def _refuse(faults: Iterable[Fault]) -> None:
    """Raise all faults at once, each at its place below the field."""
    details = [
        InitErrorDetails(
            type=PydanticCustomError("measure", "{told}", {"told": told}),
            loc=at,
            input=None,
        )
        for at, told in faults
    ]
    if details:
        raise ValidationError.from_exception_data("measure", details)


def _unknown(name: str, what: str, known: Iterable[str]) -> str:
    listed = ", ".join(sorted(known)) or "none"
    return f"'{name}' is no {what}. Known are: {listed}"


def _in_english(names: Names) -> Names:
    if not names.get("en", "").strip():
        raise ValueError("the English sentence ('en') is missing")
    return names


Sentence = Annotated[Names, AfterValidator(_in_english)]


class Window(Strict):
    """On which days is counted; one of the four."""

    day: Literal[True] | None = None
    as_of: Literal[True] | None = None
    trailing_days: int | None = Field(default=None, gt=0)
    quarters: Literal[True] | None = None

    @model_validator(mode="after")
    def _one(self) -> "Window":
        if len(self.model_fields_set) != 1:
            raise ValueError("give one of 'day', 'as_of', 'trailing_days', 'quarters'")
        return self

    @property
    def is_one_day(self) -> bool:
        """Say whether the window is the as-of day, and no period can be asked."""
        return bool(self.day or self.as_of)


class Use(Strict):
    """A word and what it is given beside the measure's own basis and profile."""

    word: str
    given: dict[str, Any] = Field(default={}, alias="with")

    @property
    def defined(self) -> Word:
        """Return the word itself."""
        return WORDS[self.word]


class Ratio(Strict):
    """One sum over another; with `per`, over that many of the denominator's units.

    `unless`: reasons for which rows are left out of one of the two sums and not of the
    other, so that the ratio would be wrong; it then has no value.
    """

    of: Amounts
    to: Amounts
    per: int = Field(default=1, gt=0)
    unless: tuple[str, ...] = ()
    form: Form
    means: Sentence


class Statistic(Kinds):
    """What is said of the spread of amounts, or of the ratios of units."""

    form: Form
    means: Sentence


class Benchmark(Strict):
    """A value that others publish, to be shown beside the measure and never a test."""

    at: float
    means: Sentence


class Measure(Pack):
    """A measure. Its value is its first ratio, else its first statistic or amount.

    `options` are parameters of its words, `basis` and `profile` that a report or a page
    may set otherwise for all words that take them; `with_options` does it.
    """

    label: Sentence
    about: Sentence
    counts: Sentence
    valid_from: date
    window: Window
    basis: Basis | None = None
    profile: Literal["strict", "as_coded"] | None = None
    words: tuple[Use, ...] = Field(min_length=1)
    amounts: dict[str, Sentence] = Field(min_length=1)
    ratios: dict[str, Ratio] = {}
    statistics: dict[str, Statistic] = {}
    benchmarks: tuple[Benchmark, ...] = ()
    options: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    suppression: Suppression

    @field_validator("words")
    @classmethod
    def _known_words(
        cls, words: tuple[Use, ...], info: ValidationInfo
    ) -> tuple[Use, ...]:
        _refuse(fault for n, use in enumerate(words) for fault in _used(n, use, info))
        return words

    @field_validator("amounts")
    @classmethod
    def _known_amounts(
        cls, amounts: dict[str, Names], info: ValidationInfo
    ) -> dict[str, Names]:
        if words := info.data.get("words"):
            _refuse(_counted(amounts, words))
        return amounts

    @field_validator("ratios")
    @classmethod
    def _of_amounts(
        cls, ratios: dict[str, Ratio], info: ValidationInfo
    ) -> dict[str, Ratio]:
        if amounts := info.data.get("amounts"):
            _refuse(
                ((key, role), _unknown(name, "amount of this measure", amounts))
                for key, ratio in ratios.items()
                for role, names in (("of", ratio.of), ("to", ratio.to))
                for name in names
                if name not in amounts
            )
        return ratios

    @field_validator("ratios")
    @classmethod
    def _unless_known(
        cls, ratios: dict[str, Ratio], info: ValidationInfo
    ) -> dict[str, Ratio]:
        known = {r for use in info.data.get("words", ()) for r in use.defined.left_out}
        _refuse(
            ((key, "unless", n), _unknown(reason, "reason of its words", known))
            for key, ratio in ratios.items()
            for n, reason in enumerate(ratio.unless)
            if reason not in known
        )
        return ratios

    @field_validator("statistics")
    @classmethod
    def _of_one_word(
        cls, statistics: dict[str, Statistic], info: ValidationInfo
    ) -> dict[str, Statistic]:
        if words := info.data.get("words"):
            together = [set(use.defined.amounts) for use in words]
            _refuse(
                ((key,), _apart(statistic.amounts, together))
                for key, statistic in statistics.items()
                if not any(set(statistic.amounts) <= known for known in together)
            )
        shown = info.data.get("amounts", {})
        _refuse(
            ((key,), _unknown(name, "amount of this measure", shown))
            for key, statistic in statistics.items()
            if isinstance(statistic.read, UnitMean)
            for name in (*statistic.read.of, *statistic.read.to)
            if name not in shown
        )
        return statistics

    @field_validator("options")
    @classmethod
    def _known_options(
        cls, options: tuple[str, ...], info: ValidationInfo
    ) -> tuple[str, ...]:
        words = info.data.get("words", ())
        known = {name for use in words for name in use.defined.parameters}
        _refuse(
            ((n,), _unknown(name, "parameter of its words", known))
            for n, name in enumerate(options)
            if name not in known
        )
        return options

    @field_validator("by")
    @classmethod
    def _known_keys(cls, by: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if words := info.data.get("words"):
            known = {UNIT} | set.intersection(*(set(u.defined.keys) for u in words))
            _refuse(
                (
                    (n,),
                    _unknown(key, "key by which all its words can be grouped", known),
                )
                for n, key in enumerate(by)
                if key not in known
            )
        return by

    def parameters(self, use: Use) -> dict[str, Any]:
        """Return the parameters of a word of this measure, as the word takes them."""
        word = use.defined
        own = {n: getattr(self, n) for n in OF_THE_MEASURE if n in word.parameters}
        return word.read(own | use.given)

    def option(self, name: str) -> Parameter:
        """Return what an option may be. Raises: InputFault (`option_unknown`)."""
        if name not in self.options:
            known = ", ".join(self.options) or "none"
            raise InputFault(
                f"'{self.id}' has no option '{name}'. Its options: {known}.",
                field=name,
                reason="option_unknown",
            )
        taking = (use.defined.parameters.get(name) for use in self.words)
        return next(found for found in taking if found is not None)

    @property
    def chosen(self) -> dict[str, Any]:
        """Return every option with its value in force, as the first word takes it."""
        return {
            name: next(
                self.parameters(use)[name]
                for use in self.words
                if name in use.defined.parameters
            )
            for name in self.options
        }

    def with_options(self, **given: Any) -> Self:
        """Return the measure with options set as a data file would write them.

        Raises: InputFault (`option_unknown`, `parameter_value`).
        """
        for name, value in given.items():
            self.option(name).read(name, value)
        own = {name: given[name] for name in OF_THE_MEASURE if name in given}
        words = tuple(
            use.model_copy(update={"given": use.given | _taken(use, given, own)})
            for use in self.words
        )
        return self.model_copy(update={"words": words, **own})

    def told_by(self, keys: Iterable[str]) -> Self:
        """Return the measure with no keys but these, and the unit where it needs it."""
        wanted = set(keys)
        if any(isinstance(each.read, UnitMean) for each in self.statistics.values()):
            wanted.add(UNIT)
        return self.model_copy(
            update={"by": tuple(key for key in self.by if key in wanted)}
        )

    def amounts_of(self, use: Use) -> tuple[str, ...]:
        """Return the amounts of a word that this measure shows, in its own order."""
        return tuple(name for name in self.amounts if name in use.defined.amounts)

    def name(self, language: Language) -> str:
        """Return the label in `language`, else in its base or in English."""
        return in_language(self.label, language)


def _taken(
    use: Use, given: Mapping[str, Any], own: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the options that a word takes and the measure itself does not hold."""
    takes = use.defined.parameters
    return {n: v for n, v in given.items() if n in takes and n not in own}


def _used(number: int, use: Use, info: ValidationInfo) -> Iterator[Fault]:
    """Yield what is wrong with one use of a word."""
    if use.word not in WORDS:
        yield (number, "word"), _unknown(use.word, "word", WORDS)
        return
    takes = use.defined.parameters
    own = [name for name in OF_THE_MEASURE if name in takes]
    for name, value in use.given.items():
        at = (number, "with", name)
        if name not in takes or name in own:
            known = [each for each in takes if each not in own]
            yield at, _unknown(name, f"parameter of '{use.word}'", known)
            continue
        try:
            takes[name].read(name, value)
        except InputFault as fault:
            yield at, str(fault).rstrip(".")
    for name in own:
        if name in info.data and info.data[name] is None:
            yield (number, "word"), f"'{use.word}' needs the measure to name a '{name}'"


def _counted(amounts: Mapping[str, Names], words: Iterable[Use]) -> Iterator[Fault]:
    known = [name for use in words for name in use.defined.amounts]
    for name in amounts:
        if known.count(name) == 0:
            yield (name,), _unknown(name, "amount of its words", known)
        elif known.count(name) > 1:
            yield (name,), f"'{name}' is an amount of two of its words"


def _apart(names: tuple[str, ...], together: Iterable[set[str]]) -> str:
    listed = "; ".join(", ".join(sorted(known)) for known in together)
    read = " and ".join(f"'{name}'" for name in names)
    return f"{read} are not amounts of one word. Known are: {listed}"
