"""The employer directory, and which entries may be one."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any
from uuid import UUID

from django.db.models import (
    Count,
    Max,
    Q,
    QuerySet,
)
from django.http import Http404

from braid.access.policy import Action, Actor
from braid.method.likeness import employer_likeness, fold_employer, search
from braid.work.models import (
    DistinctEmployers,
    Employer,
    EmployerContact,
    Job,
)
from braid.work.queries.records import jobs

LIKE_EMPLOYER = 78  # likeness of two employers' names, of 100, to propose them as one


def _directory(actor: Actor) -> QuerySet[Employer]:
    found: QuerySet[Employer] = Employer.objects.visible_to(
        actor, Action.KEEP_EMPLOYERS
    ).filter(merged_into__isnull=True)
    return found


def employers(actor: Actor) -> QuerySet[Any]:
    """Return the directory with the number of contacts seen and the last of them."""
    seen = Q(contacts__in=EmployerContact.objects.visible_to(actor).order_by())
    return (
        _directory(actor)
        .select_related("parent")
        .annotate(
            contacts_made=Count("contacts", filter=seen, distinct=True),
            last_contact_on=Max("contacts__day", filter=seen),
        )
        .order_by("name", "pk")
    )


def employer(actor: Actor, key: UUID) -> Employer:
    """Return an employer of the actor's units; a merged one leads to what it became."""
    found: Employer | None = (
        Employer.objects.visible_to(actor, Action.KEEP_EMPLOYERS)
        .select_related("parent", "merged_into", "unit__organisation")
        .filter(pk=key)
        .first()
    )
    if found is None:
        raise Http404
    return found.merged_into or found


def branches(actor: Actor, parent: Employer) -> list[Employer]:
    """Return the branches of an employer."""
    return list(_directory(actor).filter(parent=parent))


def contacts_with(actor: Actor, one: Employer) -> QuerySet[EmployerContact]:
    """Return the contacts with an employer, the latest first. No applicant's name."""
    made: QuerySet[EmployerContact] = (
        EmployerContact.objects.visible_to(actor)
        .filter(employer=one)
        .select_related("staff")
    )
    return made.order_by("-day", "-created_at")


def jobs_at(actor: Actor, one: Employer) -> list[Job]:
    """Return the jobs at an employer that `actor` sees, the latest first."""
    return list(jobs(actor).filter(employer=one)[:50])


def employer_names(actor: Actor) -> list[tuple[UUID, str]]:
    """Return (id, name) of the directory, for choosing one."""
    return list(_directory(actor).order_by("name").values_list("pk", "name"))


def search_employers(actor: Actor, text: str, *, limit: int = 50) -> list[UUID]:
    """Return the employers whose name is like `text`, best first."""
    names = {key: fold_employer(name) for key, name in employer_names(actor)}
    return [hit.id for hit in search(fold_employer(text), names, limit=limit)]


def employers_named(actor: Actor, text: str, *, limit: int = 10) -> list[Employer]:
    """Return the employers whose name is like `text`, best first."""
    order = {
        key: place
        for place, key in enumerate(search_employers(actor, text, limit=limit))
    }
    found = list(_directory(actor).filter(pk__in=order))
    return sorted(found, key=lambda one: order[one.pk])


@dataclass(frozen=True, slots=True)
class LikePair:
    """Two employers that may be one, and why they are proposed."""

    first: Employer
    second: Employer
    reason: str

    @property
    def both(self) -> tuple[Employer, Employer]:
        return self.first, self.second


def employers_alike(actor: Actor, *, limit: int = 20) -> list[LikePair]:
    """Propose employers that may be one: the same register number, or like names.

    Branches of one employer, and pairs somebody kept apart, are not proposed.
    """
    rows = list(_directory(actor).order_by("folded_name"))
    apart = set(
        DistinctEmployers.objects.visible_to(actor, Action.KEEP_EMPLOYERS).values_list(
            "first_id", "second_id"
        )
    )
    pairs = []
    for first, second in _candidates(rows):
        reason = _alike(first, second)
        known = {(first.pk, second.pk), (second.pk, first.pk)} & apart
        if reason and not known and not _family(first, second):
            pairs.append(LikePair(first, second, reason))
    return sorted(pairs, key=lambda pair: pair.reason != "register_number")[:limit]


def _candidates(rows: list[Employer]) -> Iterable[tuple[Employer, Employer]]:
    """Return the pairs worth a look: one number, or words that begin alike.

    Comparing each with each would take minutes in a large directory.
    """
    blocks: dict[str, list[int]] = {}
    for place, one in enumerate(rows):
        keys = {word[:3] for word in one.folded_name.split() if len(word) > 2}
        if one.register_number:
            keys.add(f"#{one.register_number}")
        for key in keys:
            blocks.setdefault(key, []).append(place)
    pairs = {pair for block in blocks.values() for pair in combinations(block, 2)}
    return ((rows[first], rows[second]) for first, second in sorted(pairs))


def _family(first: Employer, second: Employer) -> bool:
    heads = {first.parent_id or first.pk, second.parent_id or second.pk}
    return len(heads) == 1


def _alike(first: Employer, second: Employer) -> str:
    if first.unit_id != second.unit_id:
        return ""
    if first.register_number and first.register_number == second.register_number:
        return "register_number"
    if first.city and second.city and first.city != second.city:
        return ""
    if employer_likeness(first.name, second.name) >= LIKE_EMPLOYER:
        return "like_name"
    return ""
