"""What Braid holds for a unit, for an import to compare its files with.

Rows that an import made are known by their links. What was typed into Braid by hand is
known by the same natural key and counts as edited: a file never overwrites it unasked.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import QuerySet

from braid.access import secrets
from braid.access.policy import Action, Actor
from braid.access.queries import require
from braid.exchange import linked
from braid.exchange.choices import LinkKind
from braid.exchange.models import ImportedRow, KeptAnswer
from braid.exchange.roster.matching import natural_key
from braid.exchange.roster.plan import (
    AnswerValue,
    Existing,
    ExistingEpisode,
    ExistingPerson,
    ExistingRow,
)
from braid.exchange.roster.records import (
    KINDS,
    ContactRecord,
    EmployerContactRecord,
    JobRecord,
    Kind,
)
from braid.people.rules import client_system

if TYPE_CHECKING:
    from braid.access.models import Team

MATCHING = "matching a roster against the unit's own record, asked by require"


def existing(actor: Actor, unit: Team) -> Existing:
    """Return what Braid holds for the unit, for an import to compare with.

    Whoever has blocked the actor is left out. A number of queries that does not grow
    with the rows. Raises Refused.
    """
    require(actor, Action.IMPORT, unit.subject())
    links = _links(unit)
    rows = [row for kind in KINDS for row in _rows(kind, links.get(kind, {}))]
    hidden = {str(key) for key in actor.hidden}
    people = _people(unit, links.get(LinkKind.PERSON, {}))
    return Existing(
        people=tuple(one for one in people if one.id not in hidden),
        episodes=tuple(one for one in _episodes(unit) if one.person not in hidden),
        rows=tuple(
            row
            for row in (*rows, *_typed_by_hand(unit, rows))
            if row.person not in hidden
        ),
        answers=_answers(unit),
    )


Link = dict[str, Any]


def _links(unit: Team) -> dict[str, dict[UUID, Link]]:
    """Return the last link of each record, by kind of row, with how it stands now."""
    rows = ImportedRow.objects.filter(unit=unit).system(MATCHING).order_by("pk")
    found: dict[str, dict[UUID, Link]] = {}
    for link in rows.values(
        "kind",
        "applicant_key",
        "number",
        "key",
        "occurrence",
        "fingerprint",
        "values_hash",
        "record_kind",
        "record_id",
        "row_version",
    ):
        found.setdefault(link["kind"], {})[link["record_id"]] = link
    return found


def _versions(links: dict[UUID, Link]) -> dict[UUID, int]:
    if not links:
        return {}
    kind = next(iter(links.values()))["record_kind"]
    return linked.versions(kind, links)


def _rows(kind: Kind, links: dict[UUID, Link]) -> Iterable[ExistingRow]:
    versions = _versions(links)
    for key, link in links.items():
        if key in versions:
            yield ExistingRow(
                id=str(key),
                kind=kind,
                person=str(link["applicant_key"]) if link["applicant_key"] else None,
                key=link["key"],
                occurrence=link["occurrence"],
                fingerprint=link["fingerprint"],
                values_hash=link["values_hash"],
                edited_since=versions[key] != link["row_version"],
            )


def _people(unit: Team, links: dict[UUID, Link]) -> Iterable[ExistingPerson]:
    versions = _versions(links)
    numbers = dict(
        linked.records("people.identifier")
        .filter(system=client_system(unit.pk))
        .values_list("applicant_id", "value_encrypted")
    )
    people = (
        linked.records(linked.APPLICANT)
        .filter(episodes__unit=unit)
        .distinct()
        .order_by("pk")
        .values_list("pk", "given_name", "family_name", "birth_date")
    )
    for key, given, family, born in people:
        link, number = links.get(key), numbers.get(key)
        typed = link["number"] if link else ""
        yield ExistingPerson(
            id=str(key),
            client_number=typed or (secrets.decrypt(number) if number else None),
            given_name=given,
            family_name=family,
            birth_date=born,
            values_hash=link["values_hash"] if link else "",
            edited_since=link is not None and versions.get(key) != link["row_version"],
        )


def _episodes(unit: Team) -> Iterable[ExistingEpisode]:
    episodes = linked.records(linked.EPISODE).filter(unit=unit).order_by("pk")
    for key, person, *days in episodes.values_list(
        "pk", "applicant_id", "referred_on", "accepted_on", "exited_on"
    ):
        yield ExistingEpisode(str(key), str(person), *days)


def _answers(unit: Team) -> dict[tuple[str, str | None], AnswerValue]:
    kept = KeptAnswer.objects.filter(unit=unit).system(MATCHING)
    return {
        (row.fingerprint, row.field or None): row.answer
        for row in kept.order_by("created_at")
    }


def _typed_by_hand(unit: Team, made: Iterable[ExistingRow]) -> Iterator[ExistingRow]:
    """Yield the records that no import made, numbered after those it made."""
    taken: Counter[tuple[str, str | None, str]] = Counter()
    for row in made:
        place = (row.kind, row.person, row.key)
        taken[place] = max(taken[place], row.occurrence)
    for kind, person, key, record in _hand_written(unit):
        place = (kind, person, key)
        taken[place] += 1
        yield ExistingRow(record, kind, person, key, taken[place], "", "", True)


Typed = tuple[Kind, str | None, str, str]


def _hand_written(unit: Team) -> Iterator[Typed]:
    yield from _typed_episodes(_unlinked(unit, linked.EPISODE).filter(unit=unit))
    of_unit = {"episode__unit": unit}
    yield from _typed_contacts(_unlinked(unit, linked.CONTACT).filter(**of_unit))
    visits = _unlinked(unit, linked.EMPLOYER_CONTACT).filter(unit=unit)
    yield from _typed_employer_contacts(visits)
    yield from _typed_jobs(_unlinked(unit, linked.JOB).filter(**of_unit))


def _unlinked(unit: Team, kind: str) -> QuerySet[Any]:
    links = ImportedRow.objects.filter(unit=unit, record_kind=kind).system(MATCHING)
    rows: QuerySet[Any] = linked.records(kind).order_by("created_at", "pk")
    return rows.exclude(pk__in=links.order_by().values("record_id"))


def _typed_episodes(rows: QuerySet[Any]) -> Iterator[Typed]:
    columns = ("pk", "applicant_id", "referred_on", "accepted_on")
    for key, person, referred, accepted in rows.values_list(*columns):
        day = referred or accepted
        yield "caseload", str(person), day.isoformat() if day else "", str(key)


def _typed_contacts(rows: QuerySet[Any]) -> Iterator[Typed]:
    columns = ("pk", "episode__applicant_id", "day", "staff__name")
    for key, person, day, staff in rows.values_list(*columns):
        record = ContactRecord("", None, day, staff, None, "", None, "", None, None)
        yield "contacts", str(person), natural_key(record), str(key)


def _typed_employer_contacts(rows: QuerySet[Any]) -> Iterator[Typed]:
    columns = ("pk", "episode__applicant_id", "day", "staff__name", "employer__name")
    for key, person, day, staff, employer in rows.values_list(*columns):
        record = EmployerContactRecord(
            day, staff, employer or "", "", None, "", None, None, None, ""
        )
        about = str(person) if person else None
        yield "employer_contacts", about, natural_key(record), str(key)


def _typed_jobs(rows: QuerySet[Any]) -> Iterator[Typed]:
    columns = ("pk", "episode__applicant_id", "first_day", "employer__name")
    for key, person, day, employer in rows.values_list(*columns):
        record = JobRecord(
            person="",
            episode=None,
            employer=employer or "",
            title="",
            placement=None,
            placement_text="",
            permanence=None,
            first_day=day,
            last_day=None,
            terms=(),
            pay_text="",
            paid_hours=None,
            held_at_referral=False,
            end_reason=None,
            end_reason_text="",
        )
        yield "jobs", str(person), natural_key(record), str(key)
