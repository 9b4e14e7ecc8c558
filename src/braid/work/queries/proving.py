"""What stands behind a claim, by key and without a name: papers as they are held now.

Whoever asks has been asked for their right to the claim before; nothing here says whose
a paper is, only whether it is still what it was.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from braid.access.changes import log_of
from braid.documents import queries as documents
from braid.work.models import Evidence

REASON = "what stands behind a claim, without a name"


@dataclass(frozen=True, slots=True)
class Shown:
    """A paper as a claim is made with it; `label` says what another paper is."""

    key: UUID
    episode_id: UUID
    kind: str
    label: str
    period_first: date | None
    period_last: date | None
    received_on: date
    sha256: str
    is_sighted: bool


def shown(episodes: Collection[UUID]) -> list[Shown]:
    """Return the papers of episodes, the earliest received first."""
    rows = Evidence.objects.system(REASON).filter(episode_id__in=episodes)
    return [_shown(row) for row in rows.order_by("received_on", "created_at", "pk")]


def by_keys(keys: Collection[UUID]) -> dict[UUID, Shown]:
    """Return papers by their keys; one that was taken back is missing."""
    rows = Evidence.objects.system(REASON).filter(pk__in=keys)
    return {row.pk: _shown(row) for row in rows}


def _shown(row: Evidence) -> Shown:
    return Shown(
        key=row.pk,
        episode_id=row.episode_id,
        kind=row.kind,
        label=row.label,
        period_first=row.period_first,
        period_last=row.period_last,
        received_on=row.received_on,
        sha256=row.sha256,
        is_sighted=row.is_sighted,
    )


def shared_files(digests: Collection[str]) -> set[str]:
    """Return the digests of files that stand with the papers of two people or more."""
    rows = Evidence.objects.system(REASON).filter(
        sha256__in=[one for one in digests if one]
    )
    people: dict[str, set[UUID]] = {}
    for digest, person in rows.values_list("sha256", "episode__applicant_id"):
        people.setdefault(digest, set()).add(person)
    return {digest for digest, found in people.items() if len(found) > 1}


def digest_held(key: UUID) -> str | None:
    """Return the SHA-256 of the bytes that are held for a paper now; None where gone."""
    row = Evidence.objects.system(REASON).filter(pk=key).first()
    if row is None or row.document_id is None:
        return None
    return documents.digest_of(row.document_id)


def starts_moved_back(jobs: Iterable[UUID]) -> set[UUID]:
    """Return the jobs whose first day was written down earlier than it first was."""
    log = log_of({"work.job": list(jobs)}, {"work.job": ["first_day"]})
    return {one.record_key for one in log if one.new < one.old}
