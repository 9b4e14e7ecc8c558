"""Read decimals, durations, hours a week and pay. No formula is ever worked out."""

import re
from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from decimal import Decimal, InvalidOperation
from typing import Literal, NamedTuple

from braid.exchange.roster.reading.sheets import Value
from braid.exchange.roster.values.texts import clean, is_formula
from braid.packs.layouts import folded

Mark = Literal[".", ","]
_number = re.compile(r"[-+\u2212]?\d(?:[\d.,'\u2019\s]*\d)?")
_clock = re.compile(r"(\d{1,2})[:h](\d{2})(?::00)?")
_parts = re.compile(r"([-+\u2212]?\d+(?:[.,]\d+)?)\s*([^\W\d_]*)\.?\s*")
_thousands = re.compile(r"[-+]?\d{1,3}(?:([.,'\u2019 ])\d{3})+")
_words = re.compile(r"[^\W\d_]+")
EXACT = Decimal("0.000001")


class Number(NamedTuple):
    """A number read from a cell, or what is wrong with it.

    `problem`: not_a_number, formula_text, ambiguous_number.
    """

    number: Decimal | None
    problem: str = ""


class Pay(NamedTuple):
    """An amount: currency and unit where the cell says them, and the words around it.

    `problem`: not_a_number, formula_text, ambiguous_number.
    """

    amount: Decimal | None
    currency: str | None = None
    unit: str | None = None
    words: str = ""
    problem: str = ""


def read_number(value: Value, mark: Mark | None) -> Number:
    """Return the number of a cell. `mark` is the decimal mark, None if nobody said."""
    if isinstance(value, bool):
        return Number(None, "not_a_number")
    if isinstance(value, int):
        return Number(Decimal(value))
    if isinstance(value, float):
        return _from_float(value)
    if not isinstance(value, str):
        return Number(None, "not_a_number")
    text = clean(value)
    if is_formula(text):
        return Number(None, "formula_text")
    match = _number.fullmatch(text)
    return _decimal(match[0], mark) if match else Number(None, "not_a_number")


def _from_float(value: float) -> Number:
    number = Decimal(str(value))
    if not number.is_finite():
        return Number(None, "not_a_number")
    # 13.600000000000001 is how a program stores what was typed as 13.6.
    return Number(number.quantize(EXACT).normalize() + 0)


def _decimal(text: str, mark: Mark | None) -> Number:
    bare = re.sub(r"[\s'\u2019]", "", text).replace("\u2212", "-")
    points, commas = bare.count("."), bare.count(",")
    if points and commas:
        mark = "." if bare.rfind(".") > bare.rfind(",") else ","
    elif points + commas == 1:
        found = "." if points else ","
        decimals = len(bare) - bare.index(found) - 1
        if decimals == 3 and mark is None and not bare.lstrip("+-").startswith("0"):
            return Number(None, "ambiguous_number")
        # A lone mark that cannot divide thousands divides decimals.
        mark = found if decimals != 3 or mark is None else mark  # type: ignore[assignment]
    grouping = "," if mark == "." else "."
    plain = bare.replace(grouping, "").replace(",", ".")
    if grouping in bare and not _grouped(bare, grouping):
        return Number(None, "not_a_number")
    try:
        return Number(Decimal(plain))
    except InvalidOperation:
        return Number(None, "not_a_number")


def _grouped(bare: str, grouping: str) -> bool:
    whole = re.split(r"[.,]", bare.replace(grouping, " "))[0]
    return _thousands.fullmatch(whole) is not None


def proven_mark(values: Iterable[Value]) -> Mark | None:
    """Return the decimal mark that a column of texts proves, or None."""
    proofs: set[Mark] = set()
    for value in values:
        if isinstance(value, str):
            match = re.search(r"\d([.,])(\d+)\D*$", clean(value))
            if match and len(match[2]) != 3:
                proofs.add(match[1])  # type: ignore[arg-type]
    return proofs.pop() if len(proofs) == 1 else None


