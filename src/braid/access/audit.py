"""The audit: written with what it records, in the same transaction, or nothing is saved.

Later issues chain the entries and anchor the chain; the one door is already here.
"""

import hashlib
from collections.abc import Collection, Iterable
from uuid import UUID

from django.db import models

from braid.access.models import AuditEntry
from braid.access.policy import Actor, Information
from braid.kernel.errors import BraidError


class NoActor(BraidError):
    """Somebody tried to write an audit entry without saying who acts."""

    code = "no_actor"


def record(
    actor: Actor,
    action: str,
    subject: models.Model | None = None,
    *,
    applicant: UUID | None = None,
    information: Collection[Information] = (),
    ground: str = "",
    count: int | None = None,
    digest: str = "",
) -> None:
    """Add one entry. Raises NoActor where neither a person nor a named task acts."""
    if actor.id is None and not actor.system:
        raise NoActor(
            "An audit entry needs an actor or a named system task; got neither."
        )
    AuditEntry.objects.create(
        organisation_id=actor.organisation,
        actor_id=actor.id,
        system=actor.system,
        role=actor.role.value,
        action=action,
        record_kind=subject._meta.label_lower if subject is not None else "",
        record_key=str(subject.pk) if subject is not None else "",
        applicant_key=applicant,
        information=",".join(sorted(information)),
        ground=ground,
        count=count,
        digest=digest,
    )


def record_list(
    actor: Actor,
    action: str,
    applicants: Iterable[UUID],
    information: Collection[Information],
) -> None:
    """Add one entry for a page that lists people: their number and a digest."""
    keys = sorted({key.hex for key in applicants})
    digest = hashlib.sha256("".join(keys).encode()).hexdigest()
    record(actor, action, information=information, count=len(keys), digest=digest)
