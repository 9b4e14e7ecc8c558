"""What is wrong in a funder's answer file, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.funding.answers.rules import Fault

FAULTS: Mapping[str, str | Promise] = {
    "column_unknown": gettext_lazy("This column is not known. Known are: %(columns)s."),
    "column_missing": gettext_lazy("This column is missing."),
    "column_twice": gettext_lazy("This column stands there twice."),
    "missing": gettext_lazy("The cell is empty."),
    "decision_unknown": gettext_lazy("This is no decision. Known are: %(known)s."),
    "reason_unknown": gettext_lazy("This is no reason. Known are: %(known)s."),
    "amount_unreadable": gettext_lazy(
        "This is no amount. Write it like 1234.56, without a mark for thousands."
    ),
    "amount_inexact": gettext_lazy("The amount has parts of a cent, or is too large."),
    "day_unreadable": gettext_lazy("This is no day. Write it like 2026-10-05."),
    "claim_unknown": gettext_lazy("There is no such claim in this agreement."),
    "claim_twice": gettext_lazy(
        "This claim stands in more than one row. Leave one of them."
    ),
    "step_not_next": gettext_lazy(
        "The claim is %(state)s and cannot be %(to)s from there."
    ),
    "no_reason": gettext_lazy("A rejection has a reason."),
    "no_words": gettext_lazy("Say in words what it is about."),
    "no_reference": gettext_lazy("A payment has a reference."),
    "no_day": gettext_lazy("A payment has a day."),
    "no_amount": gettext_lazy("A payment has an amount."),
    "day_to_come": gettext_lazy("This day is still to come."),
    "day_before_sent": gettext_lazy("This is before the claim was sent, on %(day)s."),
    "currency_other": gettext_lazy("The claim is in %(currency)s."),
    "duplicate_funding": gettext_lazy(
        "Two would pay for this. A steward decides first."
    ),
    "sign_other": gettext_lazy(
        "The claim and the amount go opposite ways: one is paid, one is given back."
    ),
}
MOST_TOLD = 200


def sentence(fault: Fault, states: Mapping[str, str]) -> str:
    """Return a fault as a sentence; `states` are the names of states."""
    values = {
        key: states.get(value, value) if key in ("state", "to") else value
        for key, value in fault.values.items()
    }
    return str(FAULTS[fault.code]) % values


def place(fault: Fault) -> str:
    """Return where a fault stands."""
    return _("Row %(row)d, column %(column)s") % {
        "row": fault.row,
        "column": fault.column,
    }
