"""Findings of the review: asked about, answered, closed, and the week signed off."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, Q, QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from braid.access import audit, queries, secrets, unusual
from braid.access.choices import FindingState
from braid.access.models import AuditEntry, Finding, ReviewSignOff
from braid.access.policy import Action, Actor, Subject
from braid.kernel.dates import iso_week_start
from braid.kernel.errors import InputFault, Refused

WEEK = timedelta(days=7)
WEEKS = 8  # that the page of the review goes back
SHORTEST = 10  # characters of a reason or a conclusion


@dataclass(frozen=True, slots=True)
class Week:
    """One week of accesses: how much was found, what is still open, who signed it off."""

    monday: date
    found: int
    still_open: int
    is_over: bool
    signed_at: datetime | None = None
    signed_by: str = ""

    @property
    def sunday(self) -> date:
        return self.monday + timedelta(days=6)


def pseudonym(applicant_id: UUID | None) -> str:
    """Return the short key that stands for an applicant on the steward's pages."""
    if applicant_id is None:
        return ""
    (long,) = secrets.pseudonyms([str(applicant_id)])
    return f"{long[:4]}-{long[4:8]}".upper()


def _require(actor: Actor) -> None:
    subject = Subject(information=None, organisation=actor.organisation)
    queries.require(actor, Action.REVIEW_ACCESS, subject)


def _of(actor: Actor) -> QuerySet[Finding]:
    """Return the organisation's findings; whoever blocked the actor is not among them."""
    _require(actor)
    seen = Q(applicant_id__isnull=True) | ~Q(applicant_id__in=actor.hidden)
    found = Finding.objects.filter(seen, organisation_id=actor.organisation)
    return found.select_related("user", "closed_by")


def of_week(actor: Actor, monday: date) -> list[Finding]:
    """Return the findings of a week: open ones first, the heaviest first."""
    found = _of(actor).filter(day__gte=monday, day__lt=monday + WEEK)
    return sorted(
        found,
        key=lambda one: (
            one.state == FindingState.CLOSED,
            -unusual.weight(one.rules),
            one.day,
        ),
    )


