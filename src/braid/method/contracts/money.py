"""Money of a contract: rounded half up once a line, with VAT, in parts that add up."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache
from types import MappingProxyType

from braid.method.contracts.shape import Share

MINOR_UNITS: Mapping[str, int] = MappingProxyType(
    {
        **dict.fromkeys(("BIF", "CLP", "ISK", "JPY", "KRW", "PYG", "VND"), 0),
        **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "OMR", "TND"), 3),
    }
)
"""Currencies that have not two decimal places (ISO 4217)."""
HUNDRED = Decimal(100)


def rounded(amount: Decimal, currency: str) -> Decimal:
    """Return an amount to the minor unit of its currency, half up (away from zero)."""
    return amount.quantize(_unit(currency), rounding=ROUND_HALF_UP)


@cache
def _unit(currency: str) -> Decimal:
    return Decimal(1).scaleb(-MINOR_UNITS.get(currency, 2))


@cache
def nothing(currency: str) -> Decimal:
    """Return no money, to the minor unit of a currency."""
    return rounded(Decimal(0), currency)


def percent_of(amount: Decimal, percent: Decimal, currency: str) -> Decimal:
    """Return so many per cent of an amount, rounded."""
    return rounded(amount * percent / HUNDRED, currency)


def net_and_vat(
    amount: Decimal, mode: str, percent: Decimal | None, currency: str
) -> tuple[Decimal | None, Decimal | None]:
    """Return the net amount and the VAT of a line; None where the rate is not known.

    `inclusive`: both add up to the amount; `exclusive`: the amount is the net.
    """
    if mode == "none":
        return amount, nothing(currency)
    if percent is None:
        return (amount if mode == "exclusive" else None), None
    if mode == "exclusive":
        return amount, percent_of(amount, percent, currency)
    with localcontext() as exact:
        exact.prec = 50
        net = rounded(amount * HUNDRED / (HUNDRED + percent), currency)
    return net, amount - net


def split(
    amount: Decimal, shares: Sequence[Share], currency: str
) -> tuple[tuple[str, Decimal], ...]:
    """Return the part of every payer; the parts add up to the amount exactly.

    Each is the difference of two rounded running sums, so that no cent is lost or won.
    """
    parts, before, percent = [], Decimal(0), Decimal(0)
    for each in shares:
        percent += each.percent
        so_far = amount if percent == HUNDRED else percent_of(amount, percent, currency)
        parts.append((each.payer, so_far - before))
        before = so_far
    return tuple(parts)