def read_minutes(
    value: Value,
    unit: Literal["minutes", "hours"],
    mark: Mark | None,
    units: Mapping[str, str],
) -> Number:
    """Return a duration in whole minutes; a plain number is in `unit`.

    Read too: 1:30, “45 min”, “1 h 30 min”, a time cell. `units`: word -> minute, hour.
    """
    if isinstance(value, time):
        return Number(Decimal(value.hour * 60 + value.minute))
    if isinstance(value, timedelta):
        return Number(Decimal(round(value.total_seconds() / 60)))
    number = read_number(value, mark)
    factor = 60 if unit == "hours" else 1
    if number.number is None and isinstance(value, str):
        if match := _clock.fullmatch(clean(value).lower()):
            return Number(Decimal(int(match[1]) * 60 + int(match[2])))
        if number.problem == "not_a_number":
            number, factor = _sum_of_parts(clean(value), mark, units), 1
    if number.number is None:
        return number
    return Number((number.number * factor).quantize(Decimal(1)))


def _sum_of_parts(text: str, mark: Mark | None, units: Mapping[str, str]) -> Number:
    """Add up “1 h 30 min”; a last figure without a word after hours is minutes."""
    total, at, before = Decimal(0), 0, ""
    while at < len(text):
        match = _parts.match(text, at)
        if match is None or match.end() == at:
            return Number(None, "not_a_number")
        unit = (
            units.get(folded(match[2]))
            if match[2]
            else ("minute" if before == "hour" else None)
        )
        number = _decimal(match[1], mark).number
        if number is None or unit not in ("minute", "hour"):
            return Number(None, "not_a_number")
        total += number * (60 if unit == "hour" else 1)
        at, before = match.end(), unit
    return Number(total)


def read_hours(value: Value, mark: Mark | None, units: Mapping[str, str]) -> Number:
    """Return hours a week. “20 hrs/wk” is read; “3 d/wk” is not: a day is not told."""
    number = read_number(value, mark)
    if number.problem != "not_a_number" or not isinstance(value, str):
        return number
    match = _number.match(clean(value))
    if match is None:
        return number
    rest = [
        units.get(folded(word)) for word in _words.findall(clean(value)[match.end() :])
    ]
    bare = not any(char.isdigit() for char in clean(value)[match.end() :])
    if bare and rest and rest[0] == "hour" and set(rest[1:]) <= {"week", None}:
        return _decimal(match[0], mark)
    return number


def read_pay(
    value: Value,
    mark: Mark | None,
    currencies: Mapping[str, str],
    units: Mapping[str, str],
) -> Pay:
    """Return an amount with what its cell says of currency and unit.

    `words` is the text around the number without currency signs, folded.
    """
    number = read_number(value, mark)
    if number.problem != "not_a_number" or not isinstance(value, str):
        return Pay(number.number, problem=number.problem)
    text = clean(value)
    found = list(_number.finditer(text))
    if len(found) != 1:
        return Pay(None, problem="not_a_number")
    amount = _decimal(found[0][0], mark)
    around = f"{text[: found[0].start()]} {text[found[0].end() :]}"
    signs = [sign for sign in around if folded(sign) in currencies]
    words = _words.findall(around)
    coded = [currencies[folded(w)] for w in (*signs, *words) if folded(w) in currencies]
    unit = _unit(around, units)
    return Pay(
        amount.number,
        coded[0] if coded else None,
        unit,
        folded(re.sub(r"[€$£]", " ", around)),
        amount.problem,
    )


def _unit(around: str, units: Mapping[str, str]) -> str | None:
    """Return the unit of pay named by the longest listed words in a text."""
    text = f" {folded(around)} "
    for word in sorted(units, key=len, reverse=True):
        if f" {word} " in text:
            return units[word]
    return None