def finding(actor: Actor, key: UUID) -> Finding:
    """Return one finding of the organisation, else answer 404."""
    found = _of(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def accesses(actor: Actor, found: Finding) -> QuerySet[AuditEntry]:
    """Return what the log says of a finding: that day, that person, that applicant."""
    _require(actor)
    zone = timezone.get_current_timezone()
    begin = datetime.combine(found.day, datetime.min.time(), zone)
    entries = AuditEntry.objects.filter(
        Q(organisation_id=actor.organisation) | Q(holder_id=actor.organisation),
        actor_id=found.user_id,
        at__gte=begin,
        at__lt=begin + timedelta(days=1),
        applicant_key__isnull=False,
    )
    if found.applicant_id is not None:
        entries = entries.filter(applicant_key=found.applicant_id)
    return entries.order_by("at")


def weeks(actor: Actor, today: date) -> list[Week]:
    """Return the last weeks, the newest first; none before the organisation's first."""
    _require(actor)
    this = iso_week_start(today)
    first = AuditEntry.objects.filter(organisation_id=actor.organisation).aggregate(
        at=Min("at")
    )["at"]
    earliest = iso_week_start(timezone.localdate(first)) if first else this
    begin = max(earliest, this - (WEEKS - 1) * WEEK)
    signed = {
        one.week: one
        for one in ReviewSignOff.objects.filter(
            organisation_id=actor.organisation, week__gte=begin
        ).select_related("signed_by")
    }
    counted = _counted(actor, begin)
    found = []
    while this >= begin:
        total, still_open = counted.get(this, (0, 0))
        one = signed.get(this)
        found.append(
            Week(
                monday=this,
                found=total,
                still_open=still_open,
                is_over=this + WEEK <= today,
                signed_at=one.signed_at if one else None,
                signed_by=one.signed_by.name if one else "",
            )
        )
        this -= WEEK
    return found


def _counted(actor: Actor, begin: date) -> dict[date, tuple[int, int]]:
    """Return found and still open by the Monday of their week."""
    still = Count("pk", filter=~Q(state=FindingState.CLOSED))
    days = _of(actor).filter(day__gte=begin).order_by().values("day")
    found: dict[date, tuple[int, int]] = {}
    for row in days.annotate(found=Count("pk"), still_open=still):
        monday = iso_week_start(row["day"])
        total, still_open = found.get(monday, (0, 0))
        found[monday] = (total + row["found"], still_open + row["still_open"])
    return found


def asked(actor: Actor) -> list[Finding]:
    """Return the findings about which somebody waits for the actor's own reason.

    None about an applicant who has blocked the actor meanwhile.
    """
    if actor.id is None:
        return []
    seen = Q(applicant_id__isnull=True) | ~Q(applicant_id__in=actor.hidden)
    found = Finding.objects.filter(seen, user_id=actor.id, state=FindingState.ASKED)
    return list(found.select_related("organisation").order_by("day"))


def own(actor: Actor, key: UUID) -> Finding:
    """Return a finding about which the actor was asked, else answer 404."""
    found = next((one for one in asked(actor) if one.pk == key), None)
    if found is None:
        raise Http404
    return found


@transaction.atomic
def ask(*, actor: Actor, key: UUID, now: datetime) -> None:
    """Ask whoever opened the record for a reason. Raises Refused about oneself."""
    found = _other(actor, key)
    if found.state != FindingState.OPEN:
        raise InputFault(_("A reason has been asked for already."))
    Finding.objects.filter(pk=key).update(state=FindingState.ASKED, asked_at=now)
    audit.record(actor, "reason_asked", found)


@transaction.atomic
def answer(*, actor: Actor, key: UUID, words: str, now: datetime) -> None:
    """Give one's own reason. Raises InputFault where it says too little."""
    found = own(actor, key)
    Finding.objects.filter(pk=found.pk).update(
        state=FindingState.ANSWERED, answer=_said(words), answered_at=now
    )
    audit.record(actor, "reason_given", found)


@transaction.atomic
def close(*, actor: Actor, key: UUID, words: str, now: datetime) -> None:
    """Close a finding with a conclusion. Raises Refused about oneself."""
    found = _other(actor, key)
    if found.state == FindingState.CLOSED:
        raise InputFault(_("It is closed already."))
    Finding.objects.filter(pk=key).update(
        state=FindingState.CLOSED,
        closed_at=now,
        closed_by_id=actor.id,
        closing_words=_said(words),
    )
    audit.record(actor, "finding_closed", found)


@transaction.atomic
def sign_off(*, actor: Actor, monday: date, now: datetime) -> None:
    """Say that a week was looked at. Raises InputFault while something of it is open."""
    if actor.id is None:
        raise Refused("not_granted")
    week = next(
        (
            one
            for one in weeks(actor, timezone.localdate(now))
            if one.monday == monday and one.is_over
        ),
        None,
    )
    if week is None:
        raise InputFault(_("Only a week that is over can be signed off."))
    if week.signed_at is not None:
        raise InputFault(_("This week is signed off already."))
    if week.still_open:
        raise InputFault(_("Close every finding of the week first."))
    made = ReviewSignOff.objects.create(
        organisation_id=actor.organisation,
        week=monday,
        signed_at=now,
        signed_by_id=actor.id,
        found=week.found,
    )
    audit.record(actor, "week_signed_off", made, count=week.found)


def _other(actor: Actor, key: UUID) -> Finding:
    """Return a finding that is about somebody else than the actor."""
    found = finding(actor, key)
    if found.user_id == actor.id:
        raise Refused("own_access")
    return found


def _said(words: str) -> str:
    said = words.strip()
    if len(said) < SHORTEST:
        raise InputFault(
            _("Say it in at least %(number)s characters.") % {"number": SHORTEST},
            field="words",
        )
    return said
