"""What waits for whoever runs an organisation: counts, and nobody's name.

An applicant who has blocked the actor is not counted.
"""

from datetime import date, timedelta

from django.db.models import Q

from braid.access import glass, policy
from braid.access.choices import FindingState, RequestState
from braid.access.models import BlockSetAside, Finding, ReviewSignOff, SubjectRequest
from braid.access.policy import Action, Actor

ANSWERED = (RequestState.DONE, RequestState.REFUSED)


def glasses(actor: Actor) -> int:
    """Return how many uses of emergency access nobody has reviewed."""
    return glass.to_review(actor).count()


def set_asides(actor: Actor) -> int:
    """Return how many blocks somebody asks to set aside, for want of a second person."""
    if not policy.may(actor, Action.SET_ASIDE):
        return 0
    asked = BlockSetAside.objects.filter(
        block__organisation_id=actor.organisation,
        block__lifted_at__isnull=True,
        second_by__isnull=True,
    )
    return asked.exclude(block__applicant_id__in=actor.hidden).count()


def requests(actor: Actor) -> int:
    """Return how many requests of applicants are not answered."""
    if not policy.may(actor, Action.ANSWER):
        return 0
    made = SubjectRequest.objects.filter(organisation_id=actor.organisation)
    return (
        made.exclude(state__in=ANSWERED).exclude(applicant_id__in=actor.hidden).count()
    )


def findings(actor: Actor) -> int:
    """Return how many findings of the review of accesses are not closed."""
    found = Finding.objects.filter(organisation_id=actor.organisation)
    seen = Q(applicant_id__isnull=True) | ~Q(applicant_id__in=actor.hidden)
    return found.exclude(state=FindingState.CLOSED).filter(seen).count()


def is_last_week_signed(actor: Actor, today: date) -> bool:
    """Say whether somebody signed off the accesses of the week before this one."""
    monday = today - timedelta(days=today.weekday() + 7)
    return ReviewSignOff.objects.filter(
        organisation_id=actor.organisation, week=monday
    ).exists()
