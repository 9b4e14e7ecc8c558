"""What came of the referrals that somebody sent, as far as the person agreed."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone

from braid.access import audit, policy, shared
from braid.access.changes import log_of
from braid.access.policy import Action, Actor, Ground, Information
from braid.method.referral_loop import Business, Referral, Standing, standing
from braid.people import outcomes
from braid.people.choices import EpisodeState, ReferralWay
from braid.people.models import Applicant, Episode, EpisodeEntry, Refusal
from braid.people.outcomes import FirstStart

OPENED = "sent_referrals_opened"  # the entry of the log that says who last looked when
ROOM = 100
OVER = (EpisodeState.EXITED, EpisodeState.NOT_STARTED)
REASON = "what came of one's own referral, by the agreement of the person"
_OF_EPISODE = "people.episode"


@dataclass(frozen=True, slots=True)
class Event:
    """A step of the loop: its slug, its day, whether it came since the last look."""

    kind: str
    day: date | None
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Sent:
    """A referral of one's own, as far as the policy opens what came of it.

    Receipt is told to whoever referred. The name needs identity, what came after needs
    attendance, the reason of a “no” the goals for work, the job start jobs: each by the
    person's agreement, else it is left out.
    """

    episode_id: UUID
    applicant_id: UUID
    organisation_id: UUID
    unit: str
    way: str
    name: str
    is_shared: bool
    standing: Standing
    events: tuple[Event, ...]

    @property
    def is_live(self) -> bool:
        return self.way == ReferralWay.LIVE

    @property
    def news(self) -> tuple[Event, ...]:
        return tuple(event for event in self.events if event.is_new)


def sent(actor: Actor) -> list[Sent]:
    """Return the referrals that `actor` made, the latest first: eight queries."""
    rows = list(
        Episode.objects.system("receipt of one's own referrals")
        .filter(referred_by_id=actor.id)
        .exclude(applicant_id__in=actor.hidden)
        .order_by(F("referred_on").desc(nulls_last=True), "-created_at")
        .values_list(
            "pk",
            "applicant_id",
            "unit__organisation_id",
            "unit__name",
            "referral_way",
            "referred_on",
            "acknowledged_on",
            named=True,
        )[:ROOM]
    )
    keys = [row.pk for row in rows]
    names = _names(actor, [row.applicant_id for row in rows])
    courses, reasons = _courses(actor, keys), _reasons(actor, keys)
    starts = outcomes.first_starts(actor, keys)
    seen_at = audit.last_at(actor, OPENED)
    told_at = _told_at(keys)
    found = []
    for row in rows:
        told = _referral(row, courses.get(row.pk), reasons.get(row.pk))
        news = _News(told_at.get(row.pk, {}), seen_at)
        found.append(
            Sent(
                row.pk,
                row.applicant_id,
                row.unit__organisation_id,
                row.unit__name,
                row.referral_way,
                names.get(row.applicant_id, ""),
                row.pk in courses,
                standing(told),
                tuple(_events(told, starts.get(row.pk), news)),
            )
        )
    return found


def referral_news(actor: Actor) -> list[Sent]:
    """Return those of one's own referrals of which something new can be told."""
    return [one for one in sent(actor) if one.news]


def _names(actor: Actor, applicants: Collection[UUID]) -> dict[UUID, str]:
    rows = Applicant.objects.visible_to(actor).filter(pk__in=applicants)
    found = rows.values_list("pk", "given_name", "family_name")
    return {pk: f"{given} {family}".strip() for pk, given, family in found}


def _courses(actor: Actor, keys: Collection[UUID]) -> dict[UUID, Any]:
    """Return the dates of the episodes of which attendance is shared, by episode."""
    entries = EpisodeEntry.objects.system(REASON).filter(episode=OuterRef("pk"))

    def since(state: EpisodeState) -> Subquery:
        last = entries.filter(state=state).order_by("-number")
        return Subquery(last.values("day")[:1])

    found: dict[UUID, Any] = {}
    for episodes in _told(actor, Information.ATTENDANCE, keys):
        rows = episodes.annotate(
            waits_since=since(EpisodeState.WAITING),
            rests_since=since(EpisodeState.PAUSED),
        ).values_list(
            "pk",
            "state",
            "accepted_on",
            "entered_on",
            "exited_on",
            "exit_reason",
            "waits_since",
            "rests_since",
            named=True,
        )
        found |= {row.pk: row for row in rows}
    return found


