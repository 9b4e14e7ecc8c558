"""The audit: written with what it records, in the same transaction, or nothing is saved.

The entries of one organisation are a chain (`access/chain.py`); its head is locked while
an entry is added, so that a chain has no forks.
"""

import hashlib
from collections.abc import Collection, Iterable
from contextvars import ContextVar
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from django.db import DatabaseError, connection, models, transaction
from django.utils import timezone

from braid.access import chain
from braid.access.models import AuditEntry
from braid.access.policy import Actor, Information
from braid.kernel.errors import BraidError

NOBODY = UUID(int=0)  # the chain of entries that no organisation has


class NoActor(BraidError):
    """Somebody tried to write an audit entry without saying who acts."""

    code = "no_actor"


class Unwritten(BraidError):
    """The entry could not be written, so what it would record must not happen."""

    code = "audit_unwritten"


class Where(NamedTuple):
    """From which request and which device (a hash of the session) something was done."""

    request_id: str = ""
    device: str = ""


NOWHERE = Where()
where: ContextVar[Where | None] = ContextVar("where", default=None)


class Written:
    """About whom the entries of one request are, and whether one is of a list."""

    def __init__(self) -> None:
        self.applicants: set[UUID] = set()
        self.has_list = False


written: ContextVar[Written | None] = ContextVar("written", default=None)


def is_written(applicant: UUID) -> bool:
    """Say whether this request has an entry about somebody, or about those listed."""
    met = written.get()
    return met is not None and (met.has_list or applicant in met.applicants)


def _note(applicant: UUID | None, count: int | None) -> None:
    met = written.get()
    if met is None:
        return
    if applicant is not None:
        met.applicants.add(applicant)
    met.has_list = met.has_list or (applicant is None and count is not None)


def record(
    actor: Actor,
    action: str,
    subject: models.Model | None = None,
    *,
    applicant: UUID | None = None,
    holder: UUID | None = None,
    information: Collection[Information] = (),
    ground: str = "",
    consent_number: int | None = None,
    glass: UUID | None = None,
    outcome: str = "done",
    count: int | None = None,
    digest: str = "",
) -> None:
    """Add one entry. Raises NoActor where neither a person nor a named task acts.

    `holder` is the organisation whose record it is, where it is not the actor's own.
    """
    if actor.id is None and not actor.system:
        raise NoActor(
            "An audit entry needs an actor or a named system task; got neither."
        )
    place = where.get() or NOWHERE
    _append(
        actor.organisation,
        {
            "organisation_id": actor.organisation,
            "at": timezone.now(),
            "actor_id": actor.id,
            "system": actor.system,
            "role": actor.role.value,
            "purpose": actor.works_at.value,
            "action": action,
            "record_kind": subject._meta.label_lower if subject is not None else "",
            "record_key": str(subject.pk) if subject is not None else "",
            "applicant_key": applicant,
            "holder_id": holder if holder != actor.organisation else None,
            "information": ",".join(sorted(information)),
            "ground": ground,
            "consent_number": consent_number,
            "glass_id": glass,
            "request_id": place.request_id,
            "device": place.device,
            "outcome": outcome,
            "count": count,
            "digest": digest,
        },
    )
    _note(applicant, count)


def last_at(actor: Actor, action: str) -> datetime | None:
    """Return when the actor last did this; None where never."""
    own = AuditEntry.objects.filter(actor_id=actor.id, action=action)
    found: datetime | None = own.order_by("-at").values_list("at", flat=True).first()
    return found


_NEXT = """
INSERT INTO access_audithead (organisation_id, sequence, hash) VALUES (%s, 1, %s)
ON CONFLICT (organisation_id) DO UPDATE SET sequence = access_audithead.sequence + 1
RETURNING sequence, hash
"""


@cache
def _insert() -> str:
    """Return the statement that adds an entry; the ORM would write it anew each time."""
    columns = [field.column for field in AuditEntry._meta.fields if field.name != "id"]
    places = ", ".join(f"%({column})s" for column in columns)
    names = ", ".join(f'"{column}"' for column in columns)  # count, hash: words of SQL
    return f"INSERT INTO access_auditentry ({names}) VALUES ({places})"  # noqa: S608


def _plain(value: Any) -> Any:
    if isinstance(value, UUID):
        return value if connection.features.has_native_uuid_field else value.hex
    return value


def _append(organisation: UUID, entry: dict[str, Any]) -> None:
    """Add an entry behind the last one; its row is locked until the transaction ends.

    Without a savepoint: whoever goes on after a failure cannot save anything either.
    """
    key = _plain(organisation)
    try:
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(_NEXT, [key, chain.BEGIN])
            entry["sequence"], previous = cursor.fetchone()
            entry["hash"] = chain.link(previous, entry)
            row = {name: _plain(value) for name, value in entry.items()}
            row["at"] = connection.ops.adapt_datetimefield_value(entry["at"])
            cursor.execute(_insert(), row)  # a trigger lets the head follow
    except DatabaseError as error:
        raise Unwritten(
            f"The audit cannot be written ({type(error).__name__}). "
            "What it would have recorded was not done and nothing was saved. "
            "Look at the database: is it full, locked or read-only?"
        ) from error


def record_list(
    actor: Actor,
    action: str,
    applicants: Iterable[UUID],
    information: Collection[Information],
    *,
    holder: UUID | None = None,
    ground: str = "",
) -> None:
    """Add one entry for a page that lists people: their number and a digest."""
    keys = sorted({key.hex for key in applicants})
    digest = hashlib.sha256("".join(keys).encode()).hexdigest()
    record(
        actor,
        action,
        information=information,
        holder=holder,
        ground=ground,
        count=len(keys),
        digest=digest,
    )
