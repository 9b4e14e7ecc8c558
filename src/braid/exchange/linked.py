"""Records that imports made, wherever they live: by kind and key, as the change log
names them.

An import compares, changes and takes back what it made in four rooms. It does so by
the kind of the record alone, so that no room has to know of imports.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Sum

from braid.exchange.comparing import Standing

REASON = "records of an import, found by its links"
CHUNK = 5_000

APPLICANT = "people.applicant"
EPISODE = "people.episode"
CONTACT = "work.contact"
EMPLOYER_CONTACT = "work.employercontact"
EMPLOYER = "work.employer"
JOB = "work.job"
ATTENDANCE = "teamwork.attendance"
MEETING = "teamwork.meeting"
MEMBERSHIP = "access.membership"
TEAM = "access.team"
TEAM_LINK = "access.teamlink"
USER = "access.user"


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of record that belongs to another and changes with it.

    `counted_by`: how its writing counts as writing the owner: by row version, by its
    mere presence (""), or not at all (None).
    """

    kind: str
    owner: str
    counted_by: str | None = "row_version"


PARTS: Mapping[str, tuple[Part, ...]] = {
    APPLICANT: (Part("people.identifier", "applicant"),),
    EPISODE: (
        Part("people.caseloadspell", "episode"),
        Part("people.treatmentspell", "episode"),
        Part("people.episodeentry", "episode", counted_by=""),
        Part("people.note", "episode", counted_by=None),
    ),
    JOB: (Part("work.jobterms", "job"), Part("work.paidwork", "job")),
}
"""An import writes these with their owner; somebody who edits one edits the owner."""

KEPT_ELSEWHERE: Mapping[str, tuple[str, tuple[str, ...]]] = {
    ATTENDANCE: ("meeting", ("day", "team_id")),
}
"""Fields by which a record is told that stand in the record it belongs to."""

NAMED_BY: Mapping[str, tuple[str, ...]] = {
    APPLICANT: ("given_name", "family_name"),
    EMPLOYER: ("name",),
    EPISODE: ("referred_on",),
    TEAM: ("name",),
    USER: ("name",),
}

STORED_AS: Mapping[tuple[str, str], str] = {("people.identifier", "value"): "masked"}
"""What is given under one name and kept under others."""


def model(kind: str) -> Any:
    """Return the class of a kind of record."""
    return apps.get_model(kind)


def records(kind: str) -> Any:
    """Return the records of a kind, opened for the import."""
    manager = model(kind)._default_manager
    return manager.system(REASON) if hasattr(manager, "system") else manager.all()


def versions(
    kind: str, keys: models.QuerySet[Any] | Collection[UUID]
) -> dict[UUID, int]:
    """Return how often each record and its parts were written, by key.

    A record that is gone is left out. `keys` is a query of keys, or the keys.
    """
    found: dict[UUID, int] = {}
    for some in in_chunks(keys):
        known = records(kind).filter(pk__in=some).order_by()
        found.update(known.values_list("pk", "row_version"))
        for part in PARTS.get(kind, ()):
            if part.counted_by is None:
                continue
            counted = Sum(part.counted_by) if part.counted_by else Count("pk")
            rows = records(part.kind).filter(**{f"{part.owner}__in": some}).order_by()
            for key, number in rows.values_list(f"{part.owner}_id").annotate(counted):
                found[key] += number
    return found


def field(kind: str, name: str) -> Any:
    """Return a field of a record, or of the one above it by which it is told."""
    above, names = KEPT_ELSEWHERE.get(kind, ("", ()))
    of, name = model(kind), STORED_AS.get((kind, name), name)
    if name in names or f"{name}_id" in names:
        of = of._meta.get_field(above).related_model
    return of._meta.get_field(name)


@cache
def points_at(kind: str, name: str) -> str:
    """Return the kind of record that a field points at, '' for a plain value."""
    related = field(kind, name).related_model
    return related._meta.label_lower if related is not None else ""


def standings(kind: str, keys: Collection[UUID]) -> dict[UUID, Standing]:
    """Return records as they stand, with their parts, by key; one that is gone is left
    out. A number of queries that does not grow with the records.
    """
    found: dict[UUID, Standing] = {}
    for some in in_chunks(keys):
        parts = _parts_of(kind, some)
        rows = records(kind).filter(pk__in=some).order_by()
        for record in rows.select_related(*_beside(kind)):
            found[record.pk] = Standing(
                kind,
                record.pk,
                _values(record),
                parts.get(record.pk, {}),
                _applicant(record),
                record,
            )
    return found


def _beside(kind: str) -> tuple[str, ...]:
    names = {field.name for field in model(kind)._meta.concrete_fields}
    above = {KEPT_ELSEWHERE[kind][0]} if kind in KEPT_ELSEWHERE else set()
    return tuple(names & (above | {"episode"}))


def _parts_of(kind: str, keys: Collection[UUID]) -> dict[UUID, dict[str, Any]]:
    found: dict[UUID, dict[str, Any]] = {}
    for part in PARTS.get(kind, ()):
        rows = records(part.kind).filter(**{f"{part.owner}__in": keys})
        for record in rows:
            owner = getattr(record, f"{part.owner}_id")
            standing = Standing(part.kind, record.pk, _values(record), record=record)
            found.setdefault(owner, {}).setdefault(part.kind, []).append(standing)
    return found


def _values(record: Any) -> dict[str, Any]:
    values = {
        field.attname: getattr(record, field.attname)
        for field in record._meta.concrete_fields
        if not field.primary_key
    }
    above, names = KEPT_ELSEWHERE.get(record._meta.label_lower, ("", ()))
    return values | {name: getattr(getattr(record, above), name) for name in names}


def _applicant(record: Any) -> UUID | None:
    if record._meta.label_lower == APPLICANT:
        return UUID(str(record.pk))
    if hasattr(record, "applicant_id"):
        return UUID(str(record.applicant_id))
    episode = getattr(record, "episode", None)
    return episode.applicant_id if episode is not None else None


def named(kind: str, keys: Collection[UUID]) -> dict[UUID, Any]:
    """Return what records are called, by key."""
    found: dict[UUID, Any] = {}
    for some in in_chunks(keys):
        rows = records(kind).filter(pk__in=some).order_by()
        for key, *words in rows.values_list("pk", *NAMED_BY[kind]):
            found[key] = words[0] if len(words) == 1 else " ".join(words).strip()
    return found


def in_chunks(keys: Any) -> Iterable[Any]:
    """Return keys in lots that one query can hold; a query of keys as it is."""
    if isinstance(keys, models.QuerySet):
        return (keys,)
    listed = list(keys)
    return (listed[at : at + CHUNK] for at in range(0, len(listed), CHUNK))
