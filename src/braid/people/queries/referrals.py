"""Referrals on their way: wishes from outside, and who waits."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.http import Http404

from braid.access.policy import Action, Actor, Information
from braid.method.likeness import name_likeness
from braid.people.choices import EnquiryState, EpisodeState, ReferralWay
from braid.people.models import Enquiry, Episode, EpisodeEntry, Refusal
from braid.people.queries.caseload import CaseloadRow
from braid.people.queries.finding import LIKE_ENOUGH, possible_duplicates, same_phone

WAITING = (EpisodeState.REFERRED, EpisodeState.WAITING)
LOGGED = "logged"  # every way but a live one
OVER = (EpisodeState.EXITED, EpisodeState.NOT_STARTED)


def enquiries(actor: Actor) -> QuerySet[Enquiry]:
    """Return the wishes from outside that wait for an answer, the oldest first."""
    found: QuerySet[Enquiry] = Enquiry.objects.visible_to(
        actor, Action.RECORD, Information.IDENTITY
    ).select_related("unit")
    return found.filter(state=EnquiryState.OPEN)


def enquiry(actor: Actor, key: UUID) -> Enquiry:
    """Return a wish from outside that waits for an answer, else answer 404."""
    found = enquiries(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def like_enquiries(actor: Actor, *, name: str, phone: str) -> list[Enquiry]:
    """Return wishes from outside that may be of the same person."""
    return [
        one
        for one in enquiries(actor)
        if name_likeness(name, one.name) >= LIKE_ENOUGH
        or same_phone(phone, one.reach_at)
    ]


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody referred and not taken on: since when, by whom, and when asked again."""

    episode_id: UUID
    applicant_id: UUID
    name: str
    birth_date: date | None
    phone: str
    state: str
    referred_on: date | None
    source: str
    referrer: str
    way: str
    words: str
    acknowledged_on: date | None
    asked_again_on: date | None
    reason: str

    def is_asked_again(self, day: date) -> bool:
        return self.asked_again_on is not None and self.asked_again_on <= day


def waiting(actor: Actor, way: str = "") -> list[Waiting]:
    """Return those who were referred and not taken on yet, the longest waiting first.

    `way` keeps those that came so: `live`, or `logged` for those noted afterwards.
    """
    last_no = (
        Refusal.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"))
        .order_by("-day", "-created_at")
    )
    rows = (
        Episode.objects.visible_to(actor, Action.RECORD)
        .filter(state__in=WAITING)
        .annotate(
            until=Subquery(last_no.values("until_on")[:1]),
            because=Subquery(last_no.values("reason")[:1]),
        )
        .order_by(F("referred_on").asc(nulls_first=True), "pk")
        .select_related("applicant", "referred_by")
    )
    if way == ReferralWay.LIVE:
        rows = rows.filter(referral_way=way)
    elif way == LOGGED:
        rows = rows.exclude(referral_way=ReferralWay.LIVE)
    return [
        Waiting(
            row.pk,
            row.applicant_id,
            row.applicant.name,
            row.applicant.birth_date,
            row.applicant.phone,
            row.state,
            row.referred_on,
            row.get_referral_source_display(),
            row.referrer or (row.referred_by.name if row.referred_by else ""),
            row.referral_way,
            row.referral_words,
            row.acknowledged_on,
            row.until,
            row.because or "",
        )
        for row in rows
    ]


def like_them(actor: Actor, row: Waiting) -> list[CaseloadRow]:
    """Return other people of the unit who may be the same as somebody who was referred."""
    like = possible_duplicates(
        actor, name=row.name, birth_date=row.birth_date, phone=row.phone
    )
    return [one for one in like if one.applicant_id != row.applicant_id]


@dataclass(frozen=True, slots=True)
class AskedAgain:
    """A “not yet”, a wait or a pause that is looked at again on a day; `kind` is a slug."""

    kind: str
    episode_id: UUID
    applicant_id: UUID
    name: str
    due_on: date
    reason: str


def asked_again(actor: Actor, until: date) -> list[AskedAgain]:
    """Return whom to ask or look at again up to and with a day, the nearest first.

    Only the last word counts: who was taken on, or rests no more, is on no list.
    """
    refusals = Refusal.objects.visible_to(actor, Action.RECORD)
    last = refusals.filter(episode=OuterRef("episode")).order_by("-day", "-created_at")
    nos = refusals.filter(
        pk=Subquery(last.values("pk")[:1]),
        until_on__lte=until,
        episode__state__in=WAITING,
    ).values_list(*_PERSON, "until_on", "reason")
    entries = EpisodeEntry.objects.visible_to(actor, Action.RECORD)
    later = entries.filter(
        episode=OuterRef("episode"), number__gt=OuterRef("number")
    ).values("pk")
    rests = (
        entries.filter(
            until_on__lte=until, state__in=(EpisodeState.PAUSED, EpisodeState.WAITING)
        )
        .annotate(overruled=Subquery(later[:1]))
        .filter(overruled__isnull=True)
        .values_list(*_PERSON, "until_on", "state")
    )
    found = [_again("not_yet", row, row[-1]) for row in nos]
    found += [_again(row[-1], row, "") for row in rests]
    return sorted(found, key=lambda one: (one.due_on, one.name))


_PERSON = (
    "episode_id",
    "episode__applicant_id",
    "episode__applicant__given_name",
    "episode__applicant__family_name",
)


def _again(kind: str, row: tuple[Any, ...], reason: str) -> AskedAgain:
    episode, applicant, given, family, due_on, _last = row
    name = f"{given} {family}".strip()
    return AskedAgain(kind, episode, applicant, name, due_on, reason)


def former_units(actor: Actor) -> list[UUID]:
    """Return the units of the applicant's own episodes that ended, none of them open."""
    own = list(
        Episode.objects.visible_to(actor)
        .filter(applicant_id=actor.own)
        .values_list("unit_id", "state")
    )
    busy = {unit for unit, state in own if state not in OVER}
    return _once(unit for unit, _state in own if unit not in busy)


def _once(keys: Iterable[UUID]) -> list[UUID]:
    return list(dict.fromkeys(keys))
