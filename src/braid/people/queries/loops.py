"""The loop of one referral, for the unit that got it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import F

from braid.access.policy import Actor
from braid.method.referral_loop import Referral, Standing, standing
from braid.people import outcomes
from braid.people.choices import EpisodeState
from braid.people.models import Episode, EpisodeEntry, Refusal
from braid.people.outcomes import FirstStart
from braid.people.queries.records import episode


@dataclass(frozen=True, slots=True)
class Loop:
    """A referral with where it stands, each “no” that was said, and the first job."""

    episode: Episode
    told: Referral
    standing: Standing
    refusals: tuple[Refusal, ...]
    start: FirstStart | None
    referrer: str


def loop_of(actor: Actor, episode_id: UUID) -> Loop:
    """Return the loop of a referral in `actor`'s own care, else answer 404."""
    found = episode(actor, episode_id)
    refusals = tuple(
        Refusal.objects.visible_to(actor)
        .filter(episode=found)
        .order_by("-day", "-created_at")
    )
    since = dict(
        EpisodeEntry.objects.visible_to(actor)
        .filter(episode=found, state__in=(EpisodeState.WAITING, EpisodeState.PAUSED))
        .order_by("number")
        .values_list("state", F("day"))
    )
    last = refusals[0] if refusals else None
    told = Referral(
        state=found.state,
        referred_on=found.referred_on,
        acknowledged_on=found.acknowledged_on,
        accepted_on=found.accepted_on,
        entered_on=found.entered_on,
        exited_on=found.exited_on,
        exit_reason=found.exit_reason,
        refused_on=last.day if last else None,
        refused_because=last.reason if last else "",
        refused_by=last.by_role if last else "",
        asked_again_on=last.until_on if last else None,
        waits_since=since.get(EpisodeState.WAITING),
        rests_since=since.get(EpisodeState.PAUSED),
    )
    by = found.referred_by
    return Loop(
        found,
        told,
        standing(told),
        refusals,
        outcomes.first_starts(actor, [found.pk]).get(found.pk),
        found.referrer or (by.name if by else ""),
    )
