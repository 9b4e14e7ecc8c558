"""National numbers of people and employers: ok, unusual or impossible.

An unusual number is taken with a warning, an impossible one is refused.
Nothing here keeps or logs a number: `Checked` is handed back to whoever asked, who
stores it encrypted and shows `masked`. Registers of employers are public and not
masked.
"""

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal

from stdnum import luhn
from stdnum.dk import cpr, cvr
from stdnum.exceptions import ValidationError
from stdnum.gb import nhs
from stdnum.nl import bsn
from stdnum.no import fodselsnummer
from stdnum.no import orgnr as no_orgnr
from stdnum.se import orgnr as se_orgnr

from braid.kernel.errors import InputFault

State = Literal["ok", "unusual", "impossible"]
DOT = "•"


@dataclass(frozen=True, slots=True)
class Checked:
    """What a number is: `normalised` to keep, `masked` to show, `reason` why not ok.

    An impossible number has neither a normalised nor a masked form. `reason` is a
    slug: identifier_empty, _format, _date, _check_digit, _repeated, _prefix,
    _leading_zero, _not_born, _too_much. `expected` says the form it should have.
    """

    state: State
    normalised: str = ""
    masked: str = ""
    reason: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class _Found:
    """What a rule says of a cleaned number: its normal form, and what is odd in it."""

    normalised: str
    reason: str = ""
    born_on: date | None = None


class _Impossible(Exception):
    """A number that cannot exist; the argument is the slug of the reason."""


@dataclass(frozen=True, slots=True)
class System:
    """A system of numbers: its rule, its form in words, and how much is shown.

    `shown` is how many characters stay visible: from the front when positive, from the
    end when negative, all when None.
    """

    rule: Callable[[str], _Found]
    expected: str
    shown: int | None


def check(system: str, value: str, as_of: date | None = None) -> Checked:
    """Say whether `value` can be a number of `system`, such as `dk-cpr` or `gb-nhs`.

    A number with a birth date after `as_of` is unusual; without a day this is not
    asked. Raises: InputFault (`identifier_system_unknown`).
    Source: rules of the issuing registers as in python-stdnum, with the exceptions
    that each rule names.
    """
    known = SYSTEMS.get(system)
    if known is None:
        raise InputFault(
            "This kind of number is not known. Known are: " + ", ".join(SYSTEMS) + ".",
            field="system",
            reason="identifier_system_unknown",
        )
    cleaned = _clean(value)
    try:
        if not cleaned:
            raise _Impossible("identifier_empty")
        found = known.rule(cleaned)
    except _Impossible as error:
        return Checked("impossible", reason=str(error), expected=known.expected)
    except ValidationError:
        reason = "identifier_check_digit"
        return Checked("impossible", reason=reason, expected=known.expected)
    reason = found.reason
    if as_of is not None and found.born_on is not None and found.born_on > as_of:
        reason = "identifier_not_born"
    return Checked(
        "unusual" if reason else "ok",
        found.normalised,
        _masked(found.normalised, known.shown),
        reason,
        known.expected if reason else "",
    )


def _clean(value: str) -> str:
    """Return capitals and digits only; a decimal tail (".0") is left to be refused."""
    text = unicodedata.normalize("NFKC", value).upper()
    return re.sub(r"[\s\-–/,+]|\.(?=\d{2})", "", text)


def _masked(number: str, shown: int | None) -> str:
    if shown is None:
        return number
    hidden = DOT * (len(number) - abs(shown))
    return number[:shown] + hidden if shown > 0 else hidden + number[shown:]


def _must_match(pattern: str, number: str) -> None:
    if re.fullmatch(pattern, number, re.ASCII) is None:
        raise _Impossible("identifier_format")


def _cpr(number: str) -> _Found:
    """Danish CPR. The date must exist; modulus 11 was given up in 2007 and only warns.

    A spreadsheet drops a leading zero: it is put back, with a warning.
    """
    _must_match(r"\d{9,10}", number)
    full = number.zfill(10)
    born_on = _date_of(lambda: cpr.get_birth_date(full))
    if len(number) == 9:
        return _Found(full, "identifier_leading_zero", born_on)
    odd = cpr.checksum(full) != 0
    return _Found(full, "identifier_check_digit" if odd else "", born_on)


def _date_of(read: Callable[[], date]) -> date:
    try:
        return read()
    except (ValidationError, ValueError):
        raise _Impossible("identifier_date") from None


def _ecpr(number: str) -> _Found:
    """Danish national replacement number: a date and four letters or digits."""
    _must_match(r"\d{6}[0-9A-Z]{4}", number)
    return _Found(number)


def _regional(number: str) -> _Found:
    """Danish regional replacement number, as the region issued it."""
    _must_match(r"[0-9A-Z]{6,20}", number)
    return _Found(number)


