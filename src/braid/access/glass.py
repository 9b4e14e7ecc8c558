"""Emergency access: the glass is broken for one applicant, for an hour, told and reviewed.

A block beats it: whoever is blocked meets what they would meet if nobody were found.
"""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import F, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, policy, queries, secrets
from braid.access.choices import EmergencyReason, NoticeKind, ReviewVerdict
from braid.access.models import AuditEntry, BrokenGlass, Membership, Notice
from braid.access.policy import Action, Actor, Ground, Information, Role, Subject
from braid.kernel.errors import InputFault, Refused

OPEN_FOR = timedelta(minutes=60)
REVIEW_WITHIN = timedelta(hours=72)
WORDS = 20  # characters that tell what happened, at least
SEARCHES = 10  # of one person in an hour
SEARCHED = "emergency_searched"


class Somebody(Protocol):
    """An applicant, as far as emergency access needs to know them."""

    @property
    def pk(self) -> UUID: ...

    @property
    def organisation_id(self) -> UUID: ...

    def subject(
        self, information: Information | None = None, day: date | None = None
    ) -> Subject: ...


One = TypeVar("One", bound=Somebody)


def classes(actor: Actor) -> tuple[Information, ...]:
    """Return the classes of information that emergency access opens to the actor."""
    return tuple(
        one
        for one in Information
        if Ground.BROKEN_GLASS in policy.grounds(actor, Action.READ, one)
    )


def is_needed(actor: Actor, person: Somebody) -> bool:
    """Say whether something that emergency access opens is closed to the actor.

    Raises Refused for a restricted record, which an emergency does not open.
    """
    answers = [
        policy.decide(actor, Action.READ, person.subject(one, actor.day))
        for one in classes(actor)
    ]
    if any(answer.reason == "restricted" for answer in answers):
        raise Refused("restricted")
    return not all(answer.allowed for answer in answers)


def reachable(actor: Actor, found: Iterable[One]) -> list[One]:
    """Return those found who exist for the actor, whom nobody's block hides."""
    return [
        one
        for one in found
        if policy.decide(
            actor,
            Action.BREAK_GLASS,
            Subject(None, actor.organisation, applicant=one.pk),
        ).reason
        != "absent"
    ]


def note_search(
    actor: Actor, terms: str, outcome: str, applicant: UUID | None, now: datetime
) -> None:
    """Record a search for somebody in an emergency; its terms as a keyed hash only.

    Raises InputFault where the actor searched too often within an hour.
    """
    since = now - timedelta(hours=1)
    searched = AuditEntry.objects.filter(
        actor_id=actor.id, action=SEARCHED, at__gt=since
    )
    if searched.count() >= SEARCHES:
        raise InputFault(
            _("Too many searches within an hour. Call the unit that holds the record.")
        )
    digest = secrets.keyed_hash("emergency", terms)
    audit.record(actor, SEARCHED, applicant=applicant, outcome=outcome, digest=digest)


@transaction.atomic
def break_glass(
    *,
    actor: Actor,
    person: Somebody | None,
    reason: EmergencyReason,
    words: str,
    not_told_because: str = "",
    now: datetime,
) -> BrokenGlass:
    """Open the emergency classes of one applicant to the actor for an hour.

    `person` None is nobody found. `not_told_because` says why telling the applicant now
    would do harm. Raises Refused, for nobody as for somebody who has blocked the actor,
    and InputFault where it is not needed or too little was said.
    """
    queries.require_anywhere(actor, Action.BREAK_GLASS)
    if person is None or actor.id is None:
        raise Refused("absent")
    asked = Subject(None, actor.organisation, applicant=person.pk)
    queries.require(actor, Action.BREAK_GLASS, asked)
    if len(words.strip()) < WORDS:
        raise InputFault(
            _("Say what happened in at least %(number)s characters.")
            % {"number": WORDS},
            field="words",
        )
    if not is_needed(actor, person):
        raise InputFault(_("This person is open to you already."), reason="not_needed")
    glass = BrokenGlass.objects.create(
        applicant_id=person.pk,
        user_id=actor.id,
        organisation_id=actor.organisation,
        holder_id=person.organisation_id,
        reason=reason,
        words=words.strip(),
        opened_at=now,
        expires_at=now + OPEN_FOR,
        told_at=None if not_told_because else now,
        not_told_because=not_told_because.strip(),
        review_due_at=now + REVIEW_WITHIN,
    )
    _record(actor, "glass_broken", glass, information=classes(actor))
    if glass.told_at is not None:
        _tell(glass, now)
    transaction.on_commit(lambda: _mail_stewards(glass.holder_id, now))
    return glass


