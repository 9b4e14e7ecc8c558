"""Who works with whom: the teams around an applicant, for consent and duty.

A unit, a treatment team or a job centre is around somebody while an episode is open and
its own part of it has not ended. Nobody outside own care is around an address that is
secret: consent and duty never open it.
"""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from braid.access.policy import Information
from braid.people.choices import EpisodeState
from braid.people.models import CaseworkSpell, Episode, TreatmentSpell

REASON = "which teams are around an applicant"
OVER = (EpisodeState.EXITED, EpisodeState.NOT_STARTED)


def _spells(model: Any, day: date) -> QuerySet[Any, Any]:
    current: QuerySet[Any, Any] = model.objects.system(REASON).filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day), first_day__lte=day
    )
    return current.order_by()


def _open_episodes(information: Information) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = Episode.objects.system(REASON).exclude(state__in=OVER)
    if information == Information.CONTACT_DETAILS:
        found = found.filter(applicant__secret_address=False)
    return found.order_by()


def applicants_of(
    teams: frozenset[UUID], day: date, information: Information
) -> QuerySet[Any, Any]:
    """Return a query of the applicants' keys with whom one of `teams` works."""
    around = Q(unit_id__in=teams)
    for model in (TreatmentSpell, CaseworkSpell):
        spells = _spells(model, day).filter(episode=OuterRef("pk"), team_id__in=teams)
        around |= Q(Exists(spells))
    return _open_episodes(information).filter(around).values("applicant_id")


def teams_of(
    applicant_id: UUID, day: date, information: Information
) -> frozenset[UUID]:
    """Return the teams that work with the applicant."""
    episodes = _open_episodes(information).filter(applicant_id=applicant_id)
    found = episodes.values_list("unit_id")
    for model in (TreatmentSpell, CaseworkSpell):
        spells = _spells(model, day).filter(episode__in=episodes.values("pk"))
        found = found.union(spells.values_list("team_id"))
    return frozenset(team for (team,) in found)


def pairs(applicant_ids: Collection[UUID], day: date) -> QuerySet[Any, Any]:
    """Ask for (applicant, team) of all that work with these applicants.

    As far as a class may be shared; of a secret address see the head of this file.
    """
    episodes = _open_episodes(Information.IDENTITY).filter(
        applicant_id__in=applicant_ids
    )
    found = episodes.values_list("applicant_id", "unit_id")
    for model in (TreatmentSpell, CaseworkSpell):
        spells = _spells(model, day).filter(episode__in=episodes.values("pk"))
        found = found.union(spells.values_list("episode__applicant_id", "team_id"))
    return found
