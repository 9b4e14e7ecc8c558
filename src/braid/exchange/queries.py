"""Reading about imports, always in the scope of the policy."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from braid.access.policy import Action, Actor, Information, decide
from braid.access.queries import units
from braid.exchange import linked
from braid.exchange.beside import InBraid
from braid.exchange.choices import BatchState
from braid.exchange.known import existing as existing
from braid.exchange.models import (
    ImportBatch,
    ImportEntry,
    ImportFile,
    KeptLayout,
)
from braid.exchange.roster.plan import Layout

if TYPE_CHECKING:
    from braid.access.models import Team

OWN = "the unit's own imports, asked by whoever may import"


def importable_units(actor: Actor) -> QuerySet[Team]:
    """Return the units that `actor` may bring files for."""
    return units(actor, Action.IMPORT)


def country(actor: Actor) -> str | None:
    """Return the country of the first unit that `actor` may bring files for."""
    countries = importable_units(actor).values_list("organisation__country", flat=True)
    return countries.first()


def file_names(actor: Actor, some: Iterable[ImportBatch]) -> dict[UUID, list[str]]:
    """Return the names of the files of imports, by import."""
    files = ImportFile.objects.visible_to(actor, Action.IMPORT).filter(batch__in=some)
    found: dict[UUID, list[str]] = {}
    for batch_id, name in files.values_list("batch_id", "name"):
        found.setdefault(batch_id, []).append(name)
    return found


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """Return the imports that `actor` may see, the latest first."""
    seen: QuerySet[ImportBatch] = (
        ImportBatch.objects.visible_to(actor, Action.IMPORT)
        .select_related("unit", "created_by")
        .order_by("-created_at")
    )
    return seen


def batch(actor: Actor, batch_id: UUID) -> ImportBatch:
    """Return an import that `actor` may see, else answer 404."""
    found: ImportBatch | None = (
        ImportBatch.objects.visible_to(actor, Action.IMPORT)
        .select_related("unit__organisation", "created_by")
        .filter(pk=batch_id)
        .first()
    )
    if found is None:
        raise Http404
    return found


def batch_in_shell(batch_id: UUID) -> ImportBatch | None:
    """Return an import by its id, for whoever owns the shell."""
    rows = ImportBatch.objects.filter(pk=batch_id).system("named in the shell")
    found: ImportBatch | None = rows.select_related("unit__organisation").first()
    return found


def files_of(actor: Actor, one: ImportBatch) -> list[ImportFile]:
    """Return the files of an import by name."""
    return list(ImportFile.objects.visible_to(actor, Action.IMPORT).filter(batch=one))


def last_entry(actor: Actor, one: ImportBatch) -> ImportEntry | None:
    """Return the entry that the import stands at, with who made it."""
    entries = ImportEntry.objects.visible_to(actor, Action.IMPORT).filter(batch=one)
    last: ImportEntry | None = entries.select_related("recorded_by").last()
    return last


def readable(actor: Actor, unit: Team) -> frozenset[Information]:
    """Return the classes of information that `actor` may read about people of a unit."""
    return frozenset(
        one
        for one in Information
        if decide(actor, Action.READ, unit.subject(one)).allowed
    )


def in_braid(
    actor: Actor, unit: Team, key: str, reads: Collection[Information]
) -> InBraid:
    """Return who a question means of the unit's people, as far as a reader may see."""
    if Information.IDENTITY not in reads:
        return InBraid("")
    people = linked.records(linked.APPLICANT).filter(episodes__unit=unit, pk=key)
    people = people.exclude(pk__in=actor.hidden)
    person = people.first()
    return InBraid(str(person), person.birth_date) if person else InBraid("")


def stated_for(unit: Team | None, given: Mapping[str, Any] | None) -> dict[str, Any]:
    """Return the setup to begin with: the one given, else the unit's last, undated.

    The country is that of the unit's organisation where nothing else is said.
    """
    stated = dict(given or {})
    if unit is None:
        return stated
    if given is None:
        saved = ImportBatch.objects.filter(unit=unit, state=BatchState.COMMITTED)
        last = saved.system("the setup of the unit's last import").first()
        stated = dict(last.setup) if last is not None else {}
        stated.pop("as_of", None)
    stated.setdefault("country", unit.organisation.country.upper())
    return stated


def kept_layout(unit_id: UUID) -> Layout:
    """Return the mappings that somebody of the unit corrected, the latest first."""
    kept = KeptLayout.objects.filter(unit_id=unit_id).system(OWN)
    rows = kept.order_by("-created_at").values_list("table", flat=True)
    return Layout(tuple(t for row in rows for t in Layout.from_dict(row).tables))
