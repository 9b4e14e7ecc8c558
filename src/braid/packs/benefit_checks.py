"""What must hold between the parts of a benefit rule pack, each fault at its line."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from itertools import combinations
from typing import Any

from pydantic import BaseModel
from pydantic_core import InitErrorDetails, PydanticCustomError, ValidationError

from braid.method.benefits.rules import Benefit as Rule
from braid.method.benefits.selection import open_values, used_by
from braid.packs.benefit_parts import Asked, Benefit, Tax

At = tuple[str | int, ...]
Fault = tuple[At, str]
# Counts of days are found by whoever reads the law, not by a rule.
DAYS = frozenset({"within_days", "waiting_days", "claim_within_days"})


def check(
    taxes: Sequence[Tax],
    benefits: Sequence[Benefit],
    others: Sequence[tuple[At, BaseModel]],
    reviewed: bool,
) -> None:
    """Raise ValidationError with every fault between rules, if there is one.

    `others` are duties, transitions and incomes with where they stand.
    """
    faults = [
        *_versions("taxes", taxes),
        *_versions("benefits", benefits),
        *_order(benefits),
        *_names(benefits, others),
        *_questions(taxes, benefits, reviewed),
        *_read(taxes, benefits, others),
    ]
    if reviewed:
        faults += [
            (at, f"it is open: {', '.join(names)}. A reviewed pack has no open value")
            for at, _, names in open_in(taxes, benefits, others)
        ]
    if faults:
        details = [
            InitErrorDetails(
                type=PydanticCustomError("benefits", "{told}", {"told": told}),
                loc=at,
                input=None,
            )
            for at, told in faults
        ]
        raise ValidationError.from_exception_data("benefits", details)


def open_in(
    taxes: Sequence[Tax],
    benefits: Sequence[Benefit],
    others: Sequence[tuple[At, BaseModel]],
) -> Iterator[tuple[At, str, tuple[str, ...]]]:
    """Yield each part with open values: where it stands, its name, their names."""
    for at, rule in _rules(taxes, benefits):
        if names := open_names(rule):
            yield at, rule.id, names
    for at, part in others:
        names = tuple(
            name
            for name in (*sorted(DAYS), "restored_amount")
            if name in type(part).model_fields and getattr(part, name) is None
        )
        if names:
            yield at, f"{at[0]} {int(at[1]) + 1}", names


def open_names(rule: Tax | Benefit) -> tuple[str, ...]:
    """Return the names of the values of a rule that nobody has filled in."""
    names = open_values(rule.rule())
    if isinstance(rule, Benefit) and rule.taxable is None:
        names = (*names, "taxable")
    return names


def _versions(kind: str, rules: Sequence[Asked]) -> Iterator[Fault]:
    """Two editions of one rule are never in force on one day."""
    numbered = sorted(enumerate(rules), key=lambda each: each[1].valid_from)
    for (_, one), (number, later) in combinations(numbered, 2):
        until = one.valid_to or date.max
        if one.id == later.id and later.valid_from <= until:
            yield (
                (kind, number, "valid_from"),
                f"'{one.id}' is in force twice on {later.valid_from}; end the "
                "earlier rule the day before",
            )


def _order(benefits: Sequence[Benefit]) -> Iterator[Fault]:
    """A benefit rests on earlier ones only, so that none leads back to itself."""
    order = {benefit.id: benefit.order for benefit in benefits}
    for number, benefit in enumerate(benefits):
        rule: Rule = benefit.rule()
        for other in used_by(rule):
            if other not in order:
                yield (
                    ("benefits", number),
                    f"'{other}' is not a benefit of this pack",
                )
            elif order[other] >= benefit.order:
                yield (
                    ("benefits", number, "order"),
                    f"'{benefit.id}' rests on '{other}', which is not worked out "
                    "before it; benefits may not rest on each other in a circle",
                )


def _names(
    benefits: Sequence[Benefit], others: Sequence[tuple[At, BaseModel]]
) -> Iterator[Fault]:
    known = {benefit.id for benefit in benefits}
    for number, benefit in enumerate(benefits):
        for other in benefit.interacts_with:
            if other not in known or other == benefit.id:
                yield (
                    ("benefits", number, "interacts_with"),
                    f"'{other}' is not another benefit of this pack",
                )
    for at, part in others:
        named = getattr(part, "benefit", None)
        if named is not None and named not in known:
            yield (*at, "benefit"), f"'{named}' is not a benefit of this pack"


def _questions(
    taxes: Sequence[Tax], benefits: Sequence[Benefit], reviewed: bool
) -> Iterator[Fault]:
    """What is open, or asked of the household, has a question."""
    for at, rule in _rules(taxes, benefits):
        asks = open_names(rule) or getattr(rule, "base", None) == "input"
        asks = asks or (isinstance(rule, Benefit) and rule.withdrawal.counter)
        if asks and rule.question is None and not reviewed:
            yield at, f"'{rule.id}' may be not known; give it a 'question' to the payer"


def _read(
    taxes: Sequence[Tax],
    benefits: Sequence[Benefit],
    others: Sequence[tuple[At, BaseModel]],
) -> Iterator[Fault]:
    """Whoever fills an amount says when it was read in the source."""
    parts: list[tuple[At, BaseModel]] = [*_rules(taxes, benefits), *others]
    for at, part in parts:
        if getattr(part, "read_on", date.min) is None and _filled(part.model_dump()):
            yield at, "an amount is filled in; say in 'read_on' when it was read"


def _rules(
    taxes: Sequence[Tax], benefits: Sequence[Benefit]
) -> Iterator[tuple[At, Tax | Benefit]]:
    for number, tax in enumerate(taxes):
        yield ("taxes", number), tax
    for number, benefit in enumerate(benefits):
        yield ("benefits", number), benefit


def _filled(said: Any) -> bool:
    """Say whether an amount other than 0 stands anywhere in a part."""
    if isinstance(said, dict):
        return any(_filled(each) for each in said.values())
    if isinstance(said, list):
        return any(_filled(each) for each in said)
    return isinstance(said, Decimal) and said != 0
