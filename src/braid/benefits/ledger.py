"""Earnings by month held against the rights that they use up (United States)."""

from collections.abc import Iterable

from braid.benefits.models import EarningsMonth
from braid.kernel.errors import InputFault
from braid.method.benefits.incentives_us import Earned, Ledger, ledger
from braid.packs import benefits as packs

COUNTRY = "us"


def of(months: Iterable[EarningsMonth], *, blind: bool = False) -> Ledger:
    """Return the ledger of the months kept. Raises: InputFault without levels."""
    pack = packs.of_country(COUNTRY)
    if pack is None or pack.incentives_us is None:
        raise InputFault(
            "No levels of work incentives are known here. Add them to the rule pack.",
            reason="no_levels",
        )
    given = [
        Earned(row.month, row.gross, row.work_expenses, row.subsidy) for row in months
    ]
    return ledger(
        given, pack.incentives_us.by_year, pack.incentives_us.terms, blind=blind
    )
