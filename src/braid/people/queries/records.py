"""People and their episodes, one by one, as far as the policy opens them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, Information, Subject
from braid.access.queries import units
from braid.people.models import (
    Applicant,
    CaseloadSpell,
    Episode,
    Identifier,
    TreatmentSpell,
)
from braid.people.queries.caseload import NOTHING, open_spell, open_spells


@dataclass(frozen=True, slots=True)
class EpisodeRef:
    """An episode as other rooms know it: its ids, its name, and whose care it is."""

    id: UUID
    applicant_id: UUID
    unit_id: UUID
    organisation_id: UUID
    name: str

    def subject(self, information: Information) -> Subject:
        return Subject(
            information,
            self.organisation_id,
            frozenset({self.unit_id}),
            self.applicant_id,
        )


def applicant(
    actor: Actor,
    applicant_id: UUID,
    action: Action = Action.READ,
    information: Information = Information.IDENTITY,
) -> Applicant:
    """Return an applicant of whom `actor` may do this, else answer 404.

    The row holds the name and how to reach them: a page shows of it what it asked for.
    """
    seen = Applicant.objects.visible_to(actor, action, information)
    found: Applicant | None = seen.filter(pk=applicant_id).first()
    if found is None:
        raise Http404
    return found


def numbers_of(actor: Actor, person: Applicant) -> list[Identifier]:
    """Return the person's numbers, masked."""
    return list(
        Identifier.objects.visible_to(actor).filter(applicant=person).order_by("system")
    )


def episodes_of(
    actor: Actor, applicant_id: UUID, also: Mapping[str, Any] = NOTHING
) -> list[Any]:
    """Return a person's episodes in `actor`'s own care, the latest first; or none.

    Each has `specialist_name`, `team_name`, `clinician_name`, `centre_name` and
    `caseworker_name` of its open spells, and what the expressions of `also` come to.
    """
    return list(
        Episode.objects.visible_to(actor, Action.RECORD)
        .filter(applicant_id=applicant_id)
        .select_related("applicant", "unit")
        .alias(**open_spells(), helped=open_spell("casework"))
        .annotate(
            specialist_id=F("held__specialist_id"),
            specialist_name=F("held__specialist__name"),
            team_id=F("treated__team_id"),
            team_name=F("treated__team__name"),
            clinician_name=F("treated__key_clinician__name"),
            centre_name=F("helped__team__name"),
            caseworker_name=F("helped__caseworker__name"),
            **also,
        )
        .order_by(F("referred_on").desc(nulls_last=True), "-created_at")
    )


def latest_episode(actor: Actor, applicant_id: UUID) -> UUID | None:
    """Return the key of a person's latest episode in `actor`'s own care."""
    found: UUID | None = (
        Episode.objects.visible_to(actor, Action.RECORD)
        .filter(applicant_id=applicant_id)
        .order_by(F("referred_on").desc(nulls_last=True), "-created_at")
        .values_list("pk", flat=True)
        .first()
    )
    return found


def episode(actor: Actor, episode_id: UUID) -> Episode:
    """Return an episode in `actor`'s own care, with its applicant, else answer 404."""
    found: Episode | None = (
        Episode.objects.visible_to(actor, Action.RECORD)
        .select_related("applicant", "unit__organisation")
        .filter(pk=episode_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def episode_for(
    actor: Actor, episode_id: UUID, action: Action, information: Information
) -> Episode:
    """Return an episode of which `actor` may do this, with its applicant, else 404."""
    found: Episode | None = (
        Episode.objects.visible_to(actor, action, information)
        .select_related("applicant", "unit__organisation")
        .filter(pk=episode_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def episodes(actor: Actor, episode_ids: Collection[UUID]) -> QuerySet[Episode]:
    """Return the episodes of these ids that `actor` sees, in no order."""
    seen: QuerySet[Episode] = Episode.objects.visible_to(actor)
    return seen.filter(pk__in=episode_ids).order_by()


def names_of(
    actor: Actor,
    episode_ids: Collection[UUID],
    classes: Collection[Information] = (),
) -> dict[UUID, tuple[UUID, str]]:
    """Return applicant and name by episode, as far as `actor` sees them.

    With `classes` only where the actor reads each of these as well.
    """
    read = episodes(actor, episode_ids)
    for information in classes:
        also = Episode.objects.visible_to(actor, Action.READ, information)
        read = read.filter(pk__in=also.values("pk"))
    seen = read.values_list(
        "pk", "applicant_id", "applicant__given_name", "applicant__family_name"
    )
    return {
        pk: (applicant_id, f"{given} {family}".strip())
        for pk, applicant_id, given, family in seen
    }


def units_of(actor: Actor) -> QuerySet[Any]:
    """Return the units in which `actor` may record, with their organisations."""
    return units(actor, Action.RECORD, Information.ATTENDANCE)


def ref(row: Episode) -> EpisodeRef:
    """Return the episode as other rooms know it."""
    return EpisodeRef(
        id=row.pk,
        applicant_id=row.applicant_id,
        unit_id=row.unit_id,
        organisation_id=row.unit.organisation_id,
        name=row.applicant.name,
    )


def holders(actor: Actor, episode_ids: Collection[UUID]) -> list[CaseloadSpell]:
    """Return who has had the episodes, the latest first."""
    return list(
        CaseloadSpell.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .select_related("specialist")
        .order_by("-first_day")
    )


def treatment_of(actor: Actor, episode_ids: Collection[UUID]) -> list[TreatmentSpell]:
    """Return the treatment teams of the episodes, the latest first."""
    return list(
        TreatmentSpell.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .select_related("team", "key_clinician")
        .order_by("-first_day")
    )