def _record(
    actor: Actor,
    action: str,
    glass: BrokenGlass,
    information: Collection[Information] = (),
) -> None:
    audit.record(
        actor,
        action,
        glass,
        applicant=glass.applicant_id,
        holder=glass.holder_id,
        information=information,
        ground=Ground.BROKEN_GLASS if information else "",
        glass=glass.pk,
    )


def _tell(glass: BrokenGlass, now: datetime) -> None:
    Notice.objects.create(
        applicant_id=glass.applicant_id,
        kind=NoticeKind.GLASS_BROKEN,
        organisation_id=glass.organisation_id,
        at=now,
        record_key=glass.pk,
    )


def _mail_stewards(holder: UUID, now: datetime) -> None:
    """Tell the stewards of the holder by mail, where there is a mail server."""
    if not settings.BRAID_MAILS:
        return
    today = timezone.localdate(now)
    stewards = Membership.objects.filter(
        queries.in_force(today), organisation_id=holder, role=Role.STEWARD
    )
    addresses = stewards.values_list("user__email", flat=True)
    text = _(
        "Emergency access to a record of your organisation was used. "
        "Review it in Braid within 72 hours."
    )
    for address in {found for found in addresses if found}:
        send_mail(_("Emergency access in Braid"), text, None, [address])


def open_glasses(actor: Actor, now: datetime) -> list[BrokenGlass]:
    """Return the emergency access that is open to the actor now, the first to end first."""
    if not actor.opened or actor.id is None:
        return []
    mine = BrokenGlass.objects.filter(
        user_id=actor.id, opened_at__lte=now, expires_at__gt=now
    )
    seen = mine.exclude(applicant_id__in=actor.hidden)
    return list(seen.order_by("expires_at"))


def glass_of(actor: Actor, applicant_id: UUID) -> UUID | None:
    """Return the emergency access by which the actor reads somebody now."""
    for one in open_glasses(actor, timezone.now()):
        if one.applicant_id == applicant_id:
            found: UUID = one.pk
            return found
    return None


@transaction.atomic
def close(*, actor: Actor, key: UUID, now: datetime) -> None:
    """End one's own emergency access before its hour is over."""
    mine = BrokenGlass.objects.filter(pk=key, user=actor.id, expires_at__gt=now)
    glass = mine.first()
    if glass is None or glass.applicant_id in actor.hidden:
        raise Http404
    glass.expires_at = max(now, glass.opened_at + timedelta(microseconds=1))
    glass.save(update_fields=["expires_at"])
    _record(actor, "glass_closed", glass)


def glasses(actor: Actor) -> QuerySet[BrokenGlass]:
    """Return the emergency access to records of the actor's organisation.

    What is to be reviewed comes first, the nearest due day before the others. Raises
    Refused for whoever does not review.
    """
    queries.require_anywhere(actor, Action.REVIEW_ACCESS)
    held = BrokenGlass.objects.filter(holder_id=actor.organisation)
    return (
        held.exclude(applicant_id__in=actor.hidden)
        .select_related("user", "organisation", "reviewed_by")
        .order_by(F("reviewed_at").desc(nulls_first=True), "review_due_at")
    )


def to_review(actor: Actor) -> QuerySet[BrokenGlass]:
    """Return the emergency access that nobody has reviewed yet."""
    return glasses(actor).filter(reviewed_at__isnull=True)


def glass(actor: Actor, key: UUID) -> BrokenGlass:
    """Return one emergency access to review, else answer 404."""
    found = glasses(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def what_was_opened(one: BrokenGlass) -> QuerySet[AuditEntry]:
    """Return what the person did about the applicant while the glass was broken."""
    return AuditEntry.objects.filter(
        actor_id=one.user_id,
        applicant_key=one.applicant_id,
        at__gte=one.opened_at,
        at__lte=one.expires_at,
    ).order_by("at")


@transaction.atomic
def review(
    *,
    actor: Actor,
    key: UUID,
    verdict: ReviewVerdict,
    words: str,
    tell: bool = False,
    now: datetime,
) -> None:
    """Conclude on an emergency access; `tell` tells an applicant who was not told.

    Raises InputFault for whoever broke the glass, and where somebody was faster.
    """
    found = glass(actor, key)
    if found.user_id == actor.id:
        raise InputFault(
            _("This was your own emergency access. Another steward reviews it.")
        )
    tells = tell and found.told_at is None
    open_still = BrokenGlass.objects.filter(pk=key, reviewed_at__isnull=True)
    if not open_still.update(
        reviewed_at=now,
        reviewed_by=actor.id,
        verdict=verdict,
        review_words=words,
        told_at=now if tells else found.told_at,
    ):
        raise InputFault(_("Somebody else has reviewed this meanwhile."))
    if tells:
        _tell(found, now)
    _record(actor, "glass_reviewed", found)
