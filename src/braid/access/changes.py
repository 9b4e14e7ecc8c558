"""Editing a record in place: row version, change log, audit, one transaction."""

from collections.abc import Collection, Mapping
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.db import models, transaction
from django.db.models import OuterRef, Q, QuerySet, Subquery

from braid.access import audit
from braid.access import models as access_models
from braid.access.policy import Actor
from braid.access.records import Record
from braid.kernel.errors import Change, Stale


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bytes | memoryview):  # sealed: that it changed, not what it is
        return f"sealed {sha256(value).hexdigest()[:12]}"
    return str(value.pk if isinstance(value, models.Model) else value)


@transaction.atomic
def edit(
    actor: Actor,
    record: Record,
    *,
    action: str,
    expected_version: int | None = None,
    applicant: UUID | None = None,
    **values: Any,
) -> bool:
    """Set `values` on `record`; say whether anything changed.

    `expected_version` is the version that the form showed. Raises Stale with the changes
    made since then when somebody else was faster: nothing is overwritten silently.
    """
    model = type(record)
    manager: Any = model._default_manager
    current = manager.system("edit a record already opened by policy").get(pk=record.pk)
    if expected_version is not None and expected_version != current.row_version:
        raise Stale(changes_since(current, expected_version))
    differing = {
        name: value
        for name, value in values.items()
        if _text(getattr(current, name)) != _text(value)
    }
    if not differing:
        return False
    version = current.row_version + 1
    updated = (
        manager.system("guarded by the row version")
        .filter(pk=record.pk, row_version=current.row_version)
        .update(row_version=version, **differing)
    )
    if not updated:
        raise Stale(())
    for name, value in differing.items():
        access_models.Change.objects.create(
            record_kind=model._meta.label_lower,
            record_key=record.pk,
            applicant_key=applicant or record.about,
            row_version=version,
            field=name,
            old=_text(getattr(current, name)),
            new=_text(value),
            changed_by_id=actor.id,
        )
        setattr(record, name, value)
    record.row_version = version
    audit.record(actor, action, record, applicant=applicant)
    return True


def changes_since(record: Record, version: int) -> list[Change]:
    """Return what changed on `record` after `version`, oldest first, with the author."""
    rows = access_models.Change.objects.filter(
        record_kind=type(record)._meta.label_lower,
        record_key=record.pk,
        row_version__gt=version,
    ).select_related("changed_by")
    return [
        Change(
            field=row.field,
            old=row.old,
            new=row.new,
            by=row.changed_by.name if row.changed_by else "",
            at=row.changed_at,
        )
        for row in rows
    ]


def with_last_changed(rows: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Return records with when each was last changed, and by whom."""
    found = access_models.Change.objects.filter(
        record_kind=rows.model._meta.label_lower, record_key=OuterRef("pk")
    ).order_by("-pk")
    return rows.annotate(
        changed_at=Subquery(found.values("changed_at")[:1]),
        changed_by_id=Subquery(
            found.values("changed_by_id")[:1], output_field=models.UUIDField()
        ),
        changed_by_name=Subquery(found.values("changed_by__name")[:1]),
    )


def log_of(
    records: Mapping[str, Collection[UUID]],
    fields: Mapping[str, Collection[str]],
) -> QuerySet[Any, Any]:
    """Ask for the changes of records, by kind, the latest first.

    The caller has read these records through the policy, and names of each kind the
    fields that the reader may see.
    """
    wanted = Q(pk__in=())
    for kind, keys in records.items():
        wanted |= Q(record_kind=kind, record_key__in=keys, field__in=fields[kind])
    return (
        access_models.Change.objects.filter(wanted)
        .order_by("-pk")
        .values_list(
            "record_kind",
            "record_key",
            "field",
            "old",
            "new",
            "changed_at",
            "changed_by_id",
            "changed_by__name",
            named=True,
        )
    )
