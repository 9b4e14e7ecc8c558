"""Which rules count for a household on a day, and what they leave open."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from braid.method.benefits.rules import (
    A_MONTH,
    NEEDS,
    Band,
    Benefit,
    RuleSet,
    Tax,
    holds,
    in_force,
)
from braid.method.benefits.values import Inputs, Known, Unknown


@dataclass(frozen=True, slots=True)
class Selected:
    """The rules that count, benefits in order, and those that cannot be worked out.

    `bases` is what each benefit is without pay, in its own period; `months_left` says
    of rights limited in time whether a month is left.
    """

    taxes: tuple[Tax, ...]
    benefits: tuple[Benefit, ...]
    unknown: Mapping[str, Unknown]
    bases: Mapping[str, Fraction] = field(default_factory=dict)
    months_left: Mapping[str, bool] = field(default_factory=dict)


def select(rules: RuleSet, inputs: Inputs, day: date) -> Selected:
    """Return the rules for these inputs in force on `day`."""
    taxes = tuple(in_force(rules.taxes, day))
    unknown = {each.benefit: each for each in _taxes_unknown(rules, taxes)}
    benefits: list[Benefit] = []
    for benefit in sorted(_latest(rules, day), key=lambda each: each.order):
        open_to = [
            holds(each, benefit.id, inputs.household, inputs.benefits)
            for each in benefit.conditions
        ]
        if False in open_to:
            continue
        benefits.append(benefit)
        found = _benefit_unknown(benefit, inputs, day, unknown, None in open_to)
        if found:
            unknown[benefit.id] = found
    for tax in taxes:
        if tax.id not in unknown and (rests_on := _untaxable(benefits, unknown)):
            unknown[tax.id] = Unknown(
                tax.id, tax.question, "rests_on", rests_on, is_tax=True
            )
    listed = {benefit.id for benefit in rules.benefits}
    for known in inputs.benefits:
        if known.benefit not in listed:
            unknown[known.benefit] = Unknown(known.benefit, {}, "no_rule")
    return Selected(
        taxes,
        tuple(benefits),
        unknown,
        {b.id: _base(b, inputs) for b in benefits if b.id not in unknown},
        {b.id: _months_left(b, inputs) for b in benefits if b.id not in unknown},
    )


def given(inputs: Inputs, benefit: str) -> Known | None:
    """Return what is known of a benefit of the household."""
    return next((each for each in inputs.benefits if each.benefit == benefit), None)


def _latest(rules: RuleSet, day: date) -> Iterator[Benefit]:
    """Yield each benefit once: the rule in force, or else the last one written."""
    current = {benefit.id: benefit for benefit in in_force(rules.benefits, day)}
    last = {benefit.id: benefit for benefit in rules.benefits}
    yield from (last | current).values()


def _benefit_unknown(
    benefit: Benefit,
    inputs: Inputs,
    day: date,
    unknown: Mapping[str, Unknown],
    household_unknown: bool,
) -> Unknown | None:
    reason, missing = _why(benefit, inputs, day, unknown, household_unknown)
    if not reason:
        return None
    return Unknown(benefit.id, benefit.question, reason, missing, benefit.payer)


def _why(
    benefit: Benefit,
    inputs: Inputs,
    day: date,
    unknown: Mapping[str, Unknown],
    household_unknown: bool,
) -> tuple[str, tuple[str, ...]]:
    if not in_force([benefit], day):
        return "no_rule", ()
    if household_unknown:
        return "household", tuple(each.word for each in benefit.conditions)
    if missing := open_values(benefit):
        return "open_value", missing
    known = given(inputs, benefit.id)
    if benefit.base_from_input and (known is None or known.amount is None):
        return "no_amount", ("base",)
    if benefit.withdrawal.kind == "time_limited" and (
        known is None or known.months_used is None
    ):
        return "no_counter", (benefit.withdrawal.counter,)
    rests_on = [other for other in used_by(benefit) if other in unknown]
    if benefit.withdrawal.applies_to == "net":
        rests_on += [each.benefit for each in unknown.values() if each.is_tax]
    return ("rests_on", tuple(rests_on)) if rests_on else ("", ())


def used_by(benefit: Benefit) -> tuple[str, ...]:
    """Return the benefits that this one is worked out from, by id."""
    capped = (other for cap in benefit.caps for other in cap.together_with)
    return tuple(dict.fromkeys((*benefit.withdrawal.after, *capped)))


def open_values(rule: Benefit | Tax) -> tuple[str, ...]:
    """Return the names of the values that nobody has filled in.

    Whether a benefit is taxed is asked of taxes only: see `open_taxable`.
    """
    if isinstance(rule, Tax):
        names = ["credit"] if rule.credit is None else []
        return (*names, *_open_bands(rule.bands))
    names = []
    if rule.base is None and not rule.base_from_input:
        names.append("base")
    withdrawal = rule.withdrawal
    for name in NEEDS[withdrawal.kind]:
        if name == "bands":
            names += [f"withdrawal.{each}" for each in _open_bands(withdrawal.bands)]
        elif getattr(withdrawal, name) in (None, ""):
            names.append(f"withdrawal.{name}")
    if withdrawal.has_hours_limit and withdrawal.hours_limit is None:
        names.append("withdrawal.hours_limit")
    names += [
        f"caps.{number}.at_most"
        for number, cap in enumerate(rule.caps, start=1)
        if cap.at_most is None
    ]
    return tuple(names)


def _open_bands(bands: tuple[Band, ...]) -> list[str]:
    if not bands:
        return ["bands"]
    return [
        f"bands.{number}.{name}"
        for number, band in enumerate(bands, start=1)
        for name in ("above", "rate")
        if getattr(band, name) is None
    ]


def _taxes_unknown(rules: RuleSet, current: tuple[Tax, ...]) -> Iterator[Unknown]:
    in_force_now = {tax.id for tax in current}
    for tax in rules.taxes:
        if tax.id not in in_force_now:
            yield Unknown(tax.id, tax.question, "no_rule", is_tax=True)
    for tax in current:
        if missing := open_values(tax):
            yield Unknown(tax.id, tax.question, "open_value", missing, is_tax=True)


def _untaxable(
    benefits: list[Benefit], unknown: Mapping[str, Unknown]
) -> tuple[str, ...]:
    """Return the benefits because of which what is taxed is not known."""
    return tuple(
        benefit.id
        for benefit in benefits
        if benefit.taxable is None or (benefit.taxable and benefit.id in unknown)
    )


def _base(benefit: Benefit, inputs: Inputs) -> Fraction:
    known = given(inputs, benefit.id)
    if not benefit.base_from_input or known is None or known.amount is None:
        return Fraction(benefit.base or 0)
    a_month = Fraction(known.amount) * A_MONTH[known.period]
    return a_month / A_MONTH[benefit.period]


def _months_left(benefit: Benefit, inputs: Inputs) -> bool:
    known = given(inputs, benefit.id)
    allowed = benefit.withdrawal.months_allowed
    if known is None or known.months_used is None or allowed is None:
        return True
    return known.months_used < allowed
