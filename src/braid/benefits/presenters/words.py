"""Amounts, texts in several languages and states, as pages write them."""

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from braid.benefits import rules, working_out
from braid.benefits.models import Benefit
from braid.web.presenters import State

TRAINING = _("Training rules: an invented country, for practice only")
# Said on forms instead of a list of names: the room opens less than its class would.
READ_BY_FEW = _(
    "The person and the counsellors of the unit read this. Others see it only if the "
    "person shows them a page."
)
READ_BY_UNIT = _(
    "The person, the counsellors and the specialists of the unit read this."
)
PROCESS: Mapping[str, tuple[str | Promise, State]] = {
    "none": (_("not offered yet"), State.INFO),
    "due": (_("to be offered"), State.DUE),
    "offered": (_("offered"), State.SOON),
    "booked": (_("agreed"), State.INFO),
    "done": (_("done"), State.OK),
    "declined": (_("not wanted"), State.INFO),
}
WHY_NOT: Mapping[str, str | Promise] = {
    "not_ready": _("It has not been worked out yet."),
    "unconfirmed": _("A counsellor has not confirmed it yet."),
    "duties_not_shown": _("The duties to report have not been talked through yet."),
    "expired_pack": _("Its rules are no longer in force. Work it out anew."),
    "recalled": _("Its rules were wrong. Work it out anew."),
}


def in_words(texts: Mapping[str, str]) -> str:
    """Return a text of the rules in the reader's language, else English, else any."""
    language = (get_language() or "en").partition("-")[0]
    for one in (language, "en", *texts):
        if one in texts:
            return texts[one]
    return ""


def labels() -> dict[str, str]:
    """Return what benefits are called in the reader's language, by id."""
    return {key: in_words(texts) for key, texts in working_out.labels().items()}


def whole(amount: str | Decimal | None) -> str:
    """Write an amount in whole units of its currency; empty where it is not known."""
    if amount is None:
        return ""
    rounded = Decimal(amount).quantize(Decimal(1), ROUND_HALF_UP)
    if not rounded:
        rounded = Decimal(0)  # a small debt is no "-0"
    return number_format(rounded, decimal_pos=0, use_l10n=True, force_grouping=True)


def hours_text(hours: str | Decimal) -> str:
    """Write hours without needless decimals: 16, 7.5."""
    value = Decimal(hours)
    places = 0 if value == value.to_integral_value() else 1
    return number_format(value, decimal_pos=places, use_l10n=True)


def process_words(state: str) -> tuple[str | Promise, State]:
    """Return the pill of a state of counselling."""
    return PROCESS[state]


def round_words(row: Any) -> tuple[str | Promise, State]:
    """Return the pill of one round of counselling."""
    return PROCESS[rules.state_of(row)]


def benefit_name(row: Benefit, labels: Mapping[str, str]) -> str:
    """Return what a benefit is called: in its own words, else as the rules have it."""
    return row.words or labels.get(row.benefit, row.benefit)
