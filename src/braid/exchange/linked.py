"""Records that imports made, wherever they live: by kind and key, as the change log
names them.

An import compares, changes and takes back what it made in four rooms. It does so by
the kind of the record alone, so that no room has to know of imports.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Count, Sum

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
    for some in _in_chunks(keys):
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


def _in_chunks(keys: Any) -> Iterable[Any]:
    if isinstance(keys, models.QuerySet):
        return (keys,)
    listed = list(keys)
    return (listed[at : at + CHUNK] for at in range(0, len(listed), CHUNK))
