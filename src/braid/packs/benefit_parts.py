"""The parts of a benefit rule pack, and what each must say for itself."""

from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from braid.method.benefits import incentives_us, values
from braid.method.benefits import rules as method
from braid.packs.shapes import SLUG, Strict


def _in_english(texts: dict[str, str]) -> dict[str, str]:
    if not texts.get("en"):
        raise ValueError("the text is missing in English ('en'), which every text has")
    return texts


Texts = Annotated[dict[str, str], AfterValidator(_in_english)]
"""One text by language, English always."""
Open = Annotated[Decimal, Field(ge=0)] | None
"""An amount, rate or limit; empty while nobody has filled it in."""
Days = Annotated[int, Field(ge=0)] | None
Slug = Annotated[str, Field(pattern=SLUG)]
KEYS_OF_A_KIND = frozenset(key for keys in method.NEEDS.values() for key in keys)
# A right limited in time may also say up to which income a month is not used up.
MAY_ALSO: dict[str, frozenset[str]] = {"time_limited": frozenset({"limit"})}


class Sourced(Strict):
    """What a rule rests on. `read_on` is when somebody read its amounts there.

    `mark` is S (seen in the source), R (general knowledge, a local reviewer checks it)
    or H (decision of the house).
    """

    source: str = Field(min_length=1)
    mark: Literal["S", "R", "H"] = "S"
    read_on: date | None = None


class Dated(Sourced):
    """A rule with the days on which it is in force, both ends included."""

    valid_from: date
    valid_to: date | None = None

    @model_validator(mode="after")
    def _ends_after_it_begins(self) -> Self:
        if self.valid_to is not None and self.valid_to < self.valid_from:
            raise ValueError("'valid_to' is before 'valid_from'")
        return self


class Rounding(Strict):
    """To which step an amount is rounded in its period, and which way."""

    step: Decimal = Field(gt=0)
    mode: Literal["nearest", "up", "down"]


class Band(Strict):
    """From which income on which rate applies; both are given, or open."""

    above: Open
    rate: Open


def in_order(bands: list[Band]) -> list[Band]:
    begins = [band.above for band in bands if band.above is not None]
    if any(later <= earlier for earlier, later in pairwise(begins)):
        raise ValueError("each band begins above the one before it")
    return bands


Banded = Annotated[list[Band], AfterValidator(in_order)]


class After(Strict):
    """Income that a withdrawal counts: gross and what is left of other benefits."""

    after: list[Slug] = Field(min_length=1)


class Condition(Strict):
    """A word of the house's vocabulary, with its number where it has one."""

    word: str = Field(alias="is")
    number: int | None = None

    @model_validator(mode="after")
    def _known(self) -> Self:
        if self.word not in method.CONDITIONS:
            raise ValueError(
                f"'{self.word}' is not one of {', '.join(method.CONDITIONS)}"
            )
        if (self.word in method.WITH_NUMBER) != (self.number is not None):
            raise ValueError("an age, and only an age, has a 'number'")
        return self


class Cap(Strict):
    """The most of a benefit, alone or together with earlier ones."""

    at_most: Open
    together_with: list[Slug] = []


class Withdrawal(Strict):
    """How a benefit falls as income rises.

    Every key that its kind needs is there, if only empty; no other is. Any kind may have
    an `hours_limit`, above which nothing is paid.
    """

    kind: method.Kind
    applies_to: Literal["gross", "net", "hours"] | After = "gross"
    disregard: Open = None
    rate: Open = None
    bands: Banded = []
    limit: Open = None
    hours_limit: Open = None
    months_allowed: Days = None
    window_months: Days = None
    counter: str = ""
    averaging: Literal["month", "quarter", "year"] | None = None

    @model_validator(mode="after")
    def _says_what_its_kind_needs(self) -> Self:
        given = self.model_fields_set & KEYS_OF_A_KIND
        needs = set(method.NEEDS[self.kind])
        if missing := sorted(needs - given):
            raise ValueError(
                f"a withdrawal of the kind '{self.kind}' also says "
                f"{', '.join(missing)}; leave a value empty while it is not known"
            )
        if spare := sorted(given - needs - MAY_ALSO.get(self.kind, frozenset())):
            raise ValueError(
                f"a withdrawal of the kind '{self.kind}' has no {', '.join(spare)}"
            )
        if self.kind == "bands" and not self.bands:
            raise ValueError("the bands are missing; give one with empty values")
        return self

    @property
    def after(self) -> tuple[str, ...]:
        applies = self.applies_to
        return tuple(applies.after) if isinstance(applies, After) else ()

    def rule(self) -> method.Withdrawal:
        applies = self.applies_to
        return method.Withdrawal(
            kind=self.kind,
            applies_to="gross" if isinstance(applies, After) else applies,
            after=self.after,
            disregard=self.disregard,
            rate=self.rate,
            bands=bands_of(self.bands),
            limit=self.limit,
            hours_limit=self.hours_limit,
            has_hours_limit="hours_limit" in self.model_fields_set,
            months_allowed=self.months_allowed,
            window_months=self.window_months,
            counter=self.counter,
            averaging=self.averaging,
        )


