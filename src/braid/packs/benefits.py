"""Benefit rule packs: what a country's benefits are, and how pay changes them.

Braid ships no amounts. A value that nobody has filled in is there and empty: it is open,
never 0, and what rests on it is shown as not known, with its question to the payer.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any, Literal, Self, cast

from pydantic import BaseModel, Field, model_validator

from braid.kernel.errors import InputFault
from braid.method.benefits import Inputs, Result, RuleSet, evaluate
from braid.method.benefits.stored import inputs_from, plain
from braid.packs import loader
from braid.packs.benefit_checks import At, check, open_in
from braid.packs.benefit_parts import (
    AfterJob,
    Benefit,
    IncentivesUS,
    Income,
    Open,
    Tax,
    Texts,
    Told,
)
from braid.packs.jurisdictions import Role, in_language
from braid.packs.shapes import Pack, Situation

NOT_KNOWN = "not known"


class BenefitPack(Pack):
    """The benefits of a country and the taxes on pay, by whom filled and reviewed.

    A draft may have open values; a reviewed pack has none. `notice` is the label on
    every page and print: information, not a decision. Nothing new is printed by a pack
    that has expired.
    """

    country: str = Field(pattern=r"^[A-Z]{2}$")
    currency: str = Field(pattern=r"^[A-Z]{3}$")
    languages: list[str] = Field(min_length=1)
    valid_from: date
    unit: Literal["month", "year"]
    rules_date: date
    status: Literal["draft", "reviewed", "expired"]
    filled_by_role: Role | None = None
    filled_on: date | None = None
    reviewed_by_role: Role | None = None
    reviewed_on: date | None = None
    expires_on: date | None = None
    notify_delta: Open = None
    notice: Texts
    scope: Texts
    not_covered: list[Texts] = []
    incomes: list[Income] = []
    taxes: list[Tax] = []
    benefits: list[Benefit] = Field(min_length=1)
    transitions: list[AfterJob] = []
    duties: list[Told] = []
    questions: list[Texts] = []
    incentives_us: IncentivesUS | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.status == "reviewed":
            for name in ("filled_by_role", "filled_on", "reviewed_by_role"):
                if getattr(self, name) is None:
                    raise ValueError(f"a reviewed pack says '{name}'")
            if self.reviewed_on is None or self.expires_on is None:
                raise ValueError(
                    "a reviewed pack says 'reviewed_on', and in 'expires_on' until "
                    "when it may be printed"
                )
        check(self.taxes, self.benefits, self._others, self.status == "reviewed")
        return self

    @property
    def rules(self) -> RuleSet:
        """Return what the calculation needs of this pack."""
        return RuleSet(
            id=self.id,
            version=self.version,
            currency=self.currency,
            unit=self.unit,
            rules_date=self.rules_date,
            taxes=tuple(tax.rule() for tax in self.taxes),
            benefits=tuple(benefit.rule() for benefit in self.benefits),
            incomes=tuple(income.rule() for income in self.incomes),
            duties=tuple(duty.value() for duty in self.duties),
            transitions=tuple(each.value() for each in self.transitions),
            questions=tuple(self.questions),
            not_covered=tuple(self.not_covered),
            status=self.status,
            expires_on=self.expires_on,
        )

    @property
    def open_values(self) -> list[str]:
        """Return a line for each part that still has open values, with their names."""
        found = open_in(self.taxes, self.benefits, self._others)
        return [f"{name}: {', '.join(names)}" for _, name, names in found]

    @property
    def _others(self) -> list[tuple[At, BaseModel]]:
        parts: list[tuple[At, BaseModel]] = [
            (("transitions", n), each) for n, each in enumerate(self.transitions)
        ]
        return [*parts, *((("duties", n), each) for n, each in enumerate(self.duties))]

    def is_expired(self, day: date) -> bool:
        """Say whether nothing new may be printed by these rules on `day`."""
        return self.rules.is_expired(day)

    def benefit(self, benefit: str) -> Benefit | None:
        """Return a benefit by its id, in its last rule; None when there is none."""
        return next((b for b in reversed(self.benefits) if b.id == benefit), None)

    def label(self, benefit: str, language: str) -> str:
        """Return what a benefit is called; its id when the pack does not know it."""
        found = self.benefit(benefit)
        return in_language(found.label, language) if found else benefit

    def worked_out(self, inputs: Inputs) -> Result:
        """Return what is left of pay by these rules. Raises: InputFault."""
        return evaluate(self.rules, inputs)


def get(pack: str, version: str | None = None) -> BenefitPack:
    """Return a pack by its id and version. Raises: PackFault, PackFaults."""
    return cast(BenefitPack, loader.get("benefits", pack, version))


def load() -> dict[str, BenefitPack]:
    """Return all packs by id. Raises: PackFaults."""
    return loader.load("benefits")


def of_country(country: str) -> BenefitPack | None:
    """Return the pack of a country by its two letters; None without one."""
    wanted = country.upper()
    found = [pack for pack in load().values() if pack.country == wanted]
    # A pack with the country's own letters is the house's; one beside it is somebody's.
    return max(found, key=lambda pack: pack.id != country.lower(), default=None)


def inputs_of(given: Mapping[str, Any]) -> Inputs:
    """Return inputs from plain values, as a file or a situation gives them.

    `hours` is a number or a list; `benefits` lists ids, or what is known of each.
    Raises: InputFault naming the field.
    """
    said = dict(given)
    if "hours" in said and not isinstance(said["hours"], list):
        said["hours"] = [said["hours"]]
    benefits = said.get("benefits")
    if isinstance(benefits, list):
        said["benefits"] = [
            {"benefit": each} if isinstance(each, str) else each for each in benefits
        ]
    return inputs_from(said)


# Situations: pay and a household, and what is left in the last row.


def run_situation(pack: BenefitPack, situation: Situation) -> list[str]:
    """Work out the input; return where the last row or the cliffs are not as expected.

    `expect` names gross, tax, net, a benefit, marginal or kept, each an amount or
    `not known`; `question` texts of what is not known by benefit; `cliffs`, `about`
    (stretches with less, in whole hours) and `warnings`.
    """
    if not isinstance(situation.input, dict) or not isinstance(situation.expect, dict):
        return ["an input and an expected answer are missing."]
    if not situation.expect:
        return ["nothing is expected. Name a part of the answer and its value."]
    try:
        found = _answer(pack.worked_out(inputs_of(situation.input)))
    except InputFault as fault:
        return [f"it cannot be worked out: {fault}"]
    return [
        f"{part} is {found.get(part, 'no part of it')!r}, expected was {expected!r}."
        for part, expected in situation.expect.items()
        if part not in found or not _agrees(found[part], expected)
    ]


def _answer(result: Result) -> dict[str, Any]:
    row = plain(result.rows[-1])
    answer = {part: _known(row[part]) for part in ("gross", "tax", "net")}
    answer |= {part: _known(row[part]) for part in ("change", "marginal", "kept")}
    answer |= {benefit: _known(each) for benefit, each in row["benefits"].items()}
    return answer | {
        "cliffs": [plain(cliff) for cliff in result.cliffs],
        "about": [list(dip.about) for dip in result.dips],
        "question": {each.benefit: each.question for each in result.unknown},
        "reason": {each.benefit: each.reason for each in result.unknown},
        "warnings": list(result.warnings),
    }


def _known(value: Any) -> Any:
    return NOT_KNOWN if value is None else value


def _agrees(found: Any, expected: Any) -> bool:
    """Say whether all that is expected was found; more may have been."""
    if isinstance(expected, dict):
        return isinstance(found, dict) and all(
            part in found and _agrees(found[part], each)
            for part, each in expected.items()
        )
    if isinstance(expected, list):
        return (
            isinstance(found, list)
            and len(found) == len(expected)
            and all(map(_agrees, found, expected))
        )
    if isinstance(found, str) and found != expected and isinstance(expected, str | int):
        return _same_amount(found, str(expected))
    return bool(found == expected)


def _same_amount(found: str, expected: str) -> bool:
    try:
        return Decimal(found) == Decimal(expected)
    except ArithmeticError:
        return False


loader.register("benefits", BenefitPack, run_situation)
