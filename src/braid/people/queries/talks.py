"""Which conversations an episode has had, asked of many episodes at once."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from braid.access.policy import Actor
from braid.people.choices import Section
from braid.people.models import (
    EpisodeEntry,
    PastJob,
    ProfileAnswer,
    Refusal,
    SearchPlan,
)

TALKS = ("profile_drafted", "plan_seen_on", "ask_again_on", "look_again_on")


def talks(actor: Actor) -> dict[str, Any]:
    """Return what to ask of an episode besides; each is the first row of an index."""
    plans = (
        SearchPlan.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"), agreed_on__isnull=False)
        .order_by("-number")
        .annotate(seen_on=Coalesce("reviewed_on", "agreed_on"))
        .values("seen_on")
    )
    promised = (
        Refusal.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"))
        .order_by("-day", "-created_at")
        .values("until_on")
    )
    resting = (
        EpisodeEntry.objects.visible_to(actor)
        .filter(episode=OuterRef("pk"))
        .order_by("-number")
        .values("until_on")
    )
    firsts = (Subquery(rows[:1]) for rows in (plans, promised, resting))
    return dict(zip(TALKS, (_drafted(actor), *firsts), strict=True))


def _drafted(actor: Actor) -> Any:
    """Say that goal, jobs so far, everyday life and benefits are touched."""

    def told(model: Any, **where: Any) -> QuerySet[Any]:
        rows: QuerySet[Any] = model.objects.visible_to(actor)
        return rows.filter(applicant=OuterRef("applicant"), **where)

    def answered(section: Section) -> Exists:
        return Exists(told(ProfileAnswer, section=section))

    return (
        (~Q(goal="") | answered(Section.GOAL))
        & (Exists(told(PastJob)) | answered(Section.PAST_JOBS))
        & answered(Section.DAILY_LIFE)
        & answered(Section.BENEFITS)
    )