class Asked(Dated):
    """A rule with a question to the payer, for as long as something in it is open."""

    id: Slug
    label: Texts
    period: values.Period
    round: Rounding | None = None
    question: Texts | None = None

    @property
    def rounding(self) -> method.Rounding | None:
        return method.Rounding(self.round.step, self.round.mode) if self.round else None


class Tax(Asked):
    """A tax on pay, other gross incomes and taxable benefits."""

    bands: Banded = Field(min_length=1)
    credits: Open = Decimal(0)

    def rule(self) -> method.Tax:
        return method.Tax(
            id=self.id,
            label=self.label,
            period=self.period,
            bands=bands_of(self.bands),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            credit=self.credits,
            rounding=self.rounding,
            question=self.question or {},
        )


class Benefit(Asked):
    """A benefit: who pays it, what it is without pay, and how it falls.

    `base` is an amount, empty while it is open, or `input`: what the household is known
    to have. `interacts_with` names benefits to look at together; it computes nothing.
    """

    payer: Texts
    order: int = Field(ge=1)
    base: Literal["input"] | Open
    conditions: list[Condition] = []
    withdrawal: Withdrawal
    caps: list[Cap] = []
    taxable: bool | None = False
    interacts_with: list[Slug] = []
    report_duty: Texts | None = None

    def rule(self) -> method.Benefit:
        return method.Benefit(
            id=self.id,
            label=self.label,
            payer=self.payer,
            period=self.period,
            order=self.order,
            base=self.base if isinstance(self.base, Decimal) else None,
            base_from_input=self.base == "input",
            withdrawal=self.withdrawal.rule(),
            valid_from=self.valid_from,
            valid_to=self.valid_to,
            conditions=tuple(
                method.Condition(each.word, each.number) for each in self.conditions
            ),
            caps=tuple(
                method.Cap(cap.at_most, tuple(cap.together_with)) for cap in self.caps
            ),
            taxable=self.taxable,
            rounding=self.rounding,
            question=self.question or {},
        )


class Income(Strict):
    """An income beside pay: before tax (gross), or without it (net)."""

    id: Slug
    label: Texts
    basis: Literal["gross", "net"]
    period: values.Period

    def rule(self) -> method.Income:
        return method.Income(self.id, self.basis, self.period)


class Told(Sourced):
    """A duty: who tells whom what, within how many days."""

    who: Texts
    to: Texts
    what: Texts
    within_days: Days

    def value(self) -> values.Duty:
        return values.Duty(self.who, self.to, self.what, self.within_days, self.source)


class AfterJob(Sourced):
    """What becomes of a benefit when the job ends."""

    benefit: Slug
    says: Texts
    waiting_days: Days
    claim_within_days: Days
    restored_amount: Open

    def value(self) -> values.Transition:
        return values.Transition(
            self.benefit,
            self.says,
            self.waiting_days,
            self.claim_within_days,
            self.restored_amount,
            self.source,
        )


class YearLevels(Sourced):
    """The levels of one calendar year of the United States' work incentives."""

    year: int
    trial_work: Decimal = Field(gt=0)
    substantial: Decimal = Field(gt=0)
    substantial_blind: Decimal = Field(gt=0)

    def value(self) -> incentives_us.Levels:
        return incentives_us.Levels(
            self.year,
            self.trial_work,
            self.substantial,
            self.substantial_blind,
            confirmed=self.mark == "S",
        )


class IncentivesUS(Sourced):
    """Work incentives of the United States: terms, and levels year by year."""

    trial_months: int = Field(gt=0)
    trial_window_months: int = Field(gt=0)
    eligibility_months: int = Field(gt=0)
    grace_months: int = Field(ge=0)
    reinstatement_months: int = Field(gt=0)
    general_exclusion: Decimal = Field(ge=0)
    earned_exclusion: Decimal = Field(ge=0)
    earned_share: Decimal = Field(gt=0, le=1)
    levels: list[YearLevels] = Field(min_length=1)

    @model_validator(mode="after")
    def _each_year_once(self) -> Self:
        years = [each.year for each in self.levels]
        if len(set(years)) != len(years):
            raise ValueError("a year has its levels once")
        return self

    @property
    def terms(self) -> incentives_us.Terms:
        return incentives_us.Terms(
            self.trial_months,
            self.trial_window_months,
            self.eligibility_months,
            self.grace_months,
            self.reinstatement_months,
            self.general_exclusion,
            self.earned_exclusion,
            self.earned_share,
        )

    @property
    def by_year(self) -> dict[int, incentives_us.Levels]:
        return {each.year: each.value() for each in self.levels}


def bands_of(bands: list[Band]) -> tuple[method.Band, ...]:
    return tuple(method.Band(band.above, band.rate) for band in bands)
