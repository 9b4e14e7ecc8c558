"""Writing the consent ledger: give, extend, narrow, withdraw, confirm, decline.

Every command appends one entry, works out the days of `Sharing` anew from the whole
ledger (`consent_rules.spans`) and is audited, in one transaction. So a withdrawal counts
for whatever is decided after the commit.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import agreements, audit, consent_rules, queries
from braid.access import consent_checks as checks
from braid.access.choices import ConsentWay, NoticeKind
from braid.access.consent_ledger import About as About
from braid.access.consent_ledger import Ledger
from braid.access.consent_ledger import Taken as Taken
from braid.access.consent_rules import Kind
from braid.access.models import ConsentEntry, Notice, Organisation, Sharing
from braid.access.policy import Action, Actor, Information
from braid.kernel.errors import InputFault
from braid.packs import consents


@transaction.atomic
def give(
    *,
    actor: Actor,
    about: About,
    information: Collection[Information],
    first_day: date,
    last_day: date,
    taken: Taken,
    now: datetime,
) -> ConsentEntry:
    """Record a whole agreement; from its first day it replaces an earlier one.

    What a caseworker asked for begins after the country's days of cooling off, unless
    the applicant gives it in the own account.
    """
    ledger = _open(actor, about, now)
    checks.must_be_offered(ledger.text, about.purpose, information)
    offered = agreements.offered(ledger.text, about.purpose)
    information = checks.with_the_name(about.purpose, information, offered)
    begins = consent_rules.begins_on(
        first_day,
        recorded_on=ledger.today,
        asked_by_caseworker=checks.is_caseworker(taken.asked_by, ledger.today),
        in_own_account=actor.own is not None,
        cooling_off_days=ledger.text.cooling_off_days.value,
    )
    checks.must_fit(ledger, begins, last_day)
    entry = _append(ledger, Kind.GIVEN, information, begins, last_day, taken)
    if begins > first_day:
        Notice.objects.create(
            applicant_id=entry.applicant_id,
            kind=NoticeKind.CONSENT_ASKED,
            organisation_id=about.receiver,
            at=now,
            record_key=entry.pk,
        )
    return entry


@transaction.atomic
def extend(
    *, actor: Actor, about: About, last_day: date, taken: Taken, now: datetime
) -> ConsentEntry:
    """Move the last day of what is agreed today; it adds no class."""
    ledger = _open(actor, about, now)
    held = ledger.holds()
    if not held.information:
        raise InputFault(
            _("This agreement has ended. Consent is given anew instead."),
            reason="consent_ended",
        )
    if last_day <= held.last_day:
        raise InputFault(
            _("It already holds until then. Choose a later last day, or narrow it."),
            field="last_day",
            reason="not_later",
        )
    first_day = held.last_day + consent_rules.ONE_DAY
    checks.must_not_press(ledger, first_day, taken)
    given = next(one for one in ledger.entries if one.number == held.number)
    months = ledger.text.renew_after_months.value
    if last_day > consent_rules.longest_until(agreements.said_on(given), months):
        raise InputFault(
            _(
                "After %(months)s months consent is given anew, with its whole text. "
                "Choose an earlier last day, or let it be given again."
            )
            % {"months": months},
            field="last_day",
            reason="give_anew",
        )
    return _append(ledger, Kind.EXTENDED, held.information, first_day, last_day, taken)


@transaction.atomic
def narrow(
    *,
    actor: Actor,
    about: About,
    information: Collection[Information],
    last_day: date | None = None,
    taken: Taken,
    now: datetime,
) -> ConsentEntry:
    """Keep only these classes, or end earlier; at once, whatever has yet to begin too."""
    ledger = _open(actor, about, now, ends=True)
    information = checks.with_the_name(about.purpose, information, _agreed(ledger))
    to_come = ledger.to_come()
    agreed = _agreed(ledger)
    until = max((span.last_day for span in to_come), default=date.min)
    if not information or not agreed.issuperset(information):
        raise InputFault(
            _("Narrowing keeps some of what is agreed. Choose from that, or withdraw."),
            field="information",
            reason="not_narrower",
        )
    ends = min(last_day or until, until)
    if agreed == set(information) and ends == until:
        raise InputFault(
            _("That is what is agreed already. Take something out, or end it earlier."),
            field="information",
            reason="not_narrower",
        )
    if ends < ledger.today:
        raise InputFault(
            _("The last day is over. Choose today or later, or withdraw it now."),
            field="last_day",
            reason="over",
        )
    return _append(ledger, Kind.NARROWED, information, ledger.today, ends, taken)


@transaction.atomic
def withdraw(
    *, actor: Actor, about: About, taken: Taken, now: datetime
) -> ConsentEntry:
    """End an agreement at once, and what has yet to begin of it."""
    return _withdraw(_open(actor, about, now, ends=True), taken)


def _agreed(ledger: Ledger) -> set[Information]:
    """Return the classes that are agreed from today on."""
    return {span.information for span in ledger.to_come()}


def _withdraw(ledger: Ledger, taken: Taken) -> ConsentEntry:
    ended = _agreed(ledger)
    if not ended:
        raise InputFault(
            _("There is no such agreement any more. Nothing is shared by it."),
            reason="nothing_agreed",
        )
    return _append(ledger, Kind.WITHDRAWN, ended, ledger.today, ledger.today, taken)


@transaction.atomic
def confirm(*, actor: Actor, about: About, number: int, now: datetime) -> ConsentEntry:
    """Say yes in the own account to what a caseworker asked for: it holds from today."""
    ledger = _open(actor, about, now)
    asked = checks.must_wait(ledger, number)
    taken = Taken(
        ConsentWay.OWN_ACCOUNT, asked.text_language, asked_by=asked.asked_by_id
    )
    classes = {Information(one) for one in asked.information}
    begins = ledger.today
    return _append(ledger, Kind.GIVEN, classes, begins, asked.last_day, taken)


@transaction.atomic
def decline(*, actor: Actor, about: About, number: int, now: datetime) -> ConsentEntry:
    """Say no in the own account to what a caseworker asked for; what holds today stays."""
    ledger = _open(actor, about, now)
    asked = checks.must_wait(ledger, number)
    taken = Taken(ConsentWay.OWN_ACCOUNT, asked_by=asked.asked_by_id)
    held = ledger.holds()
    if not held.information:
        return _withdraw(ledger, taken)
    return _append(
        ledger,
        Kind.NARROWED,
        held.information,
        ledger.today,
        held.last_day,
        taken,
    )


def tell_endings(*, now: datetime) -> int:
    """Tell applicants of agreements that end soon, once each; return how many."""
    told = 0
    for ending in agreements.endings(timezone.localdate(now)):
        _notice, made = Notice.objects.get_or_create(
            applicant_id=ending.entry.applicant_id,
            kind=NoticeKind.CONSENT_ENDS,
            record_key=ending.entry.pk,
            defaults={"organisation_id": ending.entry.receiver_id, "at": now},
        )
        told += made
    return told


def _open(actor: Actor, about: About, now: datetime, *, ends: bool = False) -> Ledger:
    """Ask the policy, lock the organisation's ledger and read this agreement.

    With `ends` a restriction closes nothing: sharing less is possible always.
    """
    subject = replace(about.applicant, information=Information.IDENTITY)
    asking = replace(actor, restricted=frozenset()) if ends else actor
    ground = queries.require(asking, Action.SHARE, subject)
    held_by = Organisation.objects.filter(pk=subject.organisation)
    held_by.update(slug=F("slug"))  # the lock: number and answer follow one another
    organisation = held_by.get()
    last = ConsentEntry.objects.filter(organisation=organisation).aggregate(
        number=Max("number"), at=Max("recorded_at")
    )
    return Ledger(
        actor=actor,
        about=about,
        ground=ground,
        text=consents.of_country(organisation.country),
        next_number=(last["number"] or 0) + 1,
        entries=agreements.entries(about.applicant_id, about.purpose, about.receiver),
        # A clock that was set back must not let a withdrawal precede what it ends.
        now=max(now, last["at"] or now),
    )


def _append(
    ledger: Ledger,
    kind: Kind,
    information: Collection[Information],
    first_day: date,
    last_day: date,
    taken: Taken,
) -> ConsentEntry:
    """Add an entry, work out `Sharing` anew, and write the audit."""
    checks.must_be_own_way(ledger.actor, taken)
    about, actor = ledger.about, ledger.actor
    entry = ConsentEntry.objects.create(
        organisation_id=about.applicant.organisation,
        number=ledger.next_number,
        applicant_id=about.applicant_id,
        recorded_at=ledger.now,
        recorded_by_id=actor.id,
        kind=kind.value,
        purpose=about.purpose.value,
        receiver_id=about.receiver,
        information=sorted(one.value for one in information),
        first_day=first_day,
        last_day=last_day,
        text_id=ledger.text.id,
        text_version=ledger.text.version,
        text_language=ledger.text.language(taken.language),
        way=taken.way,
        asked_by_id=taken.asked_by,
        witness=taken.witness,
        signature=taken.signature,
    )
    ledger.entries.append(agreements.as_entry(entry))
    _work_out(ledger)
    audit.record(
        actor,
        f"consent_{kind.value}",
        entry,
        applicant=entry.applicant_id,
        holder=about.applicant.organisation,
        information=information,
        ground=ledger.ground,
        consent_number=entry.number,
    )
    return entry


def _work_out(ledger: Ledger) -> None:
    about = ledger.about
    key = {
        "applicant_id": about.applicant_id,
        "organisation_id": about.receiver,
        "purpose": about.purpose.value,
    }
    Sharing.objects.filter(**key).delete()
    Sharing.objects.bulk_create(
        Sharing(
            **key,
            information=span.information.value,
            first_day=span.first_day,
            last_day=span.last_day,
            number=span.number,
        )
        for span in ledger.spans()
    )
