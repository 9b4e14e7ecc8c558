"""When what an employer may know is to be talked about again."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, Subquery

from braid.access.policy import Actor
from braid.work.choices import ApplicationResult
from braid.work.models import Application, DisclosureDecision, Job

REVISIT = "disclosure_revisit_on"
BEFORE = timedelta(days=14)  # a talk so shortly before the start was about it
WHILE_NEW = timedelta(days=30)


def revisits(actor: Actor) -> dict[str, Subquery]:
    """Return what to ask of an episode besides: the next day agreed for another talk.

    Of the decisions in force: those taken back, or followed by another one for the same
    employer, ask for nothing.
    """
    rows = DisclosureDecision.objects.visible_to(actor)
    later = Q(agreed_on__gt=OuterRef("agreed_on")) | Q(
        agreed_on=OuterRef("agreed_on"), created_at__gt=OuterRef("created_at")
    )
    followed = rows.filter(later, episode=OuterRef("episode"))
    asked = (
        rows.filter(
            episode=OuterRef("pk"),
            agreed_on__isnull=False,
            revoked_on__isnull=True,
            revisit_on__isnull=False,
        )
        .exclude(Exists(followed.filter(employer=OuterRef("employer"))))
        .exclude(
            Q(employer__isnull=True), Exists(followed.filter(employer__isnull=True))
        )
        .order_by("revisit_on")
        .values("revisit_on")
    )
    return {REVISIT: Subquery(asked[:1])}


def asks_before_interview(actor: Actor, application: Application, today: date) -> bool:
    """Say whether an interview or offer asks for a talk that was not held since."""
    at = application.interview_on
    is_near = at is not None and at >= today
    if not is_near and application.result != ApplicationResult.OFFER:
        return False
    return not _talked(
        actor, application.episode_id, application.employer_id, application.day
    )


def asks_at_start(actor: Actor, job: Job, today: date) -> bool:
    """Say whether the start of a job asks for a talk that was not held lately."""
    is_over = job.last_day is not None and job.last_day < today
    if is_over or job.first_day < today - WHILE_NEW:
        return False
    since = job.first_day - BEFORE
    return not _talked(actor, job.episode_id, job.employer_id, since)


def _talked(
    actor: Actor, episode_id: UUID, employer_id: UUID | None, since: date
) -> bool:
    """Say whether what this employer may know was talked about on `since` or later."""
    held: Any = DisclosureDecision.objects.visible_to(actor).filter(
        Q(employer=employer_id) | Q(employer__isnull=True),
        episode=episode_id,
        discussed_on__gte=since,
    )
    found: bool = held.exists()
    return found
