"""What stands in the way of a step of a claim, in words, and what was found of it."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

WHY_NOT: Mapping[str, Promise] = {
    "step_not_next": _(
        "This claim is not so far, or further by now. Look at it again."
    ),
    "own_preparation": _(
        "You prepared this claim yourself. Somebody else looks at it and releases it."
    ),
    "not_frozen": _("This claim rests on no frozen facts. Run the contract first."),
    "amount_unbound": _(
        "The amount is not bound. Whoever holds the contract fills it in first."
    ),
    "nothing_to_pay": _("There is nothing to pay on this line, so nothing to claim."),
    "evidence_missing": _(
        "Evidence is missing. Add it and run the contract again, or account for it first."
    ),
    "evidence_late": _("Evidence came after its deadline, so the line cannot be paid."),
    "band_undefined": _(
        "The hours stand in no band of the contract. Ask the funder which one applies."
    ),
    "held": _("Payment is held back for now. Run the contract again when it is not."),
    "duplicate_funding": _(
        "Another contract would pay for the same. A steward decides which one does."
    ),
    "not_covered": _("The contract does not cover this person."),
    "before_entry": _("It was reached before the entry."),
    "outside_period": _("It was reached outside the days of the contract."),
    "prerequisite": _("Another milestone comes first."),
    "window_open": _("The time has not run yet."),
    "window_failed": _("It was not reached in the time that it has."),
    "below_threshold": _("It stands under the hours or the pay that it takes."),
    "look_back": _("It was taken away by what was earned before."),
    "over_cap": _("The contract pays no more of these."),
    "repeat": _("A start like this is not paid again."),
    "superseded": _("A newer line took the place of this one."),
    "evidence_changed": _(
        "A paper was changed after the run. Run the contract again before it is claimed."
    ),
    "evidence_gone": _(
        "A paper was taken back after the run. Run the contract again before it is claimed."
    ),
    "evidence_shared": _(
        "The very same file stands with the papers of two people. Find out whose it is."
    ),
    "start_back_dated": _(
        "The first day of the job was moved back after it was recorded. Say why it is right."
    ),
    "facts_changed": _(
        "A newer run comes to another amount. Look at the difference that it prepared."
    ),
    "consent_withdrawn": _(
        "The person took back that this funder is told anything. Nothing new is claimed."
    ),
    "no_words": _("Say in a sentence what it is about. It stays in the history."),
    "no_reason": _("Choose a reason from the list. It is told to the provider."),
    "no_reference": _("Give the reference of the payment."),
    "no_day": _("Say on which day it was paid."),
    "day_to_come": _("This day is still to come. Say on which day it was paid."),
    "no_difference": _("Nobody has proposed a difference yet. Propose one first."),
    "own_proposal": _(
        "You proposed this difference yourself. Somebody else agrees to it."
    ),
    "not_yours": _("This step is for somebody else to take."),
}
"""Why a step is not taken, by code."""
