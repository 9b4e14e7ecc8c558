"""Writing a plan into the record, in bulk: everything of one kind at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection

from braid.access.policy import Actor
from braid.exchange import linked, named
from braid.exchange.choices import Does, LinkKind
from braid.exchange.commands import differing, naming, updating, values
from braid.exchange.commands.differing import Difference
from braid.exchange.commands.values import Ids
from braid.exchange.commands.wanted import RECORD_KIND
from braid.exchange.models import ImportBatch, ImportedRow
from braid.exchange.roster.plan import Plan, PlannedPerson, PlannedRow
from braid.people.commands import record_applicants, record_episodes
from braid.people.rules import client_system
from braid.teamwork.commands import record_attendance
from braid.work.commands import (
    record_contacts,
    record_employer_contacts,
    record_jobs,
)

BULK: dict[str, Any] = {
    LinkKind.CONTACTS: record_contacts,
    LinkKind.EMPLOYER_CONTACTS: record_employer_contacts,
    LinkKind.JOBS: record_jobs,
    LinkKind.MEETINGS: record_attendance,
}


@dataclass(slots=True)
class Writing:
    """A plan on its way into the record: who writes, what has an id by now."""

    actor: Actor
    batch: ImportBatch
    plan: Plan
    ids: Ids
    links: list[ImportedRow] = field(default_factory=list)
    changed: Counter[str] = field(default_factory=Counter)

    @property
    def unit(self) -> Any:
        return self.batch.unit

    def rows(self, kind: str, does: str) -> list[Any]:
        return values.rows_that(self.plan, kind, does)

    def update(self, one: Difference[Any]) -> int:
        """Make a record what the file says; return how many parts were removed."""
        self.changed[one.kind] += bool(one.edits)
        return updating.update(self.actor, self.unit, one)


def write(actor: Actor, batch: ImportBatch, plan: Plan) -> dict[str, dict[str, int]]:
    """Write everything the plan creates or updates; return how much, by kind.

    Runs inside the caller's transaction: all or nothing.
    """
    writing = Writing(actor, batch, plan, values.known_ids(plan))
    _write_names(writing)
    _write_people(writing)
    _write_episodes(writing)
    for kind in BULK:
        _write_logs(writing, kind)
    _save_links(writing)
    made = Counter(link.kind for link in writing.links if link.does == Does.CREATED)
    changed = {kind: n for kind, n in writing.changed.items() if n}
    return {Does.CREATED: dict(made), Does.UPDATED: changed}


def _write_names(writing: Writing) -> None:
    actor, unit, plan, ids = writing.actor, writing.unit, writing.plan, writing.ids
    ids.staff, members = naming.find_or_make_staff(
        actor, unit, named.posts(plan), plan.as_of
    )
    ids.teams, teams = naming.find_or_make_teams(actor, unit, named.teams_named(plan))
    ids.employers, employers = naming.find_or_make_employers(
        actor, unit, named.employers_named(plan.rows)
    )
    for kind, made in (
        (LinkKind.STAFF, members),
        (LinkKind.TEAM, teams),
        (LinkKind.EMPLOYER, employers),
    ):
        writing.links += [_link(writing, kind, key, Does.CREATED) for key in made]


def _write_people(writing: Writing) -> None:
    new = [person for person in writing.plan.people if person.does == "create"]
    system = client_system(writing.unit.pk)
    rows = [values.new_applicant(person.record, system) for person in new]
    made = record_applicants(actor=writing.actor, unit=writing.unit, rows=rows)
    for person, key in zip(new, made, strict=True):
        writing.ids.applicants[person.record.key] = key
        writing.links.append(_person_link(writing, person, key, Does.CREATED))
    _write_known_people(writing)


def _write_known_people(writing: Writing) -> None:
    """Change people who are in Braid; one who had no client number gets it."""
    known = [p for p in writing.plan.people if p.does in ("update", "nothing")]
    for one in differing.of_people(known, writing.unit):
        if one.edits or one.planned.does == "update":
            key, removed = one.standing.key, writing.update(one)
            link = _person_link(writing, one.planned, key, Does.UPDATED)
            link.parts_removed = removed
            writing.links.append(link)


def _write_episodes(writing: Writing) -> None:
    ids, plan, kind = writing.ids, writing.plan, LinkKind.CASELOAD
    new = [row for row in writing.rows(kind, "create") if row.joins is None]
    made = record_episodes(
        actor=writing.actor,
        unit=writing.unit,
        rows=[values.new_episode(row.record, plan, ids) for row in new],
    )
    for row, key in zip(new, made, strict=True):
        ids.episodes[row.record.key] = key
        writing.links.append(_row_link(writing, row, key, Does.CREATED))
    _update_rows(writing, kind)


def _update_rows(writing: Writing, kind: str) -> None:
    """Change the records of rows that say otherwise than before.

    A row whose words changed and whose meaning did not is linked anew all the same.
    """
    changed = writing.rows(kind, "update")
    for one in differing.of_rows(kind, changed, writing.plan, writing.ids):
        key, removed = one.standing.key, writing.update(one)
        link = _row_link(writing, one.planned, key, Does.UPDATED, removed)
        writing.links.append(link)


def _write_logs(writing: Writing, kind: str) -> None:
    new_row, ids = values.NEW_ROW[kind], writing.ids
    new = writing.rows(kind, "create")
    made = BULK[kind](
        actor=writing.actor,
        unit=writing.unit,
        rows=[new_row(row.record, ids) for row in new],
    )
    writing.links += [
        _row_link(writing, row, key, Does.CREATED)
        for row, key in zip(new, made, strict=True)
    ]
    _update_rows(writing, kind)


def _link(writing: Writing, kind: str, key: UUID, does: Does) -> ImportedRow:
    return ImportedRow(
        unit_id=writing.batch.unit_id,
        batch=writing.batch,
        kind=kind,
        does=does,
        record_kind=RECORD_KIND[kind],
        record_id=key,
    )


def _person_link(
    writing: Writing, person: PlannedPerson, key: UUID, does: Does
) -> ImportedRow:
    link = _link(writing, LinkKind.PERSON, key, does)
    link.values_hash = person.values_hash
    link.applicant_key, link.number = key, person.record.client_number or ""
    _place(link, person.places[0] if person.places else None)
    return link


def _row_link(
    writing: Writing, row: PlannedRow, key: UUID, does: Does, removed: int = 0
) -> ImportedRow:
    link = _link(writing, row.kind, key, does)
    link.key, link.occurrence = row.key, row.occurrence
    link.applicant_key = writing.ids.applicants.get(row.person or "")
    link.fingerprint, link.values_hash = row.fingerprint, row.values_hash
    link.parts_removed = removed
    _place(link, row.place)
    return link


def _place(link: ImportedRow, place: Any) -> None:
    if place is not None:
        link.file, link.sheet, link.row = place.file, place.sheet or "", place.row


def _save_links(writing: Writing) -> None:
    """Save the links with the versions at which the records stand now."""
    by_kind: dict[str, list[ImportedRow]] = {}
    for link in writing.links:
        if link.record_kind in linked.PARTS or link.does == Does.UPDATED:
            by_kind.setdefault(link.record_kind, []).append(link)
    for kind, some in by_kind.items():
        versions = linked.versions(kind, _keys(some))
        for link in some:
            link.row_version = versions[link.record_id]
    _insert(writing.links)


def _insert(links: list[ImportedRow]) -> None:
    """Insert the links by one prepared statement: half the time of `bulk_create`.

    A link has no default that a database gives and nobody needs its key back.
    """
    fields = [f for f in ImportedRow._meta.concrete_fields if not f.primary_key]
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    statement = (
        f"INSERT INTO {quote(ImportedRow._meta.db_table)} ({names}) "  # noqa: S608
        f"VALUES ({', '.join(['%s'] * len(fields))})"
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            statement,
            [
                [
                    f.get_db_prep_save(getattr(link, f.attname), connection)
                    for f in fields
                ]
                for link in links
            ],
        )


def _keys(links: Iterable[ImportedRow]) -> list[UUID]:
    return [link.record_id for link in links]
