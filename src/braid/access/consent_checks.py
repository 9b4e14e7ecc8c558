"""What a change of the consent ledger must meet; each check says what to do instead."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from braid.access import agreements, consent_rules, queries
from braid.access.choices import ConsentWay
from braid.access.consent_ledger import Ledger, Taken
from braid.access.models import ConsentEntry, Membership
from braid.access.policy import Actor, Information, Purpose, Role
from braid.kernel.errors import InputFault
from braid.packs import consents


def is_caseworker(user_id: UUID | None, today: date) -> bool:
    """Say whether whoever asked decides about benefits: their question weighs more."""
    return (
        user_id is not None
        and Membership.objects.filter(
            queries.in_force(today), user_id=user_id, role=Role.CASEWORKER.value
        ).exists()
    )


def must_be_offered(
    text: consents.ConsentText, purpose: Purpose, information: Collection[Information]
) -> None:
    offered = set(agreements.offered(text, purpose))
    if not offered:
        raise InputFault(
            _("This purpose does not rest on consent here. Choose another purpose."),
            field="purpose",
            reason="not_by_consent",
        )
    if not information or not offered.issuperset(information):
        raise InputFault(
            _("Choose what may be read from what this purpose may ask for."),
            field="information",
            reason="not_offered",
        )


def with_the_name(
    purpose: Purpose,
    information: Collection[Information],
    possible: Collection[Information],
) -> Collection[Information]:
    """Return the classes with the name, without which the receiver can open none.

    The unit knows the name already: what treatment shares with it stands alone.
    """
    if not information or purpose == Purpose.IPS_SUPPORT:
        return information
    return {*information, *({Information.IDENTITY} & set(possible))}


def must_fit(ledger: Ledger, first_day: date, last_day: date) -> None:
    months = ledger.text.longest_months.value
    if last_day < max(first_day, ledger.today):
        raise InputFault(
            _(
                "The agreement would be over before it begins. It begins on "
                "%(day)s; choose a later last day."
            )
            % {"day": max(first_day, ledger.today).isoformat()},
            field="last_day",
            reason="over",
        )
    if last_day > consent_rules.longest_until(min(first_day, ledger.today), months):
        raise InputFault(
            _("An agreement lasts %(months)s months at most. Choose an earlier day.")
            % {"months": months},
            field="last_day",
            reason="too_long",
        )


def must_not_press(ledger: Ledger, first_day: date, taken: Taken) -> None:
    if ledger.actor.own is not None:
        return
    begins = consent_rules.begins_on(
        first_day,
        recorded_on=ledger.today,
        asked_by_caseworker=is_caseworker(taken.asked_by, ledger.today),
        in_own_account=False,
        cooling_off_days=ledger.text.cooling_off_days.value,
    )
    if begins > first_day:
        raise InputFault(
            _(
                "A caseworker asked, and there is too little time to think before the "
                "agreement ends. Let it be given anew, or extended in the own account."
            ),
            reason="too_soon",
        )


def must_be_own_way(actor: Actor, taken: Taken) -> None:
    if (taken.way == ConsentWay.OWN_ACCOUNT) != (actor.own is not None):
        raise InputFault(
            _("Only the applicant speaks in the own account. Choose how it was said."),
            field="way",
            reason="not_own_account",
        )


def must_wait(ledger: Ledger, number: int) -> ConsentEntry:
    """Return the entry that waits for an answer in the own account."""
    waits = {
        span.number for span in ledger.to_come() if span.first_day > ledger.today
    } & {one.number for one in ledger.entries if one.first_day > ledger.today}
    if number not in waits:
        raise InputFault(
            _("There is nothing to answer any more. Reload the page."),
            reason="nothing_waits",
        )
    return ConsentEntry.objects.get(
        organisation_id=ledger.about.applicant.organisation, number=number
    )