def _cvr(number: str) -> _Found:
    return _Found(cvr.validate(_digits(number.removeprefix("DK"), 8)))


def _bsn(number: str) -> _Found:
    """Dutch BSN. Systems drop a leading zero on delivery: padded to nine digits."""
    _must_match(r"\d{7,9}", number)
    return _Found(bsn.validate(_not_repeated(number.zfill(9))))


def _nhs(number: str) -> _Found:
    """NHS number. One digit ten times passes modulus 11 for 0: refused by ourselves."""
    return _Found(nhs.validate(_not_repeated(_digits(number, 10))))


def _not_repeated(number: str) -> str:
    if len(set(number)) == 1:
        raise _Impossible("identifier_repeated")
    return number


def _nino(number: str) -> _Found:
    """British national insurance number; its last letter is often left out."""
    _must_match(r"[A-Z]{2}\d{6}[A-D]?", number)
    never = number[:2] in {"BG", "GB", "KN", "NK", "NT", "TN", "ZZ"}
    if never or set(number[:2]) & set("DFIQUV") or number[1] == "O":
        raise _Impossible("identifier_prefix")
    return _Found(number, "" if len(number) == 9 else "identifier_format")


def _company(number: str) -> _Found:
    """British company number; leading zeros are often left out."""
    _must_match(r"\d{6,8}|[A-Z]{2}\d{6}|[A-Z]{2}\d{5}[A-Z]", number)
    padded = number.zfill(8)
    return _Found(padded, "" if padded == number else "identifier_leading_zero")


def _ssn4(number: str) -> _Found:
    """The last four digits of a social security number; more is never kept."""
    if re.fullmatch(r"\d{5,}", number, re.ASCII):
        raise _Impossible("identifier_too_much")
    _digits(number, 4)
    return _Found(_never_zero(number))


def _never_zero(number: str) -> str:
    if not number.strip("0"):
        raise _Impossible("identifier_repeated")
    return number


def _fnr(number: str) -> _Found:
    """Norwegian birth number or D-number: two check digits and a date that exists.

    An FH-number (first digit 8 or 9) holds no date.
    """
    _digits(number, 11)
    first = fodselsnummer.calc_check_digit1(number)
    if number[9:] != first + fodselsnummer.calc_check_digit2(number):
        raise _Impossible("identifier_check_digit")
    if number[0] in "89":
        return _Found(number, "identifier_date")
    return _Found(
        number, born_on=_date_of(lambda: fodselsnummer.get_birth_date(number))
    )


def _personnummer(number: str) -> _Found:
    """Swedish personal or co-ordination number (day plus 60), kept without century."""
    _must_match(r"(\d{2})?\d{10}", number)
    ten = number[-10:]
    year, month, day = int(ten[:2]), int(ten[2:4]), int(ten[4:6])
    century = int(number[:2]) * 100 if len(number) == 12 else 2000
    _date_of(lambda: date(century + year, month, day - 60 if day > 60 else day))
    return _Found(luhn.validate(ten))


def _digits(number: str, length: int) -> str:
    _must_match(rf"\d{{{length}}}", number)
    return number


def _plain(length: int) -> Callable[[str], _Found]:
    """Return the rule of a register that only says how many digits there are."""
    return lambda number: _Found(_never_zero(_digits(number, length)))


def _validated(length: int, validate: Callable[[str], str]) -> Callable[[str], _Found]:
    return lambda number: _Found(validate(_never_zero(_digits(number, length))))


PERSON: Mapping[str, System] = MappingProxyType(
    {
        "dk-cpr": System(_cpr, "DDMMYY-SSSS", 6),
        "dk-ecpr": System(_ecpr, "DDMMYYXXXX", 6),
        "dk-decpr": System(_regional, "6-20 A-Z 0-9", -3),
        "nl-bsn": System(_bsn, "999999999", -3),
        "gb-nhs": System(_nhs, "999 999 9999", -4),
        "gb-nino": System(_nino, "AA 99 99 99 A", -3),
        "us-ssn4": System(_ssn4, "9999", -2),
        "no-fnr": System(_fnr, "DDMMYY 99999", 6),
        "se-pnr": System(_personnummer, "YYMMDD-9999", 6),
    }
)
EMPLOYER: Mapping[str, System] = MappingProxyType(
    {
        "dk-cvr": System(_cvr, "99999999", None),
        "dk-pnr": System(_plain(10), "9999999999", None),
        "nl-kvk": System(_plain(8), "99999999", None),
        "gb-company": System(_company, "99999999", None),
        "us-ein": System(_plain(9), "99-9999999", None),
        "no-org": System(_validated(9, no_orgnr.validate), "999999999", None),
        "se-org": System(_validated(10, se_orgnr.validate), "999999-9999", None),
    }
)
SYSTEMS: Mapping[str, System] = MappingProxyType({**PERSON, **EMPLOYER})
