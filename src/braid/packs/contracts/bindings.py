"""What whoever holds a contract fills in: a file of bindings, checked against the contract.

    contract: nl-municipal-2023
    version: 1
    bindings:
      - parameter: TRAJECTORY_PRICE
        value: "9800.00"
        source: framework agreement, schedule 2
        bound_by: R. Bos, head of finance
        day: 2023-03-10

An amount or number is a decimal in quotes, a way of rounding its word, and a rule that the
contract leaves open is a condition, or `none` where there is no such rule.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

from braid.kernel.errors import PackFault, PackFaults
from braid.method.contracts import shape
from braid.method.contracts.money import MINOR_UNITS
from braid.packs.contracts.faults.money import PARAMETER
from braid.packs.contracts.faults.walking import known
from braid.packs.contracts.faults.words import faults_of_words
from braid.packs.contracts.parameters import ROUNDINGS, Parameter, parameters
from braid.packs.contracts.parts import read_as
from braid.packs.reading import Document, Key, read

NONE = "none"
__all__ = ["bind", "read_bindings", "value_of"]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    parameter: str
    value: object
    source: str
    bound_by: str
    day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class _File:
    contract: str
    version: int
    bindings: tuple[_Row, ...]


def read_bindings(path: Path, contract: shape.Contract) -> shape.Bindings:
    """Return the bindings of a file for a version of a contract.

    Raises: PackFaults with every fault of the file; nothing is bound by half.
    """
    document = read(path)
    file, faults = read_as(_File, document)
    faults += [document.fault(told, at) for at, told in _faults(document, contract)]
    if faults or file is None:
        raise PackFaults(faults)
    return bind(
        contract,
        ((r.parameter, r.value, r.source, r.bound_by, r.day) for r in file.bindings),
    )


def bind(
    contract: shape.Contract, rows: Iterable[tuple[str, object, str, str, date]]
) -> shape.Bindings:
    """Return rows of parameter, value, source, name and day as bindings of a contract.

    Of two rows of one parameter the later one holds. Raises: PackFaults.
    """
    opened = parameters(contract)
    bound: dict[str, shape.Binding] = {}
    faults: list[PackFault] = []
    for name, raw, source, bound_by, day in rows:
        if name not in opened:
            faults.append(PackFault(_not_open(name, opened)))
            continue
        value, told = value_of(contract, name, raw)
        faults += [PackFault(each) for _at, each in told]
        if value is not None:
            bound[name] = shape.Binding(
                parameter=name, value=value, source=source, bound_by=bound_by, day=day
            )
    if faults:
        raise PackFaults(faults)
    return shape.Bindings(
        contract=contract.contract,
        version=contract.version,
        bindings=tuple(bound.values()),
    )


def value_of(
    contract: shape.Contract, name: str, raw: object
) -> tuple[shape.Value | None, list[tuple[Key, str]]]:
    """Return what a file gives a parameter, or None, and what is wrong with it."""
    use = parameters(contract)[name].use
    if use == "condition":
        return _condition(raw)
    if use == "rounding":
        if raw in ROUNDINGS:
            return cast(shape.Value, raw), []
        return None, [((), f"'{name}' is a way of rounding: {known(ROUNDINGS)}.")]
    number = _decimal(raw)
    if number is None:
        return None, [((), f"'{name}' is {_what(use)}. Write it as \"1234.50\".")]
    told = _number_faults(contract, name, use, number)
    return (None if told else number), [((), each) for each in told]


def _decimal(raw: object) -> Decimal | None:
    if isinstance(raw, bool) or not isinstance(raw, str | int | Decimal):
        return None
    try:
        found = Decimal(str(raw).strip())
    except ArithmeticError:
        return None
    return found if found.is_finite() else None


def _what(use: str) -> str:
    return {"amount": "an amount", "whole": "a whole number"}.get(use, "a number")


def _number_faults(
    contract: shape.Contract, name: str, use: str, number: Decimal
) -> list[str]:
    digits = MINOR_UNITS.get(contract.currency, 2)
    decimals = -int(cast(int, number.as_tuple().exponent))
    if number < 0:
        return [f"'{name}' is below nought. Write it without a sign."]
    if use == "whole" and number != number.to_integral_value():
        return [f"'{name}' is a whole number. Write it without decimals."]
    by_unit = any(
        each.kind == "units" and each.amount == shape.Open(parameter=name)
        for each in contract.milestones
    )
    if use == "amount" and decimals > digits and not by_unit:
        return [f"'{name}' has more than {digits} decimals, which nobody can pay."]
    return []


def _condition(raw: object) -> tuple[shape.Value | None, list[tuple[Key, str]]]:
    if raw == NONE:
        return "none", []
    if not isinstance(raw, dict) or "parameter" in raw:
        return None, [((), "An open rule is bound to a condition, or to none.")]
    document = Document("", raw)
    found, faults = read_as(cast(Any, shape.Condition), document)
    told: list[tuple[Key, str]] = [((), each.message) for each in faults]
    told += faults_of_words(document)
    return (None if told else cast(shape.Value, found)), told


def _faults(document: Document, contract: shape.Contract) -> Iterator[tuple[Key, str]]:
    data = document.data
    if not isinstance(data, dict):
        return
    for key in ("contract", "version"):
        wanted = getattr(contract, key)
        if key in data and data[key] != wanted:
            yield (
                (key,),
                f"These values are for {key} '{data[key]}', and the contract is "
                f"{key} '{wanted}'. Take the file of that version.",
            )
    opened, seen = parameters(contract), set[str]()
    rows = data.get("bindings")
    for number, row in enumerate(rows if isinstance(rows, list) else ()):
        if isinstance(row, dict) and isinstance(row.get("parameter"), str):
            yield from _row_faults(
                document, contract, ("bindings", number), row, opened, seen
            )
            seen.add(row["parameter"])


def _row_faults(
    document: Document,
    contract: shape.Contract,
    at: Key,
    row: Mapping[str, Any],
    opened: Mapping[str, Parameter],
    seen: set[str],
) -> Iterator[tuple[Key, str]]:
    name = row["parameter"]
    if name not in opened:
        yield (*at, "parameter"), _not_open(name, opened)
        return
    if name in seen:
        yield (*at, "parameter"), f"'{name}' is bound twice. Keep one of them."
    if row.get("value") is None:
        return  # told as a fault of form
    here = (*at, "value")
    if here in document.bare and opened[name].use == "amount":
        yield (
            here,
            f"The amount {row['value']} has no quotes, so that a program may read it "
            "as a float and lose cents. Write it in quotes.",
        )
    for inner, told in value_of(contract, name, row["value"])[1]:
        yield (*here, *inner), told


def _not_open(name: str, opened: Mapping[str, Parameter]) -> str:
    why = "" if PARAMETER.fullmatch(name) else " A name is in capitals."
    return (
        f"The contract has no parameter '{name}'.{why} It leaves open: {known(opened)}."
    )
