"""Amounts, percentages, levels of a year and parameters."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from itertools import groupby
from typing import Any

from braid.method.contracts.money import MINOR_UNITS
from braid.method.contracts.shape import COMPARISONS
from braid.packs.contracts.faults.walking import (
    Fault,
    decimal,
    known,
    listed,
    mappings,
    milestones,
    part,
)
from braid.packs.reading import Document, Key

WHOLE = Decimal(100)
PARAMETER = re.compile(r"[A-Z][A-Z0-9_]*")
CURRENCY = re.compile(r"[A-Z]{3}")


def faults_of_money(document: Document) -> Iterator[Fault]:
    """Yield faults of amounts, percentages, levels and parameters."""
    data = document.data
    currency = data.get("currency")
    if isinstance(currency, str) and not CURRENCY.fullmatch(currency):
        yield (
            ("currency",),
            f"'{currency}' is not a currency. Write its code of three capitals, as EUR.",
        )
    yield from _amounts(document, MINOR_UNITS.get(str(currency), 2))
    yield from _parameters(data)
    yield from _levels(data)
    yield from _level_uses(data)
    yield from _percentages(data)
    if data.get("vat", "none") == "none" and "vat_percent" in data:
        yield (
            ("vat_percent",),
            "There is a rate of VAT, and 'vat' says that there is none. Correct one.",
        )


def _amounts(document: Document, digits: int) -> Iterator[Fault]:
    by_units = {
        at for at, each in milestones(document.data) if each.get("kind") == "units"
    }
    for at, found in mappings(document.data):
        if "value" not in found or isinstance(found["value"], dict | list):
            continue
        here = (*at, "value")
        amount = decimal(found["value"])
        if amount is None:
            continue  # told as a fault of form
        if here in document.bare:
            yield (
                here,
                f"The amount {found['value']} has no quotes, so that a program may read "
                f'it as a float and lose cents. Write "{_written(amount, digits)}".',
            )
        if amount < 0:
            yield here, f"The amount {amount} is below nought. Write it without a sign."
        if at[:2] not in by_units and -int(amount.as_tuple().exponent) > digits:
            yield (
                here,
                f"The amount {amount} has more than {digits} decimals, which nobody can "
                "pay. Write the amount that is paid.",
            )


def _written(amount: Decimal, digits: int) -> str:
    given = -int(amount.as_tuple().exponent)
    return str(amount) if given >= digits else f"{amount:.{digits}f}"


def _parameters(data: Mapping[str, Any]) -> Iterator[Fault]:
    uses: dict[str, tuple[str, Key]] = {}
    for at, found in mappings(data):
        name = found.get("parameter")
        if not isinstance(name, str):
            continue
        here = (*at, "parameter")
        if not PARAMETER.fullmatch(name):
            yield (
                here,
                f"'{name}' is no name of a parameter. Write it in capitals, as "
                f"'{re.sub(r'[^A-Z0-9]+', '_', name.upper()).strip('_') or 'PRICE'}'.",
            )
            continue
        use = _stands_for(at)
        first, where = uses.setdefault(name, (use, here))
        if first != use:
            yield (
                here,
                f"The parameter '{name}' stands for {use} here and for {first} in "
                f"'{'.'.join(map(str, where[:-1]))}'. Give one of them another name.",
            )


def _stands_for(at: Key) -> str:
    """Return what an open value at this place will be bound to."""
    name = next((each for each in reversed(at) if isinstance(each, str)), "")
    if name in ("amount", "base"):
        return "an amount"
    if name == "rounding":
        return "a way of rounding"
    return "a condition" if name in _CONDITIONS else "a number"


_CONDITIONS = frozenset(
    {
        "population",
        "entry",
        "reached",
        "conditions",
        "since",
        "from",
        "until",
        "when",
        "due",
        "hold_if",
        "any_of",
        "all_of",
        "none_of",
    }
)


def _levels(data: Mapping[str, Any]) -> Iterator[Fault]:
    kept = sorted(
        (
            (str(each.get("name")), each.get("year"), at, each)
            for at, each in listed(data, "levels")
            if isinstance(each.get("year"), int)
        ),
        key=lambda each: (each[0], each[1], each[2][-1]),
    )
    for (name, year), group in groupby(kept, key=lambda each: each[:2]):
        closed = False
        for _name, _year, at, each in group:
            if closed:
                yield (
                    at,
                    f"This entry of '{name}' for {year} is never read: the one before has "
                    "no 'when'. Put it first, or take it out.",
                )
            closed = closed or "when" not in each


def _level_uses(data: Mapping[str, Any]) -> Iterator[Fault]:
    years: dict[str, set[int]] = {}
    for _at, each in listed(data, "levels"):
        if isinstance(each.get("year"), int):
            years.setdefault(str(each.get("name")), set()).add(each["year"])
    covered = _covered(data)
    lacking: dict[str, list[int]] = {}
    for at, found in mappings(data):
        name = found.get("level")
        if not isinstance(name, str):
            continue
        here = (*at, "level")
        if not _in_threshold(at):
            yield here, "A level stands in a threshold only. Write a number here."
        elif name not in years:
            yield here, f"There is no level '{name}'. Known are: {known(years)}."
        else:
            lacking[name] = sorted(set(covered) - years[name])
    for name, missing in lacking.items():
        if missing:
            yield (
                ("levels",),
                f"The level '{name}' has no amount for {known(map(str, missing))}, which "
                "this version covers. Add it.",
            )


def _covered(data: Mapping[str, Any]) -> range:
    """Return the years of a version; of one without a last day only the first."""
    begins, ends = data.get("valid_from"), data.get("valid_to")
    first = getattr(begins, "year", None)
    if first is None:
        return range(0)
    return range(first, getattr(ends, "year", first) + 1)


def _in_threshold(at: Key) -> bool:
    return at[-1] in COMPARISONS and bool({"threshold", "record_also"} & set(at))


def _percentages(data: Mapping[str, Any]) -> Iterator[Fault]:
    for at, key, value in _percents(data):
        share = decimal(value)
        if share is not None and not 0 <= share <= WHOLE:
            yield (*at, key), f"{share} per cent is not between 0 and 100. Correct it."
    for at, milestone in milestones(data):
        shares = [
            decimal(each.get("percent")) for _, each in listed(milestone, "split")
        ]
        whole = sum((each for each in shares if each is not None), Decimal(0))
        if shares and None not in shares and whole != WHOLE:
            yield (
                (*at, "split"),
                f"The parts of the split make {whole} per cent. Make them 100.",
            )
        payers = [str(each.get("payer")) for _, each in listed(milestone, "split")]
        for number, payer in enumerate(payers):
            if payer in payers[:number]:
                yield (
                    (*at, "split", number),
                    f"'{payer}' has two parts of the split. Make them one.",
                )


def _percents(data: Mapping[str, Any]) -> Iterator[tuple[Key, str, Any]]:
    if not isinstance(data.get("vat_percent"), dict):
        yield (), "vat_percent", data.get("vat_percent")
    yield ("advance",), "percent", part(data, "advance").get("percent")
    for at, milestone in milestones(data):
        yield at, "retention_percent", milestone.get("retention_percent")
        for place, each in listed(milestone, "split", at):
            yield place, "percent", each.get("percent")
