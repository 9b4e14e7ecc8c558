"""Whom a treatment team and a unit have together, as one side of them sees it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from braid.access.policy import Action, Actor, Information
from braid.access.prepared import prepared
from braid.access.timeline import Part, Row, part, told_as
from braid.kernel.moments import Moment, Strand
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    Episode,
    EpisodeEntry,
    PlanSeen,
    SearchPlan,
    TreatmentSpell,
)
from braid.people.queries.caseload import OPEN_STATES
from braid.people.queries.records import EpisodeRef

REASON = "how many people of a treatment team share nothing with it, a number"


@dataclass(frozen=True, slots=True)
class Treated:
    """Somebody whom a team treats and a unit supports, how far, and who helps."""

    episode_id: UUID
    applicant_id: UUID
    name: str
    since_on: date
    state: str = ""
    entered_on: date | None = None
    specialist_id: UUID | None = None
    specialist: str = ""


@dataclass(frozen=True, slots=True)
class PlanAtTable:
    """The search plan that holds on a day, and when the team said that it has seen it."""

    plan_id: UUID
    episode_id: UUID
    agreed_on: date
    seen_on: date | None


def _spells(
    rows: Any, unit_id: UUID, team_id: UUID, day: date, also: Collection[UUID] = ()
) -> QuerySet[Any, Any]:
    on_day = Q(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        first_day__lte=day,
        episode__state__in=OPEN_STATES,
    )
    found: QuerySet[Any, Any] = rows.filter(
        on_day | Q(episode_id__in=also), team_id=team_id, episode__unit_id=unit_id
    )
    return found


def treated(
    actor: Actor,
    unit_id: UUID,
    team_id: UUID,
    day: date,
    *,
    also: Collection[UUID] = (),
    holders: bool = True,
) -> list[Treated]:
    """Return the people of both whom `actor` may talk about by name, by name.

    `also` are episodes that belong here although they ended meanwhile; `holders` asks
    for the specialists too.
    """
    rows = _treated(actor, unit_id, team_id, day, tuple(sorted(also)))
    found = list({row[0]: row for row in rows}.values())
    by = _holders(actor, [row[0] for row in found]) if holders and found else {}
    return [
        Treated(key, applicant, f"{given} {family}".strip(), *course, *by.get(key, ()))
        for key, applicant, given, family, *course in found
    ]


@prepared
def _treated(
    actor: Actor, unit_id: UUID, team_id: UUID, day: date, also: tuple[UUID, ...]
) -> QuerySet[Any, Any]:
    named = Applicant.objects.visible_to(actor, Action.READ, Information.IDENTITY)
    spells = TreatmentSpell.objects.visible_to(actor, Action.TAKE_PART)
    rows: QuerySet[Any, Any] = (
        _spells(spells, unit_id, team_id, day, also)
        .filter(episode__applicant__in=named)
        .order_by(
            "episode__applicant__given_name",
            "episode__applicant__family_name",
            "-first_day",
        )
        .values_list(
            "episode_id",
            "episode__applicant_id",
            "episode__applicant__given_name",
            "episode__applicant__family_name",
            "first_day",
            "episode__state",
            "episode__entered_on",
        )
    )
    return rows


def _holders(
    actor: Actor, episode_ids: Collection[UUID]
) -> dict[UUID, tuple[UUID, str]]:
    rows = CaseloadSpell.objects.visible_to(actor).filter(
        episode_id__in=episode_ids, last_day__isnull=True, specialist__isnull=False
    )
    listed = rows.values_list("episode_id", "specialist_id", "specialist__name")
    return {episode: (key, name) for episode, key, name in listed}


def not_shared(actor: Actor, unit_id: UUID, team_id: UUID, day: date) -> int:
    """Return of how many people of both nothing is shared with `actor`'s side.

    Somebody who has blocked the actor is in no number, as if they did not exist; nor is
    a record that is restricted.
    """
    every = _spells(TreatmentSpell.objects.system(REASON), unit_id, team_id, day)
    every = every.exclude(episode__applicant_id__in=actor.hidden | actor.restricted)
    open_to = TreatmentSpell.objects.visible_to(actor, Action.TAKE_PART)
    named = Applicant.objects.visible_to(actor, Action.READ, Information.IDENTITY)
    seen = _spells(open_to, unit_id, team_id, day).filter(episode__applicant__in=named)
    return every.exclude(pk__in=seen.order_by().values("pk")).count()


def plans_at_table(
    actor: Actor, episode_ids: Collection[UUID], team_id: UUID, day: date
) -> dict[UUID, PlanAtTable]:
    """Return the plan in force by episode, as far as `actor` may read plans."""
    rows = SearchPlan.objects.visible_to(actor).filter(
        Q(last_day__isnull=True) | Q(last_day__gte=day),
        episode_id__in=episode_ids,
        agreed_on__isnull=False,
        first_day__lte=day,
    )
    plans = list(rows.values_list("pk", "episode_id", "agreed_on"))
    seen = dict(
        PlanSeen.objects.visible_to(actor)
        .filter(plan_id__in=[key for key, *_rest in plans], team_id=team_id)
        .values_list("plan_id", "day")
    )
    return {
        episode: PlanAtTable(key, episode, agreed_on, seen.get(key))
        for key, episode, agreed_on in plans
    }


def plan_at_table(actor: Actor, key: UUID) -> SearchPlan | None:
    """Return a plan that was agreed and that `actor` may read, or None."""
    found: SearchPlan | None = (
        SearchPlan.objects.visible_to(actor)
        .select_related("episode__unit", "episode__applicant")
        .filter(pk=key, agreed_on__isnull=False)
        .first()
    )
    return found


def news(actor: Actor, episode_ids: Collection[UUID], since: date) -> list[Part]:
    """Return the course and the plans agreed since a day; each tells its episode."""
    entries = EpisodeEntry.objects.visible_to(actor).filter(
        day__gt=since, episode_id__in=episode_ids
    )
    plans = SearchPlan.objects.visible_to(actor).filter(
        agreed_on__gt=since, episode_id__in=episode_ids
    )
    return [
        part(
            entries.exclude(state__in=("referred",)),
            _entered,
            key="episode_id",
            values={"episode": "episode_id", "state": "state", "reason": "reason"},
        ),
        part(
            plans,
            told_as("search_plan", Strand.APPLICANT),
            day="agreed_on",
            values={"episode": "episode_id"},
        ),
    ]


def _entered(row: Row) -> Moment:
    state = row.values["state"]
    return told_as(f"episode_{state}", Strand.EMPLOYMENT)(row)


def ref_at_table(actor: Actor, episode_id: UUID) -> EpisodeRef | None:
    """Return an episode about which `actor` may talk at a table, or None."""
    named = Applicant.objects.visible_to(actor, Action.READ, Information.IDENTITY)
    found: Episode | None = (
        Episode.objects.visible_to(actor, Action.TAKE_PART)
        .select_related("applicant", "unit")
        .filter(pk=episode_id, applicant__in=named)
        .first()
    )
    if found is None:
        return None
    return EpisodeRef(
        found.pk,
        found.applicant_id,
        found.unit_id,
        found.unit.organisation_id,
        found.applicant.name,
    )


def open_at_table(actor: Actor, applicant_id: UUID) -> Episode | None:
    """Return somebody's open episode about which `actor` may talk at a table, or None."""
    named = Applicant.objects.visible_to(actor, Action.READ, Information.IDENTITY)
    found: Episode | None = (
        Episode.objects.visible_to(actor, Action.TAKE_PART)
        .select_related("applicant", "unit__organisation")
        .filter(applicant_id=applicant_id, applicant__in=named, state__in=OPEN_STATES)
        .order_by("-created_at")
        .first()
    )
    return found
