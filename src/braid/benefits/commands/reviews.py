"""The next look that was agreed, when its day has come."""

from dataclasses import replace
from datetime import datetime

from django.utils import timezone

from braid.access.queries import installation_actor
from braid.benefits.choices import Trigger
from braid.benefits.commands.counselling import make_due
from braid.benefits.queries.rounds import reviews_reached

TASK = "benefits reviews"


def open_reviews(now: datetime) -> int:
    """Open a round for each review whose day has come; return how many."""
    actor, day = installation_actor(TASK), timezone.localdate(now)
    if actor is None:
        return 0
    actor = replace(actor, day=day)
    found = reviews_reached(actor, day)
    for row in found:
        make_due(actor, row.episode_id, Trigger.REVIEW, None, row.next_review_on)
    return len(found)
