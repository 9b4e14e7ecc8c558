"""Reading released reports, as far as the policy and the rule for small numbers reach."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, Information, decide, may
from braid.facts import queries as facts
from braid.outcomes.models import Release, Shared
from braid.outcomes.reporting import comparing, successive
from braid.outcomes.reporting.document import Document, from_json, text_hash, to_json
from braid.outcomes.reporting.running import Order, run

if TYPE_CHECKING:
    from braid.access.models import Team

OUTSIDE = frozenset({"steering", "partner", "public"})
"""With whom only what a rule for small numbers lets out may be shared."""


def releases(actor: Actor) -> QuerySet[Release]:
    """Return the releases that `actor` may read, the newest first.

    Exact figures stay inside the unit, and with those who oversee it.
    """
    overseen = list(facts.overseen(actor).values_list("pk", flat=True))
    office = Q(organisation_id=actor.organisation) if overseen else Q(pk__in=())
    inside = Q(unit_id__in=actor.teams) | Q(unit_id__in=overseen)
    shared = Q(unit__isnull=False) & ~Q(profile="")
    reads = Release.objects.visible_to(actor)
    found = reads | Release.objects.visible_to(actor, Action.OVERSEE)
    several = Q(unit__isnull=True) & office
    kept: QuerySet[Release] = found.filter(inside | shared | several)
    return kept.select_related(
        "unit", "organisation", "created_by", "snapshot", "corrects"
    )


def release(actor: Actor, key: UUID) -> Release:
    """Return one release that `actor` may read, else answer 404."""
    found = releases(actor).filter(pk=key).first()
    if found is None:
        raise Http404
    return found


def may_release(actor: Actor, unit: Team) -> bool:
    """Say whether `actor` may release and share reports of a unit."""
    subject = unit.subject(Information.STATISTICAL)
    return decide(actor, Action.OVERSEE, subject).allowed


def may_release_any(actor: Actor) -> bool:
    """Say whether `actor` may release reports of some unit."""
    return may(actor, Action.OVERSEE, Information.STATISTICAL)


def may_keep(actor: Actor, of: Release) -> bool:
    """Say whether `actor` may correct, share and run a release again."""
    units = set(of.units)
    reach = {str(key) for key in facts.overseen(actor).values_list("pk", flat=True)}
    return bool(units) and units <= reach


def versions(actor: Actor, of: Release) -> list[Release]:
    """Return all versions of a release, the first one first."""
    same = releases(actor).filter(unit=of.unit, report=of.report, period=of.period)
    by_key: dict[UUID | None, Release] = {one.pk: one for one in same}
    after = {one.corrects_id: one for one in by_key.values() if one.corrects_id}
    found = [of]
    while found[0].corrects_id in by_key:
        found.insert(0, by_key[found[0].corrects_id])
    while (later := after.get(found[-1].pk)) is not None:
        found.append(later)
    return found


def document(of: Release) -> Document:
    """Return the report as it was released."""
    return from_json(of.document)


def changes(of: Release) -> tuple[comparing.Change, ...]:
    """Return what a correction changed in the version before it."""
    if of.corrects is None:
        return ()
    return tuple(comparing.changes(document(of.corrects), document(of)))


def shared(of: Release) -> list[Shared]:
    """Return with whom a release that the policy opened was shared, the first first."""
    rows = Shared.objects.system("of a release that the policy opened")
    return list(rows.filter(release=of).select_related("created_by"))


def order(of: Release) -> Order:
    """Return what a release was made from, with the editions that it was made by."""
    said: dict[str, Any] = of.options
    editions = {one.measure: one.version for one in document(of).definitions}
    return Order(
        report=of.report,
        period=of.period,
        options=said["choices"],
        profile=of.profile or None,
        restate=said["restate"],
        language=said["language"],
        unit=str(of.unit_id) if of.unit_id else None,
        version=of.version,
        measures=editions,
    )


@dataclass(frozen=True, slots=True)
class Again:
    """A release run again on its frozen snapshot: the same byte for byte, or what not."""

    is_same: bool
    is_unharmed: bool
    changes: tuple[comparing.Change, ...]


def run_again(actor: Actor, of: Release) -> Again:
    """Run a release again on the snapshot it names and compare the texts.

    `is_unharmed`: the text that is kept is still the one that was released. Raises
    Refused, and FactsFaults where the snapshot's files are gone.
    """
    with facts.snapshot_facts(actor, of.snapshot) as frozen:
        found = run(
            order(of),
            frozen,
            units=of.options["names"],
            content_hash=document(of).hash,
        )
    if of.corrects is not None:
        found = successive.kept_back(document(of.corrects), found)
    text = to_json(found)
    return Again(
        is_same=text == of.document,
        is_unharmed=text_hash(of.document) == of.hash,
        changes=tuple(comparing.changes(document(of), found)),
    )


def names(units: Iterable[Team]) -> dict[str, str]:
    """Return the names of units by the ids that facts have for them."""
    return {str(unit.pk): unit.name for unit in units}
