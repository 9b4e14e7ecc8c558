"""Read decimals, durations, hours a week and pay. No formula is ever worked out."""

import re
from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from decimal import Decimal
from typing import Literal, NamedTuple

from braid.exchange.roster.reading.sheets import Value
from braid.exchange.roster.values.texts import clean, is_formula
from braid.packs.layouts import folded

Mark = Literal[".", ","]
_number = re.compile(r"[-+\u2212]?\d(?:[\d.,'\u2019\s]*\d)?")
_clock = re.compile(r"(\d{1,2})[:h](\d{2})(?::00)?")
_parts = re.compile(r"([-+\u2212]?\d+(?:[.,]\d+)?)\s*([^\W\d_]*)\.?\s*")
_gap = re.compile(r"[\s'\u2019]")
_spaced = re.compile(r"[1-9]\d{0,2}(?:([\s'\u2019])\d{3})(?:\1\d{3})*([.,]\d+)?")
_marked = re.compile(r"(\d+)([.,])(\d+)")
_GROUPS: tuple[tuple[Mark, str], ...] = ((",", "."), (".", ","))
_grouped: Mapping[Mark, re.Pattern[str]] = {
    mark: re.compile(rf"[1-9]\d{{0,2}}(?:[{group}]\d{{3}})+(?:[{mark}]\d+)?")
    for mark, group in _GROUPS
}
_words = re.compile(r"[^\W\d_]+")
PER = frozenset(
    [
        "a",
        "an",
        "per",
        "p",
        "pr",
        "pro",
        "i",
        "im",
        "in",
        "om",
        "je",
        "the",
        "each",
        "every",
        "och",
    ]
)
"""Words that may stand between hours and week."""

PROOFS = 3
"""So many different texts outweigh what was stated of all files; fewer may be slips."""

LARGEST = 10**12
LONGEST = 24
"""Beyond these a number is none that a roster could mean."""

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
    if isinstance(value, int | float):
        return _from_cell(value)
    if not isinstance(value, str):
        return Number(None, "not_a_number")
    text = clean(value)
    if is_formula(text):
        return Number(None, "formula_text")
    match = _number.fullmatch(text)
    return _decimal(match[0], mark) if match else Number(None, "not_a_number")


def _from_cell(value: float) -> Number:
    number = Decimal(str(value)) if abs(value) < LARGEST else None
    if number is None:  # not a number at all too: it is less than nothing
        return Number(None, "not_a_number")
    # 13.600000000000001 is how a program stores what was typed as 13.6.
    return Number(number.quantize(EXACT).normalize() + 0)


def _decimal(text: str, mark: Mark | None) -> Number:
    """Return the number of figures and marks; what groups no thousands is no group."""
    if len(text) > LONGEST:
        return Number(None, "not_a_number")
    sign = "-" if text[0] in "-\u2212" else ""
    bare = text.lstrip("-+\u2212")
    if _gap.search(bare):
        if not _spaced.fullmatch(bare):
            return Number(None, "not_a_number")
        # Spaces group the thousands, so the mark divides the decimals.
        return Number(Decimal(sign + _gap.sub("", bare).replace(",", ".")))
    match = _marked.fullmatch(bare)
    if match is not None:
        whole, found, decimals = match.groups()
        if _is_decimal(whole, decimals):
            mark = _mark(found)
        if mark is None:
            return Number(None, "ambiguous_number")
        return Number(Decimal(sign + bare.replace(found, "." if mark == found else "")))
    for mark_met, form in _grouped.items():
        if form.fullmatch(bare):
            group = "," if mark_met == "." else "."
            plain = bare.replace(group, "").replace(",", ".")
            return Number(Decimal(sign + plain))
    if bare.isdecimal():
        return Number(Decimal(sign + bare))
    return Number(None, "not_a_number")


def _is_decimal(whole: str, decimals: str) -> bool:
    """Say whether a lone mark must divide decimals, as it can divide no thousands."""
    return len(decimals) != 3 or len(whole) > 3 or whole.startswith("0")


def is_ambiguous(text: str) -> bool:
    """Say whether a text holds a number whose mark may divide either."""
    found = _number.findall(clean(text))
    return len(found) == 1 and _decimal(found[0], None).problem == "ambiguous_number"


def proven_marks(values: Iterable[Value]) -> list[Mark]:
    """Return the decimal mark that each different text proves; most prove none."""
    found: list[Mark] = []
    for text in {clean(value) for value in values if isinstance(value, str)}:
        numbers = _number.findall(text)
        mark = _proof(numbers[0]) if len(numbers) == 1 else None
        if mark is not None:
            found.append(mark)
    return found


def _proof(number: str) -> Mark | None:
    bare = number.lstrip("-+\u2212")
    if match := _marked.fullmatch(bare):
        return _mark(match[2]) if _is_decimal(match[1], match[3]) else None
    if match := _spaced.fullmatch(bare):
        return _mark(match[2][0]) if match[2] else None
    return next((m for m, form in _grouped.items() if form.fullmatch(bare)), None)


def _mark(char: str) -> Mark:
    return "," if char == "," else "."


def mark_of_column(stated: Mark | None, values: Iterable[Value]) -> Mark | None:
    """Return the decimal mark of a column: its own proof goes before what was stated.

    None where neither says it, or where a text or two speak against the statement.
    """
    proofs = proven_marks(values)
    proven = proofs[0] if len(set(proofs)) == 1 else None
    if stated is None or proven in (None, stated):
        return stated or proven
    return proven if len(proofs) >= PROOFS else None


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
    return Number(total) if at else Number(None, "not_a_number")


def read_hours(value: Value, mark: Mark | None, units: Mapping[str, str]) -> Number:
    """Return hours a week. “20 hrs/wk” is read; “3 d/wk” and “20 hrs/month” are not."""
    number = read_number(value, mark)
    if number.problem != "not_a_number" or not isinstance(value, str):
        return number
    match = _number.match(clean(value))
    if match is None:
        return number
    rest = clean(value)[match.end() :]
    words = [word for word in map(folded, _words.findall(rest)) if word not in PER]
    told = [units.get(word) for word in words]
    bare = not any(char.isdigit() for char in rest)
    if bare and told in (["hour"], ["hour", "week"]):
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
