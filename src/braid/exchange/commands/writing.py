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
from braid.exchange.commands import naming, updating, values
from braid.exchange.commands.values import Ids
from braid.exchange.models import ImportBatch, ImportedRow
from braid.exchange.roster.plan import Plan, PlannedPerson, PlannedRow
from braid.exchange.roster.records import EpisodeRecord
from braid.people.commands import (
    NewApplicant,
    NewEpisode,
    record_applicants,
    record_episodes,
)
from braid.people.rules import client_system
from braid.teamwork.commands import NewAttendance, record_attendance
from braid.work.commands import (
    NewContact,
    NewEmployerContact,
    NewJob,
    record_contacts,
    record_employer_contacts,
    record_jobs,
)

RECORD_KIND: dict[str, str] = {
    LinkKind.PERSON: linked.APPLICANT,
    LinkKind.CASELOAD: linked.EPISODE,
    LinkKind.CONTACTS: linked.CONTACT,
    LinkKind.EMPLOYER_CONTACTS: linked.EMPLOYER_CONTACT,
    LinkKind.JOBS: linked.JOB,
    LinkKind.MEETINGS: linked.ATTENDANCE,
    LinkKind.EMPLOYER: linked.EMPLOYER,
    LinkKind.STAFF: linked.MEMBERSHIP,
    LinkKind.TEAM: linked.TEAM,
}
BULK: dict[str, tuple[Any, Any]] = {
    LinkKind.CONTACTS: (NewContact, record_contacts),
    LinkKind.EMPLOYER_CONTACTS: (NewEmployerContact, record_employer_contacts),
    LinkKind.JOBS: (NewJob, record_jobs),
    LinkKind.MEETINGS: (NewAttendance, record_attendance),
}


@dataclass(slots=True)
class Writing:
    """A plan on its way into the record: who writes, what has an id by now."""

    actor: Actor
    batch: ImportBatch
    plan: Plan
    ids: Ids = field(default_factory=Ids)
    links: list[ImportedRow] = field(default_factory=list)

    @property
    def unit(self) -> Any:
        return self.batch.unit

    def rows(self, kind: str, does: str) -> list[Any]:
        """Return the rows of a kind that do this; each holds a record."""
        return [
            row
            for row in self.plan.rows
            if row.kind == kind and row.does == does and row.record is not None
        ]


def write(actor: Actor, batch: ImportBatch, plan: Plan) -> dict[str, dict[str, int]]:
    """Write everything the plan creates or updates; return how much, by kind.

    Runs inside the caller's transaction: all or nothing.
    """
    writing = Writing(actor, batch, plan)
    known = plan.existing_episodes.items()
    writing.ids.episodes = {name: UUID(key) for name, key in known}
    _write_names(writing)
    _write_people(writing)
    _write_episodes(writing)
    for kind in BULK:
        _write_logs(writing, kind)
    _save_links(writing)
    counted = Counter((link.does, link.kind) for link in writing.links)
    return {
        does: {kind: n for (what, kind), n in counted.items() if what == does}
        for does in Does.values
    }


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
    people = writing.plan.people
    for person in people:
        if person.existing is not None:
            writing.ids.applicants[person.record.key] = UUID(person.existing)
    new = [person for person in people if person.does == "create"]
    system = client_system(writing.unit.pk)
    rows = [
        NewApplicant(
            **values.of_person(person.record),
            identifiers=_numbers(system, person.record.client_number),
        )
        for person in new
    ]
    made = record_applicants(actor=writing.actor, unit=writing.unit, rows=rows)
    for person, key in zip(new, made, strict=True):
        writing.ids.applicants[person.record.key] = key
        writing.links.append(_person_link(writing, person, key, Does.CREATED))
    _write_known_people(writing)


def _write_known_people(writing: Writing) -> None:
    """Change people who are in Braid; one who had no client number gets it."""
    numbered = updating.numbered(writing.unit)
    for person in writing.plan.people:
        if person.existing is None or person.does not in ("update", "nothing"):
            continue
        key, record = UUID(person.existing), person.record
        lacks_number = bool(record.client_number) and key not in numbered
        if person.does == "update":
            updating.update_person(writing.actor, key, record)
        if lacks_number:
            updating.number_person(writing.unit, key, str(record.client_number))
        if person.does == "update" or lacks_number:
            writing.links.append(_person_link(writing, person, key, Does.UPDATED))


def _numbers(system: str, number: str | None) -> tuple[tuple[str, str], ...]:
    return ((system, number),) if number else ()


def _write_episodes(writing: Writing) -> None:
    ids, plan, kind = writing.ids, writing.plan, LinkKind.CASELOAD
    for row in plan.rows:
        if isinstance(row.record, EpisodeRecord) and row.existing is not None:
            ids.episodes[row.record.key] = UUID(row.existing)
    new = [row for row in writing.rows(kind, "create") if row.joins is None]
    made = record_episodes(
        actor=writing.actor,
        unit=writing.unit,
        rows=[_new_episode(writing, row.record) for row in new],
    )
    for row, key in zip(new, made, strict=True):
        ids.episodes[row.record.key] = key
        writing.links.append(_row_link(writing, row, key, Does.CREATED))
    for row in writing.rows(kind, "update"):
        key = UUID(str(row.existing))
        removed = updating.update_episode(writing.actor, key, row.record, plan, ids)
        writing.links.append(_row_link(writing, row, key, Does.UPDATED, removed))


def _new_episode(writing: Writing, record: Any) -> NewEpisode:
    ids, plan = writing.ids, writing.plan
    return NewEpisode(
        applicant_id=ids.applicants[record.person],
        **values.of_episode(record),
        treatment_team_id=ids.team(record.treatment_team),
        caseload=values.caseload_of(record, plan.setup, ids),
        note=values.note_of(record),
        note_day=values.first_day_of(record, plan.as_of),
    )


def _write_logs(writing: Writing, kind: str) -> None:
    new_row, record = BULK[kind]
    of_row, ids = values.OF_ROW[kind], writing.ids
    new = writing.rows(kind, "create")
    made = record(
        actor=writing.actor,
        unit=writing.unit,
        rows=[new_row(**of_row(row.record, ids), **_beside(row.record)) for row in new],
    )
    writing.links += [
        _row_link(writing, row, key, Does.CREATED)
        for row, key in zip(new, made, strict=True)
    ]
    for row in writing.rows(kind, "update"):
        key = UUID(str(row.existing))
        removed = updating.update_log(
            writing.actor, RECORD_KIND[kind], key, row.record, of_row, ids
        )
        writing.links.append(_row_link(writing, row, key, Does.UPDATED, removed))


def _beside(record: Any) -> dict[str, Any]:
    """Return what is stored in other tables beside a job."""
    if not hasattr(record, "terms"):
        return {}
    return {"terms": values.terms_of(record), "paid_hours": record.paid_hours}


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
