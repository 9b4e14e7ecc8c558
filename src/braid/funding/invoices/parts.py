"""What one payer owes of a claim, with its share of the VAT. Pure; parts sum exactly."""

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal

from braid.funding.invoices.document import CENT, ZERO

WHOLE = "funder"
"""Who pays a claim that its contract does not split."""


def of_payer(
    net: Decimal, vat: Decimal, parts: Sequence[tuple[str, Decimal]], payer: str
) -> tuple[Decimal, Decimal] | None:
    """Return net and VAT of a payer's part; None where the payer owes nothing of it.

    `parts` sum to the claim as its contract says amounts, VAT inside or outside; none
    means that one funder pays it all. VAT is shared as the parts are, half up, and the
    last payer takes what is left.
    """
    if not parts:
        return (net, vat) if payer == WHOLE else None
    owed = dict(parts)
    if payer not in owed:
        return None
    tax = _vat_of(vat, parts)[payer]
    is_outside = sum(owed.values(), ZERO) == net
    return (owed[payer] if is_outside else owed[payer] - tax), tax


def _vat_of(
    vat: Decimal, parts: Sequence[tuple[str, Decimal]]
) -> Mapping[str, Decimal]:
    total = sum((amount for _payer, amount in parts), ZERO)
    ordered = sorted(parts)
    shared: dict[str, Decimal] = {}
    for payer, amount in ordered[:-1]:
        part = vat * amount / total if total else ZERO
        shared[payer] = part.quantize(CENT, ROUND_HALF_UP)
    last = ordered[-1][0]
    shared[last] = vat - sum(shared.values(), ZERO)
    return shared
