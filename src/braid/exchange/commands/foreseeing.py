"""What saving a plan would change of the record, read in bulk; nothing is written.

The comparison is the one that saving makes. Only ids of what is not made yet are stood
in for, by the names that the files give.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING
from uuid import UUID

from braid.exchange import linked
from braid.exchange.choices import LinkKind
from braid.exchange.commands import differing, naming, values
from braid.exchange.commands.differing import Difference, Planned
from braid.exchange.commands.telling import Teller
from braid.exchange.commands.values import Ids
from braid.exchange.commands.vanishing import Guessing
from braid.exchange.commands.wanted import RECORD_KIND
from braid.exchange.comparing import New, Standing
from braid.exchange.differences import (
    Differences,
    Example,
    Gone,
    NewOnes,
    RecordChange,
)
from braid.exchange.models import ImportedRow
from braid.exchange.named import employers_named, posts, teams_named
from braid.exchange.roster.plan import Existing, Place, Plan, PlannedPerson, PlannedRow
from braid.exchange.roster.records import KINDS, EpisodeRecord
from braid.method.likeness import fold_employer
from braid.packs.layouts import folded

if TYPE_CHECKING:
    from braid.access.models import Team

OWN = "where the unit's own records stood in earlier files"
EXAMPLES = 5


def differences_of(plan: Plan, unit: Team | None, existing: Existing) -> Differences:
    """Return what would be new, changed, asked and missing; `unit` None: a new unit.

    A number of queries that does not grow with the rows.
    """
    ids = _ids(plan, unit)
    found = _found(plan, unit, ids) if unit is not None else []
    missing = _standing_of_gone(plan)
    seen = [one.standing for one in found] + list(missing.values())
    teller = Teller(ids, [s.applicant for s in seen if s.applicant])
    for one in found:
        teller.note(one.edits)
        teller.note_described(one.standing)
    for standing in missing.values():
        teller.note_described(standing)
    changes = [one for one in found if one.edits or one.planned.does == "wait"]
    edited = _edited(existing)
    return Differences(
        changes=tuple(_change(one, teller, edited) for one in changes),
        gone=tuple(_gone(plan, ids, missing, teller)),
        new=tuple(_new(plan, ids, teller)),
        changed=_counted(changes),
    )


def _ids(plan: Plan, unit: Team | None) -> Ids:
    """Return the ids of what rows name, with names in place of what is not there."""
    ids = values.known_ids(plan)
    staff = naming.known_staff(unit) if unit else {}
    teams = naming.known_teams(unit) if unit else {}
    employers = naming.known_employers(unit) if unit else {}
    ids.staff = _found_or_new((post.name for post in posts(plan)), staff, folded)
    ids.teams = _found_or_new(teams_named(plan), teams, folded)
    named = employers_named(plan.rows)
    ids.employers = _found_or_new(named, employers, fold_employer)
    for row in plan.rows:
        if isinstance(row.record, EpisodeRecord):
            day = row.record.key.rpartition("|")[2]
            ids.episodes.setdefault(row.record.key, New(day))  # type: ignore[arg-type]
    return ids


def _found_or_new(
    names: Iterable[str], known: Mapping[str, UUID], fold: Callable[[str], str]
) -> dict[str, UUID]:
    return {name: known.get(fold(name)) or New(name) for name in names}  # type: ignore[misc]


def _found(plan: Plan, unit: Team, ids: Ids) -> list[Difference[Planned]]:
    people = [p for p in plan.people if p.does in ("update", "nothing", "wait")]
    found: list[Difference[Planned]] = [*differing.of_people(people, unit)]
    for kind in KINDS:
        rows = [
            row
            for row in plan.rows
            if row.kind == kind
            and row.record is not None
            and (row.does == "update" or (row.does == "wait" and row.existing))
        ]
        found += differing.of_rows(kind, rows, plan, ids)
    return found


def _counted(changes: Iterable[Difference[Planned]]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in changes:
        if one.planned.does != "wait":
            counts[one.kind] = counts.get(one.kind, 0) + 1
    return counts


def _edited(existing: Existing) -> frozenset[str]:
    people = {person.id for person in existing.people if person.edited_since}
    return frozenset(people) | frozenset(
        row.id for row in existing.rows if row.edited_since
    )


def _change(
    one: Difference[Planned], teller: Teller, edited: frozenset[str]
) -> RecordChange:
    planned, standing = one.planned, one.standing
    return RecordChange(
        kind=str(one.kind),
        what="ask" if planned.does == "wait" else "update",
        place=_place(planned),
        applicant=str(standing.applicant) if standing.applicant else None,
        name=teller.person(standing.applicant),
        edited_since=planned.existing in edited,
        fields=tuple(teller.changes(one.edits)),
        told=tuple(teller.described(one.kind, standing.kind, standing.values)),
    )


def _place(planned: Planned) -> Place | None:
    if isinstance(planned, PlannedRow):
        return planned.place
    return planned.places[0] if planned.places else None


# What is missing


def _standing_of_gone(plan: Plan) -> dict[str, Standing]:
    found: dict[str, Standing] = {}
    for kind in dict.fromkeys(gone.kind for gone in plan.vanished):
        keys = [UUID(gone.existing) for gone in plan.vanished if gone.kind == kind]
        standings = linked.standings(RECORD_KIND[kind], keys)
        found |= {str(key): standing for key, standing in standings.items()}
    return found


def _gone(
    plan: Plan, ids: Ids, missing: Mapping[str, Standing], teller: Teller
) -> Iterator[Gone]:
    if not missing:
        return
    guessing = Guessing(plan, ids)
    stood = _last_places(missing.values())
    for gone in plan.vanished:
        standing = missing.get(gone.existing)
        if standing is None:
            continue
        guess = guessing.why(gone, standing)
        yield Gone(
            kind=gone.kind,
            place=stood.get(standing.key),
            applicant=str(standing.applicant) if standing.applicant else None,
            name=teller.person(standing.applicant),
            told=tuple(teller.described(gone.kind, standing.kind, standing.values)),
            why=guess.why,
            perhaps=guess.perhaps,
        )


def _last_places(missing: Iterable[Standing]) -> dict[UUID, Place]:
    found: dict[UUID, Place] = {}
    for some in linked.in_chunks([standing.key for standing in missing]):
        links = ImportedRow.objects.filter(record_id__in=some).system(OWN)
        rows = links.filter(row__isnull=False).order_by("pk")
        for key, file, sheet, row in rows.values_list(
            "record_id", "file", "sheet", "row"
        ):
            found[key] = Place(file, sheet or None, row)
    return found


# What is new


def _new(plan: Plan, ids: Ids, teller: Teller) -> Iterator[NewOnes]:
    names = {p.record.key: _name(p) for p in plan.people}
    people = [p for p in plan.people if p.does == "create"]
    if people:
        first = [p for p in people if p.places][:EXAMPLES]
        examples = (Example(p.places[0], _name(p), ()) for p in first)
        yield NewOnes(LinkKind.PERSON.value, len(people), tuple(examples))
    for kind in KINDS:
        rows = [r for r in values.rows_that(plan, kind, "create") if r.joins is None]
        if rows:
            told = (_example(row, ids, names, teller) for row in rows[:EXAMPLES])
            yield NewOnes(kind, len(rows), tuple(told))


def _name(person: PlannedPerson) -> str:
    return f"{person.record.given_name} {person.record.family_name}".strip()


def _example(
    row: PlannedRow, ids: Ids, names: Mapping[str, str], teller: Teller
) -> Example:
    if isinstance(row.record, EpisodeRecord):
        fields = values.of_episode(row.record)
    else:
        fields = values.OF_ROW[row.kind](row.record, ids)
    told = teller.described(row.kind, RECORD_KIND[row.kind], fields)
    return Example(row.place, names.get(row.person or "", ""), tuple(told))
