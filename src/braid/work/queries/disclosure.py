"""What employers may know about somebody: the limit on a day, and how it came to be."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.http import Http404

from braid.access.policy import Action, Actor
from braid.method.disclosure import Decided, Limit, may_be_told
from braid.work.models import (
    Application,
    DisclosureDecision,
    DisclosureItem,
    Employer,
    EmployerContact,
    Job,
)


@dataclass(frozen=True, slots=True)
class Disclosed:
    """A decision as it is read: for one employer or any, with its pieces and words."""

    id: UUID
    episode_id: UUID
    employer_id: UUID | None
    employer: str
    decision: str
    discussed_on: date
    in_favour: str
    against: str
    agreed_on: date | None
    agreed_how: str
    revisit_on: date | None
    revoked_on: date | None
    recorded_at: datetime
    row_version: int
    items: Mapping[str, str] = field(default_factory=dict)

    @property
    def decided(self) -> Decided:
        """Return it as the rule takes it."""
        return Decided(
            self.employer_id,
            self.decision,
            self.agreed_on,
            self.recorded_at,
            self.revoked_on,
            self.items,
        )


_COLUMNS = (
    "pk",
    "episode_id",
    "employer_id",
    "employer__name",
    "decision",
    "discussed_on",
    "in_favour",
    "against",
    "agreed_on",
    "agreed_how",
    "revisit_on",
    "revoked_on",
    "created_at",
    "row_version",
)


def disclosures(actor: Actor, episode_ids: Collection[UUID]) -> list[Disclosed]:
    """Return the decisions of the episodes, the latest first, with what may be told."""
    rows = list(
        DisclosureDecision.objects.visible_to(actor)
        .filter(episode_id__in=episode_ids)
        .order_by("-discussed_on", "-created_at")
        .values_list(*_COLUMNS)
    )
    told: dict[UUID, dict[str, str]] = defaultdict(dict)
    pieces = DisclosureItem.objects.visible_to(actor).filter(
        disclosure_id__in=[key for key, *_ in rows], may_tell=True
    )
    for key, item, words in pieces.values_list("disclosure_id", "item", "words"):
        told[key][item] = words
    found = (Disclosed(*row) for row in rows)
    return [
        replace(one, employer=one.employer or "", items=told[one.id]) for one in found
    ]


def limit_on(
    found: Iterable[Disclosed],
    employer_id: UUID | None,
    day: date,
    head_id: UUID | None = None,
) -> Limit:
    """Return the most that an employer may be told, by decisions of one episode."""
    return may_be_told([one.decided for one in found], employer_id, day, head_id)


def agreed_for(
    actor: Actor, episode_id: UUID, employer_id: UUID | None, day: date
) -> Limit:
    """Return the most that an employer may be told about somebody on `day`.

    A branch for which nothing is decided may be told what its employer may be told.
    """
    found = disclosures(actor, [episode_id])
    return limit_on(found, employer_id, day, _head_of(employer_id))


def _head_of(employer_id: UUID | None) -> UUID | None:
    if employer_id is None:
        return None
    named = Employer.objects.filter(pk=employer_id).system("which employer it is of")
    head: UUID | None = named.values_list("parent_id", flat=True).first()
    return head


def in_force(found: Iterable[Disclosed], day: date) -> list[Disclosed]:
    """Return the decisions that bound contacts on `day`, the general one first."""
    latest: dict[UUID | None, Disclosed] = {}
    for one in sorted(found, key=lambda one: (one.agreed_on or day, one.recorded_at)):
        if one.agreed_on is not None and one.agreed_on <= day:
            latest[one.employer_id] = one
    return sorted(
        latest.values(), key=lambda one: (one.employer_id is not None, one.employer)
    )


def to_revisit(found: Iterable[Disclosed], day: date) -> list[Disclosed]:
    """Return decisions in force that should be talked about again by `day`."""
    return [
        one
        for one in in_force(found, day)
        if one.revoked_on is None and one.revisit_on and one.revisit_on <= day
    ]


def employers_met(
    actor: Actor, episode_ids: Collection[UUID]
) -> list[tuple[UUID, str]]:
    """Return (key, name) of the employers that somebody's own record names."""
    found: dict[UUID, str] = {}
    for model in (DisclosureDecision, EmployerContact, Job, Application):
        rows = (
            model.objects.visible_to(actor)
            .filter(episode_id__in=episode_ids, employer__isnull=False)
            .order_by()
            .values_list("employer_id", "employer__name")
            .distinct()
        )
        found |= dict(rows)
    return sorted(found.items(), key=lambda pair: pair[1])


def disclosure(actor: Actor, episode_id: UUID, key: UUID) -> DisclosureDecision:
    """Return a decision of an episode to write in, else answer 404."""
    found: DisclosureDecision | None = (
        DisclosureDecision.objects.visible_to(actor, Action.CO_WRITE)
        .select_related("episode__unit", "employer")
        .filter(pk=key, episode_id=episode_id)
        .first()
    )
    if found is None:
        raise Http404
    return found
