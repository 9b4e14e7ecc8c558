"""What came of a course in work, for those who referred: the day, nothing besides."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F

from braid.access.policy import Actor
from braid.packs import jurisdictions
from braid.people.outcomes import FirstStart
from braid.work import rules
from braid.work.models import Job

# What the decision table asks for.
_FACTS = (
    "placement",
    "permanence",
    "time_limit_origin",
    "open_to_all",
    "at_least_minimum",
    "going_rate",
    "employer_of_record",
    "normal_rights",
    "held_at_referral",
)


def first_starts(actor: Actor, episode_ids: Collection[UUID]) -> dict[UUID, FirstStart]:
    """Return the first competitive job start by episode: one query.

    A job held at referral is no start, and one that begins later is told when it does.
    """
    rows = (
        Job.objects.visible_to(actor)
        .filter(
            episode__in=episode_ids, first_day__lte=actor.day, held_at_referral=False
        )
        .order_by("first_day", "created_at")
        .annotate(country=F("episode__unit__organisation__country"))
        .values_list(
            "episode_id", "first_day", "created_at", "country", *_FACTS, named=True
        )
    )
    found: dict[UUID, FirstStart] = {}
    for row in rows:
        switches = jurisdictions.of_country(row.country).table_switches
        if row.episode_id not in found and rules.verdict(row, switches).counts:
            found[row.episode_id] = FirstStart(row.first_day, row.created_at)
    return found
