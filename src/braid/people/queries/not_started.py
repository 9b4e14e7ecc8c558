"""What was asked for and did not start, or not yet: the figures of a period."""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import F, Q, QuerySet

from braid.access.policy import Action, Actor, Information
from braid.people import rules
from braid.people.choices import EpisodeState
from braid.people.models import Episode, EpisodeEntry, Refusal


class Overtaken(NamedTuple):
    """Somebody whom others, referred later, went before; `reasons` were logged."""

    episode_id: UUID
    applicant_id: UUID
    name: str
    referred_on: date
    entered_on: date | None
    by: int
    reasons: tuple[str, ...]


class Cited(NamedTuple):
    """A funder's rule that was given as the reason."""

    day: date
    rule: str


@dataclass(frozen=True, slots=True)
class NotStarted:
    """The figures of a period, both days inside, as known on `as_of`."""

    first: date
    last: date
    as_of: date
    referred: int
    accepted: int
    entered: int
    waiting: int
    refusals: int
    breaches: int
    told: int
    reasons: tuple[rules.Counted, ...]
    cited: tuple[Cited, ...]
    overtaken: tuple[Overtaken, ...]
    listed: tuple[UUID, ...]


def not_started(
    actor: Actor, first: date, last: date, as_of: date, breaches: Collection[str]
) -> NotStarted:
    """Count the referrals of a period and what stood in their way: three queries."""
    episodes = list(_episodes(actor))
    logged = list(
        Refusal.objects.visible_to(actor, Action.RECORD)
        .filter(day__range=(first, last))
        .select_related("episode")
    )
    asked = [row for row in episodes if row.referred_on and row.referred_on <= last]
    period = [row for row in asked if row.referred_on >= first]
    state = Counter(row.state for row in period)
    overtaken = tuple(_overtaken(actor, asked, first))
    return NotStarted(
        first=first,
        last=last,
        as_of=as_of,
        referred=len(period),
        accepted=sum(row.accepted_on is not None for row in period),
        entered=sum(row.entered_on is not None for row in period),
        waiting=state[EpisodeState.REFERRED] + state[EpisodeState.WAITING],
        refusals=len(logged),
        breaches=sum(row.reason in breaches for row in logged),
        told=sum(row.person_informed for row in logged),
        reasons=tuple(rules.counted(_no(row) for row in logged)),
        cited=tuple(
            Cited(row.day, row.funder_rule) for row in logged if row.funder_rule
        ),
        overtaken=overtaken,
        listed=tuple(one.applicant_id for one in overtaken),
    )


def _episodes(actor: Actor) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = (
        Episode.objects.visible_to(actor, Action.RECORD, Information.ATTENDANCE)
        .order_by("referred_on", "pk")
        .values_list(
            "pk",
            "applicant_id",
            "unit_id",
            "applicant__given_name",
            "applicant__family_name",
            "state",
            "referred_on",
            "accepted_on",
            "entered_on",
            "exited_on",
            named=True,
        )
    )
    return found


def _no(row: Refusal) -> rules.No:
    entered_on = row.episode.entered_on if row.episode else None
    return rules.No(row.kind, row.reason, row.by_role, row.day, entered_on)


def _overtaken(actor: Actor, asked: list[Any], first: date) -> list[Overtaken]:
    """Return those overtaken who waited within the period, the longest waiting first."""
    ended = _ended(actor)
    by_unit: dict[UUID, list[rules.Queued]] = {}
    for row in asked:
        off = row.exited_on or ended.get(row.pk)
        queued = rules.Queued(row.pk, row.referred_on, row.entered_on, off)
        by_unit.setdefault(row.unit_id, []).append(queued)
    until = {
        one.episode_id: one.waited_until for queue in by_unit.values() for one in queue
    }
    skipped: dict[UUID, tuple[UUID, ...]] = {}
    for queue in by_unit.values():
        skipped |= rules.skips(queue)
    said = _reasons(actor, skipped)
    return [
        Overtaken(
            row.pk,
            row.applicant_id,
            f"{row.applicant__given_name} {row.applicant__family_name}".strip(),
            row.referred_on,
            row.entered_on,
            len(skipped[row.pk]),
            tuple(said.get(row.pk, ())),
        )
        for row in asked
        if row.pk in skipped and until[row.pk] >= first
    ]


def _ended(actor: Actor) -> dict[UUID, date]:
    """Return when the episodes that did not start were closed."""
    closed = EpisodeEntry.objects.visible_to(actor, Action.RECORD).filter(
        Q(state=EpisodeState.NOT_STARTED), day__isnull=False
    )
    return dict(closed.values_list("episode_id", "day"))


def _reasons(actor: Actor, episodes: Collection[UUID]) -> dict[UUID, list[str]]:
    rows = (
        Refusal.objects.visible_to(actor, Action.RECORD)
        .filter(episode_id__in=list(episodes))
        .order_by(F("day"))
    )
    said: dict[UUID, list[str]] = {}
    for row in rows:
        if row.episode_id is not None:
            said.setdefault(row.episode_id, []).append(row.get_reason_display())
    return said
