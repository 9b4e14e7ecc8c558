"""Episodes for roles that keep one class of a record only, as a counsellor does."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F
from django.http import Http404

from braid.access.policy import Action, Actor, Information
from braid.people.models import Episode
from braid.people.queries.records import EpisodeRef, ref


def latest_ref(
    actor: Actor, applicant_id: UUID, action: Action, information: Information
) -> EpisodeRef:
    """Return a person's latest episode where `actor` may do this, else answer 404."""
    found: Episode | None = (
        Episode.objects.visible_to(actor, action, information)
        .select_related("applicant", "unit")
        .filter(applicant_id=applicant_id)
        .order_by(F("referred_on").desc(nulls_last=True), "-created_at")
        .first()
    )
    if found is None:
        raise Http404
    return ref(found)


def ref_of(
    actor: Actor, episode_id: UUID, action: Action, information: Information
) -> EpisodeRef:
    """Return an episode where `actor` may do this, else answer 404."""
    found: Episode | None = (
        Episode.objects.visible_to(actor, action, information)
        .select_related("applicant", "unit")
        .filter(pk=episode_id)
        .first()
    )
    if found is None:
        raise Http404
    return ref(found)


def known_names(
    actor: Actor, episode_ids: Collection[UUID]
) -> dict[UUID, tuple[UUID, str]]:
    """Return applicant and name by episode, where `actor` may read the name."""
    seen = (
        Episode.objects.visible_to(actor, Action.READ, Information.IDENTITY)
        .filter(pk__in=episode_ids)
        .order_by()
        .values_list(
            "pk", "applicant_id", "applicant__given_name", "applicant__family_name"
        )
    )
    return {
        key: (applicant_id, f"{given} {family}".strip())
        for key, applicant_id, given, family in seen
    }