def _reasons(actor: Actor, keys: Collection[UUID]) -> dict[UUID, Any]:
    """Return the last “no” of the episodes whose goals are shared; never its words."""
    found: dict[UUID, Any] = {}
    for episodes in _told(actor, Information.WORK_GOALS, keys):
        rows = (
            Refusal.objects.system(REASON)
            .filter(episode__in=episodes.values("pk"))
            .order_by("day", "created_at")
            .values_list(
                "episode_id", "day", "reason", "by_role", "until_on", named=True
            )
        )
        found |= {row.episode_id: row for row in rows}
    return found


def _told(
    actor: Actor, information: Information, keys: Collection[UUID]
) -> tuple[QuerySet[Episode], ...]:
    """Return the queries of those episodes of which a class is told to who referred.

    As the policy opens them. What has ended has no teams around it any more: that it
    ended is told all the same, while the person's agreement with the organisation holds.
    """
    seen: QuerySet[Episode] = Episode.objects.visible_to(
        actor, Action.READ, information
    )
    opened = seen.filter(pk__in=keys)
    if Ground.CONSENT not in policy.grounds(actor, Action.READ, information):
        return (opened,)
    ended = (
        Episode.objects.system(REASON)
        .filter(pk__in=keys, referred_by_id=actor.id, state__in=OVER)
        .filter(applicant_id__in=shared.agreed_with(actor, information))
        .exclude(applicant_id__in=actor.hidden | actor.restricted)
    )
    return opened, ended


def _referral(row: Any, course: Any, refusal: Any) -> Referral:
    told: dict[str, Any] = {
        "state": EpisodeState.REFERRED,
        "referred_on": row.referred_on,
        "acknowledged_on": row.acknowledged_on,
    }
    if course is not None:
        told |= {
            name: getattr(course, name)
            for name in (
                "state",
                "accepted_on",
                "entered_on",
                "exited_on",
                "waits_since",
                "rests_since",
            )
        }
        told["exit_reason"] = course.exit_reason
        if refusal is not None:
            told |= {
                "refused_on": refusal.day,
                "refused_because": refusal.reason,
                "refused_by": refusal.by_role,
                "asked_again_on": refusal.until_on,
            }
    return Referral(**told)


@dataclass(frozen=True, slots=True)
class _News:
    """When each field was written down, against when somebody last looked."""

    told_at: Mapping[str, datetime]
    seen_at: datetime | None

    def of(self, field: str, day: date | None) -> bool:
        return self.is_new(self.told_at.get(field), day)

    def is_new(self, told_at: datetime | None, day: date | None) -> bool:
        """Say whether something is new; what no log knows goes by its own day."""
        if self.seen_at is None:
            return True
        if told_at is not None:
            return told_at > self.seen_at
        return day is not None and day > timezone.localdate(self.seen_at)


# What each date of a referral is called where it is told.
_DATES = (
    ("acknowledged_on", "receipt"),
    ("accepted_on", "accepted"),
    ("entered_on", "first_contact"),
)
_CLOSED = {
    Business.DECLINED: "declined",
    Business.WITHDRAWN: "exit",
    Business.NOT_MET: "exit",
    Business.ENDED: "exit",
}


def _events(
    referral: Referral, start: FirstStart | None, news: _News
) -> Iterator[Event]:
    yield Event("referral", referral.referred_on)
    for field, kind in _DATES:
        day = getattr(referral, field)
        if day is not None:
            yield Event(kind, day, news.of(field, day))
    if start is not None:
        yield Event("job_start", start.day, news.is_new(start.recorded_at, start.day))
    stands = standing(referral)
    if stands.business in _CLOSED:
        is_new = news.of("state", stands.since)
        yield Event(_closed(stands), stands.since, is_new)


def _closed(stands: Standing) -> str:
    """Return how it ended; without a reason that is told, nobody is said to have said no."""
    if stands.business in (Business.DECLINED, Business.WITHDRAWN) and not stands.reason:
        return "not_started"
    return _CLOSED[stands.business]


def _told_at(keys: Collection[UUID]) -> dict[UUID, dict[str, datetime]]:
    """Return when the dates of episodes were written down, by episode and field."""
    fields = {field for field, _kind in _DATES} | {"state"}
    rows = log_of({_OF_EPISODE: keys}, {_OF_EPISODE: fields})
    found: dict[UUID, dict[str, datetime]] = {}
    for row in rows:  # the latest first: a correction is news as well
        found.setdefault(row.record_key, {}).setdefault(row.field, row.changed_at)
    return found
