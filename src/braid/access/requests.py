"""What applicants ask of the organisation under the law, and how it answers.

A copy, a correction, erasure, restriction: each is a list of entries with words for the
applicant (`request_rules`). The stewards of the organisation that keeps the record
answer; the applicant is told on their own page.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from braid.access import audit, request_rules
from braid.access.choices import NoticeKind, RequestKind, RequestState
from braid.access.models import (
    Notice,
    Organisation,
    RequestEntry,
    SubjectRequest,
)
from braid.access.policy import Action, Actor, Information, Subject
from braid.access.queries import require
from braid.access.scopes import reach
from braid.kernel.errors import InputFault, Refused
from braid.packs import jurisdictions

LONGEST = 4_000
_REASONS = {
    request_rules.OTHER_KIND: gettext_lazy(
        "This request asks for something else. Nothing was done. "
        "Do what it asks for, or refuse it."
    ),
    request_rules.ANSWERED: gettext_lazy(
        "This request was answered already. Nothing was done. The person can ask anew."
    ),
}


def _own_record(actor: Actor) -> UUID:
    """Return the key of the actor's own record. Raises Refused where there is none."""
    subject = Subject(Information.IDENTITY, actor.organisation, applicant=actor.own)
    require(actor, Action.ASK, subject)
    if actor.own is None:
        raise Refused("not_granted")
    return actor.own


@transaction.atomic
def ask(
    *, actor: Actor, kind: str, words: str = "", now: datetime | None = None
) -> SubjectRequest:
    """Record what an applicant asks about their own record. Raises Refused, InputFault.

    `kind` is a value of `RequestKind`. The same thing is not asked twice while it is
    open.
    """
    applicant_id = _own_record(actor)
    at = now or timezone.now()
    wanted = RequestKind(kind)
    said = _checked(wanted, words)
    organisation = Organisation.objects.get(pk=actor.organisation)
    if wanted != RequestKind.CORRECTION and _open_of(applicant_id).filter(kind=wanted):
        raise InputFault(
            _("You have asked for this already. You get an answer to that request."),
            field="kind",
            reason="asked_already",
        )
    months = jurisdictions.of_country(organisation.country).rights.answer_within_months
    made = SubjectRequest.objects.create(
        organisation=organisation,
        applicant_id=applicant_id,
        kind=wanted,
        words=said,
        made_at=at,
        due_on=request_rules.due_on(timezone.localdate(at), months),
        state=RequestState.RECEIVED,
    )
    _enter(actor, made, RequestState.RECEIVED, "", at)
    audit.record(actor, "request_made", made, applicant=applicant_id)
    return made


def _checked(kind: RequestKind, words: str) -> str:
    said = words.strip()
    if len(said) > LONGEST:
        raise InputFault(
            _("That is longer than %(most)d characters. Say it shorter.")
            % {"most": LONGEST},
            field="words",
            reason="too_long",
        )
    if kind == RequestKind.CORRECTION and not said:
        raise InputFault(
            _("Say what is wrong and what would be right."),
            field="words",
            reason="words_missing",
        )
    return said


def _open_of(applicant_id: UUID) -> QuerySet[SubjectRequest]:
    return SubjectRequest.objects.filter(
        applicant_id=applicant_id, state__in=request_rules.OPEN
    )


def own(actor: Actor) -> QuerySet[SubjectRequest]:
    """Return the requests of the applicant whose account this is, the latest first."""
    if actor.own is None:
        return SubjectRequest.objects.none()
    found = SubjectRequest.objects.filter(applicant_id=actor.own)
    return found.prefetch_related("entries").order_by("-made_at")


def waiting(actor: Actor) -> QuerySet[SubjectRequest]:
    """Return the open requests that `actor` may answer, by the day they are due."""
    return to_answer(actor).filter(state__in=request_rules.OPEN)


def to_answer(actor: Actor) -> QuerySet[SubjectRequest]:
    """Return all requests to the organisations for which `actor` answers."""
    found = reach(actor, Action.ANSWER, None)
    return (
        SubjectRequest.objects.filter(organisation_id__in=found.organisations)
        .exclude(applicant_id__in=actor.hidden)
        .prefetch_related("entries__recorded_by")
        .order_by("due_on", "made_at")
    )


def one(actor: Actor, key: UUID) -> SubjectRequest:
    """Return a request that `actor` may answer, else answer 404."""
    found = to_answer(actor).select_related("organisation").filter(pk=key).first()
    if found is None:
        raise Http404
    return found


@transaction.atomic
def to_act_on(actor: Actor, key: UUID, act: str) -> SubjectRequest:
    """Return a request by which `act` can be done, locked; else answer 404.

    Raises InputFault where it asks for something else or was answered.
    """
    one(actor, key)
    found = SubjectRequest.objects.select_for_update().get(pk=key)
    reason = request_rules.why_not(act, found.kind, found.state)
    if reason:
        raise InputFault(str(_REASONS[reason]), field="state", reason=reason)
    return found


def days_left(request: SubjectRequest, today: date) -> int:
    """Return the days until an answer is due; negative once it is late."""
    return (request.due_on - today).days


@transaction.atomic
def answer(
    *,
    actor: Actor,
    request_id: UUID,
    state: str,
    words: str = "",
    now: datetime | None = None,
) -> SubjectRequest:
    """Bring a request into a state, with words for the applicant, who is told.

    Raises Refused; InputFault where the state cannot follow or a refusal gives no reason.
    """
    found = SubjectRequest.objects.select_for_update().get(pk=request_id)
    require(actor, Action.ANSWER, Subject(None, found.organisation_id))
    wanted, at, said = RequestState(state), now or timezone.now(), words.strip()
    if not request_rules.may_enter(found.state, wanted):
        raise InputFault(
            _("This request was answered already."), field="state", reason="answered"
        )
    if wanted in request_rules.NEEDS_WORDS and not said:
        raise InputFault(
            _("Say why, in words that the person understands."),
            field="words",
            reason="words_missing",
        )
    _enter(actor, found, wanted, said, at)
    found.state = wanted
    found.save(update_fields=["state"])
    if wanted not in request_rules.OPEN:
        Notice.objects.create(
            applicant_id=found.applicant_id,
            kind=NoticeKind.REQUEST_ANSWERED,
            organisation_id=found.organisation_id,
            at=at,
            record_key=found.pk,
        )
    audit.record(actor, f"request_{wanted}", found, applicant=found.applicant_id)
    return found


def _enter(
    actor: Actor,
    request: SubjectRequest,
    state: RequestState,
    words: str,
    at: datetime,
) -> None:
    RequestEntry.objects.create(
        request=request,
        number=request.entries.count() + 1,
        state=state,
        words=words,
        recorded_at=at,
        recorded_by_id=actor.id,
    )
