"""Wishes to work that come from outside: received, taken up, closed, forgotten."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit
from braid.access.policy import Action, Actor, Information
from braid.access.queries import require, system_actor
from braid.kernel.errors import InputFault
from braid.people.choices import EnquiryBy, EnquiryState, ReferralSource, ReferralWay
from braid.people.commands.referrals import refer
from braid.people.models import Enquiry, Episode

if TYPE_CHECKING:
    from braid.access.models import Team

KEPT_AFTER_ANSWER = timedelta(days=14)
ROOM = 200  # unanswered wishes of one unit; more than that is a machine
SOURCES = {
    EnquiryBy.SELF: ReferralSource.SELF,
    EnquiryBy.FAMILY: ReferralSource.FAMILY,
    EnquiryBy.OTHER: ReferralSource.OTHER,
}


@transaction.atomic
def receive_enquiry(*, unit: Team, now: datetime, **given: Any) -> Enquiry:
    """Keep a wish that somebody wrote from outside; nobody is looked up for it."""
    waiting = Enquiry.objects.filter(unit=unit, state=EnquiryState.OPEN)
    if waiting.system("whether there is room").count() >= ROOM:
        raise InputFault(
            _("So many people have written that this page is closed. Please ring us.")
        )
    enquiry = Enquiry.objects.create(unit=unit, received_at=now, **given)
    audit.record(system_actor(unit, "enquiry"), "enquiry_received", enquiry)
    return enquiry


@transaction.atomic
def take_up_enquiry(
    *, actor: Actor, enquiry: Enquiry, today: date, **referral: Any
) -> Episode:
    """Make a referral of a wish from outside, dated the day it came."""
    referral["referred_on"] = timezone.localdate(enquiry.received_at)
    episode = refer(
        actor=actor,
        unit=enquiry.unit,
        referrer=enquiry.writer,
        way=ReferralWay.ENQUIRY,
        consent_to_contact=True,
        **referral,
    )
    _answer(actor, enquiry, EnquiryState.REFERRED, today, episode=episode)
    return episode


@transaction.atomic
def close_enquiry(*, actor: Actor, enquiry: Enquiry, today: date, answer: str) -> None:
    """Close a wish from outside with a sentence on what was done."""
    require(actor, Action.RECORD, enquiry.subject(Information.IDENTITY))
    _answer(actor, enquiry, EnquiryState.CLOSED, today, answer=answer)


def _answer(
    actor: Actor, enquiry: Enquiry, state: EnquiryState, today: date, **values: Any
) -> None:
    """Answer a wish once. The log of changes keeps no words of it: it is forgotten soon."""
    still = Enquiry.objects.filter(pk=enquiry.pk, state=EnquiryState.OPEN)
    answered = still.system("answered once, by whoever was first").update(
        state=state, answered_on=today, **values
    )
    if not answered:
        raise InputFault(
            _("Somebody has answered this already. Look at the list again.")
        )
    audit.record(actor, f"enquiry_{state}", enquiry)


def forget_enquiries(now: datetime) -> int:
    """Delete the wishes that were answered some days ago; the referral stays."""
    before = timezone.localdate(now) - KEPT_AFTER_ANSWER
    answered = Enquiry.objects.filter(answered_on__lt=before)
    number, _by_model = answered.system("answered, and no longer needed").delete()
    return number
